"""The contest: what stands is legal and only gets better, and it is won where the bound says so."""

from datetime import date

import pytest

from tests.schedule.centre import RULES, centre
from wfm.schedule.contest import Contest
from wfm.schedule.draft import Draft, Tour
from wfm.schedule.judge import Judged
from wfm.schedule.rules import MaxConsecutiveDays, PeriodMinutes, Wishes
from wfm.schedule.search import Search
from wfm.schedule.solution import Limits, Progress
from wfm.schedule.watch import Watch

PROBLEM = centre(agents=4, days=7, first=date(2026, 11, 2))
IDLE = Draft(PROBLEM, {agent.id: Tour.idle(PROBLEM) for agent in PROBLEM.workforce.agents})
BUSY = Tour(tuple(duties[-1] for duties in PROBLEM.duties), ((90, 210),) * 7)


def contest(best: Draft, heard: list[Progress]) -> Contest:
    search = Search(PROBLEM, RULES, 1)
    search.greedy()
    return Contest.of(search, Watch(Limits(), on_progress=heard.append), Judged(PROBLEM, RULES, best))


def test_only_what_is_better_and_legal_stands() -> None:
    heard: list[Progress] = []
    open_contest = contest(IDLE, heard)
    draft, cost = open_contest.standing
    assert draft == IDLE
    assert cost == pytest.approx(Judged(PROBLEM, RULES, IDLE).cost)
    open_contest.offer(Draft(PROBLEM, {**IDLE.tours, "a0": BUSY}))
    assert open_contest.standing == (draft, cost)
    greedy = open_contest.search.draft
    open_contest.offer(greedy)
    open_contest.offer(IDLE)
    assert open_contest.standing[0] == greedy
    assert [news.phase for news in heard] == ["columns"]


def test_tours_stand_at_what_the_rules_say_of_them() -> None:
    heard: list[Progress] = []
    open_contest = contest(IDLE, heard)
    search = open_contest.search
    open_contest.toured(search.standing()[1], search.draft)
    assert open_contest.standing[1] == pytest.approx(Judged(PROBLEM, RULES, search.draft).cost, abs=1e-5)


def test_a_bound_at_the_cost_wins_it_with_one_tier_only() -> None:
    assert not contest(IDLE, []).won
    met = contest(IDLE, [])
    met.bound = met.cost
    assert met.won
    tiers = (*RULES, Wishes(price=1.0, tier=2))
    other = Contest(Search(PROBLEM, tiers, 1), Watch(Limits()), IDLE, cost=1.0, bound=1.0)
    assert not other.won


def test_nothing_stands_before_something_is_legal() -> None:
    with pytest.raises(RuntimeError, match="legal"):
        _ = contest(Draft(PROBLEM, {**IDLE.tours, "a0": BUSY}), []).standing


def test_tours_of_an_agent_who_has_no_legal_one_never_stand() -> None:
    rules = (*RULES, PeriodMinutes(at_least_minutes=3600, at_most_minutes=4200), MaxConsecutiveDays(days=1))
    search = Search(PROBLEM, rules, 1)
    search.greedy()
    assert search.workshop.outraged
    nothing = Contest(search, Watch(Limits()))
    nothing.toured(search.standing()[1], search.draft)
    assert nothing.draft is None
