"""A table of cases comes back with every figure that the reference has."""

from pathlib import Path

import pytest

from tests.staffing.cases import figures, reference
from wfm.domain import InputError
from wfm.staffing import erlang_table
from wfm.staffing.table import INPUT_COLUMNS

CASE = {"id": "x", "model": "C", "a": "10", "aht_s": "180", "patience_s": "", "n": "12", "T_s": "20", "target": ""}


def test_the_reference_table_comes_back_with_twelve_digits(shared_data: Path) -> None:
    rows = reference(shared_data)
    filled = erlang_table([{name: row[name] for name in ("id", *INPUT_COLUMNS)} for row in rows])
    assert [row["id"] for row in filled] == [row["id"] for row in rows]
    seen = 0
    for row, done in zip(rows, filled, strict=True):
        for name, value in figures(row):
            assert float(done[name]) == pytest.approx(float(value), rel=1e-12, abs=0), (row["id"], name)
            seen += 1
    assert seen > 1500


def test_a_figure_has_seventeen_digits_and_what_does_not_apply_is_blank() -> None:
    (done,) = erlang_table([CASE])
    assert done["p_wait"] == "0.44938822423941591" or float(done["p_wait"]) == pytest.approx(0.4493882242394159)
    assert done["p_block"] == done["n_min"] == done["sl_served"] == ""
    assert done["id"] == "x"


def test_a_queue_that_only_grows_is_called_unstable() -> None:
    (done,) = erlang_table([{**CASE, "model": "minC_sl", "a": "0.5", "target": "0.5", "n": ""}])
    assert (done["n_min"], done["value_at_n_min_minus_1"]) == ("1", "unstable")
    assert erlang_table([{**CASE, "n": "10"}])[0]["asa_all_s"] == "unstable"


def test_a_load_close_to_the_agents_keeps_the_digits_of_its_decimal() -> None:
    """N - a = 0.0000123456789 exactly; the double nearest to a is 1e-12 away. The figures were computed with 50 digits."""
    (done,) = erlang_table([{**CASE, "a": "9999.9999876543211", "n": "10000"}])
    assert float(done["asa_all_s"]) == pytest.approx(14579997.88269393, rel=1e-13)
    (beside,) = erlang_table([{**CASE, "a": "9.99999999999999999999", "n": "10"}])
    assert float(beside["asa_all_s"]) == pytest.approx(1.8e22, rel=1e-12)


def test_one_line_under_a_huge_load_is_as_busy_as_it_blocks() -> None:
    (done,) = erlang_table([{**CASE, "model": "B", "a": "100000", "n": "1"}])
    assert float(done["occupancy"]) == pytest.approx(100000 / 100001, rel=1e-14)
    (idle,) = erlang_table([{**CASE, "model": "B", "a": "0.001", "n": "200"}])
    assert (float(idle["p_block"]), float(idle["occupancy"])) == (0.0, 0.001 / 200)


def test_one_agent_fewer_than_one_is_nobody() -> None:
    inputs = {"model": "minA_sl", "a": "0.1", "patience_s": "60", "target": "0.5", "n": ""}
    (done,) = erlang_table([{**CASE, **inputs}])
    assert (done["n_min"], done["value_at_n_min_minus_1"]) == ("1", "n=0")


def test_every_faulty_cell_is_told_with_its_line() -> None:
    with pytest.raises(InputError) as caught:
        erlang_table([CASE, {**CASE, "a": "ten", "T_s": ""}, {**CASE, "model": "D"}])
    assert [(fault.line, fault.column, fault.came) for fault in caught.value.faults] == [
        (3, "a", "ten"),
        (3, "T_s", "nothing"),
        (4, "model", "D"),
    ]


def test_no_rows_give_no_rows() -> None:
    assert erlang_table([]) == []
