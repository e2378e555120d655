"""How old the deferred work is that waits: its age profile at the start of a step, with given agents."""

from __future__ import annotations

from dataclasses import dataclass

from wfm.domain.channel import Channel
from wfm.domain.forecast import Forecast
from wfm.domain.quantity import duration_text
from wfm.staffing.arrays import Floats
from wfm.staffing.deferred import DeferredWork, serve_deferred

_PARTS = 4
_SHOWN = 0.05
"""What is less would read as 0.0 hours."""


@dataclass(frozen=True)
class AgeProfile:
    """Hours of work that wait at each edge of the grid, shape (count + 1,), and how many of them are older than each age on the clock."""

    waiting_hours: Floats
    older_hours: tuple[tuple[float, Floats], ...]

    @classmethod
    def of(cls, forecast: Forecast, channel: Channel, heads: Floats) -> AgeProfile:
        """The profile in quarters of the turnaround, when ``heads`` agents (count,) do nothing else, oldest deadline first."""
        service = serve_deferred(DeferredWork.of(forecast, channel), heads)
        within = channel.turnaround.within_seconds
        ages = [within * part / _PARTS for part in range(1, _PARTS + 1)]
        return cls(service.waiting_seconds / 3600, tuple((age, service.older_than(age) / 3600) for age in ages))

    def words(self, edge: int) -> str:
        """The profile at one edge, as ``5.2 hours of work wait, 1.1 of them older than 1h, none older than 2h``."""
        if self.waiting_hours[edge] < _SHOWN:
            return "no work waits"
        told = [f"{self.waiting_hours[edge]:.1f} hours of work wait"]
        for age, hours in self.older_hours:
            if hours[edge] < _SHOWN:
                told.append(f"none older than {duration_text(age)}")
                break
            told.append(f"{hours[edge]:.1f} {'of them ' if len(told) == 1 else ''}older than {duration_text(age)}")
        return ", ".join(told)
