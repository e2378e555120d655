"""A weekend is worked on both days or on none."""

import pytest

from tests.schedule import fortnight
from tests.schedule.tiny import worked
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rules import WholeWeekends

PROBLEM = fortnight.problem()


@pytest.mark.parametrize(("pattern", "halves"), [("-----ee-------", 0), ("-----e------e-", 2), ("-----ee------e", 1)])
def test_halves_are_counted(pattern: str, halves: int) -> None:
    assert len(WholeWeekends().breaches(PROBLEM, worked(PROBLEM, ann=pattern))) == halves


def test_only_a_weekend_whose_sunday_is_known_is_judged(weekend: RosterProblem) -> None:
    (breach,) = WholeWeekends().breaches(weekend, worked(weekend, ann="e-e"))
    assert breach.words == "ann works one day of the weekend 2026-10-24 to 2026-10-25"
