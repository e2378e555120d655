"""A weekend is worked on once, however many of its days are."""

from tests.schedule import fortnight
from tests.schedule.tiny import worked
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rules import MaxWeekends


def test_two_days_of_a_weekend_are_one_weekend(weekend: RosterProblem) -> None:
    assert not MaxWeekends(at_most=1).breaches(weekend, worked(weekend, ann="eee"))
    (breach,) = MaxWeekends(at_most=0).breaches(weekend, worked(weekend, ann="ee-", ben="--e"))
    assert (breach.agent, breach.amount) == ("ann", 1)


def test_every_weekend_of_the_horizon_counts() -> None:
    problem = fortnight.problem()
    both = worked(problem, ann="-----d-------d", bea="-----dd-------", cas="ddddd--ddddd--")
    (breach,) = MaxWeekends(at_most=1).breaches(problem, both)
    assert breach.words == "ann works on 2 weekends; at most 1 are allowed"
