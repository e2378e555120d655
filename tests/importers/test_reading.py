"""Reading: the format is found or named, and options are checked before the file."""

from collections.abc import Callable
from pathlib import Path

import pytest

from wfm.domain import InputError
from wfm.importers import read_history

Write = Callable[..., Path]
ROWS = "start,offered\n" + "\n".join(
    f"2026-05-{day:02d} {hour:02d}:00,{hour}" for day in range(4, 18) for hour in range(24)
)


def test_without_a_zone_utc_is_assumed_and_said(write: Write) -> None:
    imported = read_history(write(ROWS))
    assert imported.zone == "UTC"
    assert any("assumed UTC; set timezone" in line for line in imported.assumed)


def test_a_file_may_be_written_on_another_clock_than_the_centre_s(write: Write) -> None:
    history = read_history(write(ROWS), zone="Europe/Madrid", file_zone="UTC").histories[0]
    assert history.grid.zone == "Europe/Madrid"
    assert history.offered[2] == 0.0  # midnight in UTC is two in the morning in Madrid
    assert history.offered[:2] == (None, None)


@pytest.mark.parametrize(
    ("options", "expectation"),
    [
        ({"zone": "Mars/Base"}, "zone: expected an IANA time zone such as Europe/Madrid, came 'Mars/Base'"),
        ({"file_zone": "CEST"}, "IANA time zone"),
        ({"step_minutes": 7}, "step: "),
        ({"format": "calls"}, "expected a format of interval_counts or contacts, came 'calls'"),
        ({"columns": {"begin": "start"}}, "expected a role of start"),
    ],
)
def test_wrong_options_say_what_was_expected(write: Write, options: dict[str, str], expectation: str) -> None:
    with pytest.raises(InputError, match=expectation):
        read_history(write(ROWS), **options)  # type: ignore[arg-type]


def test_a_format_can_be_named(write: Write) -> None:
    assert read_history(write(ROWS), format="interval_counts").format == "interval_counts"


def test_a_mistyped_year_is_named_with_its_line(write: Write) -> None:
    with pytest.raises(InputError, match=r":338: start: expected at most 15 years .* mistyped year"):
        read_history(write(ROWS + "\n2062-05-18 00:00,3"))
