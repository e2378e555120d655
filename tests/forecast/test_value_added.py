"""Value added: WAPE with and without, and the factor that was really there, over what the change touched."""

from datetime import date

import pytest

from tests.forecast.histories import PHONE, constant, grid
from wfm.domain import InputError
from wfm.forecast import Event, forecast, value_added, with_events

PROMOTION = Event(name="promotion", on=date(2026, 2, 4), uplift=0.4, author="planning", reason="campaign 12")
PLAIN = forecast(constant(28), PHONE, grid(7, date(2026, 2, 2)))
MOVED = with_events(PLAIN, [PROMOTION])
CAME = constant(7, first=date(2026, 2, 2))


def raised(factor: float) -> tuple[float, ...]:
    steps = CAME.grid.within(date(2026, 2, 4), date(2026, 2, 4))
    return tuple(
        10.0 * factor if steps.start <= step < steps.stop else 999.0 for step in range(CAME.grid.count)
    )  # what the event does not touch does not count


def test_the_measured_effect_is_what_came_over_what_was_expected_without() -> None:
    found = value_added("promotion", PLAIN, MOVED, CAME.varied(offered=raised(1.3)))
    assert found is not None
    assert found.intervals == 48
    assert [found.assumed, found.measured] == pytest.approx([1.4, 1.3])
    assert [found.wape_without, found.wape_with] == pytest.approx([0.3 / 1.3, 0.1 / 1.3])
    assert found.gain == pytest.approx(0.2 / 1.3)
    assert "assumed x 1.40, measured x 1.30; WAPE 23.1% without, 7.7% with it, over 48 intervals" in found.words()


def test_a_change_that_was_wrong_has_a_negative_gain() -> None:
    found = value_added("promotion", PLAIN, MOVED, CAME.varied(offered=raised(0.9)))
    assert found is not None
    assert found.gain is not None
    assert found.gain < 0


def test_where_nothing_came_there_is_no_share_of_it() -> None:
    found = value_added("promotion", PLAIN, MOVED, CAME.varied(offered=raised(0)))
    assert found is not None
    assert (found.wape_with, found.gain, found.measured) == (None, None, 0)


def test_nothing_is_told_of_what_was_not_recorded_or_not_touched() -> None:
    assert value_added("promotion", PLAIN, MOVED, constant(28)) is None
    assert value_added("nothing", PLAIN, PLAIN, CAME) is None


def test_another_channels_history_is_refused() -> None:
    with pytest.raises(InputError, match="a history of chat"):
        value_added("promotion", PLAIN, MOVED, CAME.varied(channel="chat"))
