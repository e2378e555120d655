"""Overrides: a factor or the contacts of a day, on their dates and hours only; expired ones are told and not applied."""

from datetime import date
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from tests.forecast.histories import PHONE, constant, grid
from wfm.domain import Forecast
from wfm.forecast import Override, forecast, with_overrides
from wfm.forecast.overrides import override_notes

DAY = date(2026, 2, 4)
MADE = date(2026, 1, 30)


def override(**changes: Any) -> Override:
    fields = {"channel": "phone", "first": DAY, "author": "Ana", "reason": "invoices go out late", "made_on": MADE}
    return Override.model_validate({**fields, **changes})


@pytest.fixture(scope="module")
def plain() -> Forecast:
    return forecast(constant(28), PHONE, grid(7, date(2026, 2, 2)))


def test_a_factor_holds_within_its_dates_and_hours_only(plain: Forecast) -> None:
    made = with_overrides(plain, [override(factor=1.5, hours=("10:00", "12:00"))])
    steps, minute = made.grid.within(DAY, DAY), made.grid.minute_of_day
    moved = np.flatnonzero(made.means() != plain.means())
    assert list(moved) == [k for k in range(steps.start, steps.stop) if 600 <= minute[k] < 720]
    assert made.means()[moved] == pytest.approx(1.5 * plain.means()[moved])
    assert np.array(made.bands)[:, moved] == pytest.approx(1.5 * np.array(plain.bands)[:, moved])


def test_contacts_are_the_total_of_every_day_in_the_shape_of_the_forecast(plain: Forecast) -> None:
    made = with_overrides(plain, [override(last=date(2026, 2, 5), contacts=100)])
    totals = np.bincount(made.grid.day_index, made.means())
    assert totals[2:4] == pytest.approx([100, 100])
    assert totals[4] == pytest.approx(np.bincount(plain.grid.day_index, plain.means())[4])
    assert np.ptp(made.means()[made.grid.within(DAY, DAY)] / plain.means()[made.grid.within(DAY, DAY)]) < 1e-9


def test_contacts_where_none_were_expected_come_evenly_with_bands(plain: Forecast) -> None:
    nothing = with_overrides(plain, [override(factor=0)])
    steps = plain.grid.within(DAY, DAY)
    assert nothing.means()[steps].sum() == 0
    made = with_overrides(nothing, [override(contacts=96)])
    assert made.means()[steps] == pytest.approx(np.full(48, 2.0))
    assert (np.array(made.bands)[-1, steps] > 2).all()
    assert Forecast.model_validate(made.model_dump()) == made


def test_a_note_says_who_when_and_why(plain: Forecast) -> None:
    made = with_overrides(plain, [override(factor=0.5)])
    assert made.notes[-1] == "Override of phone, 2026-02-04: x 0.5, by Ana on 2026-01-30 (invoices go out late)."


def test_an_expired_override_is_told_and_not_applied(plain: Forecast) -> None:
    some = [override(factor=2, expires=date(2026, 2, 1))]
    late = with_overrides(plain, some, today=date(2026, 2, 2))
    assert late.mean == plain.mean
    assert late.notes[-1].endswith("by Ana, expired on 2026-02-01 and was not applied.")
    assert with_overrides(plain, some, today=date(2026, 2, 1)).mean != plain.mean


def test_without_a_date_of_today_the_end_of_the_training_counts(plain: Forecast) -> None:
    assert with_overrides(plain, [override(factor=2, expires=date(2026, 2, 1))]).mean == plain.mean
    assert with_overrides(plain, [override(factor=2, expires=date(2026, 2, 2))]).mean != plain.mean


def test_an_override_of_another_channel_or_time_changes_nothing(plain: Forecast) -> None:
    assert with_overrides(plain, [override(channel="chat", factor=2)]) is plain
    assert with_overrides(plain, [override(first=date(2027, 1, 1), factor=2)]) is plain


@pytest.mark.parametrize(
    ("changes", "expectation"),
    [
        ({}, "came neither"),
        ({"factor": 1, "contacts": 1}, "came both"),
        ({"factor": 1, "last": date(2026, 1, 1)}, "expected a last date"),
        ({"factor": 1, "hours": ("12:00", "10:00")}, "end after they begin, came 12:00-10:00"),
        ({"factor": -1}, "greater than or equal to 0"),
    ],
)
def test_an_unclear_override_is_refused(changes: dict[str, Any], expectation: str) -> None:
    with pytest.raises(ValidationError, match=expectation):
        override(**changes)


def test_what_a_planner_may_not_have_meant_is_told() -> None:
    steps = grid(7, date(2026, 2, 2))
    is_open = steps.weekday < 6
    told = [
        override(contacts=200),
        override(factor=1.1, last=date(2026, 2, 5)),
        override(contacts=300),
        override(contacts=50, first=date(2026, 2, 8)),
        override(contacts=50, first=date(2027, 2, 8)),
        override(contacts=50, first=date(2025, 2, 8)),
        override(contacts=50, channel="chat"),
    ]
    notes = override_notes(told, "phone", steps, is_open)
    assert notes == [
        f"Override of phone, {DAY}: 200 contacts a day: a later one on the same hours comes on top ({told[1].title}).",
        f"Override of phone, {DAY}: 200 contacts a day: a later one on the same hours overtakes it ({told[2].title}).",
        f"Override of phone, {DAY} to 2026-02-05: x 1.1: a later one on the same hours overtakes it ({told[2].title}).",
        "Override of phone, 2026-02-08: 50 contacts a day lies on closed hours and changes nothing.",
        "Override of phone, 2027-02-08: 50 contacts a day lies after the horizon and changes nothing.",
    ]
