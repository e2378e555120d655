"""A refused wish is refused for a reason that holds: its cost is the true one, and what it would break is named."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from tests.schedule.centre import RULES, centre
from tests.schedule.tiny import every_tours, roster_of, weekend, worked
from wfm.domain import Opening, Roster, Wish
from wfm.schedule.audit import audit
from wfm.schedule.burden import granted
from wfm.schedule.refusal import refusals
from wfm.schedule.rule import Rule
from wfm.schedule.rules import Availability, Coverage, MinimumHeads, MinRest, TimeOff, Wishes
from wfm.schedule.search import Search

PROBLEM = weekend()
PRICED: tuple[Rule, ...] = (
    TimeOff(),
    MinRest(rest_minutes=10 * 60),
    MinimumHeads(hours=Opening.from_text("sat-sun 07:00-15:00"), price=0.01),
    MinimumHeads(hours=Opening.from_text("sun 00:00-06:00, mon 00:00-06:00"), price=0.03),
    Wishes(price=0.5),
)


@cache
def costs() -> dict[Roster, float]:
    """Return what every roster of the tiny problem costs, inf where it breaks a forbidden rule."""
    found = {}
    for tours in every_tours(PROBLEM):
        roster = roster_of(PROBLEM, tours)
        breaches = audit(PROBLEM, PRICED, roster)
        found[roster] = np.inf if any(row.forbidden for row in breaches) else sum(row.cost for row in breaches)
    return found


@pytest.mark.parametrize(
    "letters", [{"ann": "-nn", "ben": "---"}, {"ann": "-e-", "ben": "e--"}, {"ann": "---", "ben": "-e-"}]
)
def test_the_cost_lies_between_one_agents_best_and_that_of_all_rosters(letters: dict[str, str]) -> None:
    roster = worked(PROBLEM, **letters)
    now, found = costs()[roster], refusals(PROBLEM, PRICED, roster)
    assert np.isfinite(now)
    assert found
    for refusal in found:
        wish = refusal.wish
        (other,) = {"ann", "ben"} - {wish.agent}
        granting = {row: cost for row, cost in costs().items() if granted(wish, row)}
        alone = min(cost for row, cost in granting.items() if row.shifts_of(other) == roster.shifts_of(other))
        if np.isfinite(alone):
            assert refusal.cost is not None
            assert min(granting.values()) - now - 0.01 <= refusal.cost <= alone - now + 0.01
        else:
            assert refusal.cost is None


def test_what_no_tour_allows_names_the_rule_that_stands_against_it() -> None:
    rules = (Availability(), Coverage(), Wishes(price=0.2))
    found = refusals(PROBLEM, rules, worked(PROBLEM, ann="e-e", ben="---"))
    night = next(row for row in found if row.wish.want == "night")
    assert night.cost is None
    assert night.rules == ("availability",)
    assert night.words.startswith(
        "no tour of ben with the shift night on 2026-10-25 keeps availability: A shift starts"
    )


def test_what_others_need_is_named_with_the_place() -> None:
    heads = MinimumHeads(hours=Opening.from_text("sat 07:00-12:00"), at_least=2)
    problem = PROBLEM.varied(workforce=PROBLEM.workforce.varied(wishes=PROBLEM.workforce.wishes[:1]))
    (refusal,) = refusals(problem, (heads, Coverage(), Wishes(price=0.2)), worked(problem, ann="e--", ben="e--"))
    assert refusal.rules == (heads.id,)
    assert refusal.words == (
        "it would break minimum_heads:2: 1 agent on shift from 2026-10-24 07:00 to 2026-10-24 12:00; 2 asked for"
    )


def test_alternatives_are_dates_on_which_the_agent_could_have_it() -> None:
    rules = (MinimumHeads(hours=Opening.from_text("sat-sun 07:00-15:00"), price=0.01), Wishes(price=0.5))
    found = refusals(PROBLEM, rules, worked(PROBLEM, ann="eee", ben="---"))
    off = next(row for row in found if row.wish.want == "off")
    assert {row.date for row in off.alternatives} == set(PROBLEM.days[1:])
    assert [row.cost for row in off.alternatives] == sorted(row.cost for row in off.alternatives)


def test_nothing_refused_needs_no_reason() -> None:
    assert refusals(PROBLEM, PRICED, worked(PROBLEM, ann="--e", ben="-n-")) == ()


def test_a_costly_wish_tells_the_hours_that_would_suffer() -> None:
    problem = centre(agents=6, days=7)
    wishes = tuple(Wish(agent=agent.id, date=problem.days[2], want="off") for agent in problem.workforce.agents)
    problem = problem.varied(workforce=problem.workforce.varied(wishes=wishes))
    rules = (*RULES, Wishes(price=0.01))
    draft = Search(problem, rules, 1).greedy()
    found = refusals(problem, rules, draft.roster())
    costly = max(found, key=lambda row: row.cost or 0.0)
    assert costly.cost is not None
    assert costly.cost > 0
    assert "of contacts served in time" in costly.words
    assert "would fall from" in costly.words
