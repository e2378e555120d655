"""The least number of agents is the least: against the reference, brute force, and what a planner would expect."""

from collections.abc import Sequence
from pathlib import Path
from typing import get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.staffing.cases import reference
from wfm.domain import Abandonment, AverageWait, InputError, Occupancy, ServiceLevel, Target, Turnaround
from wfm.domain.target import Definition
from wfm.staffing import erlang_a, erlang_b, erlang_c, fractional_agents, smallest_agents, smallest_lines
from wfm.staffing.arrays import Bools, Floats, Integers
from wfm.staffing.smallest import least_agents, meets

EIGHTY_TWENTY = ServiceLevel(share=0.8, within_seconds=20)
COMBINED: tuple[Target, ...] = (
    EIGHTY_TWENTY,
    AverageWait(seconds=15),
    Abandonment(share=0.03),
    Occupancy(share=0.85),
)


def goal(row: dict[str, str]) -> Target:
    number = float(row["target"])
    if row["model"] == "minC_asa":
        return AverageWait(seconds=number)
    if row["model"] == "minA_ab":
        return Abandonment(share=number)
    definition: Definition = "offered_less_short_abandons" if row["model"] == "minA_slx" else "offered"
    return ServiceLevel(share=number, within_seconds=float(row["T_s"]), definition=definition)


def test_every_least_number_of_the_reference_is_exact(shared_data: Path) -> None:
    rows = [row for row in reference(shared_data) if row["model"].startswith("min")]
    assert len(rows) > 100
    for row in rows:
        load = float(row["a"])
        if row["model"] == "minB":
            least = smallest_lines(load, float(row["target"]))
        else:
            patience = float(row["patience_s"]) if row["patience_s"] else None
            least = smallest_agents(load, float(row["aht_s"]), [goal(row)], patience)
        assert least == int(row["n_min"]), row["id"]


def test_the_real_number_of_agents_has_twelve_digits(shared_data: Path) -> None:
    rows = [row for row in reference(shared_data) if row["n_frac"]]
    assert len(rows) > 20
    for row in rows:
        real = fractional_agents(float(row["a"]), float(row["aht_s"]), [goal(row)])
        assert real == pytest.approx(float(row["n_frac"]), rel=1e-12), row["id"]


@settings(max_examples=60, deadline=None)
@given(
    st.floats(1e-3, 60),
    st.floats(20, 2000),
    st.one_of(st.none(), st.floats(5, 2000)),
    st.lists(st.sampled_from(COMBINED), min_size=1, max_size=4, unique=True),
)
def test_the_least_number_is_what_counting_up_from_one_finds(
    load: float, aht: float, patience: float | None, targets: Sequence[Target]
) -> None:
    agents = np.arange(1, 400)
    ok = meets(targets, load, agents, aht, patience)
    assert smallest_agents(load, aht, targets, patience) == agents[np.argmax(ok)]


def test_many_alike_intervals_get_what_each_gets_alone() -> None:
    load = np.concatenate([np.geomspace(0.01, 30, 4000), [0.0, 0.0], np.arange(1, 31)])
    for patience in (None, 180.0):
        together = smallest_agents(load, 300.0, [EIGHTY_TWENTY], patience)
        apart = smallest_agents(load, 300.0 + 0 * load + 1e-10 * np.arange(load.size), [EIGHTY_TWENTY], patience)
        np.testing.assert_array_equal(together, apart)


def test_a_load_at_the_edge_of_a_step_is_decided_as_if_alone() -> None:
    """88 % of n agents is met exactly by a load of 0.88 n: the staircase must not decide that by its last halving."""
    edges = np.repeat(0.88 * np.arange(1, 101), 200)
    agents = smallest_agents(edges, 300.0, [Occupancy(share=0.88), ServiceLevel(share=0.0, within_seconds=20)])
    alone = [smallest_agents(load, 300.0, [Occupancy(share=0.88)]).item() for load in edges[::200]]
    np.testing.assert_array_equal(agents[::200], alone)
    np.testing.assert_array_equal(agents[::200], np.arange(1, 101))


def test_no_contacts_need_no_agents() -> None:
    assert smallest_agents([0.0, 0.0], 300.0, [EIGHTY_TWENTY]).tolist() == [0, 0]
    assert smallest_agents(0.0, 300.0, COMBINED, 60.0) == 0
    assert smallest_lines(0.0, 0.01) == 0


def test_abandonment_lets_fewer_agents_than_erlangs_do() -> None:
    assert smallest_agents(1000.0, 300.0, [EIGHTY_TWENTY], 120.0) < 1000


def test_an_occupancy_cap_alone_sets_the_number() -> None:
    assert smallest_agents(88.0, 300.0, [Occupancy(share=0.88)]) == 100


def test_endless_patience_needs_more_agents_than_erlangs() -> None:
    assert smallest_agents(10.0, 300.0, [Occupancy(share=1.0)]) == 11


def test_each_definition_of_service_level_has_its_own_least_number() -> None:
    for definition in get_args(Definition):
        level = ServiceLevel(share=0.8, within_seconds=20, definition=definition)
        least = smallest_agents(14.0, 300.0, [level], 60.0).item()
        below, there = erlang_a(14.0, [least - 1, least], 300.0, 60.0, 20.0).service_level(definition)
        assert below < 0.8 <= there


@pytest.mark.parametrize(
    ("target", "patience"),
    [
        (ServiceLevel(share=1.0, within_seconds=20), None),
        (AverageWait(seconds=0), None),
        (Abandonment(share=0.0), 60.0),
    ],
)
def test_what_no_number_of_agents_reaches_is_said_at_once(target: Target, patience: float | None) -> None:
    with pytest.raises(InputError, match="No number of agents"):
        smallest_agents(5.0, 300.0, [target], patience)


def test_a_turnaround_is_no_target_of_a_live_queue() -> None:
    with pytest.raises(InputError, match="turnaround"):
        smallest_agents(5.0, 300.0, [Turnaround(share=0.9, within_seconds=3600)])


def test_least_lines_are_least() -> None:
    lines = smallest_lines(np.geomspace(0.1, 1000, 50), 0.01)
    loads = np.geomspace(0.1, 1000, 50)
    assert (erlang_b(loads, lines) <= 0.01).all()
    assert (erlang_b(loads, lines - 1) > 0.01).all()


def test_a_target_close_to_everybody_is_still_found() -> None:
    nearly = ServiceLevel(share=1 - 1e-12, within_seconds=0)
    least = smallest_agents(1000.0, 300.0, [nearly]).item()
    assert (
        erlang_c(1000.0, least - 1, 300.0, 0.0).missed() > 1e-12 > erlang_c(1000.0, least, 300.0, 0.0).missed() * 0.99
    )


def test_as_many_agents_as_answered_erlangs_are_too_few() -> None:
    """10,358 of 20,000 Erlangs are 51.79 %, but for the 1e-40 of their time in which agents idle; no double can tell."""
    deep = ServiceLevel(share=0.5179, within_seconds=2481.74)
    assert smallest_agents(20_000.0, 1340.7, [deep], 1419.01) == 10_359
    assert smallest_agents(100_000.0, 300.0, [Abandonment(share=0.03)], 18_000.0) == 97_001


def test_a_single_huge_interval_needs_a_handful_of_looks() -> None:
    looks = []

    def enough(rows: Integers, agents: Floats) -> Bools:
        looks.append(agents.size)
        return agents >= 50_023

    assert least_agents(enough, np.array([50_000.0])) == 50_023
    assert len(looks) <= 4


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.floats(0.1, 1e6), st.integers(1, 3_000_000)), min_size=1, max_size=60))
def test_any_step_is_found(cases: list[tuple[float, int]]) -> None:
    load, steps = (np.array(column) for column in zip(*cases, strict=True))
    assert least_agents(lambda rows, agents: agents >= steps[rows], load).tolist() == steps.tolist()
