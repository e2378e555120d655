"""Learned hours: the windows in which contacts came, and no others."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wfm.domain import Opening, TimeGrid
from wfm.importers.hours import Slots, learn_hours, usual_hours


def slots(weeks: int = 4, step: int = 30, per_step: int = 1) -> Slots:
    return Slots(TimeGrid.of_days(date(2026, 5, 4), 7 * weeks, step, "Europe/Madrid"), per_step)  # type: ignore[arg-type]


def learned(text: str, inside: float = 10.0, outside: float = 0.0) -> str:
    place = slots()
    offered = np.where(Opening.from_text(text).mask(place.grid), inside, outside)
    return str(learn_hours(place, offered).opening)


@pytest.mark.parametrize(
    "text",
    [
        "24x7",
        "mon-fri 08:00-20:00",
        "mon-fri 08:00-14:00, mon-fri 16:30-20:00",
        "mon-thu 07:00-24:00, fri 07:00-14:00, sat 19:00-24:00, sun 07:00-24:00",
        "sat-sun 10:00-18:00",
    ],
)
def test_hours_are_learned_from_contacts_inside_them(text: str) -> None:
    assert learned(text) == text


def test_a_few_contacts_at_night_do_not_open_the_night() -> None:
    assert learned("mon-sun 08:00-20:00", inside=100.0, outside=0.4) == "mon-sun 08:00-20:00"


def test_quiet_nights_of_a_centre_that_never_closes_stay_open() -> None:
    assert learned("mon-sun 08:00-20:00", inside=100.0, outside=6.0) == "24x7"


def test_a_gap_under_two_hours_is_no_closing() -> None:
    assert learned("mon-fri 08:00-13:00, mon-fri 14:00-18:00") == "mon-fri 08:00-18:00"


def test_hours_end_where_the_source_ends_and_are_rounded_to_whole_steps() -> None:
    place = slots(per_step=6)
    told = (place.minute >= 420) & (place.minute < 1_265) & (place.weekday < 5)
    hours = learn_hours(place, np.where(told, 10.0, np.nan))
    assert str(hours.opening) == "mon-fri 07:00-21:30"
    assert (hours.mask == told).all()


def test_fewer_than_two_hundred_contacts_teach_nothing() -> None:
    place = slots()
    offered = np.zeros(place.grid.count)
    offered[20] = 199
    assert learn_hours(place, offered).learned is False
    assert learn_hours(place, offered).opening.is_always
    offered[20] = 200
    assert learn_hours(place, offered).learned is True


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32), st.floats(0.5, 30))
def test_the_mask_of_slots_agrees_with_the_opening_on_the_clock(seed: int, mean: float) -> None:
    place = slots(weeks=2)
    offered = np.random.default_rng(seed).poisson(mean * (place.minute > 400)).astype(float)
    hours = learn_hours(place, offered)
    assert (hours.mask == hours.opening.mask(place.grid)).all()


def test_usual_hours_are_those_of_most_days() -> None:
    place = slots()
    open_slots = Opening.from_text("mon-fri 08:00-20:00").mask(place.grid)
    open_slots[:48] = False  # one Monday of four was a holiday
    assert str(usual_hours(place, open_slots)) == "mon-fri 08:00-20:00"
