"""Numbers, durations and moments as people write them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wfm.importers.faults import Faults
from wfm.importers.values import floats, moment_reader, number, seconds, unit_of


@pytest.mark.parametrize(
    ("text", "value"),
    [("12", 12), (" 3.5 ", 3.5), ("3,5", 3.5), ("1.234,5", 1_234.5), ("1,234.5", 1_234.5), ("1e3", 1_000), ("0", 0)],
)
def test_numbers_are_read_with_points_and_commas(text: str, value: float) -> None:
    assert number(text) == value


def test_a_comma_groups_thousands_only_where_commas_part_columns() -> None:
    assert number("1,234") == 1.234
    assert number("1,234", comma_groups=True) == 1_234
    assert number("1,23", comma_groups=True) == 1.23


@pytest.mark.parametrize("text", ["", "-", "NA", "n/a", "null", "?", "NaN"])
def test_words_for_nothing_are_not_given_and_not_zero(text: str) -> None:
    assert math.isnan(number(text))


@pytest.mark.parametrize("text", ["-1", "inf", "1e400", "1_000", "many", "1.2.3", "0x10"])
def test_what_is_no_count_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="expected a number of 0 or more, came"):
        number(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("185", 185),
        ("3:05", 185),
        ("0:03:05", 185),
        ("00:03:05.5", 185.5),
        ("3m5s", 185),
        ("PT3M5S", 185),
        ("100:00:00", 360_000),
    ],
)
def test_durations_are_read_in_all_their_forms(text: str, value: float) -> None:
    assert seconds(text) == value


@given(st.integers(0, 10_000_000))
def test_a_clock_of_hours_minutes_and_seconds_gives_its_seconds_back(total: int) -> None:
    assert seconds(f"{total // 3600}:{total // 60 % 60:02d}:{total % 60:02d}") == total


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("wait", 1),
        ("queue_s", 1),
        ("Resolution time (in hrs)", 3_600),
        ("reply_time_in_minutes", 60),
        ("wait_ms", 0.001),
        ("h", 1),
    ],
)
def test_a_header_names_the_unit(header: str, unit: float) -> None:
    assert unit_of(header) == unit


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["2026-03-09 08:30:00"], "2026-03-09 08:30:00"),
        (["2026-03-09T08:30"], "2026-03-09 08:30:00"),
        (["09/03/2026 08:30", "31/03/2026 09:00"], "2026-03-09 08:30:00"),
        (["03/09/2026 08:30", "03/31/2026 09:00"], "2026-03-09 08:30:00"),
        (["03/09/2026 8:30 AM", "03/31/2026 9:00 PM"], "2026-03-09 08:30:00"),
        (["09.03.2026 08:30"], "2026-03-09 08:30:00"),
    ],
)  # fmt: skip
def test_the_form_of_moments_is_found_in_a_sample(texts: list[str], expected: str) -> None:
    read, _ = moment_reader(texts)
    assert read is not None
    assert str(read(texts[0])) == expected


def test_day_before_month_is_said_where_the_sample_cannot_tell() -> None:
    assert "day before month" in moment_reader(["03/04/2026 08:30"])[1]
    assert moment_reader(["13/04/2026 08:30"])[1] == ""


def test_a_sample_of_mixed_forms_takes_the_most_frequent() -> None:
    read, _ = moment_reader(["09/03/2026 08:30", "10/03/2026 08:30", "2026-03-11 08:30"])
    assert read is not None
    assert str(read("10/03/2026 08:30")) == "2026-03-10 08:30:00"


def test_numbers_are_no_moments() -> None:
    assert moment_reader(["20260309", "20260310"])[0] is None


def test_every_wrong_value_is_a_fault_and_leaves_nan() -> None:
    faults = Faults("file.csv")
    values = floats(["1", "x", "3", "y"], number, [2, 3, 4, 5], "calls", faults)
    assert [value if value == value else None for value in values] == [1, None, 3, None]
    assert len(faults) == 2
