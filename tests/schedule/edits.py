"""Edits of the legal fortnight, each of which breaks rules that are known beforehand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from itertools import product
from random import Random
from typing import NamedTuple

from tests.schedule.fortnight import EXPERTS, PATTERNS, on, placed
from wfm.domain import Activity, Assignment, Roster, Shift

LETTERS = {agent: pattern.replace(" ", "") for agent, pattern in PATTERNS.items()}


class Edit(NamedTuple):
    """An edited roster, the kinds of rules it must break, and who must be named (None: a rule about several)."""

    roster: Roster
    kinds: set[str]
    agent: str | None


Operator = Callable[[Roster, Random], Edit]


def worked(roster: Roster, agent: str, day: int) -> Shift:
    return next(shift for shift in roster.shifts_of(agent) if shift.day == on(day))


def edited(roster: Roster, out: Iterable[tuple[str, int]] = (), into: Iterable[tuple[str, Shift]] = ()) -> Roster:
    """Return the roster without some (agent, day), and with some shifts in their place."""
    gone = {(agent, on(day)) for agent, day in out}
    rows = [row for row in roster.assignments if (row.agent, row.shift.day) not in gone]
    return Roster.of(roster.grid, [*rows, *(Assignment(agent=agent, shift=shift) for agent, shift in into)])


def days_with(letters: str) -> Iterator[tuple[str, int]]:
    """Yield every (agent, day) on which one of some letters is worked."""
    for agent, pattern in LETTERS.items():
        yield from ((agent, day) for day, letter in enumerate(pattern) if letter in letters)


def any_shift(roster: Roster, chance: Random) -> tuple[str, int, Shift]:
    agent, day = chance.choice(list(days_with("EDLN")))
    return agent, day, worked(roster, agent, day)


def reshaped(roster: Roster, agent: str, at: int, /, **changes: object) -> Edit:
    shift = worked(roster, agent, at).varied(**changes)
    return Edit(edited(roster, [(agent, at)], [(agent, shift)]), {"shift_form"}, agent)


def move_a_break_out_of_its_window(roster: Roster, chance: Random) -> Edit:
    agent, day, shift = any_shift(roster, chance)
    *before, meal = shift.activities
    start = shift.start + timedelta(minutes=chance.choice([135, 165, 315, 480]))
    moved = meal.varied(start=start, end=start + (meal.end - meal.start))
    return reshaped(roster, agent, day, activities=(*before, moved))


def change_a_break(roster: Roster, chance: Random) -> Edit:
    agent, day, shift = any_shift(roster, chance)
    *before, meal = shift.activities
    others: list[dict[str, object]] = [{"end": meal.end - timedelta(minutes=10)}, {"paid": True}, {"kind": "meeting"}]
    return reshaped(roster, agent, day, activities=(*before, meal.varied(**chance.choice(others))))


def drop_or_add_a_break(roster: Roster, chance: Random) -> Edit:
    agent, day, shift = any_shift(roster, chance)
    extra = Activity(start=shift.end - timedelta(minutes=15), end=shift.end, paid=True)
    activities = chance.choice([shift.activities[1:], (*shift.activities, extra)])
    return reshaped(roster, agent, day, activities=activities)


def work_through(roster: Roster, chance: Random) -> Edit:
    agent, day, shift = any_shift(roster, chance)
    edit = reshaped(roster, agent, day, activities=shift.activities[:-1])
    return edit._replace(kinds={"shift_form", "break_after"})


def change_the_length(roster: Roster, chance: Random) -> Edit:
    agent, day, shift = any_shift(roster, chance)
    return reshaped(roster, agent, day, end=shift.end + timedelta(minutes=chance.choice([-60, -15, 15, 60])))


def change_the_start(roster: Roster, chance: Random) -> Edit:
    agent, day, shift = any_shift(roster, chance)
    later = timedelta(minutes=chance.choice([-15, 15]))
    moved = tuple(pause.varied(start=pause.start + later, end=pause.end + later) for pause in shift.activities)
    return reshaped(roster, agent, day, start=shift.start + later, end=shift.end + later, activities=moved)


def invent_a_template(roster: Roster, chance: Random) -> Edit:
    agent, day, _ = any_shift(roster, chance)
    return reshaped(roster, agent, day, template=chance.choice(["split", "Early"]))


def date_it_wrongly(roster: Roster, chance: Random) -> Edit:
    agent, day, shift = any_shift(roster, chance)
    return reshaped(roster, agent, day, day=shift.day + timedelta(days=chance.choice([-20, -1, 1, 20])))


def employ_a_stranger(roster: Roster, chance: Random) -> Edit:
    shift = placed(chance.choice("EDLN"), on(chance.randrange(14)), chance)
    return Edit(edited(roster, into=[("zoe", shift)]), {"shift_form"}, "zoe")


def work_twice_a_day(roster: Roster, chance: Random) -> Edit:
    agent, day = chance.choice(list(days_with("E")))
    return Edit(edited(roster, into=[(agent, placed(chance.choice("DLN"), on(day), chance))]), {"shift_form"}, agent)


def run_into_the_next_shift(roster: Roster, chance: Random) -> Edit:
    agent, day = chance.choice([(agent, day) for agent, day in days_with("E") if LETTERS[agent][day - 1] == "E"])
    night = placed("N", on(day - 1), chance)
    return Edit(edited(roster, [(agent, day - 1)], [(agent, night)]), {"shift_form", "min_rest"}, agent)


def shorten_a_rest(roster: Roster, chance: Random) -> Edit:
    agent, day = chance.choice([(agent, day) for agent, day in days_with("DE") if LETTERS[agent][day - 1] in "DE"])
    late = placed("L", on(day - 1), chance)
    return Edit(edited(roster, [(agent, day - 1)], [(agent, late)]), {"min_rest"}, agent)


def work_on_time_off(roster: Roster, chance: Random) -> Edit:
    if chance.random() < 0.5:
        return Edit(edited(roster, into=[("ida", placed("D", on(9), chance))]), {"time_off"}, "ida")
    night = placed("N", on(8), chance)
    return Edit(edited(roster, [("ida", 8)], [("ida", night)]), {"time_off", "availability"}, "ida")


def work_when_not_available(roster: Roster, chance: Random) -> Edit:
    day = chance.choice([day for agent, day in days_with("D") if agent == "ida"])
    other = placed(chance.choice("ELN"), on(day), chance)
    return Edit(edited(roster, [("ida", day)], [("ida", other)]), {"availability"}, "ida")


def work_after_leaving(roster: Roster, chance: Random) -> Edit:
    shift = placed(chance.choice("EDLN"), on(chance.randrange(7, 14)), chance)
    return Edit(edited(roster, into=[("jon", shift)]), {"availability"}, "jon")


def work_a_sixth_day(roster: Roster, chance: Random) -> Edit:
    weeks = [
        (agent, start)
        for agent, pattern in LETTERS.items()
        for start in (0, 7)
        if pattern[start : start + 7].count("-") == 2 and "S" not in pattern[start : start + 7]
    ]
    agent, start = chance.choice(weeks)
    day = chance.choice([day for day in range(start, start + 7) if LETTERS[agent][day] == "-"])
    kinds = {"week_minutes", "shifts_week", "weekly_days_off"}
    return Edit(edited(roster, into=[(agent, placed("D", on(day), chance))]), kinds, agent)


def take_two_days_away(roster: Roster, chance: Random) -> Edit:
    agent, start = chance.choice([(agent, start) for agent in ("ann", "cas", "eve", "fil", "gus") for start in (0, 7)])
    days = chance.sample([day for day in range(start, start + 7) if LETTERS[agent][day] != "-"], 2)
    gone = [(agent, day) for day in days]
    kinds = {"week_minutes", "period_minutes"} if agent in {"eve", "fil", "gus"} else {"week_minutes"}
    return Edit(edited(roster, gone), kinds, agent)


def work_more_than_the_period(roster: Roster, chance: Random) -> Edit:
    agent = chance.choice(["ann", "cas", "hal"])
    day = chance.choice([day for day in range(14) if LETTERS[agent][day] == "-"])
    return Edit(
        edited(roster, into=[(agent, placed("D", on(day), chance))]), {"period_minutes", "period_shifts"}, agent
    )


def work_seven_days_in_a_row(roster: Roster, chance: Random) -> Edit:
    agent, letter = chance.choice([("ann", "E"), ("cas", "L"), ("bea", "L"), ("dov", "E")])
    first = chance.randrange(8)
    free = [day for day in range(first, first + 7) if LETTERS[agent][day] == "-"]
    filled = [(agent, placed(letter, on(day), chance)) for day in free]
    return Edit(edited(roster, into=filled), {"max_consecutive_days"}, agent)


def work_a_fifth_night(roster: Roster, chance: Random) -> Edit:
    agent, day = chance.choice([("eve", 4), ("gus", 11)])
    night = placed("N", on(day), chance)
    return Edit(edited(roster, into=[(agent, night)]), {"max_consecutive_nights", "max_nights"}, agent)


def work_nights_for_days(roster: Roster, chance: Random) -> Edit:
    agent, first = chance.choice([("fil", 0), ("eve", 7)])
    nights = [(agent, placed("N", on(day), chance)) for day in (first, first + 1)]
    return Edit(edited(roster, [(agent, first), (agent, first + 1)], nights), {"max_nights"}, agent)


def take_the_other_weekend(roster: Roster, chance: Random) -> Edit:
    agent, day = chance.choice([("ann", 5), ("ann", 6), ("bea", 12), ("cas", 6), ("dov", 13), ("eve", 5), ("fil", 12)])
    return Edit(edited(roster, into=[(agent, placed("D", on(day), chance))]), {"max_weekends"}, agent)


def send_the_only_expert_home(roster: Roster, chance: Random) -> Edit:
    days = [
        (agent, day)
        for agent, day in days_with("EL")
        if agent in EXPERTS
        if sum(LETTERS[other][day] == LETTERS[agent][day] for other in EXPERTS) == 1
    ]
    return Edit(edited(roster, [chance.choice(days)]), {"role_cover", "no_single_dependency"}, None)


def leave_nobody_at_night(roster: Roster, chance: Random) -> Edit:
    return Edit(
        edited(roster, [chance.choice(list(days_with("N")))]),
        {"minimum_heads", "minimum_on_shift", "shift_cover"},
        None,
    )


def leave_nobody_to_hand_over(roster: Roster, chance: Random) -> Edit:
    agent, day = chance.choice([*product(("bea", "dov"), (5, 6)), *product(("ann", "cas"), (12, 13))])
    return Edit(edited(roster, [(agent, day)]), {"handover"}, None)


def leave_nobody_on_call(roster: Roster, chance: Random) -> Edit:
    into = chance.choice([[], [("ida", placed("D", on(4), chance))]])
    return Edit(edited(roster, [("ida", 4)], into), {"on_call_cover"}, None)


def share_the_only_seat(roster: Roster, chance: Random) -> Edit:
    night = placed("N", on(chance.choice([9, 10])), chance)
    return Edit(edited(roster, into=[("eve", night)]), {"seats", "apart"}, None)


def part_who_ride_together(roster: Roster, chance: Random) -> Edit:
    day = chance.randrange(5)
    return Edit(edited(roster, [("jon", day)], [("jon", placed("D", on(day), chance))]), {"together"}, None)


def leave_the_newcomer_alone(roster: Roster, chance: Random) -> Edit:
    day = chance.choice([0, 2, 4, 7, 9, 11])
    return Edit(
        edited(roster, [("hal", day)], [("hal", placed(chance.choice("DL"), on(day), chance))]), {"overlap"}, "hal"
    )


def call_in_at_a_price(roster: Roster, chance: Random) -> Edit:
    return Edit(edited(roster, into=[("kai", placed("D", on(chance.randrange(14)), chance))]), {"cost"}, "kai")


def give_all_nights_to_one(roster: Roster, chance: Random) -> Edit:
    night = placed("N", on(chance.choice([4, 5, 9])), chance)
    return Edit(edited(roster, into=[("eve", night)]), {"spread"}, None)


def ignore_a_wish(roster: Roster, chance: Random) -> Edit:
    agent, day, letter = chance.choice([("ann", 5, "E"), ("cas", 0, "D"), ("fil", 8, "")])
    into = [(agent, placed(letter, on(day), chance))] if letter else []
    return Edit(edited(roster, [(agent, day)], into), {"wishes"}, agent)


def change_what_is_pinned(roster: Roster, chance: Random) -> Edit:
    if chance.random() < 0.5:
        return Edit(edited(roster, into=[("gus", placed(chance.choice("EDLN"), on(5), chance))]), {"pinned"}, "gus")
    into = chance.choice([[], [("eve", placed("D", on(0), chance))]])
    return Edit(edited(roster, [("eve", 0)], into), {"pinned"}, "eve")


def change_what_is_published(roster: Roster, chance: Random) -> Edit:
    agent, day = chance.choice([(agent, day) for agent, day in days_with("EL") if agent in EXPERTS])
    into = chance.choice([[], [(agent, placed("D", on(day), chance))]])
    return Edit(edited(roster, [(agent, day)], into), {"change_cost", *(["late_change"] if day < 7 else [])}, agent)


OPERATORS: tuple[Operator, ...] = (
    move_a_break_out_of_its_window,
    change_a_break,
    drop_or_add_a_break,
    change_the_length,
    change_the_start,
    invent_a_template,
    date_it_wrongly,
    employ_a_stranger,
    work_twice_a_day,
    run_into_the_next_shift,
    shorten_a_rest,
    work_through,
    work_on_time_off,
    work_when_not_available,
    work_after_leaving,
    work_a_sixth_day,
    take_two_days_away,
    work_more_than_the_period,
    work_seven_days_in_a_row,
    work_a_fifth_night,
    work_nights_for_days,
    take_the_other_weekend,
    send_the_only_expert_home,
    leave_nobody_at_night,
    leave_nobody_to_hand_over,
    leave_nobody_on_call,
    share_the_only_seat,
    part_who_ride_together,
    leave_the_newcomer_alone,
    call_in_at_a_price,
    give_all_nights_to_one,
    ignore_a_wish,
    change_what_is_pinned,
    change_what_is_published,
)

OF_FORM = OPERATORS[:9]
"""Those that spoil the form of a shift and nothing but it needs to notice."""
