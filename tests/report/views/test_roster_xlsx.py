"""The workbook holds text, never formulas, and shows each shift on its day."""

import io
import zipfile
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from tests.report.tiny_plan import EVIL, tiny_plan
from wfm.domain.cell import restored
from wfm.report.views import RosterXlsx
from wfm.report.views.roster_xlsx import packed, put

EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
STARTS = st.sampled_from(["=", "+", "-", "@", "\t", "\r", "\n", "'", ""])
# A workbook has no place for control characters and lone surrogates, and turns line ends into LF.
BODY = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")), max_size=20)


@given(st.lists(st.builds("".join, st.tuples(STARTS, BODY)), min_size=1, max_size=4))
@settings(max_examples=40, deadline=None)
def test_every_text_is_neutral_in_the_workbook_and_restored_exactly(texts: list[str]) -> None:
    book = Workbook()
    for row, text in enumerate(texts, start=1):
        put(book.worksheets[0], row, 1, text)
    sheet = load_workbook(io.BytesIO(packed(book, EPOCH))).worksheets[0]
    for row, text in enumerate(texts, start=1):
        cell = sheet.cell(row, 1)
        assert cell.data_type != "f"
        assert restored(str(cell.value or "")).replace("\r", "\n") == text.replace("\r", "\n")


def test_a_character_that_no_workbook_can_hold_is_replaced() -> None:
    book = Workbook()
    put(book.worksheets[0], 1, 1, "bell\x07")
    assert book.worksheets[0].cell(1, 1).value == "bell\ufffd"


def test_weeks_legend_and_fairness_have_their_sheets() -> None:
    book = load_workbook(io.BytesIO(RosterXlsx().render(tiny_plan())["roster.xlsx"]))
    assert book.sheetnames == ["2026-W43", "2026-W44", "Shifts", "Legend", "Fairness"]
    week = book["2026-W43"]
    rows = [[cell.value for cell in row] for row in week.iter_rows()]
    assert rows[0] == ["Agent", "Name", "Sat 24 Oct", "Sun 25 Oct", "Paid h"]
    assert rows[1] == ["anna", f"'{EVIL}", "08:00-16:30", "09:00-17:30", 16]
    assert rows[2][2:] == ["22:00-05:30", None, 8]
    assert rows[3][2:] == ["time off", "22:00-06:30", 8]


def test_no_file_inside_the_workbook_carries_the_clock() -> None:
    content = RosterXlsx().render(tiny_plan())["roster.xlsx"]
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        assert {entry.date_time for entry in book.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2026-10-24T00:00:00" in book.read("docProps/core.xml")
