"""Fairness asks for less from whoever bore more, pro rata, and finds the rosters whose largest burdens are smallest."""

from __future__ import annotations

from datetime import date
from itertools import product
from random import Random

import pytest
from pydantic import ValidationError

from tests.schedule.tiny import Tours, roster_of, worked
from wfm.domain import Agent, Burden, Contract, Opening, ShiftTemplate, TimeGrid, TimeOff, Workforce
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rules import Fairness, MinimumHeads
from wfm.schedule.search import Search, exchange
from wfm.schedule.solution import Limits
from wfm.schedule.watch import Cooling, Watch

FIRST = date(2026, 11, 2)
NIGHT = ShiftTemplate(name="night", starts=(22 * 60,), minutes=480)
RULE = Fairness(of=("nights",), price=1.0)


def nights(
    *carried: int, weeks: tuple[int, ...] = (), shut: tuple[tuple[int, int], ...] = (), days: int = 4
) -> RosterProblem:
    """Agents a0, a1 ... with nights of one earlier period and full or other contracts; ``shut`` (agent, day) pairs are days off."""
    hours = weeks or (40,) * len(carried)
    workforce = Workforce(
        contracts=tuple(Contract(name=f"c{week}", week_minutes=60 * week) for week in sorted({*hours, 40})),
        agents=tuple(Agent(id=f"a{k}", contract=f"c{hours[k]}") for k in range(len(carried))),
        time_off=tuple(
            TimeOff(agent=f"a{k}", first=date(2026, 11, 2 + day), last=date(2026, 11, 2 + day)) for k, day in shut
        ),
        burdens=tuple(Burden(agent=f"a{k}", period="2026-10", nights=count) for k, count in enumerate(carried)),
    )
    grid = TimeGrid.of_days(FIRST, days, 60, "Europe/Madrid")
    return RosterProblem(grid=grid, channels=(), requirements=(), workforce=workforce, templates=(NIGHT,))


def one_a_night(problem: RosterProblem, shut: tuple[tuple[int, int], ...] = ()) -> list[Tours]:
    """List the rosters in which every night is worked by one agent who is there."""
    agents = [agent.id for agent in problem.workforce.agents]
    return [
        {
            name: tuple(problem.duties[day][0] if who[day] == k else None for day in range(len(who)))
            for k, name in enumerate(agents)
        }
        for who in product(range(len(agents)), repeat=len(problem.days))
        if not any((k, day) in shut for day, k in enumerate(who))
    ]


def levels(problem: RosterProblem, tours: Tours) -> list[float]:
    """Sort the nights of all periods over the share of each agent, the largest first."""
    loads = RULE.loads(problem)
    return sorted(
        (
            (loads[name].before + sum(duty is not None for duty in tour)) / loads[name].share
            for name, tour in tours.items()
        ),
        reverse=True,
    )


def breach(problem: RosterProblem, tours: Tours) -> float:
    return sum(row.amount for row in RULE.breaches(problem, roster_of(problem, tours)))


@pytest.mark.parametrize("seed", range(12))
def test_with_equal_shares_the_least_sum_of_squares_is_the_leximin_roster(seed: int) -> None:
    random = Random(seed)
    # Whoever is away has a smaller share, so the days that an agent cannot work are given by the list of rosters.
    shut = tuple((random.randrange(3), random.randrange(4)) for _ in range(3))
    problem = nights(*(random.randrange(4) for _ in range(3)))
    rosters = one_a_night(problem, shut)
    if not rosters:
        return
    fairest = min(levels(problem, tours) for tours in rosters)
    charges = [round(breach(problem, tours), 2) for tours in rosters]
    assert {
        tuple(levels(problem, tours)) for tours, charge in zip(rosters, charges, strict=True) if charge == min(charges)
    } == {tuple(fairest)}


@pytest.mark.parametrize("seed", range(8))
def test_with_unequal_shares_the_largest_level_is_within_one_night_of_leximin(seed: int) -> None:
    random = Random(100 + seed)
    problem = nights(*(random.randrange(4) for _ in range(3)), weeks=(40, 20, 30))
    rosters = one_a_night(problem)
    best = min(rosters, key=lambda tours: breach(problem, tours))
    night = max(1 / load.share for load in RULE.loads(problem).values())
    assert levels(problem, best)[0] <= min(levels(problem, tours)[0] for tours in rosters) + night


def test_a_breach_is_what_the_roster_adds_to_the_square_above_the_least() -> None:
    problem = nights(3, 1)
    found = RULE.breaches(problem, worked(problem, a0="n---", a1="nn--"))
    # Shares are two periods each; the least level is 1/2 a period, so a0 goes from 3 - 1 = 2 nights above it to 3, a1 from 0 to 2.
    assert [(row.agent, row.amount) for row in found] == [("a0", (3**2 - 2**2) / 2), ("a1", 2**2 / 2)]
    assert (
        found[0].words == "a0 has 1 night and 3 from earlier periods: 2.00 a full-time period, where the least is 0.50"
    )


def test_half_a_contract_is_half_a_share() -> None:
    problem = nights(0, 0, weeks=(40, 20))
    full, half = (RULE.breaches(problem, worked(problem, **{name: "n---"})) for name in ("a0", "a1"))
    assert half[0].amount == 2 * full[0].amount


def test_leave_makes_the_share_smaller() -> None:
    problem = nights(0, 0, shut=((1, 0), (1, 1)))
    loads = RULE.loads(problem)
    assert (loads["a0"].share, loads["a1"].share) == (2.0, 1.5)


def test_who_cannot_work_nights_is_no_peer() -> None:
    problem = nights(5, 0)
    day = Opening.from_text("mon-sun 08:00-20:00")
    a0, a1 = problem.workforce.agents
    limited = problem.varied(workforce=problem.workforce.varied(agents=(a0, a1.varied(availability=day))))
    assert list(RULE.loads(limited)) == ["a0"]
    assert RULE.loads(limited)["a0"].least == 2.5


def test_roles_apart_have_a_least_level_of_their_own() -> None:
    problem = nights(6, 4, 0)
    a0, a1, a2 = problem.workforce.agents
    parted = problem.varied(
        workforce=problem.workforce.varied(
            roles=({"name": "sme"},), agents=(a0.varied(roles=("sme",)), a1.varied(roles=("sme",)), a2)
        )
    )
    loads = Fairness(of=("nights",), apart=("sme",)).loads(parted)
    assert [loads[name].least for name in ("a0", "a1", "a2")] == [2.0, 2.0, 0.0]


def test_other_kinds_count_as_earlier_periods_left_them() -> None:
    problem = nights(0, 0)
    burdens = (Burden(agent="a0", period="2026-10", unmet_wishes=10), Burden(agent="a1", period="2026-10"))
    carried = problem.varied(workforce=problem.workforce.varied(burdens=burdens))
    rule = Fairness(of=("nights", "unmet_wishes"), weights=(("unmet_wishes", 0.2),))
    assert [load.before for load in rule.loads(carried).values()] == [2.0, 0.0]
    assert rule.id == "fairness:nights+unmet_wishes"


def test_agents_swap_until_each_night_is_with_whoever_bore_least() -> None:
    problem = nights(4, 3, 2, 1, 0, 0, days=10)
    heads = MinimumHeads(at_least=1, hours=Opening.from_text("mon-sun 22:00-24:00"), price=0.5)
    search = Search(problem, [RULE, heads], 1)
    tours = exchange(search, search.greedy(), Cooling(Watch(Limits(steps=20_000)), 0.0)).tours
    totals = [sum(duty is not None for duty in tours[f"a{k}"].duties) + (4, 3, 2, 1, 0, 0)[k] for k in range(6)]
    # 10 nights on top of 10 make 20 for six: the fairest is 4 4 3 3 3 3.
    assert sorted(totals, reverse=True) == [4, 4, 3, 3, 3, 3]


def test_a_rule_that_would_weigh_nothing_of_the_roster_is_refused() -> None:
    with pytest.raises(ValidationError, match="it would share nothing"):
        Fairness(of=("unmet_wishes", "short_rests"))
