"""The judge: legal before cheap, tiers in order, and no change without a gain."""

from tests.schedule.centre import RULES, centre
from wfm.schedule.draft import Draft, Tour
from wfm.schedule.judge import Judged, Presumed, tiers_of
from wfm.schedule.rules import Coverage, MinRest, Wishes
from wfm.schedule.search import Search

PROBLEM = centre()
IDLE = Draft(PROBLEM, {agent.id: Tour.idle(PROBLEM) for agent in PROBLEM.workforce.agents})


def test_a_legal_roster_is_better_than_an_illegal_one_that_costs_less() -> None:
    duties = tuple(day[-1] for day in PROBLEM.duties)
    tireless = Tour((duties[0], PROBLEM.duties[1][0], duties[2]), ((90, 210),) * 3)
    illegal = Judged(PROBLEM, RULES, Draft(PROBLEM, {**IDLE.tours, "a0": tireless}))
    assert not illegal.legal
    assert illegal.cost < Judged(PROBLEM, RULES, IDLE).cost
    assert illegal.or_better(IDLE).draft == IDLE


def test_the_cheaper_of_two_legal_rosters_is_better() -> None:
    greedy = Search(PROBLEM, RULES, 1).greedy()
    assert Judged(PROBLEM, RULES, IDLE).or_better(greedy).draft == greedy
    assert Judged(PROBLEM, RULES, greedy).or_better(IDLE).draft == greedy


def test_tiers_are_those_of_priced_rules_in_order() -> None:
    assert tiers_of((Wishes(price=1.0, tier=3), MinRest(tier=2), Coverage(tier=1))) == [1, 3]


def test_a_presumed_roster_is_believed_until_another_is_found_and_audited() -> None:
    greedy = Search(PROBLEM, RULES, 1).greedy()
    presumed = Presumed(PROBLEM, RULES, greedy, 7.0)
    assert (presumed.legal, presumed.cost) == (True, 7.0)
    for judged in (presumed.or_better(), presumed.or_better(greedy)):
        assert type(judged) is Judged
        assert judged.cost == Judged(PROBLEM, RULES, greedy).cost
