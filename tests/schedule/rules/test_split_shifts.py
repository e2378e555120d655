"""A split shift has a long unpaid break, and a week only so many of them."""

from tests.schedule.tiny import worked
from wfm.domain import BreakTemplate, ShiftTemplate
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rules import DayMinutes, SplitShifts


def with_split(problem: RosterProblem, *, paid: bool = False) -> RosterProblem:
    pause = BreakTemplate(minutes=300, earliest=240, latest=240, paid=paid)
    split = ShiftTemplate(name="split", starts=(8 * 60,), minutes=780, breaks=(pause,))
    changed: RosterProblem = problem.varied(templates=(*problem.templates, split))
    return changed


def test_split_shifts_beyond_the_limit_are_counted(weekend: RosterProblem) -> None:
    problem = with_split(weekend)
    roster = worked(problem, ann="ss-", ben="s-s")
    (breach,) = SplitShifts(at_most=1).breaches(problem, roster)
    assert (
        breach.words
        == "ann works 2 split shifts from 2026-10-24 to 2026-10-25; the rule asks for at most 1 split shift"
    )
    assert [row.amount for row in SplitShifts(at_most=0).breaches(problem, roster)] == [2, 1, 1]


def test_a_paid_or_a_short_break_splits_nothing(weekend: RosterProblem) -> None:
    paid = with_split(weekend, paid=True)
    assert not SplitShifts(at_most=0).breaches(paid, worked(paid, ann="ss-"))
    problem = with_split(weekend)
    assert not SplitShifts(at_most=0, gap_minutes=301).breaches(problem, worked(problem, ann="ses"))


def test_how_long_it_lasts_is_another_rule(weekend: RosterProblem) -> None:
    problem = with_split(weekend)
    rule = DayMinutes(at_most_minutes=720, of="present")
    assert [row.amount for row in rule.breaches(problem, worked(problem, ann="se-"))] == [60]
