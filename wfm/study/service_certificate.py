"""What a certified plan proves: each target before and after its corrections, on fresh seeds, and who is missing."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from wfm.domain import Estimate, Name, Noun, Target
from wfm.domain.performance import Verdict, verdict
from wfm.domain.quantity import Positive, Share, count_text


class Kept(Noun):
    """One target of one channel: what the roster gave before the corrections and what it gives after them, on the same contacts."""

    channel: Name
    target: Target
    before: Estimate
    after: Estimate

    @property
    def verdict(self) -> Verdict:
        """Whether the target is kept after the corrections."""
        return verdict(self.target, self.after)


class Correction(Noun):
    """One roster on the way: by how much each channel's contacts weighed more, what it pays, and the worst shortfall it left.

    ``excess`` is the failure beyond what a target allows, as a share of what it allows, by the cautious end of the confidence
    interval; 0 where every target was kept. ``channel`` is the one with the worst.
    """

    factors: tuple[tuple[Name, Positive], ...]
    paid_minutes: Annotated[int, Field(ge=0)]
    excess: Positive
    channel: Name


class Missing(Noun):
    """How many more people of one kind the targets would need, as far as it was tried; ``enough`` is whether so many were.

    ``like`` names an agent of that kind.
    """

    like: Name
    contract: Name
    skills: tuple[Name, ...]
    agents: Annotated[int, Field(ge=1)]
    enough: bool
    week_minutes: Annotated[int, Field(ge=0)]

    @property
    def words(self) -> str:
        """The gap in people as a sentence."""
        extra = f"{count_text(self.agents, 'more agent')} like {self.like} ({self.contract}, {' '.join(self.skills)})"
        hours = f"{self.agents * self.week_minutes / 60:,.0f} h a week"
        if self.enough:
            return f"With {extra}, {hours}, the roster keeps every target in the simulation."
        return f"Not even {extra}, {hours}, would be enough."


class Robustness(Noun):
    """How sure the service target of one channel is, absence of agents included.

    ``chance``: probability to meet it over the horizon where each day errs from the forecast by itself; ``chance_alike`` where all
    days err alike. One in twenty of the worst day ``day`` stays below ``bad`` (where each errs by itself).
    """

    channel: Name
    chance: Share
    chance_alike: Share
    day: date | None = None
    bad: Share | None = None


class ServiceCertificate(Noun):
    """The proof of a plan's service, or why there is none.

    ``kept`` was measured in ``replications`` with a ``seed`` on which nothing was corrected. A plan is certified where the whole
    95 % confidence interval of every target lies on its right side: since each must, no allowance for their number is needed
    (intersection-union test, Berger 1982). ``reason`` says how the corrections ended.
    """

    seed: int
    replications: Annotated[int, Field(ge=2)]
    kept: tuple[Kept, ...]
    paid_minutes_before: Annotated[int, Field(ge=0)]
    paid_minutes: Annotated[int, Field(ge=0)]
    corrections: tuple[Correction, ...] = ()
    reason: str
    missing: tuple[Missing, ...] = ()
    robustness: tuple[Robustness, ...] = ()

    @property
    def certified(self) -> bool:
        """Whether every target is kept for sure."""
        return all(row.verdict == "met" for row in self.kept)

    @property
    def more_paid(self) -> float:
        """Paid time added by the corrections, as a share of the time paid before."""
        return self.paid_minutes / self.paid_minutes_before - 1 if self.paid_minutes_before else 0.0
