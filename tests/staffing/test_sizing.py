"""The calculator answers as a planner would expect, and its table agrees with its answer."""

import pytest

from wfm.domain import Abandonment, AverageWait, InputError, Occupancy, ServiceLevel
from wfm.staffing import Sizing, erlang_a, size

EIGHTY_TWENTY = ServiceLevel(share=0.8, within_seconds=20)


def test_the_answer_is_the_first_row_that_meets_the_targets() -> None:
    sizing = size(120, 1800, 240, [EIGHTY_TWENTY, Abandonment(share=0.03)], patience_seconds=180, shrinkage=0.3)
    meeting = [row.agents for row in sizing.rows if row.meets_targets]
    assert sizing.agents == meeting[0] == sizing.answer.agents
    assert [row.agents for row in sizing.rows] == list(range(sizing.agents - 3, sizing.agents + 4))
    assert sizing.load_erlangs == 16
    assert sizing.paid_agents >= sizing.gross > sizing.agents


def test_the_rows_hold_the_figures_of_the_formula() -> None:
    for row in size(120, 1800, 240, [EIGHTY_TWENTY], patience_seconds=180).rows:
        queue = erlang_a(16.0, row.agents, 240.0, 180.0, 20.0)
        assert row.service_level == queue.service_level().item()
        assert row.p_abandon == queue.p_abandon.item()
        assert row.average_wait_seconds == queue.average_wait_seconds.item()


def test_a_queue_without_end_has_no_wait_to_tell() -> None:
    sizing = size(120, 1800, 240)
    assert sizing.model == "erlang_c"
    assert sizing.targets == (EIGHTY_TWENTY,)
    assert sizing.agents == 20
    endless = size(300, 1800, 240, [AverageWait(seconds=600)]).rows[0]
    assert endless.agents <= 40
    assert endless.average_wait_seconds is endless.queue_length is None
    assert endless.service_level == 0


def test_nothing_to_do_needs_nobody() -> None:
    sizing = size(0, 1800, 240, [Occupancy(share=0.8)])
    assert (sizing.agents, sizing.gross, sizing.paid_agents) == (0, 0, 0)
    assert all(row.meets_targets and row.service_level == 1 for row in sizing.rows)


def test_a_sizing_comes_back_from_its_json() -> None:
    sizing = size(120, 1800, 240, patience_seconds=60)
    assert Sizing.model_validate_json(sizing.model_dump_json()) == sizing


@pytest.mark.parametrize(
    ("volume", "interval", "aht", "patience"),
    [(-1, 1800, 240, None), (10, 0, 240, None), (10, 1800, 0, None), (10, 1800, 240, -5), (float("nan"), 1800, 240, 9)],
)
def test_what_cannot_be_is_refused(volume: float, interval: float, aht: float, patience: float | None) -> None:
    with pytest.raises(InputError):
        size(volume, interval, aht, patience_seconds=patience)
