"""Quantities: what people write comes in, comes out the same, and nonsense is refused with an example."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wfm.domain.quantity import (
    clock_text,
    count_text,
    duration_text,
    parse_clock,
    parse_minutes,
    parse_seconds,
    parse_share,
    share_text,
)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("20s", 20),
        ("3m", 180),
        ("3min", 180),
        ("8h30m", 30_600),
        ("2d", 172_800),
        ("PT6M", 360),
        ("P1DT2H", 93_600),
        ("1.5h", 5_400),
    ],
)
def test_durations_are_read_with_their_units(text: str, seconds: float) -> None:
    assert parse_seconds(text) == seconds


@pytest.mark.parametrize("text", ["", "6", "m", "6 apples", "PT", "P", "-5m", "1h x"])
def test_a_duration_without_a_unit_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="expected a duration such as 20s"):
        parse_seconds(text)


@given(st.integers(0, 10**8))
def test_durations_survive_writing_and_reading(seconds: int) -> None:
    assert parse_seconds(duration_text(seconds)) == seconds


@given(st.integers(0, 10_000_000))
def test_milliseconds_survive_writing_and_reading(milliseconds: int) -> None:
    assert parse_seconds(duration_text(milliseconds / 1_000)) == pytest.approx(milliseconds / 1_000, abs=5e-4)


@given(st.integers(0, 1_440))
def test_clock_times_survive_writing_and_reading(minute: int) -> None:
    assert parse_clock(clock_text(minute)) == minute


@pytest.mark.parametrize("text", ["24:01", "25:00", "8", "08:60", "8:5", "noon"])
def test_a_time_that_no_clock_shows_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="expected a clock time"):
        parse_clock(text)


@given(st.integers(0, 10_000))
def test_shares_survive_writing_and_reading(hundredths: int) -> None:
    assert parse_share(share_text(hundredths / 10_000)) == pytest.approx(hundredths / 10_000, abs=1e-12)


def test_a_share_is_read_with_and_without_percent() -> None:
    assert parse_share("80%") == parse_share("0.8") == parse_share("80 %") == 0.8
    with pytest.raises(ValueError, match="expected a share such as 80%"):
        parse_share("most")


def test_minutes_are_whole() -> None:
    assert parse_minutes("8h30m") == 510
    with pytest.raises(ValueError, match="expected whole minutes"):
        parse_minutes("90s")


def test_numbers_pass_through() -> None:
    assert (parse_seconds(20), parse_minutes(30), parse_share(0.8), parse_clock(480)) == (20, 30, 0.8, 480)


def test_one_of_a_kind_is_told_in_the_singular() -> None:
    assert [count_text(number, "breach", "breaches") for number in (0, 1, 2)] == [
        "0 breaches",
        "1 breach",
        "2 breaches",
    ]
    assert count_text(1_200, "agent") == "1,200 agents"
