"""Erlang B, C and A against closed forms, the birth-death chain, the reference table, and laws that hold for all inputs."""

from math import exp
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.staffing.cases import chain, figures, reference
from wfm.domain import InputError
from wfm.domain.target import Definition
from wfm.staffing import QueueMetrics, erlang_a, erlang_b, erlang_c

DEFINITIONS: dict[str, Definition] = {
    "sl_offered": "offered",
    "sl_served": "answered",
    "sl_excl_short": "offered_less_short_abandons",
    "p_w_le_T": "answered_or_abandoned",
}
LOADS = st.floats(1e-3, 1e5)
TIMES = st.floats(0.5, 5e4)


def figure(queue: QueueMetrics, column: str) -> float:
    if column in DEFINITIONS:
        return queue.service_level(DEFINITIONS[column]).item()
    named = {
        "asa_all_s": queue.average_wait_seconds,
        "asa_served_s": queue.average_wait_served_seconds,
        "lq": queue.queue_length,
        "occupancy": queue.occupancy,
        "p_wait": queue.p_wait,
        "p_abandon": queue.p_abandon,
    }
    return named[column].item()


@pytest.mark.parametrize("model", ["C", "A"])
def test_every_figure_of_the_reference_has_twelve_digits(shared_data: Path, model: str) -> None:
    rows = [row for row in reference(shared_data) if row["model"] == model]
    assert len(rows) > 50
    for row in rows:
        load, agents, aht, within = (float(row[name]) for name in ("a", "n", "aht_s", "T_s"))
        rest = (load, agents, aht)
        queue = erlang_c(*rest, within) if model == "C" else erlang_a(*rest, float(row["patience_s"]), within)
        for name, value in figures(row):
            assert figure(queue, name) == pytest.approx(float(value), rel=1e-12, abs=0), (row["id"], name)
        for name, definition in DEFINITIONS.items():
            if row[name]:
                level = queue.service_level(definition).item()
                assert level + queue.missed(definition).item() == pytest.approx(1.0, abs=4e-16)


def test_every_blocking_of_the_reference_has_twelve_digits(shared_data: Path) -> None:
    rows = [row for row in reference(shared_data) if row["model"] == "B"]
    blocked = erlang_b([float(row["a"]) for row in rows], [float(row["n"]) for row in rows])
    np.testing.assert_allclose(blocked, [float(row["p_block"]) for row in rows], rtol=1e-12)


def test_one_line_blocks_a_over_one_plus_a() -> None:
    loads = np.geomspace(1e-3, 1e5, 60)
    np.testing.assert_allclose(erlang_b(loads, 1), loads / (1 + loads), rtol=1e-13)


def test_blocking_follows_erlangs_recursion_for_whole_and_real_numbers() -> None:
    for load in (0.01, 0.7, 12.5, 900.0):
        lines = np.linspace(0, 2 * load + 20, 97)
        fewer, more = erlang_b(load, lines), erlang_b(load, lines + 1)
        np.testing.assert_allclose(more, load * fewer / (lines + 1 + load * fewer), rtol=1e-12)


def test_one_agent_is_the_queue_of_one_server() -> None:
    load, aht, within = np.array([0.01, 0.3, 0.9, 0.999]), 240.0, 35.0
    queue = erlang_c(load, 1, aht, within)
    np.testing.assert_allclose(queue.p_wait, load, rtol=1e-13)
    np.testing.assert_allclose(queue.average_wait_seconds, aht * load / (1 - load), rtol=1e-12)
    np.testing.assert_allclose(queue.queue_length, load**2 / (1 - load), rtol=1e-12)
    np.testing.assert_allclose(queue.missed(), load * np.exp(-(1 - load) * within / aht), rtol=1e-13)
    np.testing.assert_allclose(queue.occupancy, load, rtol=1e-15)


@pytest.mark.parametrize("load", [0.3, 4.0, 11.0])
@pytest.mark.parametrize("agents", [1, 3, 9])
@pytest.mark.parametrize("patience", [60.0, 400.0])
def test_erlang_a_is_the_law_of_its_birth_death_chain(load: float, agents: int, patience: float) -> None:
    queue = erlang_a(load, agents, 300.0, patience, 45.0)
    for name, value in chain(load, agents, 300.0, patience, 45.0).items():
        assert getattr(queue, name).item() == pytest.approx(value, rel=1e-9), name


def test_with_as_much_patience_as_service_agents_are_endless_servers() -> None:
    """Where patience equals handle time, the number in the system is Poisson, whatever n (Mandelbaum & Zeltyn 2007)."""
    load = 6.0
    law = np.exp(-load) * np.cumprod([1.0, *(load / np.arange(1, 60))])
    for agents in range(1, 15):
        assert erlang_a(load, agents, 200.0, 200.0, 10.0).p_wait.item() == pytest.approx(law[agents:].sum(), rel=1e-12)


def test_without_load_nobody_waits_and_without_agents_everybody_leaves() -> None:
    idle = erlang_a(0.0, [0, 3], 300.0, 60.0, 20.0)
    assert idle.p_wait.tolist() == idle.p_abandon.tolist() == idle.occupancy.tolist() == [0, 0]
    assert idle.service_level().tolist() == [1, 1]
    alone = erlang_a(5.0, 0, 300.0, 60.0, 20.0)
    assert alone.abandoned_in_time.item() == pytest.approx(1 - exp(-20 / 60))
    assert (alone.p_wait.item(), alone.p_abandon.item(), alone.service_level().item()) == (1, 1, 0)
    assert alone.average_wait_seconds.item() == 60


def test_up_to_the_load_a_patient_queue_grows_without_end() -> None:
    queue = erlang_c(10.0, [0, 9, 10], 300.0, 20.0)
    assert queue.p_wait.tolist() == queue.occupancy.tolist() == queue.missed().tolist() == [1, 1, 1]
    assert np.isinf(queue.average_wait_seconds).all()
    assert np.isinf(queue.queue_length).all()
    assert (queue.service_level() == 0).all()


@pytest.mark.parametrize(
    ("load", "agents", "aht", "patience", "within", "answered"),
    [
        (20702.0, 0.1, 595.0, 1.0, 0.0, (3.7475002386733975e-21, 4.830451164138727e-06)),
        (20702.0, 2.1, 595.0, 1.0, 0.0, (7.980362353229211e-20, 0.00010143947444691326)),
    ],
)
def test_hardly_any_agents_for_the_most_impatient_keep_their_digits(
    load: float, agents: float, aht: float, patience: float, within: float, answered: tuple[float, float]
) -> None:
    """Knots once lay where nothing happened; the figures are from incomplete gamma functions with 60 digits."""
    queue = erlang_a(load, agents, aht, patience, within)
    assert (queue.answered_in_time.item(), queue.answered_late.item()) == pytest.approx(answered, rel=1e-12)


def test_endless_patience_leads_from_a_to_c() -> None:
    load = np.array([0.5, 7.0, 300.0])
    agents = np.ceil(load + np.sqrt(load))
    patient, endless = erlang_a(load, agents, 300.0, 1e12, 20.0), erlang_c(load, agents, 300.0, 20.0)
    np.testing.assert_allclose(patient.missed(), endless.missed(), rtol=1e-7)
    np.testing.assert_allclose(patient.average_wait_seconds, endless.average_wait_seconds, rtol=1e-7)


def test_a_hundred_thousand_erlangs_and_a_thousandth_are_figures_too() -> None:
    for load in (1e-3, 1e5, 1e9, 1e14):
        for queue in (
            erlang_c(load, load * 1.001 + 1, 300.0, 20.0),
            erlang_a(load, load * 0.9 + 1, 300.0, 180.0, 20.0),
        ):
            for name in vars(queue):
                assert np.isfinite(getattr(queue, name)).all(), (load, name)


def test_the_share_missed_keeps_its_digits_where_service_is_nearly_perfect() -> None:
    queue = erlang_c(1.0, 40, 300.0, 20.0)
    assert queue.service_level().item() == 1.0
    assert 0 < queue.missed().item() < 1e-40


@settings(max_examples=150, deadline=None)
@given(LOADS, st.floats(0, 3), TIMES, TIMES, st.floats(0, 5e3))
def test_every_contact_ends_in_one_way_and_work_is_conserved(
    load: float, staffing: float, aht: float, patience: float, within: float
) -> None:
    queue = erlang_a(load, staffing * load + 0.5, aht, patience, within)
    ends = [queue.answered_in_time, queue.answered_late, queue.abandoned_in_time, queue.abandoned_late]
    assert min(end.item() for end in ends) >= 0
    assert sum(end.item() for end in ends) == pytest.approx(1, abs=1e-10)
    work = queue.agents * queue.occupancy
    assert work.item() == pytest.approx(load * (1 - queue.p_abandon.item()), rel=1e-9, abs=1e-9 * load)


@settings(max_examples=150, deadline=None)
@given(LOADS, st.floats(0, 2), st.floats(0.02, 100), TIMES, st.one_of(st.none(), TIMES), st.floats(0, 5e3))
def test_more_agents_never_lower_service(
    load: float, staffing: float, more: float, aht: float, patience: float | None, within: float
) -> None:
    agents = staffing * load + np.array([0.01, 0.01 + more])
    queue = erlang_c(load, agents, aht, within) if patience is None else erlang_a(load, agents, aht, patience, within)
    for definition in DEFINITIONS.values():
        fewer, after = queue.missed(definition)
        assert after <= fewer * (1 + 1e-9) + 1e-300, definition
    for falling in (queue.p_wait, queue.p_abandon, queue.occupancy, queue.average_wait_seconds):
        assert falling[1] <= falling[0] * (1 + 1e-9)


@settings(max_examples=100, deadline=None)
@given(st.floats(0, 1e15), st.floats(0, 1e15), st.floats(1e-9, 1e15), st.floats(1e-9, 1e15), st.floats(0, 1e15))
def test_no_admitted_input_gives_no_number(
    load: float, agents: float, aht: float, patience: float, within: float
) -> None:
    for queue in (erlang_c(load, agents, aht, within), erlang_a(load, agents, aht, patience, within)):
        assert not any(np.isnan(getattr(queue, name)).any() for name in vars(queue))
        for definition in DEFINITIONS.values():
            assert 0 <= queue.service_level(definition).item() <= 1
            assert 0 <= queue.missed(definition).item() <= 1
        assert 0 <= queue.occupancy.item() <= 1
    assert 0 <= erlang_b(load, agents).item() <= 1


def test_answering_at_once_is_not_waiting() -> None:
    queue = erlang_a(20.0, [15, 20, 26], 300.0, 90.0, 0.0)
    np.testing.assert_allclose(queue.answered_in_time, 1 - queue.p_wait, rtol=1e-12)
    assert queue.abandoned_in_time == pytest.approx(0)


def test_a_queue_of_no_service_time_is_refused() -> None:
    with pytest.raises(InputError, match="aht_seconds"):
        erlang_c(1.0, 2, 0.0, 20.0)
