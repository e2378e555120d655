"""Tables of plain text line up."""

from wfm.report.textual import table


def test_columns_line_up_and_numbers_stand_to_the_right() -> None:
    lines = list(table(["name", "n"], [["a", "1"], ["long name", "100"]], "lr"))
    assert lines == ["name         n", "a            1", "long name  100"]


def test_an_overlong_cell_is_cut() -> None:
    (_, row) = table(["x"], [["y" * 60]], "l")
    assert row == "y" * 39 + "…"
