"""Levels: escalated = p x handled, nothing is lost on the way, delays and hours are kept, and chains of levels add up."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.staffing.cases import forecast, grid
from wfm.domain import Backlog, Channel, Escalation, External, Forecast, Level, Opening, ServiceLevel
from wfm.staffing import Staffing, erlang_a, level_flows, require
from wfm.staffing.levels import held_until_open, leaving

PHONE = Channel(name="phone")
SECOND = Channel(name="second", targets=(ServiceLevel(share=0.9, within_seconds=1800),))
OFFICE = Opening.from_text("mon-fri 09:00-17:00")


def level(name: str, *sources: tuple[str, float], **fields: object) -> Level:
    """Return a level with a handle time of ten minutes unless told otherwise."""
    rows = tuple(Escalation(source=source, share=share) for source, share in sources)
    return Level.model_validate({"name": name, "sources": rows, "aht_seconds": 600, **fields})


def flat(channel: Channel, contacts: float, days: int = 7, dispersion: float = 0.0) -> Forecast:
    """Return the same contacts in each half hour, with bands."""
    made = forecast(channel, np.full(48 * days, contacts))
    return made.varied(
        dispersion=(dispersion,) * (48 * days),
        levels=(0.1, 0.9),
        bands=((contacts / 2,) * (48 * days), (contacts * 2,) * (48 * days)),
    )


@settings(max_examples=50, deadline=None)
@given(st.lists(st.floats(0, 50), min_size=1, max_size=40), st.floats(0.01, 1e5), st.floats(60, 3600))
def test_what_comes_leaves_or_is_there_still(coming: list[float], stay: float, step_seconds: float) -> None:
    padded = np.append(coming, np.zeros(2000))
    left = leaving(padded, np.full(padded.size, stay), step_seconds)
    assert (left >= -1e-9).all()
    assert (np.cumsum(left) <= np.cumsum(padded) + 1e-9).all()
    if stay < 30 * step_seconds:
        assert left.sum() == pytest.approx(sum(coming), rel=1e-9, abs=1e-9)


def test_an_exponential_stay_takes_as_long_as_its_mean() -> None:
    coming = np.zeros(4000)
    coming[0] = 1.0
    left = leaving(coming, np.full(4000, 5400.0), 60.0)
    assert (left * (60.0 * np.arange(4000))).sum() == pytest.approx(5400.0, rel=1e-3)
    np.testing.assert_allclose(leaving(coming, np.zeros(4000), 60.0), coming, atol=1e-9)


@given(st.lists(st.tuples(st.floats(0, 9), st.booleans()), min_size=1, max_size=30))
def test_what_comes_while_closed_waits_until_it_opens(rows: list[tuple[float, bool]]) -> None:
    coming, is_open = np.array([row[0] for row in rows]), np.array([row[1] for row in rows])
    held = held_until_open(coming, is_open)
    last = np.flatnonzero(is_open).max(initial=-1)
    assert held.sum() == pytest.approx(coming[: last + 1].sum())
    assert (held[~is_open] == 0).all()
    assert (np.cumsum(held) <= np.cumsum(coming) + 1e-9).all()


def test_a_steady_channel_feeds_a_steady_level_from_the_first_step_on() -> None:
    (flow,) = level_flows([level("second", ("phone", 0.15))], [PHONE, SECOND], [flat(PHONE, 20.0)])
    np.testing.assert_allclose(flow.forecast.mean, 3.0, rtol=1e-9)
    assert set(flow.forecast.aht_seconds) == {600.0}
    wait = flow.delay_seconds[0] - 300.0
    assert 0 < wait < 20  # they are served 80 % in 20 s, and then talked to for five minutes
    assert set(require(flow.forecast, SECOND).net) == {require(flow.forecast, SECOND).net[0]}


@pytest.mark.parametrize("way", [Staffing(volume="band"), Staffing(volume=0.95)])
def test_a_level_gets_what_its_channel_handles_when_staffed_as_the_scenario_wants(way: Staffing) -> None:
    impatient = PHONE.varied(patience_seconds=60.0)
    come = forecast(impatient, 12.0 + 10 * np.sin(np.arange(48 * 7) * np.pi / 24)).varied(dispersion=(0.1,) * (48 * 7))
    rows = [level("second", ("phone", 1.0))]
    (plain,) = level_flows(rows, [impatient, SECOND], [come])
    (flow,) = level_flows(rows, [impatient, SECOND], [come], way=way)
    extra = way.require(come, impatient).nets().sum() - require(come, impatient).nets().sum()
    assert extra > 0
    assert flow.forecast.means().sum() > plain.forecast.means().sum()  # more agents, fewer who hang up
    assert flow.delay_seconds[0] < plain.delay_seconds[0]


def test_who_abandons_is_not_escalated() -> None:
    impatient = PHONE.varied(patience_seconds=60.0)
    (flow,) = level_flows([level("second", ("phone", 0.5))], [impatient, SECOND], [flat(impatient, 20.0)])
    least = require(flat(impatient, 20.0), impatient).net[0]
    handled = 1 - erlang_a(20 * 300 / 1800, least, 300.0, 60.0, 20.0).p_abandon.item()
    np.testing.assert_allclose(flow.forecast.mean, 10.0 * handled, rtol=1e-9)
    assert handled < 0.95


def test_levels_add_up_along_a_chain_and_over_sources() -> None:
    chat = Channel(name="chat", kind="chat", concurrency=2)
    third = Channel(name="third")
    rows = [
        level("third", ("second", 0.5), ("phone", 0.1)),
        level("second", ("phone", 0.2), ("chat", 0.1), aht_seconds=1200),
    ]
    flows = level_flows(rows, [PHONE, chat, SECOND, third], [flat(PHONE, 20.0), flat(chat, 10.0)])
    np.testing.assert_allclose(flows[0].forecast.mean, 0.5 * 5 + 2, rtol=1e-6)
    np.testing.assert_allclose(flows[1].forecast.mean, 5.0, rtol=1e-6)
    np.testing.assert_allclose(flows[1].parts.T, [[4.0, 1.0]] * (48 * 7), rtol=1e-6)
    np.testing.assert_allclose(flows[0].parts.sum(axis=0), flows[0].forecast.mean)


def test_deferred_work_is_escalated_when_it_is_done_with_its_backlog() -> None:
    mail = Channel(name="mail", kind="deferred", opening=OFFICE)
    volume = np.where(OFFICE.mask(grid(14)), 6.0, np.nan)
    waiting = Backlog(contacts=(40.0,), age_seconds=(3600.0,), aht_seconds=300.0)
    come = forecast(mail, volume).varied(backlog=waiting)
    (flow,) = level_flows([level("second", ("mail", 0.25))], [mail, SECOND], [come])
    total = 0.25 * (come.means().sum() + 40.0)
    assert flow.forecast.means().sum() == pytest.approx(
        total, rel=0.01
    )  # the last ones are escalated after the horizon
    assert flow.forecast.means()[:18].sum() == 0  # Monday before nine
    (joined,) = level_flows([level("second", ("mail", 0.25), consult=True)], [mail, SECOND], [come])
    assert joined.forecast.means().sum() == pytest.approx(total, rel=0.01)
    assert flow.delay_seconds[0] - joined.delay_seconds[0] == pytest.approx(150.0, rel=0.01)  # half the handling


def test_a_supplier_answers_on_its_own_clock() -> None:
    vendor = level(
        "vendor", ("phone", 0.1), aht_seconds=0, external=External(responds_seconds=8 * 3600, opening=OFFICE)
    )
    back = level("closing", ("vendor", 1.0))
    closing = Channel(name="closing")
    given_to, returned = level_flows([vendor, back], [PHONE, closing], [flat(PHONE, 10.0)])
    assert given_to.forecast.means().sum() == pytest.approx(48 * 7)
    hours = (grid(7).minute_of_day >= 540) & (grid(7).minute_of_day < 1020) & (grid(7).weekday < 5)
    mean = returned.forecast.means()
    assert mean[~hours].max() < 0.4  # a tail of calls at the end of the day, and nothing through the night
    assert mean.sum() == pytest.approx(given_to.forecast.means().sum(), rel=1e-6)  # a week like every other
    assert returned.delay_seconds[0] > 8 * 3600


def test_bands_and_dispersion_are_carried_sensibly() -> None:
    noisy = flat(PHONE, 20.0, dispersion=0.04)
    (one,) = level_flows([level("second", ("phone", 0.15))], [PHONE, SECOND], [noisy])
    np.testing.assert_allclose(one.forecast.dispersion, 0.04, rtol=1e-6)  # thinning leaves it
    other = Channel(name="hotline")
    rows = [level("second", ("phone", 0.15), ("hotline", 0.15))]
    (two,) = level_flows(rows, [PHONE, other, SECOND], [noisy, flat(other, 20.0, dispersion=0.04)])
    np.testing.assert_allclose(two.forecast.dispersion, 0.02, rtol=1e-6)  # independent sources
    low, high = (np.array(band) for band in two.forecast.bands)
    assert two.forecast.levels == (0.1, 0.9)
    assert ((low < two.forecast.mean) & (high > two.forecast.mean)).all()


def test_a_night_without_calls_needs_nobody_above() -> None:
    day = np.where(OFFICE.mask(grid(7)), 10.0, np.nan)
    (flow,) = level_flows([level("second", ("phone", 0.15))], [PHONE, SECOND], [forecast(PHONE, day)])
    assert (flow.forecast.means()[grid(7).minute_of_day < 540] == 0).all()
    assert flow.forecast.means().sum() == pytest.approx(0.15 * np.nansum(day), rel=1e-6)


def test_a_flow_tells_where_its_contacts_come_from() -> None:
    (flow,) = level_flows([level("second", ("phone", 0.15))], [PHONE, SECOND], [flat(PHONE, 20.0)])
    (line,) = flow.origin(3)
    assert line.startswith("3 of 3 contacts come from phone: 15% once they are handled, 5m")
    assert "15% of phone" in flow.forecast.notes[0]
