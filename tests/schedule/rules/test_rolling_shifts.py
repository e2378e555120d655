"""Any so many days in a row hold no more shifts, or nights, than allowed."""

import pytest

from tests.schedule import fortnight
from tests.schedule.tiny import worked
from wfm.schedule.rules import RollingShifts

PROBLEM = fortnight.problem()


@pytest.mark.parametrize(("pattern", "beyond"), [("nnn-nnn-------", 0), ("nnn-n---nnn---", 0), ("nnnn--n-------", 1)])
def test_nights_are_counted_in_windows_not_in_runs(pattern: str, beyond: int) -> None:
    rule = RollingShifts(at_most=3, of="nights", days=4)
    assert sum(row.amount for row in rule.breaches(PROBLEM, worked(PROBLEM, eve=pattern))) == beyond


def test_day_shifts_count_where_all_do() -> None:
    rule = RollingShifts(at_most=2, days=4)
    (breach,) = rule.breaches(PROBLEM, worked(PROBLEM, eve="en-d----------"))
    assert (
        breach.words == "eve works 3 shifts in the 4 days from 2026-11-02 to 2026-11-05; at most 2 shifts are allowed"
    )
