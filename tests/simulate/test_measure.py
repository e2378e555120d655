"""Tallies count what happened, and estimates know how sure they are."""

import numpy as np
import pytest
from scipy.stats import t

from tests.simulate.centre import days, flat, people, round_the_clock
from wfm.domain import Channel, ServiceLevel
from wfm.domain.target import Definition
from wfm.simulate.arrivals import contacts
from wfm.simulate.duty import duty, rostered
from wfm.simulate.estimate import ratio
from wfm.simulate.floor import Contacts, Duty, Floor
from wfm.simulate.kernel import run
from wfm.simulate.measure import Tally, check_conservation, tallies
from wfm.simulate.router import Routes, routes
from wfm.simulate.routers import router_of

PHONE = Channel(name="phone", patience_seconds=60)
GRID = days(1)
STAFF = people(["phone"], ["phone"])


@pytest.fixture(scope="module")
def seen() -> tuple[Contacts, Duty, Routes, Floor]:
    drawn = contacts([flat(GRID, mean=25)], [PHONE], "lognormal", 1, 0)
    turns = duty(rostered(round_the_clock(GRID, STAFF), [agent.id for agent in STAFF.agents]))
    desk = routes(router_of("longest_wait"), STAFF.agents, [PHONE])
    return drawn, turns, desk, run(drawn, turns, desk)


@pytest.mark.parametrize("definition", ["offered", "answered", "offered_less_short_abandons", "answered_or_abandoned"])
def test_a_service_level_counts_by_its_definition(
    seen: tuple[Contacts, Duty, Routes, Floor], definition: Definition
) -> None:
    drawn, turns, desk, floor = seen
    channel = PHONE.varied(targets=(ServiceLevel(share=0.8, within_seconds=15, definition=definition),))
    row = tallies([channel], [flat(GRID)], drawn, turns, desk, floor)[0]
    inside = short = answered = 0
    for contact in range(len(drawn.arrival)):  # one by one, as the definition is written
        wait = floor.started[contact] - drawn.arrival[contact]
        answered += np.isfinite(wait)
        inside += wait <= 15
        short += bool(floor.abandoned[contact]) and drawn.patience[contact] <= 15
    offered = len(drawn.arrival)
    assert 0 < short < inside < answered < offered
    wanted = {
        "offered": inside / offered,
        "answered": inside / answered,
        "offered_less_short_abandons": inside / (offered - short),
        "answered_or_abandoned": (inside + short) / offered,
    }
    assert _level(row, definition) == pytest.approx(wanted[definition])
    assert row.inside.sum() == inside


def _level(row: Tally, definition: Definition) -> float:
    good, counted = row.service(definition)
    return float(good.sum() / counted.sum())


def test_a_tally_adds_up(seen: tuple[Contacts, Duty, Routes, Floor]) -> None:
    drawn, turns, desk, floor = seen
    row = tallies([PHONE], [flat(GRID)], drawn, turns, desk, floor)[0]
    answered = np.isfinite(floor.started)
    assert row.offered.sum() == answered.sum() + row.abandoned.sum() + row.waiting
    assert row.serving.tolist() == [2.0] * GRID.count
    held = np.minimum(floor.ends, turns.end)[answered] - floor.started[answered]
    assert row.busy_seconds == pytest.approx(held.sum())


def test_a_lost_contact_is_noticed(seen: tuple[Contacts, Duty, Routes, Floor]) -> None:
    drawn, _, _, floor = seen
    check_conservation(drawn, floor)
    contact = int(np.flatnonzero(np.isfinite(floor.started))[3])
    lost = floor.started.copy()
    lost[contact] = np.inf
    twice = floor.abandoned.copy()
    twice[contact] = True
    for wrong in (
        floor._replace(started=lost),
        floor._replace(abandoned=twice),
        floor._replace(arrived=floor.arrived - 1),
    ):
        with pytest.raises(RuntimeError, match="event loop is wrong"):
            check_conservation(drawn, wrong)


def test_a_mean_has_the_interval_of_student() -> None:
    values = [3.0, 5.0, 10.0, 6.0]
    estimate = ratio(values, [1.0] * 4)
    assert estimate.mean == 6
    assert estimate.half_width == pytest.approx(t.ppf(0.975, 3) * np.std(values, ddof=1) / 2)


def test_a_ratio_weighs_a_busy_replication_as_much_as_its_contacts_do() -> None:
    assert ratio([90, 0], [100, 0]).mean == pytest.approx(0.9)
    assert ratio([8, 80, 40], [10, 100, 50]).half_width == pytest.approx(0, abs=1e-12)


def test_the_interval_of_a_ratio_covers_as_often_as_it_says() -> None:
    rng = np.random.default_rng(1)
    below = rng.gamma(20, 5, (2_000, 20))
    above = 0.8 * below + rng.normal(0, 5, below.shape)
    covered = np.mean([ratio(a, b).covers(0.8) for a, b in zip(above, below, strict=True)])
    assert abs(covered - 0.95) < 4 * np.sqrt(0.95 * 0.05 / len(below))


def test_where_nothing_was_counted_the_given_value_stands() -> None:
    assert ratio([0, 0], [0, 0], none=1.0).mean == 1
