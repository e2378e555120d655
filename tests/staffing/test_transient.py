"""Prediction of changing days: against steady states, conservation, monotony, and a simulation that shares no code."""

import heapq

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from wfm.domain import InputError, ServiceLevel
from wfm.domain.target import Definition
from wfm.staffing import PredictedService, erlang_a, erlang_c, predict_service
from wfm.staffing.course import Plan, pass_interval
from wfm.staffing.offered_load import Arrivals

TARGET = ServiceLevel(share=0.8, within_seconds=20)
DEFINITIONS: tuple[Definition, ...] = ("offered", "answered", "offered_less_short_abandons", "answered_or_abandoned")


def simulated(
    volume: list[float], aht: float, patience: float, agents: list[int], within: float, days: int, seed: int
) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Return per day and interval of 30 minutes: offered, answered in time, given up in time, given up at all, seconds waited."""
    random = np.random.default_rng(seed)
    table = np.zeros((days, 5, len(volume)))
    for day in table:
        counts = random.poisson(volume)
        arrivals = np.sort(np.repeat(np.arange(len(volume)), counts) + random.random(counts.sum())) * 1800
        handle, gives_up = (
            random.exponential(aht, arrivals.size),
            arrivals + random.exponential(patience, arrivals.size),
        )
        in_hand: list[float] = []
        turns, begin = [1800.0 * k for k in range(len(volume))], 0.0
        for k, arrival in enumerate(arrivals.tolist()):
            begin = max(arrival, begin)  # nobody overtakes
            while True:  # until fewer contacts are in hand than agents are on duty
                while in_hand and in_hand[0] <= begin:
                    heapq.heappop(in_hand)
                if len(in_hand) < agents[min(int(begin // 1800), len(agents) - 1)]:
                    break
                begin = min([*in_hand[:1], *(turn for turn in turns if turn > begin)], default=np.inf)
            waited = min(begin, gives_up[k]) - arrival
            answered = begin <= gives_up[k]
            if answered:
                heapq.heappush(in_hand, begin + handle[k])
            in_time = waited <= within
            day[:, int(arrival // 1800)] += [1, answered and in_time, not answered and in_time, not answered, waited]
    return table


@pytest.mark.parametrize(
    ("volume", "agents", "within", "aht"),
    [
        ([40.0, 80.0, 60.0, 20.0], [6, 12, 9, 4], 20.0, 300.0),
        ([40.0, 80.0, 60.0, 20.0], [12, 7, 14, 2], 120.0, 300.0),
        ([30.0, 30.0, 30.0, 10.0], [15, 6, 12, 12], 20.0, 900.0),
        ([40.0, 40.0, 40.0], [6, 10, 5], 2000.0, 300.0),
    ],
    ids=["following the load", "jumping staff, long threshold", "long contacts", "a threshold beyond the interval"],
)
def test_a_simulation_of_the_same_days_agrees(
    volume: list[float], agents: list[int], within: float, aht: float
) -> None:
    days = 700
    table = simulated(volume, aht, 180.0, agents, within, days, seed=11)
    level = ServiceLevel(share=0.8, within_seconds=within)
    service = predict_service(volume, aht, 180.0, agents, 30, level, "even")
    figures = np.array(
        [service.answered_in_time, service.abandoned_in_time, service.p_abandon, service.average_wait_seconds]
    )
    offered = table[:, 0]
    np.testing.assert_allclose(offered.mean(axis=0), volume, atol=4 * np.sqrt(max(volume) / days))
    for row, predicted in zip(table.swapaxes(0, 1)[1:], figures, strict=True):
        scatter = (row - predicted * offered).std(axis=0) / np.sqrt(days) / offered.mean(axis=0)
        off = row.mean(axis=0) / offered.mean(axis=0) - predicted
        # four standard errors, and what the rule for waits that outlast an interval may err
        assert (np.abs(off) <= 4 * scatter + 0.004 * np.where(predicted > 1, 180, 1)).all(), (off, scatter)


@pytest.mark.parametrize("agents", [8, 10, 13])
def test_a_steady_day_ends_in_the_steady_state(agents: int) -> None:
    service = predict_service(np.full(24, 60.0), 300.0, 180.0, np.full(24, agents), 30, TARGET)
    queue = erlang_a(10.0, agents, 300.0, 180.0, 20.0)
    for definition in DEFINITIONS:
        assert service.service_level(definition)[-1] == pytest.approx(queue.service_level(definition), abs=1e-7)
    assert service.p_wait[-1] == pytest.approx(queue.p_wait, abs=1e-7)
    assert service.p_abandon[-1] == pytest.approx(queue.p_abandon, abs=1e-7)
    assert service.average_wait_seconds[-1] == pytest.approx(queue.average_wait_seconds, abs=1e-5)
    assert service.occupancy[-1] == pytest.approx(queue.occupancy, abs=1e-7)
    assert service.waiting_at_end[-1] == pytest.approx(queue.queue_length, abs=1e-7)


def test_without_patience_a_steady_day_ends_in_erlang_c() -> None:
    service = predict_service(np.full(30, 60.0), 300.0, None, np.full(30, 13), 30, TARGET)
    queue = erlang_c(10.0, 13, 300.0, 20.0)
    assert service.service_level()[-1] == pytest.approx(queue.service_level(), abs=1e-6)
    assert service.average_wait_seconds[-1] == pytest.approx(queue.average_wait_seconds, rel=1e-5)
    assert not service.p_abandon.any()


def test_an_overload_is_carried_into_the_next_interval() -> None:
    volume = np.full(8, 60.0)
    staff = np.array([12, 12, 12, 2, 12, 12, 12, 12])
    after = predict_service(volume, 300.0, None, staff, 30, TARGET)
    calm = predict_service(volume, 300.0, None, np.full(8, 12), 30, TARGET)
    assert after.waiting_at_end[3] > 40
    assert after.service_level()[4] < 0.1 < calm.service_level()[4]
    assert (after.average_wait_seconds >= 0).all()


def test_work_is_conserved() -> None:
    volume, staff = 50 + 40 * np.sin(np.arange(32) / 5), np.full(32, 12)
    volume[-6:] = 0
    service = predict_service(volume, 300.0, 180.0, staff, 30, TARGET)
    answered = (volume * (1 - service.p_abandon)).sum()
    assert service.agents_busy.sum() * 1800 == pytest.approx(answered * 300, rel=1e-6)


def test_nobody_on_duty_answers_nobody_and_no_contacts_have_no_faults() -> None:
    service = predict_service([30.0, 0.0, 30.0], [300.0, 0.0, 300.0], 180.0, [0, 0, 5], 30, TARGET)
    assert service.service_level()[0] == pytest.approx(0, abs=1e-12)
    assert service.p_abandon[0] == pytest.approx(1, abs=1e-4)
    assert service.service_level().tolist()[1] == 1
    assert service.occupancy.tolist()[:2] == [1, 0]
    still = predict_service(np.zeros(4), 300.0, None, np.zeros(4), 15, TARGET)
    assert still.service_level().tolist() == [1] * 4
    assert not still.average_wait_seconds.any()


def test_nobody_waits_forever_where_nobody_answers_or_gives_up() -> None:
    service = predict_service([10.0, 0.0], 300.0, None, [0, 0], 30, TARGET)
    assert np.isfinite(service.average_wait_seconds).all()
    assert service.waiting_at_end == pytest.approx([10, 10])


ANY_DAY = st.lists(st.tuples(st.floats(0, 100), st.integers(0, 20), st.floats(30, 2000)), min_size=1, max_size=5)


@settings(max_examples=25, deadline=None)
@given(
    day=ANY_DAY,
    patience=st.one_of(st.none(), st.floats(10, 2000)),
    within=st.sampled_from([0.0, 20.0, 4000.0]),
    arrivals=st.sampled_from(["smooth", "even"]),
)
@example(day=[(1e-9, 0, 30.0)], patience=None, within=0.0, arrivals="smooth")
def test_all_shares_are_shares(
    day: list[tuple[float, int, float]], patience: float | None, within: float, arrivals: Arrivals
) -> None:
    volume, agents, aht = zip(*day, strict=True)
    level = ServiceLevel(share=0.8, within_seconds=within)
    service = predict_service(volume, aht, patience, agents, 15, level, arrivals)
    for definition in DEFINITIONS:
        figure = service.service_level(definition)
        assert ((figure >= 0) & (figure <= 1)).all()
    for share in (service.p_wait, service.answered_in_time, service.abandoned_in_time, service.p_abandon):
        assert ((share >= -1e-9) & (share <= 1 + 1e-9)).all()
    assert (service.answered_in_time + service.p_abandon <= 1 + 1e-9).all()
    assert np.isfinite(service.average_wait_seconds).all()
    assert (service.average_wait_seconds >= -1e-6).all()
    assert ((service.occupancy >= 0) & (service.occupancy <= 1)).all()


@settings(max_examples=15, deadline=None)
@given(day=st.lists(st.tuples(st.floats(1, 100), st.integers(0, 20)), min_size=2, max_size=5), where=st.integers(0, 4))
def test_one_more_agent_never_hurts_the_interval_itself(day: list[tuple[float, int]], where: int) -> None:
    volume, agents = (np.array(row) for row in zip(*day, strict=True))
    more = agents.copy()
    place = where % agents.size
    more[place] += 1
    before, after = (predict_service(volume, 300.0, 180.0, staff, 30, TARGET) for staff in (agents, more))
    assert after.service_level()[place] >= before.service_level()[place] - 1e-9


def test_slices_are_fine_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    shape = np.exp(-(((np.arange(32) - 14) / 5) ** 2))

    def level() -> PredictedService:
        return predict_service(600 * shape + 20, 300.0, 180.0, np.round(105 * shape + 6), 30, TARGET)

    coarse = level().service_level()
    monkeypatch.setattr("wfm.staffing.course._SLICE_SECONDS", 100.0)
    np.testing.assert_allclose(coarse, level().service_level(), atol=0.001)


def test_the_law_keeps_its_mass_and_room() -> None:
    plan = Plan.of(np.full(4, 500.0), 300.0, 180.0, 30, 20.0, "smooth")
    law, course = pass_interval(plan, 0, np.ones((1, 1)), [60])
    assert law.sum() == pytest.approx(1)
    assert law[:, -1].sum() < 1e-9
    assert course.waited <= 500


@pytest.mark.parametrize(
    ("volume", "agents", "patience", "says"),
    [
        ([10.0, 10.0], [1], 180.0, "agents for each of 2 intervals"),
        ([10.0], [1.5], 180.0, "whole numbers of agents"),
        ([10.0], [20_000], 180.0, "whole numbers of agents up to 10,000"),
        ([-1.0], [1], 180.0, "volume"),
        ([10.0], [1], 0.0, "patience_seconds"),
        ([], [], 180.0, "one or more intervals"),
        ([float("nan")], [1], None, "volume"),
    ],
)
def test_what_makes_no_sense_is_refused(
    volume: list[float], agents: list[float], patience: float | None, says: str
) -> None:
    with pytest.raises(InputError, match=says):
        predict_service(volume, 300.0, patience, agents, 30, TARGET)
