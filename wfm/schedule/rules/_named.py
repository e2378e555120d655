"""Rules that may be about shifts of some names only: the names, and whether there are such shifts."""

from __future__ import annotations

from collections.abc import Sequence

from wfm.domain import ShiftTemplate, Workforce
from wfm.schedule.only import Names
from wfm.schedule.rule import Rule


class NamedShiftsRule(Rule):
    """A rule that counts the shifts with one of the names ``shifts``; where there are none, every shift."""

    shifts: Names | None = None

    @property
    def suffix(self) -> str:
        """What the names add to the rule's own, as ``:late+night``."""
        return "" if self.shifts is None else f":{'+'.join(self.shifts)}"

    def names(self, shift: str) -> bool:
        """Whether shifts of a name count."""
        return self.shifts is None or shift in self.shifts

    def check(self, workforce: Workforce, templates: Sequence[ShiftTemplate]) -> None:
        """Every shift that is named must be there."""
        super().check(workforce, templates)
        known = [template.name for template in templates]
        for shift in self.shifts or ():
            if shift not in known:
                raise ValueError(f"expected the shifts of {self.kind} to be some of {', '.join(known)}; came {shift}")
