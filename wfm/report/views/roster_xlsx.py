"""The roster as a workbook: a sheet a week, a legend and fairness."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import ClassVar

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from wfm.domain import Agent, Shift
from wfm.domain.quantity import count_text
from wfm.domain.time import local
from wfm.importers import ROSTER_COLUMNS, SHIFTS_SHEET
from wfm.report.burden import burdens
from wfm.report.cells import Cell, safe
from wfm.report.roster_file import roster_rows
from wfm.report.shades import FILLS, shades
from wfm.report.weeks import weeks
from wfm.report.wording import clock, day_text
from wfm.study import Plan

_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
_HEAD = Font(bold=True, color="FFFFFF")
_HEAD_FILL = PatternFill("solid", fgColor="1F3A5F")
_LINE = Side(style="thin", color="D0D7DE")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
_OFF_FILL = PatternFill("lightUp", fgColor="9AA4AF")


class RosterXlsx:
    """``roster.xlsx``: agents x days of each calendar week with start and end of shifts, the shifts in long form, a legend, fairness."""

    kind: ClassVar[str] = "roster_xlsx"
    media_type: ClassVar[str] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    def render(self, plan: Plan) -> dict[str, bytes]:
        """One file."""
        book = Workbook()
        book.remove(book.worksheets[0])
        for days in weeks(plan.scenario.horizon.dates):
            year, week, _ = days[0].isocalendar()
            _week(book.create_sheet(f"{year}-W{week:02d}"), plan, days)
        _shifts(book.create_sheet(SHIFTS_SHEET), plan)
        _legend(book.create_sheet("Legend"), plan)
        _fairness(book.create_sheet("Fairness"), plan)
        return {"roster.xlsx": packed(book, local(plan.scenario.horizon.start, plan.scenario.horizon.zone))}


def packed(book: Workbook, dated: datetime) -> bytes:
    """A workbook's file with this date instead of the clock's, so that the same workbook gives the same bytes."""
    book.properties.created = book.properties.modified = dated.replace(tzinfo=None)
    raw, out = io.BytesIO(), io.BytesIO()
    ExcelWriter(book, zipfile.ZipFile(raw, "w")).save()
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, _ZIP_EPOCH), source.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def put(sheet: Worksheet, row: int, column: int, cell: Cell) -> None:
    """Write one cell: text is neutral, never a formula, and has no characters that a workbook cannot hold."""
    value = safe(cell)
    if isinstance(value, str):
        value = ILLEGAL_CHARACTERS_RE.sub("\ufffd", value)
    spot = sheet.cell(row, column, value)
    if isinstance(value, str):
        spot.data_type = "s"


def _week(sheet: Worksheet, plan: Plan, days: Sequence[date]) -> None:
    _header(sheet, ["Agent", "Name", *map(day_text, days), "Paid h"], [14, 22, *[13] * len(days), 9])
    for row, agent in enumerate(plan.scenario.workforce.agents, start=2):
        shifts = [shift for shift in plan.solution.roster.shifts_of(agent.id) if shift.day in days]
        put(sheet, row, 1, agent.id)
        put(sheet, row, 2, agent.name)
        for column, day in enumerate(days, start=3):
            _day(sheet, row, column, plan, agent, day, [shift for shift in shifts if shift.day == day])
        put(sheet, row, len(days) + 3, round(sum(shift.paid_minutes for shift in shifts) / 60, 2))


def _day(sheet: Worksheet, row: int, column: int, plan: Plan, agent: Agent, day: date, shifts: Sequence[Shift]) -> None:
    zone = plan.scenario.horizon.zone
    spot = sheet.cell(row, column)
    spot.border, spot.alignment = _BORDER, _CENTRE
    if shifts:
        put(sheet, row, column, "\n".join(f"{clock(shift.start, zone)}-{clock(shift.end, zone)}" for shift in shifts))
        spot.fill = _fill(shades(plan.scenario).get(shifts[0].template))
    elif (agent.id, day) in plan.scenario.workforce.days_off:
        put(sheet, row, column, "time off")
        spot.fill = _OFF_FILL


def _shifts(sheet: Worksheet, plan: Plan) -> None:
    """The shifts in long form: who reads the workbook back finds the breaks of cells that were not edited here."""
    _header(sheet, ROSTER_COLUMNS, [14, 12, 12, 24, 24, 13, 60])
    for row, cells in enumerate(roster_rows(plan.solution.roster), start=2):
        _line(sheet, row, cells)


def _legend(sheet: Worksheet, plan: Plan) -> None:
    _header(sheet, ["Shift", "Starts and length", "Breaks"], [16, 32, 60])
    shade_of = shades(plan.scenario)
    for row, template in enumerate(plan.scenario.templates, start=2):
        breaks = (f"{pause.minutes} min {'paid' if pause.paid else 'unpaid'}" for pause in template.breaks)
        _line(sheet, row, [template.name, str(template).removeprefix(f"{template.name} "), ", ".join(breaks)])
        sheet.cell(row, 1).fill = _fill(shade_of[template.name])
    below = len(plan.scenario.templates) + 3
    solution = plan.solution
    _line(sheet, below, ["Scenario", plan.scenario.name])
    _line(sheet, below + 1, ["Time zone", plan.scenario.horizon.zone])
    forbidden = count_text(len(solution.forbidden_breaches), "forbidden breach", "forbidden breaches")
    _line(sheet, below + 2, ["Status", f"{solution.status}, {forbidden}"])
    _line(sheet, below + 3, ["Built on", plan.scenario_digest])


def _fairness(sheet: Worksheet, plan: Plan) -> None:
    names = [
        "Agent",
        "Name",
        "Shifts",
        "Nights",
        "Weekends",
        "Paid h",
        "Contract h",
        "Days of time off",
        "Wishes",
        "Met",
    ]
    _header(sheet, names, [14, 22, *[12] * 8])
    for row, burden in enumerate(burdens(plan), start=2):
        paid, due = round(burden.paid_minutes / 60, 2), round(burden.contract_minutes / 60, 2)
        load = [burden.shifts, burden.nights, burden.weekends, paid, due, burden.days_off, burden.wishes]
        _line(sheet, row, [burden.agent.id, burden.agent.name, *load, burden.wishes_met])


def _header(sheet: Worksheet, names: Sequence[str], widths: Sequence[int]) -> None:
    for column, (name, width) in enumerate(zip(names, widths, strict=True), start=1):
        put(sheet, 1, column, name)
        spot = sheet.cell(1, column)
        spot.font, spot.fill, spot.alignment = _HEAD, _HEAD_FILL, _CENTRE
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "C2" if len(names) > 3 else "A2"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"


def _line(sheet: Worksheet, row: int, cells: Iterable[Cell]) -> None:
    for column, cell in enumerate(cells, start=1):
        put(sheet, row, column, cell)


def _fill(shade: int | None) -> PatternFill:
    return PatternFill() if shade is None else PatternFill("solid", fgColor=FILLS[shade])
