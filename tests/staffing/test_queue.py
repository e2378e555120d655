"""The four service levels are four questions about the same contacts."""

import numpy as np
import pytest

from wfm.domain.target import Definition
from wfm.staffing import QueueMetrics

TEN = np.array([10.0])
SHARES = {"answered_in_time": 0.60, "answered_late": 0.20, "abandoned_in_time": 0.05, "abandoned_late": 0.15}


def queue(**shares: float) -> QueueMetrics:
    columns = {name: np.array([value]) for name, value in {**SHARES, **shares}.items()}
    return QueueMetrics(
        load_erlangs=TEN,
        agents=TEN,
        aht_seconds=300 + 0 * TEN,
        p_wait=0.5 + 0 * TEN,
        average_wait_seconds=30 + 0 * TEN,
        average_wait_served_seconds=25 + 0 * TEN,
        **columns,
    )


@pytest.mark.parametrize(
    ("definition", "level"),
    [
        ("offered", 0.60),
        ("answered", 0.60 / 0.80),
        ("offered_less_short_abandons", 0.60 / 0.95),
        ("answered_or_abandoned", 0.65),
    ],
)
def test_each_definition_counts_its_own_contacts(definition: Definition, level: float) -> None:
    assert queue().service_level(definition).item() == pytest.approx(level)
    assert queue().missed(definition).item() == pytest.approx(1 - level)


def test_agents_are_busy_with_the_answered_only() -> None:
    assert queue().occupancy.item() == pytest.approx(10 * 0.8 / 10)


def test_a_queue_is_as_long_as_arrivals_times_wait() -> None:
    assert queue().queue_length.item() == pytest.approx(10 / 300 * 30)


def test_where_nobody_is_answered_no_answer_is_in_time() -> None:
    gone = queue(answered_in_time=0.0, answered_late=0.0, abandoned_in_time=0.3, abandoned_late=0.7)
    assert gone.service_level("answered").item() == 0
    assert gone.missed("answered").item() == 1
