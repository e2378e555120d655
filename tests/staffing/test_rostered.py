"""Service of a rostered day: steady days as Erlang says, overload that carries over, and heads between whole numbers."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.staffing.cases import forecast
from wfm.domain import Channel, ServiceLevel
from wfm.staffing import inside_when_rostered, require

LEVEL = ServiceLevel(share=0.8, within_seconds=20)
PHONE = Channel(name="phone", patience_seconds=180, targets=(LEVEL,))
HOTLINE = PHONE.varied(patience_seconds=None)
OPEN = np.arange(48) // 12 == 1


def inside(channel: Channel, volume: NDArray[np.float64], heads: NDArray[np.float64]) -> NDArray[np.float64]:
    return inside_when_rostered(require(forecast(channel, volume), channel), channel, heads)


def test_an_even_day_is_served_as_erlang_says_once_it_has_begun() -> None:
    volume, heads = np.where(OPEN, 60.0, 0.0), np.where(OPEN, 12.0, 0.0)
    requirement = require(forecast(PHONE, volume), PHONE)
    found = inside_when_rostered(requirement, PHONE, heads)
    np.testing.assert_allclose(found[14:22], requirement.served_by(heads)[14:22], rtol=0.01)


def test_an_hour_with_too_few_heads_costs_the_hour_after_it() -> None:
    volume, enough = np.where(OPEN, 60.0, 0.0), np.where(OPEN, 14.0, 0.0)
    short = enough.copy()
    short[15] = 5.0
    well, badly = inside(HOTLINE, volume, enough), inside(HOTLINE, volume, short)
    np.testing.assert_allclose(badly[12:14], well[12:14])
    assert badly[15] < 0.5 * well[15]
    assert badly[16] < 0.7 * well[16]


@pytest.mark.parametrize("scale", [1, 9])  # beyond 40 heads whole numbers stand in for them
def test_part_of_a_head_is_worth_part_of_what_a_head_is_worth(scale: int) -> None:
    volume = scale * np.where(OPEN, 60.0, 0.0)
    fewer, between, more = (
        inside(PHONE, volume, np.where(OPEN, heads, 0.0)).sum()
        for heads in (9.0 * scale, 9.0 * scale + 0.5, 9.0 * scale + 1)
    )
    assert between == pytest.approx((fewer + more) / 2, rel=0.005)


def test_without_patience_an_endless_queue_ends_with_its_day() -> None:
    volume, heads = np.full(96, 12.0), np.repeat([0.0, 5.0], 48)
    found = inside(HOTLINE, volume, heads)
    assert (found[:48] == 0).all()
    np.testing.assert_allclose(found[48:], inside(HOTLINE, volume[:48], heads[48:]))


def test_closed_hours_serve_nobody_and_no_heads_serve_nobody() -> None:
    assert set(inside(PHONE, np.where(OPEN, 60.0, 0.0), np.full(48, 12.0))[~OPEN]) == {0.0}
    assert set(inside(PHONE, np.full(48, 3.0), np.zeros(48))) == {0.0}
