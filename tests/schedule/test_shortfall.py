"""What arithmetic says before a solve: true of every roster, in words, and silent where there is enough."""

from itertools import product

import pytest

from tests.schedule import fortnight, tiny
from tests.schedule.planted import KINDS, planted, unplanted
from wfm.domain import Opening
from wfm.schedule import rules
from wfm.schedule.conflicts.reason import named
from wfm.schedule.shortfall import shortfalls

SEEN = {
    "role_off": "can work then (time_off of ",
    "left_and_off": "can work then (availability, time_off of ",
    "heads_above": "can work then (time_off of ",
    "nights": "night shifts",
    "round_the_clock": "shifts_week and the days on which they can work leave the ",
    "contract": "come to at least 24h and at most 48h as week_minutes:full asks; nearest 16h",
    "odd_contract": "as period_minutes:odd asks; nearest ",
}


@pytest.mark.parametrize("kind", KINDS)
def test_what_totals_tell_is_told_before_the_solve(kind: str) -> None:
    case = planted(kind, 20, seed=1)
    (told,) = shortfalls(case.problem, case.rules) if kind in SEEN else ("",)
    assert SEEN.get(kind, "") in told


def test_where_there_is_enough_nothing_is_told() -> None:
    assert list(shortfalls(*unplanted(20, 1))) == []
    assert list(shortfalls(fortnight.problem(), fortnight.RULES)) == []


def test_a_priced_rule_takes_part_in_nothing() -> None:
    case = planted("contract", 20, seed=1)
    assert not list(
        shortfalls(case.problem, [rule.varied(price=1.0) for rule in case.rules if rule.kind != "shift_form"])
    )


def test_whatever_is_told_no_roster_is_legal() -> None:
    problem = tiny.weekend()
    always = (rules.Availability(), rules.TimeOff())
    rosters = [tiny.roster_of(problem, tours) for tours in tiny.every_tours(problem)]
    rosters = [roster for roster in rosters if not any(rule.breaches(problem, roster) for rule in always)]
    hours = [
        Opening.from_text(text)
        for text in ("sat-sun 07:00-08:00", "sat-sun 00:00-24:00", "mon 01:00-03:00, mon 08:00-09:00")
    ]
    limits = (
        rules.MaxNights(at_most=0),
        rules.MaxNights(at_most=1, per="period"),
        rules.ShiftsWeek(),
        rules.WeekMinutes(over_minutes=0, under_minutes=None),
        rules.PeriodMinutes(over_minutes=0, under_minutes=0),
        rules.WeeklyDaysOff(days=3),
    )
    heads = [rules.MinimumHeads(at_least=number, hours=open_hours) for open_hours, number in product(hours, (1, 2))]
    legal = {
        id(rule): {k for k, roster in enumerate(rosters) if not rule.breaches(problem, roster)}
        for rule in (*heads, *limits)
    }
    told = 0
    for presence, limit in product(heads, limits):
        if list(shortfalls(problem, (*always, presence, limit))):
            told += 1
            assert not legal[id(presence)] & legal[id(limit)]
    assert told > 5


def test_of_many_agents_the_first_are_named() -> None:
    assert named(["ann"]) == "ann"
    assert named(["ann", "ben", "cas"]) == "ann, ben and cas"
    assert named([f"a{k}" for k in range(9)]) == "a0, a1, a2, a3, a4 and 4 others"
