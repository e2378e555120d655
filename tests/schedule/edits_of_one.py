"""More edits of the legal fortnight: those that break a rule about one agent, each known beforehand."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from tests.schedule.edits import LETTERS, OPERATORS, Edit, Operator, days_with, edited, reshaped, worked
from tests.schedule.fortnight import on, placed
from wfm.domain import Roster


def work_an_hour_longer_at_night(roster: Roster, chance: Random) -> Edit:
    agent, day = chance.choice(list(days_with("N")))
    later = worked(roster, agent, day).end + timedelta(hours=1)
    edit = reshaped(roster, agent, day, end=later)
    return edit._replace(kinds={"shift_form", "day_minutes", "night_minutes"})


def stretch_a_break(roster: Roster, chance: Random) -> Edit:
    agent, day = chance.choice(list(days_with("D")))
    (meal,) = worked(roster, agent, day).activities
    longer = meal.varied(end=meal.start + timedelta(hours=2))
    return reshaped(roster, agent, day, activities=(longer,))._replace(kinds={"shift_form", "split_shifts"})


def work_in_a_barred_night(roster: Roster, chance: Random) -> Edit:
    agent, letter = chance.choice([("hal", "N"), ("ida", "N"), ("hal", "L")])
    return Edit(edited(roster, into=[(agent, placed(letter, on(5), chance))]), {"no_nights"}, agent)


def work_a_whole_week(roster: Roster, chance: Random) -> Edit:
    agent, letter = chance.choice([("ann", "E"), ("cas", "L")])
    filled = [(agent, placed(letter, on(day), chance)) for day in (5, 6)]
    kinds = {"rolling_minutes", "reference_minutes", "overtime", "weekly_rest", "days_off_together", "weekends_in"}
    return Edit(edited(roster, into=filled), kinds, agent)


def work_five_nights_of_seven(roster: Roster, chance: Random) -> Edit:
    agent, day = chance.choice([("eve", 4), ("eve", 5), ("gus", 11), ("gus", 12)])
    return Edit(edited(roster, into=[(agent, placed("N", on(day), chance))]), {"rolling_shifts"}, agent)


def work_half_a_weekend(roster: Roster, chance: Random) -> Edit:
    weekends = [(agent, day) for agent, day in days_with("EDLN") if day in {5, 6, 12, 13}]
    agent, day = chance.choice(weekends)
    return Edit(edited(roster, [(agent, day)]), {"whole_weekends"}, agent)


def come_for_one_day(roster: Roster, chance: Random) -> Edit:
    agent, day = chance.choice([(agent, day) for agent in ("ann", "cas", "eve") for day in (7, 8)])
    return Edit(edited(roster, [(agent, day)]), {"min_consecutive_days"}, agent)


def leave_one_day_off(roster: Roster, chance: Random) -> Edit:
    agent, letter = chance.choice([("ann", "E"), ("cas", "L")])
    into = [(agent, placed(letter, on(chance.choice([5, 6, 9, 10])), chance))]
    return Edit(edited(roster, into=into), {"min_consecutive_days_off"}, agent)


def rest_for_four_days(roster: Roster, chance: Random) -> Edit:
    agent, day = chance.choice([("eve", 3), ("eve", 7), ("gus", 10)])
    return Edit(edited(roster, [(agent, day)]), {"max_consecutive_days_off"}, agent)


def work_few_nights(roster: Roster, chance: Random) -> Edit:
    agent, days = chance.choice([("eve", (2, 3)), ("gus", (7, 8)), ("fil", (4,)), ("fil", (6,))])
    return Edit(edited(roster, [(agent, day) for day in days]), {"min_consecutive_nights"}, agent)


def come_by_day_after_a_night(roster: Roster, chance: Random) -> Edit:
    agent, day = chance.choice([("eve", 4), ("fil", 7), ("gus", 11)])
    return Edit(edited(roster, into=[(agent, placed("D", on(day), chance))]), {"forbidden_successions"}, agent)


def rotate_backwards(roster: Roster, chance: Random) -> Edit:
    late = [(agent, day) for agent, day in days_with("L") if agent != "jon"]
    agent, day = chance.choice([(agent, day) for agent, day in late if day and LETTERS[agent][day - 1] == "L"])
    early = placed("E", on(day), chance)
    return Edit(edited(roster, [(agent, day)], [(agent, early)]), {"forbidden_successions", "start_stability"}, agent)


def work_three_kinds_of_shift(roster: Roster, chance: Random) -> Edit:
    agent, day = chance.choice([("fil", 2), ("fil", 3), ("eve", 9), ("eve", 10)])
    return Edit(edited(roster, into=[(agent, placed(chance.choice("EL"), on(day), chance))]), {"shift_variety"}, agent)


OF_ONE: tuple[Operator, ...] = (
    work_an_hour_longer_at_night,
    stretch_a_break,
    work_in_a_barred_night,
    work_a_whole_week,
    work_five_nights_of_seven,
    work_half_a_weekend,
    come_for_one_day,
    leave_one_day_off,
    rest_for_four_days,
    work_few_nights,
    come_by_day_after_a_night,
    rotate_backwards,
    work_three_kinds_of_shift,
)

EVERY = (*OPERATORS, *OF_ONE)
