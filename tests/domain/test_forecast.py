"""Forecasts: bands in order, nothing while closed, load as contacts times handle time."""

from datetime import date

import numpy as np
import pytest
from pydantic import ValidationError

from wfm.domain import Backlog, Forecast, TimeGrid


def forecast(**changes: object) -> Forecast:
    grid = TimeGrid.of_days(date(2026, 1, 1), 1, 30, "UTC").part(slice(0, 2))
    fields = {
        "channel": "phone",
        "grid": grid,
        "method": "test",
        "trained_until": grid.start,
        "mean": (10.0, 0.0),
        "open": (True, False),
        "aht_seconds": (180.0, 180.0),
        "dispersion": (0.0, 0.0),
        "levels": (0.1, 0.9),
        "bands": ((5.0, 0.0), (15.0, 0.0)),
    }
    return Forecast.model_validate({**fields, **changes})


def test_load_is_contacts_per_second_times_handle_seconds() -> None:
    assert forecast().load_erlangs().tolist() == [1.0, 0.0]  # 10 contacts of 3 min in 30 min keep one agent busy


@pytest.mark.parametrize(
    ("changes", "expectation"),
    [
        ({"mean": (1.0,)}, "expected 2 values of mean"),
        ({"mean": (1.0, 1.0)}, "no contacts where the channel is closed"),
        ({"mean": (-1.0, 0.0)}, "greater than or equal to 0"),
        ({"bands": ((15.0, 0.0), (5.0, 0.0))}, "nowhere below"),
        ({"levels": (0.9, 0.1)}, "increasing levels"),
        ({"levels": (0.5,)}, "one band for each"),
        ({"bands": ((5.0,), (15.0, 0.0))}, "values of the band at 0.1"),
        ({"levels": (0.0, 0.9)}, "greater than 0"),
    ],
)
def test_a_forecast_that_contradicts_itself_is_refused(changes: dict[str, object], expectation: str) -> None:
    with pytest.raises(ValidationError, match=expectation):
        forecast(**changes)


def test_a_part_cuts_bands_too() -> None:
    part = forecast().part(slice(0, 1))
    assert part.bands == ((5.0,), (15.0,))
    assert part.means().shape == (1,)


def test_factors_of_one_change_nothing_and_others_scale_load_by_their_product() -> None:
    assert forecast().scaled(1.0) == forecast()
    scaled = forecast().scaled(1.4, 0.9)
    assert np.allclose(scaled.load_erlangs(), forecast().load_erlangs() * 1.26)
    assert scaled.bands[1][0] == pytest.approx(21)


def test_a_backlog_waits_at_the_start_only_and_takes_as_long_as_its_scaled_handle_time() -> None:
    waiting = Backlog(contacts=(5.0,), age_seconds=(60.0,), aht_seconds=100.0)
    whole = forecast(backlog=waiting)
    assert whole.part(slice(0, 1)).backlog == waiting
    assert whole.part(slice(1, 2)).backlog == Backlog()
    assert whole.scaled(2.0, 1.5).backlog == waiting.varied(aht_seconds=150.0)
