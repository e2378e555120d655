"""Rules whose windows reach back before the horizon: over random weeks and random pasts all their faces agree."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from random import Random

import pytest

from tests.schedule.tiny import MADRID, Tour, cheapest, requirement, roster_of
from wfm.domain import (
    Agent,
    Assignment,
    Balance,
    BreakTemplate,
    Channel,
    Contract,
    ShiftTemplate,
    TimeGrid,
    TimeOff,
    Workforce,
)
from wfm.schedule import RULES
from wfm.schedule.problem import MICRO, RosterProblem
from wfm.schedule.rule import Rule

TEMPLATES = (
    ShiftTemplate(
        name="early", starts=(360, 420), minutes=540, breaks=(BreakTemplate(minutes=60, earliest=240, latest=240),)
    ),
    ShiftTemplate(
        name="split", starts=(600,), minutes=720, breaks=(BreakTemplate(minutes=240, earliest=240, latest=240),)
    ),
    ShiftTemplate(name="night", starts=(1320,), minutes=540),
)
KINDS: dict[str, list[dict[str, object]]] = {
    "rolling_minutes": [{"at_most": "30h", "days": 5}],
    "rolling_shifts": [{"at_most": 3, "days": 6}, {"at_most": 1, "days": 4, "of": "nights"}],
    "reference_minutes": [{"week": "24h", "weeks": 3, "over": "1h", "under": "9h"}, {"weeks": 6, "under": None}],
    "overtime": [{}],
    "split_shifts": [{"at_most": 1}],
    "weekly_rest": [
        {"rest": "36h"},
        {"rest": "50h"},
        {"rest": "80h", "per_days": 14, "times": 2},
        {"rest": "60h", "times": 2},
    ],
    "days_off_together": [{}, {"days": 4}, {"days": 3, "per_days": 14}],
    "min_consecutive_days": [{"days": 3}, {"days": 2, "shifts": "night"}],
    "min_consecutive_days_off": [{"days": 2}, {"days": 4}],
    "min_consecutive_nights": [{"days": 2}],
    "forbidden_successions": [{"pairs": ["night -> early"], "rotation": "forward", "back": "1h"}],
    "start_stability": [{"within": "1h"}],
    "shift_variety": [{}],
    "whole_weekends": [{}],
    "weekends_in": [{}, {"at_most": 1, "weekends": 3}],
    "max_consecutive_days": [{"days": 3}, {"days": 1, "shifts": ["early", "split"]}],
    "max_consecutive_days_off": [{"days": 2}],
}
CASES = [
    kind.model_validate({**parameters, "tier": 1})
    for kind in RULES
    for parameters in KINDS.get(str(kind.model_fields["kind"].default), [])
]


@cache
def problem(first: date, days: int, seed: int) -> RosterProblem:
    """One agent with a random past of three weeks, of which the last days may be unknown."""
    chance, grid = Random(seed), TimeGrid.of_days(first, days, 60, MADRID)
    past: list[Assignment] = []
    for back in range(21, chance.choice([0, 0, 0, 3]), -1):
        day = first - timedelta(days=back)
        template = chance.choice([None, *TEMPLATES])
        if template and not (past and past[-1].shift.end.date() == day and template.name == "early"):
            shift = template.placed(day, template.starts[0], tuple(row.earliest for row in template.breaks), MADRID)
            past.append(Assignment(agent="ann", shift=shift))
    off = TimeOff(agent="ann", first=first + timedelta(days=2), last=first + timedelta(days=2))
    return RosterProblem(
        grid=grid,
        channels=(Channel(name="phone"),),
        requirements=(requirement("phone", grid, {}),),
        workforce=Workforce(
            contracts=(Contract(name="full", week_minutes=1501),),
            agents=(Agent(id="ann", contract="full", skills=("phone",)),),
            time_off=(off,),
            balances=(Balance(agent="ann", weeks=2, minutes=chance.choice([2000, 3000, 4000])),),
        ),
        templates=TEMPLATES,
        before=tuple(past),
    )


PROBLEMS = [
    problem(date(2026, 10, 22), 17, 1),
    problem(date(2026, 11, 1), 16, 2),
    problem(date(2026, 11, 2), 15, 4),
]
"""From a Thursday, over the change of clocks; from a Sunday; from a Monday."""


def random_tour(one: RosterProblem, chance: Random) -> Tour:
    """Work about as often as not, in no shift that begins before the last one has ended."""
    tour: list[object] = []
    ended = max((one.elapsed(row.shift.end) for row in one.before), default=0)
    rate = chance.choice([0.3, 0.6, 0.9])
    for duties in one.duties:
        duty = chance.choice(duties) if chance.random() < rate else None
        duty = duty if duty and duty.start >= ended else None
        ended = duty.end if duty else ended
        tour.append(duty)
    return tuple(tour)  # type: ignore[arg-type]


def settled(one: RosterProblem, rule: Rule, tour: Tour) -> int:
    automaton = rule.tour(one, one.workforce.agents[0])
    assert automaton is not None
    total, state = 0, automaton.start
    for day, duty in enumerate(tour):
        state, amount = automaton.step(state, day, duty)
        total += amount
    return total + automaton.end(state)


@pytest.mark.parametrize("rule", CASES, ids=lambda rule: rule.id)
@pytest.mark.parametrize("number", range(len(PROBLEMS)))
def test_the_past_counts_alike_in_all_faces(rule: Rule, number: int) -> None:
    one, chance = PROBLEMS[number], Random(number)
    tours = [random_tour(one, chance) for _ in range(40)]
    found = [sum(row.amount for row in rule.breaches(one, roster_of(one, {"ann": tour}))) for tour in tours]
    assert [settled(one, rule, tour) for tour in tours] == found
    assert any(found)
    some = [{"ann": tour} for tour in tours[:6]]
    charged = cheapest(one, rule, some, lambda ledger: sum(row.unit * row.amount for row in ledger.entries))
    assert charged == [MICRO * amount for amount in found[:6]]
