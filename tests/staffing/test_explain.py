"""The working of one interval says what a planner would check by hand."""

import numpy as np
import pytest

from tests.staffing.cases import forecast
from wfm.domain import Abandonment, AverageWait, Channel, InputError, Occupancy, ServiceLevel
from wfm.staffing import erlang_a, explain, require, require_uncertain, size

PHONE = Channel(
    name="phone",
    patience_seconds=180,
    targets=(
        ServiceLevel(share=0.8, within_seconds=20),
        Abandonment(share=0.05),
        Occupancy(share=0.88),
        AverageWait(seconds=15),
    ),
)


def told(channel: Channel, volume: float, aht_seconds: float = 300.0, shrinkage: float = 0.0) -> str:
    whole = np.zeros(48)
    whole[20] = volume
    return "\n".join(explain(require(forecast(channel, whole, aht_seconds), channel, shrinkage=shrinkage), channel, 20))


def test_inputs_formula_and_neighbours_are_told() -> None:
    text = told(PHONE, 60.0, shrinkage=0.3)
    sizing = size(60.0, 1800, 300, PHONE.targets, 180, 0.3)
    assert "phone, Mon 2026-11-30 10:00-10:30 (Europe/Madrid), model erlang_a" in text
    assert "60 x 300 s / 1800 s = 10 Erlangs" in text
    assert "P(wait) = " in text
    assert f"least number that meets them: {sizing.agents} agents" in text
    assert f"one fewer: {sizing.agents - 1} agents" in text
    assert f"one more: {sizing.agents + 1} agents" in text
    assert f"so {sizing.paid_agents} paid" in text
    assert f"{100 * sizing.answer.service_level:.2f}% in 20s" in text
    assert "warning" not in text


def test_the_targets_that_one_fewer_would_miss_are_named() -> None:
    assert "misses 80% in 20s" in told(Channel(name="hotline"), 60.0)
    tight = PHONE.varied(targets=(ServiceLevel(share=0.1, within_seconds=20), Abandonment(share=0.01)))
    assert told(tight, 60.0).count("misses abandonment at most 1%") == 1


def test_a_target_that_one_fewer_still_meets_is_not_named() -> None:
    net = size(60.0, 1800, 300, PHONE.targets[:1], 180).agents
    share = float(erlang_a(10.0, net - 1, 300.0, 180.0, 20.0).p_abandon) * 1.001
    both = PHONE.varied(targets=(PHONE.targets[0], Abandonment(share=share)))
    assert "misses 80% in 20s\n" in told(both, 60.0)


def test_agents_for_the_spread_of_the_volume_are_told_apart_from_those_for_its_mean() -> None:
    calls = forecast(PHONE, np.full(48, 60.0)).varied(dispersion=(0.1,) * 48)
    plain, sure = require(calls, PHONE), require_uncertain(calls, PHONE, confidence=0.9)
    text = "\n".join(explain(sure, PHONE, 20))
    assert f"the expected volume of this interval alone would need {plain.net[20]}; with {sure.net[20]}: " in text
    assert f"why {sure.net[20]}: Uncertain volume: all targets are met at the 90% quantile" in text
    assert "would meet them too" in text
    assert "least number" not in text


def test_a_quiet_interval_needs_no_formula() -> None:
    assert told(PHONE, 0.0).endswith("No work, so no agents.")


@pytest.mark.parametrize(
    ("volume", "aht_seconds", "warning"),
    [(3.0, 300.0, "fewer than 5 agents"), (60.0, 2400.0, "outlasts the interval")],
)
def test_a_formula_that_does_not_hold_is_doubted(volume: float, aht_seconds: float, warning: str) -> None:
    assert f"warning: {warning}" in told(PHONE, volume, aht_seconds).replace("a contact ", "")


def test_a_load_above_the_agents_is_doubted() -> None:
    lax = PHONE.varied(targets=(ServiceLevel(share=0.5, within_seconds=60),))
    assert "warning: load above agents" in told(lax, 600.0)
    chat = Channel(name="chat", kind="chat", concurrency=3)
    assert "warning" not in told(chat, 120.0)


def test_a_queue_carried_over_from_the_interval_before_is_doubted() -> None:
    lax = PHONE.varied(targets=(ServiceLevel(share=0.5, within_seconds=60),))
    whole = np.zeros(48)
    whole[19], whole[20] = 600.0, 60.0
    text = "\n".join(explain(require(forecast(lax, whole), lax), lax, 20))
    assert "warning: the interval before has more load than agents" in text
    assert "the interval before" not in told(lax, 60.0)


def test_deferred_work_is_explained_in_contacts() -> None:
    mail = Channel(name="mail", kind="deferred")
    text = told(mail, 60.0)
    assert "targets: 90% in 4h of business" in text
    assert "contacts finished" in text


def test_a_step_outside_the_grid_is_refused() -> None:
    requirement = require(forecast(PHONE, np.ones(48)), PHONE)
    for step in (-1, 48):
        with pytest.raises(InputError, match="from 0 to 47"):
            explain(requirement, PHONE, step)
