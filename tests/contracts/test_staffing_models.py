"""The promises of every staffing model: more agents never lower service, no load needs nobody, no overflow, and a reference agrees."""

from collections.abc import Callable
from math import ceil, exp, factorial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.staffing.cases import chain, forecast
from wfm.domain import Channel, Occupancy, ServiceLevel, Target
from wfm.staffing import MODELS, Demand, StaffingModel

HALF_HOUR = 1800.0
CHANNELS = (
    Channel(name="phone", patience_seconds=120),
    Channel(name="hotline"),
    Channel(name="chat", kind="chat", concurrency=3, patience_seconds=240),
    Channel(name="patient-chat", kind="chat", concurrency=2),
    Channel(name="mail", kind="deferred"),
)
FITTING = [
    pytest.param(kind(channel), id=f"{kind.kind}-{channel.name}")
    for kind in MODELS
    for channel in CHANNELS
    if not kind.unfit(channel)
]
EACH_FITTING = pytest.mark.parametrize("model", FITTING)


def demand(*volume: float, aht_seconds: float = 300.0) -> Demand:
    return Demand(np.array(volume, dtype=float), np.full(len(volume), aht_seconds), HALF_HOUR)


def targets(model: StaffingModel) -> tuple[Target, ...]:
    cap = Occupancy(share=0.9)
    return (cap,) if model.channel.kind == "deferred" else (ServiceLevel(share=0.8, within_seconds=20), cap)


def erlang_c_reference(load: float, agents: int) -> float:
    """Return the share answered in 20 s by Erlang's own sum, for a handle time of 300 s."""
    if agents <= load:
        return 0.0
    top = load**agents / factorial(agents) * agents / (agents - load)
    wait = top / (sum(load**k / factorial(k) for k in range(agents)) + top)
    return 1 - wait * exp(-(agents - load) * 20 / 300)


def erlang_a_reference(load: float, agents: int, patience: float) -> float:
    """Return the same with abandonment, from the birth-death chain."""
    return chain(load, agents, 300.0, patience, 20.0)["answered_in_time"] if agents else 0.0


def reference(model: StaffingModel) -> Callable[[float, int], float]:
    """Return the share inside target by a formula that shares no code with the model."""
    patience, servers = model.channel.patience_seconds, model.channel.concurrency
    if model.kind == "workload":
        return lambda load, agents: min(1.0, agents / load)
    if patience is None or model.kind == "erlang_c":
        return lambda load, agents: erlang_c_reference(load, servers * agents)
    return lambda load, agents: erlang_a_reference(load, servers * agents, patience)


def test_every_kind_of_channel_has_a_model() -> None:
    assert {kind.kind for kind in MODELS} == {model.values[0].kind for model in FITTING}  # type: ignore[union-attr]


@EACH_FITTING
@settings(max_examples=40, deadline=None)
@given(volume=st.floats(0, 1e6), aht=st.floats(1, 1e4), agents=st.floats(0, 1e4), more=st.floats(0, 1e3))
def test_more_agents_never_lower_service(
    model: StaffingModel, volume: float, aht: float, agents: float, more: float
) -> None:
    work = demand(volume, volume, aht_seconds=aht)
    fewer, after = model.share_in_target(work, np.array([agents, agents + more]))
    assert 0 <= fewer <= after + 1e-12 <= 1 + 1e-12


@EACH_FITTING
def test_no_load_needs_nobody(model: StaffingModel) -> None:
    assert model.smallest(demand(0.0, 0.0), targets(model)).tolist() == [0, 0]
    assert model.demand(forecast(model.channel, np.zeros(48))).load_erlangs.tolist() == [0.0] * 48


@EACH_FITTING
def test_a_huge_load_does_not_overflow(model: StaffingModel) -> None:
    huge = demand(1e9, 1e9)
    least = model.smallest(huge, targets(model)).astype(float)
    assert (least > 1e9 / 6 / model.channel.concurrency * 0.7).all()
    share = model.share_in_target(huge, least * np.array([0.5, 1.0]))
    assert np.isfinite(share).all()
    assert share[0] < 0.8 < share[1]


@EACH_FITTING
@pytest.mark.parametrize("volume", [0.5, 7.0, 33.0, 61.0])
def test_the_share_in_target_agrees_with_its_reference(model: StaffingModel, volume: float) -> None:
    load = volume * 300 / HALF_HOUR
    for agents in range(ceil(load) + 4):
        share = model.share_in_target(demand(volume), np.array([float(agents)])).item()
        assert share == pytest.approx(reference(model)(load, agents), rel=1e-9, abs=1e-12), agents


@EACH_FITTING
@settings(max_examples=30, deadline=None)
@given(volume=st.floats(0.01, 500))
def test_the_smallest_number_is_the_smallest(model: StaffingModel, volume: float) -> None:
    least = model.smallest(demand(volume), targets(model)).item()
    cap = 1e-9 + 0.9 * np.array([least - 1, least]) * model.channel.concurrency
    busy = demand(volume).load_erlangs.item()
    share = model.share_in_target(demand(volume, volume), np.array([least - 1.0, least]))
    if model.channel.kind == "deferred":
        assert cap[0] < busy <= cap[1]
    elif model.channel.patience_seconds is None:
        assert share[1] >= 0.8
        assert busy <= cap[1]
        assert share[0] < 0.8 or busy > cap[0]
    else:  # who abandons keeps nobody busy: the cap may be met although the load is above it
        assert share[1] >= 0.8
        assert least == 1 or share[0] < 0.8 or busy > cap[0]


@EACH_FITTING
def test_a_model_says_what_it_assumes_and_shows_its_working(model: StaffingModel) -> None:
    assert all(model.notes())
    lines = model.working(demand(20.0), 5)
    assert all(lines)
    assert "5" in " ".join(lines)
    assert lines != model.working(demand(20.0), 6)


@pytest.mark.parametrize("kind", MODELS)
def test_a_model_says_why_it_does_not_fit(kind: type[StaffingModel]) -> None:
    reasons = [kind.unfit(channel) for channel in CHANNELS]
    assert "" in reasons
    assert any(reasons)
