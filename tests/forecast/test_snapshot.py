"""A snapshot stays as it was made; accuracy by lead time pools what several snapshots said of days equally far ahead."""

from datetime import date

import pytest
from pydantic import ValidationError

from tests.forecast.histories import PHONE, constant, grid
from wfm.forecast import FrozenChange, Snapshot, accuracy_by_lead, forecast

FIRST = forecast(constant(28), PHONE, grid(7, date(2026, 2, 2)))
SECOND = forecast(constant(28, 20.0), PHONE, grid(7, date(2026, 2, 3)))  # learned nothing of 2026-02-02


def test_a_snapshot_is_read_as_it_was_written() -> None:
    made = Snapshot.of("mine", "0" * 64, [FIRST, SECOND])
    assert Snapshot.model_validate_json(made.model_dump_json()) == made


def test_a_changed_snapshot_is_refused() -> None:
    text = Snapshot.of("mine", "0" * 64, [FIRST]).model_dump_json()
    with pytest.raises(ValidationError, match="changed afterwards"):
        Snapshot.model_validate_json(text.replace('"mean":[', '"mean":[1', 1))


def test_the_first_day_not_learned_from_is_one_day_ahead() -> None:
    rows = accuracy_by_lead([FIRST], [constant(3, 8.0, date(2026, 2, 2))])
    assert [row.lead_days for row in rows] == [1, 2, 3]
    assert {(row.days, row.intervals) for row in rows} == {(1, 48)}
    for row in rows:
        assert [row.wape_interval, row.wape_day, row.bias] == pytest.approx([0.25, 0.25, 0.25])


def test_snapshots_are_pooled_by_how_far_they_looked_ahead() -> None:
    rows = accuracy_by_lead([FIRST, SECOND], [constant(2, 10.0, date(2026, 2, 2))])
    assert [(row.lead_days, row.days) for row in rows] == [(1, 1), (2, 2)]
    assert rows[0].bias == pytest.approx(0)
    assert rows[1].bias == pytest.approx(0.5)  # one right, one twice as many
    assert rows[1].wape_day == pytest.approx(0.5)


def test_where_nothing_came_there_is_no_share_of_it() -> None:
    (row,) = accuracy_by_lead([FIRST], [constant(1, 0.0, date(2026, 2, 2))])
    assert (row.wape_interval, row.bias) == (None, None)


def test_what_nobody_recorded_is_not_scored() -> None:
    assert accuracy_by_lead([FIRST], [constant(28)]) == ()
    assert accuracy_by_lead([FIRST], [constant(3, 8.0, date(2026, 2, 2)).varied(channel="chat")]) == ()


def test_a_snapshot_keeps_what_people_changed_and_tells_what_it_was_worth() -> None:
    before = tuple(0.5 * mean for mean in FIRST.mean)
    change = FrozenChange(channel="phone", what="event mailing", before=before, after=FIRST.mean)
    made = Snapshot.of("mine", "0" * 64, [FIRST], [change])
    assert Snapshot.model_validate_json(made.model_dump_json()) == made
    (row,) = made.worth([constant(3, 10.0, date(2026, 2, 2))])
    assert (row.what, row.intervals) == ("event mailing", 3 * 48)
    assert [row.wape_without, row.wape_with] == pytest.approx([0.5, 0])
    assert made.worth([constant(3, 10.0, date(2026, 2, 2)).varied(channel="chat")]) == ()
    with pytest.raises(ValidationError, match="changed afterwards"):
        Snapshot.model_validate_json(made.model_dump_json().replace("event mailing", "event sale"))
