"""Staffing of uncertain volumes: against quadrature and random draws that share no code, and against the certain requirement."""

from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.integrate import quad
from scipy.stats import gamma

from tests.staffing.cases import forecast
from wfm.domain import Abandonment, Channel, Forecast, InputError, Occupancy, ServiceLevel
from wfm.staffing import erlang_a, erlang_c, require, require_uncertain, smallest_agents
from wfm.staffing.uncertain import gauss_busyness, sliced_busyness

LEVEL = ServiceLevel(share=0.8, within_seconds=20)
PHONE = Channel(name="phone", patience_seconds=180, targets=(LEVEL,))
WAVE = np.maximum(0.0, np.round(30 + 32 * np.sin(np.arange(48) / 48 * 2 * np.pi), 3))
DAY = np.where(np.arange(48) % 4 == 0, WAVE, 0.0)


def uncertain(dispersion: float, volume: NDArray[np.float64] = DAY, channel: Channel = PHONE) -> Forecast:
    return forecast(channel, volume).varied(dispersion=(dispersion,) * volume.size)


def hour(volume: float) -> NDArray[np.float64]:
    """Return a day that is open for its first interval only."""
    return np.array([volume] + [0.0] * 47)


@pytest.mark.parametrize("dispersion", [1e-9, 0.01, 0.1, 1.0, 4.0])
def test_knots_have_the_moments_of_the_gamma_law(dispersion: float) -> None:
    knots, weights = gauss_busyness(np.array([dispersion]), 12)
    law = gamma(1 / dispersion, scale=dispersion)
    for power in range(5):
        assert (weights[:, 0] * knots[:, 0] ** power).sum() == pytest.approx(law.moment(power), rel=1e-9)


@pytest.mark.parametrize("dispersion", [0.0, 0.01, 0.5])
def test_slices_have_mean_one_and_nearly_the_variance_of_the_law(dispersion: float) -> None:
    knots, weights = sliced_busyness(np.array([dispersion, dispersion]), 48)
    assert (weights * knots).sum(axis=0) == pytest.approx([1, 1])
    assert (weights * (knots - 1) ** 2).sum(axis=0) == pytest.approx([dispersion] * 2, rel=0.06)


@pytest.mark.parametrize("patience", [180.0, None])
def test_expected_service_is_that_of_many_knots(patience: float | None) -> None:
    channel, volume, dispersion = PHONE.model_copy(update={"patience_seconds": patience}), 600.0, 0.03
    required = require_uncertain(uncertain(dispersion, hour(volume), channel), channel)
    knots, weights = sliced_busyness(np.array([dispersion]), 600)
    served = np.array(required.served[0])[90:170:8] / volume
    load, agents = knots * volume / 6, np.arange(90, 170, 8)
    queue = erlang_c(load, agents, 300.0, 20.0) if patience is None else erlang_a(load, agents, 300.0, patience, 20.0)
    inside = (weights * knots * queue.service_level()).sum(axis=0)
    np.testing.assert_allclose(served, inside, atol=0.003 if patience else 0.008)


def test_without_dispersion_nothing_changes() -> None:
    sure, unsure = require(uncertain(0.0), PHONE), require_uncertain(uncertain(0.0), PHONE)
    assert unsure.net == sure.net
    assert unsure.gross == sure.gross
    for ours, theirs in zip(unsure.served, sure.served, strict=True):
        np.testing.assert_allclose(ours, theirs, atol=2e-6)
    assert require_uncertain(uncertain(0.0), PHONE, confidence=0.9).net == sure.net


@pytest.mark.parametrize(("volume", "dispersion"), [(10.0, 0.1), (100.0, 0.03), (600.0, 0.005)])
def test_expected_service_agrees_with_adaptive_quadrature(dispersion: float, volume: float) -> None:
    required = require_uncertain(uncertain(dispersion, hour(volume)), PHONE)
    law = gamma(1 / dispersion, scale=dispersion)

    def inside(agents: int) -> float:
        def weighed(busy: float) -> float:
            queue = erlang_a(busy * volume / 6, agents, 300.0, 180.0, 20.0)
            return float(busy * volume * queue.service_level() * law.pdf(busy))

        return float(quad(weighed, law.ppf(1e-10), law.ppf(1 - 1e-10), limit=200)[0])

    net = required.net[0]
    assert required.served[0][net] / volume == pytest.approx(inside(net) / volume, abs=0.002)
    assert inside(net) >= (0.8 - 0.002) * volume
    assert inside(net - 1) < (0.8 + 0.002) * volume


def test_it_holds_on_drawn_days_where_the_mean_alone_falls_short() -> None:
    volume, dispersion = 600.0, 0.03
    plan = uncertain(dispersion, hour(volume))
    busy = np.random.default_rng(5).gamma(1 / dispersion, dispersion, 4_000)

    def level(agents: int) -> tuple[float, float]:
        inside = busy * erlang_a(busy * volume / 6, agents, 300.0, 180.0, 20.0).service_level()
        return inside.mean() / busy.mean(), 4 * inside.std() / np.sqrt(busy.size)

    enough, tolerance = level(require_uncertain(plan, PHONE).net[0])
    assert enough >= 0.8 - tolerance
    short, tolerance = level(require(plan, PHONE).net[0])
    assert short < 0.8 - tolerance


def test_a_confidence_is_met_on_that_share_of_days() -> None:
    volume, dispersion = 600.0, 0.03
    net = require_uncertain(uncertain(dispersion, hour(volume)), PHONE, confidence=0.9).net[0]
    busy = np.random.default_rng(6).gamma(1 / dispersion, dispersion, 4_000)
    needed = smallest_agents(busy * volume / 6, 300.0, [LEVEL], 180.0)
    tolerance = 4 * np.sqrt(0.09 / busy.size)
    assert (needed <= net).mean() >= 0.9 - tolerance
    assert (needed <= net - 1).mean() < 0.9 + tolerance


def test_more_doubt_and_more_confidence_never_need_fewer() -> None:
    nets = [require_uncertain(uncertain(dispersion), PHONE).nets() for dispersion in (0.0, 0.02, 0.1)]
    assert all((after >= before).all() for before, after in pairwise(nets))
    sure = [require_uncertain(uncertain(0.05), PHONE, confidence=share).nets() for share in (0.5, 0.8, 0.95)]
    assert all((after >= before).all() for before, after in pairwise(sure))


def test_a_forecast_without_contacts_needs_nobody() -> None:
    assert set(require_uncertain(uncertain(0.1, 0 * DAY), PHONE).net) == {0}


def test_handle_times_may_differ_between_intervals() -> None:
    times = np.geomspace(150, 400, 48)
    plan = uncertain(0.02, np.full(48, 60.0)).varied(aht_seconds=tuple(times.tolist()))
    together = require_uncertain(plan, PHONE).nets()
    alone = [
        require_uncertain(uncertain(0.02, hour(60.0)).varied(aht_seconds=(time,) * 48), PHONE).net[0]
        for time in times[::16]
    ]
    assert together[::16].tolist() == alone


def test_other_targets_still_hold_at_the_mean() -> None:
    strict = PHONE.model_copy(update={"targets": (LEVEL, Occupancy(share=0.7))})
    alone = PHONE.model_copy(update={"targets": (Occupancy(share=0.7),)})
    assert (require_uncertain(uncertain(0.02), strict).nets() >= require(uncertain(0.02), alone).nets()).all()


@pytest.mark.parametrize(
    "channel", [Channel(name="hotline"), Channel(name="chat", kind="chat", concurrency=2)], ids=lambda each: each.name
)
def test_every_live_channel_can_be_staffed_so_and_closed_hours_need_nobody(channel: Channel) -> None:
    volume = DAY / 10
    required = require_uncertain(uncertain(0.1, volume, channel), channel, shrinkage=0.3)
    assert all(net == 0 for net, mean in zip(required.net, volume, strict=True) if mean == 0)
    assert all(
        row[net] >= 0.8 * mean - 1e-5
        for row, net, mean in zip(required.served, required.net, volume.tolist(), strict=True)
    )
    assert required.notes[-1].startswith("Uncertain volume")


def test_what_it_cannot_staff_is_refused() -> None:
    mail = Channel(name="mail", kind="deferred")
    with pytest.raises(InputError, match="a live channel"):
        require_uncertain(uncertain(0.1, DAY, mail), mail)
    with pytest.raises(InputError, match="confidence"):
        require_uncertain(uncertain(0.1), PHONE, confidence=1.0)
    loose = PHONE.model_copy(update={"targets": (Abandonment(share=0.05),)})
    with pytest.raises(InputError, match="a service level"):
        require_uncertain(uncertain(0.1, DAY, loose), loose)
    assert require_uncertain(uncertain(0.1, DAY, loose), loose, confidence=0.8).net
