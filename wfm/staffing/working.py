"""How a queueing model shows its working: the lines between load and service level, with the values filled in."""

from __future__ import annotations

from wfm.domain.target import ServiceLevel
from wfm.staffing.queue import QueueMetrics


def seconds_text(seconds: float) -> str:
    """Seconds as ``12.3 s``, or that they never end."""
    return "without end" if seconds == float("inf") else f"{seconds:.4g} s"


def metrics_line(queue: QueueMetrics, target: ServiceLevel) -> str:
    """The figures of one queue (arrays of size 1) in one line."""
    parts = [
        f"{queue.agents.item():g} agents",
        f"{100 * queue.service_level(target.definition).item():.2f}% in {target.within_seconds:g} s",
        f"average wait {seconds_text(queue.average_wait_seconds.item())}",
        f"abandonment {100 * queue.p_abandon.item():.2f}%",
        f"occupancy {100 * queue.occupancy.item():.1f}%",
    ]
    return ", ".join(parts)
