"""More or less rostered time that is lost."""

from __future__ import annotations

from typing import Literal, Self

from wfm.study.lever import Change, Lever
from wfm.study.scenario import Scenario


class Shrinkage(Lever):
    """The share of rostered time that is lost changes by percentage points: 10 % and ``by: +5%`` make 15 %."""

    kind: Literal["shrinkage"] = "shrinkage"
    by: Change

    def apply(self, scenario: Scenario) -> Scenario:
        """The scenario with the points added; raises a validation error outside 0 to 100 %."""
        if self.by == 0:
            return scenario
        return scenario.varied(shrinkage=round(scenario.shrinkage + self.by, 12))

    @classmethod
    def neutral(cls, scenario: Scenario) -> Self:  # noqa: ARG003 - neutral everywhere
        """No change."""
        return cls(by=0.0)

    @property
    def words(self) -> str:
        """As ``shrinkage +5 points``."""
        return f"shrinkage {100 * self.by:+.10g} points"
