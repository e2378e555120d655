"""Spreadsheets never take a text of ours for a formula, and nothing is lost by it."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wfm.domain.cell import FORMULA_STARTS, neutral, restored
from wfm.report.cells import csv_bytes

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"))
NASTY = st.builds("".join, st.tuples(st.sampled_from(["=", "+", "-", "@", "\t", "\r", "\n", "'", ""]), TEXT))


@given(NASTY)
def test_a_neutral_text_never_starts_a_formula_and_is_restored_exactly(text: str) -> None:
    assert neutral(text)[:1] not in FORMULA_STARTS
    assert restored(neutral(text)) == text


@given(st.lists(NASTY, min_size=1, max_size=5))
def test_every_cell_of_a_csv_is_neutral_and_restored_exactly(cells: list[str]) -> None:
    text = csv_bytes(["x"] * len(cells), [cells]).decode()
    *_, row = csv.reader(io.StringIO(text, newline=""))
    assert not [cell for cell in row if cell[:1] in FORMULA_STARTS]
    assert [restored(cell) for cell in row] == cells


@pytest.mark.parametrize("text", ["", "anna", "2026-10-24", "'tis", "8 h"])
def test_a_harmless_text_reads_the_same_after_restoring(text: str) -> None:
    assert restored(text) == text


def test_numbers_stay_numbers_below_zero_too() -> None:
    assert csv_bytes(["a", "b", "c"], [[-1.5, None, "-1.5"]]) == b"a,b,c\r\n-1.5,,'-1.5\r\n"
