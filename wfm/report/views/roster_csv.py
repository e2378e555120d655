"""The roster in long form, one row a shift, to be edited and read back."""

from __future__ import annotations

from typing import ClassVar

from wfm.report.roster_file import roster_csv
from wfm.study import Plan


class RosterCsv:
    """``roster.csv``: agent, date, shift, start, end, paid minutes, breaks."""

    kind: ClassVar[str] = "roster_csv"
    media_type: ClassVar[str] = "text/csv"

    def render(self, plan: Plan) -> dict[str, bytes]:
        """One file."""
        return {"roster.csv": roster_csv(plan.solution.roster)}
