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


def test_redials_need_more_agents_and_are_told() -> None:
    alone = size(600, 1800, 300, [Abandonment(share=0.05)], 120)
    again = size(600, 1800, 300, [Abandonment(share=0.05)], 120, redial=0.9, repeat=0.1)
    assert again.load_erlangs == alone.load_erlangs == 100
    assert again.agents > alone.agents
    assert again.agents - 1 < again.fractional_agents <= again.agents
    for row in again.rows:
        back = 0.9 * row.p_abandon + 0.1 * (1 - row.p_abandon)
        assert row.load_erlangs * (1 - back) == pytest.approx(100, rel=1e-9)
        assert (row.p_abandon <= 0.05) is row.meets_targets
    with pytest.raises(InputError, match="patience"):
        size(600, 1800, 300, redial=0.4)


def test_wrap_up_is_handle_time_and_a_minimum_holds() -> None:
    assert size(60, 1800, 240, wrap_up_seconds=60).rows == size(60, 1800, 300).rows
    few = size(1, 1800, 240, minimum=4, shrinkage=0.3)
    assert (few.agents, few.paid_agents) == (4, 6)
    assert few.fractional_agents < 4
    for wrong in ({"minimum": -1}, {"wrap_up_seconds": -1.0}):
        with pytest.raises(InputError):
            size(1, 1800, 240, **wrong)


def test_nine_in_ten_wait_no_longer_than_the_row_says() -> None:
    for row in size(120, 1800, 240, patience_seconds=180).rows:
        assert row.wait_p90_seconds is not None
        queue = erlang_a(16.0, row.agents, 240.0, 180.0, row.wait_p90_seconds)
        assert queue.service_level("answered_or_abandoned").item() == pytest.approx(0.9) or row.p_wait < 0.1
