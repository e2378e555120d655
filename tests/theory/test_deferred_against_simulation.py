"""Deferred service as it is predicted against the simulation: reserved with a backlog, and in the time that calls leave."""

import numpy as np
import pytest

from tests.simulate.centre import days, flat, people, round_the_clock
from wfm.domain import Backlog, Channel, Estimate, Forecast, Turnaround
from wfm.simulate import simulate
from wfm.staffing import inside_deferred, require

GRID = days(7)
MAIL = Channel(name="mail", kind="deferred", targets=(Turnaround(share=0.9, within_seconds=2 * 3600, business=False),))
PHONE = Channel(name="phone", patience_seconds=180)
WAITING = Backlog(contacts=(60.0, 20.0), age_seconds=(1800.0, 9000.0), aht_seconds=420.0)
"""A quarter of it is late already; the rest can be done in time by enough people."""


def mail(mean: float) -> Forecast:
    """Return mail that comes by day more than by night."""
    wave = mean * (1 + 0.5 * np.sin(GRID.minute_of_day / 1440 * 2 * np.pi))
    return flat(GRID, "mail", aht=420).varied(mean=tuple(wave.tolist()))


def predicted(forecast: Forecast, heads: float) -> float:
    requirement = require(forecast, MAIL)
    inside = inside_deferred(forecast, MAIL, requirement, np.full(GRID.count, heads))
    assert sum(requirement.volume) == pytest.approx(forecast.means().sum() + forecast.backlog.total)
    assert (inside <= np.array(requirement.volume) + 1e-6).all()
    return float(inside.sum() / sum(requirement.volume))


def simulated(forecast: Forecast, heads: int, calls: float = 0.0) -> Estimate:
    channels = [MAIL, PHONE] if calls else [MAIL]
    workforce = people(*[[channel.name for channel in channels]] * heads)
    forecasts = [forecast, flat(GRID, "phone", mean=calls)][: len(channels)]
    return simulate(forecasts, channels, workforce, round_the_clock(GRID, workforce), seed=3, replications=40,
                    backlogs={"mail": forecast.backlog}).of("mail").service_level  # fmt: skip


@pytest.mark.parametrize(("mean", "heads"), [(20.0, 6), (32.0, 9), (20.0, 8)])
def test_reserved_people_give_what_is_predicted(mean: float, heads: int) -> None:
    forecast = mail(mean).varied(backlog=WAITING)
    seen = simulated(forecast, heads)
    assert predicted(forecast, heads) == pytest.approx(seen.mean, abs=0.005 + seen.half_width)


def test_people_who_take_calls_too_have_what_these_leave() -> None:
    seen = simulated(mail(12.0), 7, calls=25.0)
    left = 7 - 25 * 180 / 1800
    assert predicted(mail(12.0), left) == pytest.approx(seen.mean, abs=0.005 + seen.half_width)
