"""How a queueing model shows its working: the lines between load and service level, with the values filled in."""

from __future__ import annotations

from wfm.domain.quantity import count_text, duration_text
from wfm.domain.target import ServiceLevel
from wfm.staffing.queue import QueueMetrics


def seconds_text(seconds: float) -> str:
    """Seconds as ``12.3 s``, or that they never end."""
    return "without end" if seconds == float("inf") else f"{seconds:.4g} s"


def metrics_line(queue: QueueMetrics, target: ServiceLevel, agents: int) -> str:
    """The figures of one queue (arrays of size 1) with so many agents, in one line."""
    parts = [
        count_text(agents, "agent"),
        f"{100 * queue.service_level(target.definition).item():.2f}% in {duration_text(target.within_seconds)}",
        f"average wait {seconds_text(queue.average_wait_seconds.item())}",
        f"abandonment {100 * queue.p_abandon.item():.2f}%",
        f"occupancy {100 * queue.occupancy.item():.1f}%",
    ]
    return ", ".join(parts)
