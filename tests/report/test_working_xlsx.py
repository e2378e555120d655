"""The working as live formulas: a small evaluator of our own computes them, and agrees with wfm before and after a change."""

import io
import re
from collections.abc import Callable
from math import ceil, lgamma

import numpy as np
import pytest
from openpyxl import Workbook, load_workbook
from scipy.special import gammainc, gammaincc

from tests.staffing.cases import forecast
from wfm.domain import Abandonment, Channel, InputError, Occupancy, Requirement, ServiceLevel
from wfm.domain.target import Definition
from wfm.report.working_xlsx import FIRST, working_xlsx
from wfm.staffing import require, require_uncertain, smallest_agents

TARGETS = (ServiceLevel(share=0.8, within_seconds=20), Abandonment(share=0.04), Occupancy(share=0.9))
PHONE = Channel(name="phone", patience_seconds=150, targets=TARGETS)
STEP = 20


class Empty(float):
    """An empty cell: nothing as text, zero as a number."""

    def __eq__(self, other: object) -> bool:
        return other == ""

    __hash__ = None  # type: ignore[assignment]


def poisson(k: float, mean: float, cumulative: bool) -> float:
    at_most = gammaincc(k + 1, mean)
    return float(at_most if cumulative else np.exp(k * np.log(mean) - mean - lgamma(k + 1)))


FUNCTIONS: dict[str, Callable[..., object]] = {
    "IF": lambda condition, yes, no: yes if condition else no,
    "AND": lambda *parts: all(parts),
    "OR": lambda *parts: any(parts),
    "IFERROR": lambda value, other: other if isinstance(value, float) and np.isnan(value) else value,
    "EXP": np.exp,
    "LN": np.log,
    "GAMMALN": lgamma,
    "GAMMADIST": lambda x, shape, scale, cumulative: gammainc(shape, x / scale),
    "POISSON": poisson,
    "MATCH": lambda sought, column, _: np.float64(column.index(sought) + 1 if sought in column else np.nan),
    "INDEX": lambda column, place: column[int(place) - 1],
    "ROUND": lambda value, digits: round(value, int(digits)),
    "ROUNDUP": lambda value, _: ceil(value),
    "TRUE": True,  # type: ignore[dict-item]
    "FALSE": False,  # type: ignore[dict-item]
}
CELL = re.compile(r"(?:(\w+)!)?\$?([A-Z]{1,2})\$?(\d+)(?::\$?([A-Z]{1,2})\$?(\d+))?")


class Sheets:
    """The workbook's cells, computed when asked for."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.known: dict[tuple[str, str], object] = {}

    def __call__(self, sheet: str, cell: str) -> object:
        if (sheet, cell) not in self.known:
            value = self.book[sheet][cell].value
            formula = isinstance(value, str) and value.startswith("=")
            self.known[sheet, cell] = self._computed(sheet, value[1:]) if formula else value
        value = self.known[sheet, cell]
        if value is None:
            return Empty()
        return np.float64(value) if isinstance(value, int | float) else value

    def _computed(self, sheet: str, formula: str) -> object:
        def read(match: re.Match[str]) -> str:
            home, column, row, _, last = match.groups()
            home = home or sheet
            if last is None:
                return f"cell({home!r}, {column + row!r})"
            return f"[{', '.join(f'cell({home!r}, {column + str(k)!r})' for k in range(int(row), int(last) + 1))}]"

        code = re.sub(r"(?<![<>=])=(?!=)", "==", CELL.sub(read, formula))
        with np.errstate(all="ignore"):
            return eval(code, {"cell": self, **FUNCTIONS})


def requirement(channel: Channel, volume: float) -> Requirement:
    whole = np.zeros(48)
    whole[STEP] = volume
    return require(forecast(channel, whole), channel, shrinkage=0.3)


def opened(channel: Channel, volume: float) -> tuple[Workbook, Requirement]:
    needed = requirement(channel, volume)
    return load_workbook(io.BytesIO(working_xlsx(needed, channel, STEP))), needed


@pytest.mark.parametrize("channel", [PHONE, Channel(name="hotline")], ids=["A", "C"])
def test_the_formulas_compute_what_wfm_computes(channel: Channel) -> None:
    book, needed = opened(channel, 60.0)
    cells, table = Sheets(book), book["Table"]
    for row in range(FIRST, table.max_row + 1):
        for formula, beside in (("D", "S"), ("L", "T")):
            if table[f"{beside}{row}"].value is not None:
                assert cells("Table", f"{formula}{row}") == pytest.approx(table[f"{beside}{row}"].value, rel=1e-9)
    for row in (13, 18, 19, 20):
        assert cells("Inputs", f"B{row}") == pytest.approx(book["Inputs"][f"C{row}"].value)
    assert cells("Inputs", "B18") == needed.net[STEP]
    neighbours = [cells("Inputs", f"B{row}") for row in (21, 22, 23)]
    assert neighbours == [cells("Table", f"Q{FIRST + needed.net[STEP] + more}") for more in (-2, -1, 0)]


@pytest.mark.parametrize("volume", [0, 5, 90, 110])
def test_another_volume_in_the_yellow_cell_gives_the_agents_for_it(volume: float) -> None:
    for channel in (PHONE, Channel(name="hotline")):
        book, _ = opened(channel, 60.0)
        book["Inputs"]["B2"] = volume
        least = smallest_agents(volume * 300 / 1800, 300.0, channel.targets or TARGETS[:1], channel.patience_seconds)
        assert Sheets(book)("Inputs", "B18") == least


@pytest.mark.parametrize("definition", ["answered", "offered_less_short_abandons", "answered_or_abandoned"])
def test_every_definition_of_service_level_has_its_formula(definition: Definition) -> None:
    channel = PHONE.varied(targets=(ServiceLevel(share=0.9, within_seconds=15, definition=definition),))
    book, needed = opened(channel, 60.0)
    assert Sheets(book)("Inputs", "B18") == needed.net[STEP]


def test_text_is_no_formula_and_the_same_working_gives_the_same_bytes() -> None:
    needed = requirement(PHONE, 60.0).varied(notes=("=1+1",))
    content = working_xlsx(needed, PHONE, STEP)
    note = load_workbook(io.BytesIO(content))["Notes"]["A1"]
    assert note.data_type == "s"
    assert not str(note.value).startswith("=")
    assert working_xlsx(needed, PHONE, STEP) == content


def test_work_that_no_erlang_formula_staffs_has_no_sheet() -> None:
    mail = Channel(name="mail", kind="deferred")
    with pytest.raises(InputError, match="erlang_c or erlang_a"):
        working_xlsx(requirement(mail, 60.0), mail, STEP)


def test_a_requirement_for_more_than_the_mean_is_told_beside_what_the_mean_needs() -> None:
    whole = np.zeros(48)
    whole[STEP] = 60.0
    uncertain = forecast(PHONE, whole).varied(dispersion=(0.05,) * 48)
    needed = require_uncertain(uncertain, PHONE, confidence=0.9, shrinkage=0.3)
    book = load_workbook(io.BytesIO(working_xlsx(needed, PHONE, STEP)))
    inputs, cells = book["Inputs"], Sheets(book)
    assert cells("Inputs", "B18") == inputs["C18"].value < needed.net[STEP]
    assert inputs["C25"].value == needed.net[STEP]
    assert "the last note says why" in str(inputs["A25"].value)
