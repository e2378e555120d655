"""Deferred work by its curves, against items followed one by one; and with chance in it, against a simulation of its own."""

import heapq
from bisect import bisect_left
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wfm.domain import Backlog, BusinessClock, Channel, Forecast, Opening, TimeGrid, Turnaround
from wfm.staffing import Chance, DeferredWork, expect_deferred, serve_deferred
from wfm.staffing.arrays import Floats

STEP = 1800.0


def flow(
    contacts: Floats, is_open: Floats, hours: float, backlog: Backlog | None = None, aht: float = 600.0
) -> DeferredWork:
    given_backlog = backlog or Backlog()
    return DeferredWork(
        contacts,
        np.full(contacts.size, aht),
        np.array(given_backlog.contacts),
        np.array(given_backlog.age_seconds),
        given_backlog.aht_seconds,
        BusinessClock.of(is_open > 0, STEP),
        3600 * hours,
    )


def in_crumbs(work: DeferredWork, heads: Floats, crumbs: int = 400) -> tuple[Floats, float]:
    """Return contacts in time by step, and those of the backlog, from crumbs of work served one after the other."""
    arrival = [(step + (k + 0.5) / crumbs) * STEP for step in range(heads.size) for k in range(crumbs)]
    size = np.repeat(work.work_seconds / crumbs, crumbs)
    due = work.clock.deadlines(np.array(arrival), work.within_seconds)
    old = [(share * work.backlog_aht_seconds / crumbs, age) for share, age in
           zip(work.backlog_contacts, work.backlog_age_seconds, strict=True) for _ in range(crumbs)]  # fmt: skip
    old_due = work.clock.first_shown(np.maximum(0.0, np.array([work.within_seconds - age for _, age in old])))
    arrival = [0.0] * len(old) + arrival
    size, due = np.append([amount for amount, _ in old], size), np.append(old_due, due)
    capacity = np.append(0.0, np.cumsum(heads * STEP))
    edges, used, in_time = work.clock.edges, 0.0, np.zeros(size.size)
    for k, (came, amount) in enumerate(zip(arrival, size, strict=True)):
        used = max(used, float(np.interp(came, edges, capacity))) + amount
        place = int(np.searchsorted(capacity, used - 1e-9))
        if amount == 0 or place >= capacity.size:
            continue
        ends = edges[place] - (capacity[place] - used) / heads[place - 1]
        in_time[k] = ends <= due[k] + STEP / crumbs
    fresh = in_time[len(old) :].reshape(heads.size, crumbs).mean(axis=1) * work.contacts
    late = np.array([age > work.within_seconds for _, age in old])
    shares = np.repeat(work.backlog_contacts / crumbs, crumbs)
    return fresh, float((in_time[: len(old)] * shares * ~late).sum()) if old else 0.0


@pytest.mark.parametrize("seed", range(18))
def test_shares_in_time_are_those_of_crumbs_followed_one_by_one(seed: int) -> None:
    rng = np.random.default_rng(seed)
    is_open = np.tile([0, 1, 1, 1, 1, 1, 0, 0], 3).astype(float)
    contacts = is_open * rng.gamma(1.0, 6.0, 24)
    heads = rng.integers(0, 5, 24) * (is_open if seed % 2 else 0.8)
    backlog = Backlog(contacts=(3.0, 5.0), age_seconds=(5400.0, 1200.0), aht_seconds=500.0) if seed % 3 else None
    work = flow(contacts, is_open, float(rng.choice([0.5, 1.0, 1.7, 3.0])), backlog)
    service, (fresh, old) = serve_deferred(work, heads), in_crumbs(work, heads)
    np.testing.assert_allclose(service.in_time, fresh, atol=0.01 * contacts.max())
    assert service.backlog_in_time.sum() == pytest.approx(old, abs=0.06)


def test_work_waiting_and_its_ages_on_a_page() -> None:
    """12 contacts of 10 minutes in the first half hour, two agents: an hour and a half of work comes too much, a half hour goes."""
    work = flow(np.array([12.0, 0, 0, 0]), np.ones(4), 1.0)
    service = serve_deferred(work, np.full(4, 2.0))
    assert service.waiting_seconds.tolist() == [0, 3600, 0, 0, 0]
    assert service.older_than(0.0).tolist() == pytest.approx([0, 3600, 0, 0, 0])
    assert service.older_than(900.0).tolist() == pytest.approx([0, 0, 0, 0, 0])
    assert service.share_in_time == 1
    alone = serve_deferred(work, np.full(4, 1.0))
    assert alone.waiting_seconds.tolist() == [0, 5400, 3600, 1800, 0]
    assert alone.older_than(1800.0).tolist() == pytest.approx([0, 0, 3600, 1800, 0])
    assert alone.share_in_time == pytest.approx(
        2 / 3
    )  # what comes at t is done at 4 t, and 4 t <= t + 1 h until 20 minutes


def test_a_backlog_that_is_late_already_is_done_first_and_counts_as_late() -> None:
    work = flow(
        np.zeros(4), np.ones(4), 1.0, Backlog(contacts=(6.0, 6.0), age_seconds=(5000.0, 600.0), aht_seconds=600.0)
    )
    service = serve_deferred(work, np.ones(4))
    assert service.backlog_in_time.sum() == 0  # the late six take the hour
    channel = Channel(name="mail", kind="deferred")
    steps = TimeGrid.of_days(date(2026, 11, 30), 1, 30, "Europe/Madrid")
    zeros = (0.0,) * 48
    empty = Forecast(channel="mail", grid=steps, method="given", trained_until=steps.start, mean=zeros, open=(True,) * 48,
                     aht_seconds=zeros, dispersion=zeros)  # fmt: skip
    sorted_work = DeferredWork.of(
        empty.varied(backlog=Backlog(contacts=(6.0, 4.0), age_seconds=(600.0, 5000.0), aht_seconds=600.0)), channel
    )
    assert sorted_work.backlog_contacts.tolist() == [4.0, 6.0]
    assert serve_deferred(sorted_work, np.ones(48)).share_in_time == 1


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 1000), st.floats(0, 2))
def test_more_agents_never_lower_service_and_work_is_conserved(seed: int, more: float) -> None:
    rng = np.random.default_rng(seed)
    work = flow(rng.gamma(1.0, 6.0, 20), np.ones(20), 1.5)
    heads = rng.random(20) * 4
    fewer, after = serve_deferred(work, heads), serve_deferred(work, heads + more)
    assert fewer.share_in_time <= after.share_in_time + 1e-9
    assert (fewer.waiting_seconds >= after.waiting_seconds - 1e-6).all()
    assert (np.diff(work.come - fewer.waiting_seconds) >= -1e-6).all()
    np.testing.assert_allclose(fewer.older_than(0.0), fewer.waiting_seconds, atol=1e-6)


OFFICE = Opening.from_text("mon-fri 08:00-18:00, sat 09:00-13:00")


def office(volume: float, aht: float, hours: float, dispersion: float) -> tuple[DeferredWork, Chance, Floats]:
    steps = TimeGrid.of_days(date(2026, 11, 30), 8, 30, "Europe/Madrid")
    is_open = OFFICE.mask(steps)
    mean = np.where(is_open, volume * (1 + 0.6 * np.sin(steps.minute_of_day / 1440 * 4 * np.pi)), 0.0)
    target = Turnaround(share=0.9, within_seconds=3600 * hours)
    channel = Channel(name="mail", kind="deferred", opening=OFFICE, targets=(target,))
    forecast = Forecast(
        channel="mail", grid=steps, method="given", trained_until=steps.start, mean=tuple(mean.tolist()),
        open=tuple(is_open.tolist()), aht_seconds=(aht,) * steps.count, dispersion=(dispersion,) * steps.count,
    )  # fmt: skip
    return (
        DeferredWork.of(forecast, channel),
        Chance(1.2, np.array(forecast.dispersion), steps.day_index),
        is_open.astype(np.float64),
    )


def simulated(work: DeferredWork, heads: Floats, chance: Chance, seed: int) -> tuple[int, int]:
    """Return contacts in time and contacts of one replication: first come, first served, whoever leaves finishes what is in hand."""
    rng = np.random.default_rng(seed)
    shape = 1 / max(chance.dispersion.max(), 1e-12)
    busy = rng.gamma(shape, 1 / shape, chance.day.max() + 1)[chance.day] if chance.dispersion.any() else 1.0
    steps = np.repeat(np.arange(heads.size), rng.poisson(work.contacts * busy))
    arrival = np.sort(steps + rng.random(steps.size)) * STEP
    sigma = np.sqrt(np.log1p(chance.handle_cv**2))
    handle = work.aht_seconds[steps] * rng.lognormal(-(sigma**2) / 2, sigma, steps.size)
    due = work.clock.deadlines(arrival, work.within_seconds)
    on_duty = [[*np.flatnonzero(heads > k).tolist(), heads.size] for k in range(int(heads.max()))]

    def free(agent: int, moment: float) -> float:
        step = on_duty[agent][bisect_left(on_duty[agent], min(moment, heads.size * STEP) // STEP)]
        return max(moment, step * STEP) if step < heads.size else np.inf

    agents = [(free(agent, 0.0), agent) for agent in range(len(on_duty))]
    in_time = 0
    for came, length, deadline in zip(arrival.tolist(), handle.tolist(), due.tolist(), strict=True):
        while (start := free(agents[0][1], max(came, agents[0][0]))) > max(came, agents[0][0]):
            heapq.heapreplace(agents, (start, agents[0][1]))
        if start == np.inf:
            break
        in_time += start + length <= deadline
        heapq.heapreplace(agents, (free(agents[0][1], start + length), agents[0][1]))
    return in_time, arrival.size


@pytest.mark.parametrize(
    ("volume", "aht", "hours", "dispersion", "agents"),
    [(20, 420, 4, 0.0, 6), (8, 900, 2, 0.0, 6), (30, 420, 4, 0.03, 11)],
)
def test_service_is_within_half_a_point_of_a_simulation(
    volume: float, aht: float, hours: float, dispersion: float, agents: int
) -> None:
    work, chance, is_open = office(volume, aht, hours, dispersion)
    heads = agents * is_open
    rows = np.array([simulated(work, heads, chance, seed) for seed in range(60)])
    share = rows[:, 0].sum() / rows[:, 1].sum()
    error = np.std(rows[:, 0] - share * rows[:, 1]) / np.sqrt(len(rows)) / rows[:, 1].mean()
    assert expect_deferred(work, heads, chance).share_in_time == pytest.approx(share, abs=0.005)
    assert error < 0.002


def test_without_chance_the_law_is_the_curve() -> None:
    """Many short contacts vary little: the law of the work waiting comes close to the fluid curve."""
    work, chance, is_open = office(4000, 5, 4, 0.0)
    heads = 12.0 * is_open
    fluid, law = serve_deferred(work, heads), expect_deferred(work, heads, chance)
    assert law.share_in_time == pytest.approx(fluid.share_in_time, abs=0.01)
    assert law.waiting_seconds.max() == pytest.approx(fluid.waiting_seconds.max(), rel=0.03)
