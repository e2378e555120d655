"""Wall clocks of zones with odd rules, against the same reading one moment at a time."""

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from wfm.domain.time import instant
from wfm.importers.wall import Clock, second_pass

EPOCH = date(1970, 1, 1)
CHANGES = [
    ("Europe/Madrid", date(2026, 3, 29), 0, 60),
    ("Europe/Madrid", date(2026, 10, 25), 60, 0),
    ("Australia/Lord_Howe", date(2026, 4, 5), 30, 0),
    ("Australia/Lord_Howe", date(2026, 10, 4), 0, 30),
    ("America/Sao_Paulo", date(2018, 11, 4), 0, 60),
    ("America/Sao_Paulo", date(2018, 2, 17), 60, 0),
    ("Asia/Jerusalem", date(1999, 4, 2), 0, 60),
    ("Asia/Jerusalem", date(1999, 9, 3), 60, 0),
    ("Asia/Kolkata", date(2026, 3, 29), 0, 0),
]


@pytest.mark.parametrize(("zone", "day", "repeated", "skipped"), CHANGES)
def test_all_minutes_around_a_change_read_as_one_by_one(zone: str, day: date, repeated: int, skipped: int) -> None:
    first = (day - EPOCH).days - 1
    minutes = np.arange(first * 1_440, (first + 3) * 1_440, dtype=np.int64)
    clock = Clock.of(minutes * 60 + 17, zone)
    for late, read in ((False, clock.early), (True, clock.late)):
        expected = [
            instant(EPOCH + timedelta(days=int(m) // 1_440), int(m) % 1_440, zone, later=late).timestamp() + 17
            for m in minutes
        ]
        assert read.tolist() == expected
    assert clock.repeated.sum() == repeated
    assert clock.skipped.sum() == skipped


def test_rows_after_a_jump_back_belong_to_the_second_pass() -> None:
    start = int(datetime(2026, 10, 25, 2, tzinfo=UTC).timestamp())
    wall = np.array([start + 60 * minute for minute in (0, 20, 50, 5, 40)], dtype=np.int64)
    repeated = Clock.of(wall, "Europe/Madrid").repeated
    assert repeated.all()
    assert second_pass(wall, repeated).tolist() == [False, False, False, True, True]


def test_without_a_jump_back_all_rows_belong_to_the_first_pass() -> None:
    wall = np.array([0, 600, 1_200], dtype=np.int64)
    assert not second_pass(wall, np.ones(3, dtype=np.bool_)).any()
