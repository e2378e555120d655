"""Every published cell in which something else is worked counts once."""

from tests.schedule.tiny import worked
from wfm.domain import Roster
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rules import ChangeCost


def test_the_published_roster_costs_nothing(weekend: RosterProblem) -> None:
    published = weekend.published
    assert published
    assert not ChangeCost().breaches(weekend, published)


def test_a_shift_gone_one_more_and_another_one_count_each(weekend: RosterProblem) -> None:
    found = ChangeCost().breaches(weekend, worked(weekend, ann="nen", ben="---"))
    assert [(row.agent, row.amount, row.cost) for row in found] == [("ann", 1, 1), ("ann", 1, 1), ("ben", 1, 1)]
    assert found[0].words == "ann works night 22:00-06:00 on 2026-10-24; early 06:00-15:00 was published"


def test_a_break_may_move_without_a_change(week: RosterProblem) -> None:
    row = worked(week, ann="d------").assignments[0]
    later = row.varied(shift=row.shift.varied(activities=()))
    rule = ChangeCost()
    assert [breach.first for breach in rule.breaches(week, Roster.of(week.grid, [row]))] == [week.days[1]]
    assert rule.breaches(week, Roster.of(week.grid, [later])) == rule.breaches(week, Roster.of(week.grid, [row]))
