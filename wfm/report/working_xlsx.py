"""One interval's working as a workbook whose cells are formulas: change the volume, and the agents follow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil

import numpy as np
from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from wfm.domain import Channel, Fault, InputError, Requirement, ServiceLevel
from wfm.domain.target import Abandonment, AverageWait, Occupancy
from wfm.domain.time import local
from wfm.report.cells import Cell
from wfm.report.views.roster_xlsx import packed, put
from wfm.staffing import erlang_a, erlang_c, gross_agents, paid_agents, smallest_agents

FIRST = 3
"""Row of the first number of agents in the table."""
_MOST_ROWS = 2_000
_INPUT = PatternFill("solid", fgColor="FFF2CC")
_BOLD = Font(bold=True)
_LEVELS = {
    "offered": "L{r}",
    "answered": "L{r}/K{r}",
    "offered_less_short_abandons": "L{r}/(1-O{r})",
    "answered_or_abandoned": "L{r}+O{r}",
}
_NAMES = {
    "volume": "Inputs!$B$2", "aht": "Inputs!$B$3", "interval": "Inputs!$B$4", "patience": "Inputs!$B$5", "share": "Inputs!$B$6",
    "within": "Inputs!$B$7", "wait": "Inputs!$B$8", "abandon": "Inputs!$B$9", "occupancy": "Inputs!$B$10",
    "shrinkage": "Inputs!$B$11", "a": "Inputs!$B$13", "q": "Inputs!$B$14", "b": "Inputs!$B$15", "u": "Inputs!$B$16",
}  # fmt: skip


def working_xlsx(requirement: Requirement, channel: Channel, step: int) -> bytes:
    """A workbook of three sheets for ``requirement.net[step]``: inputs with the answer, the formula for each number of agents, and notes.

    Every figure is a formula of the yellow cells; beside it stands what wfm computed. Erlang B is a quotient of Poisson laws; the
    integrals of Erlang A are incomplete gamma functions (Palm 1957; Mandelbaum & Zeltyn 2007): with c = n q, b = a q, q = patience / AHT,
    J = q e^b b^-c Gamma(c) P(c, b). Raises InputError for a channel that Erlang C and A do not staff, and beyond 1,900 agents.
    """
    if requirement.model not in {"erlang_c", "erlang_a"}:
        fix = "Read the working without --xlsx."
        raise InputError([Fault("a channel staffed by erlang_c or erlang_a", requirement.model, fix)])
    load = float(requirement.load_erlangs()[step])
    rows = ceil(2 * max(load, requirement.net[step]) + 20)
    if requirement.net[step] > _MOST_ROWS - 100:
        raise InputError([Fault(f"at most {_MOST_ROWS - 100:,} agents in a sheet", f"{requirement.net[step]:,}")])
    book = Workbook()
    book.remove(book.worksheets[0])
    last = FIRST + min(rows, _MOST_ROWS) - 1
    _inputs(book.create_sheet("Inputs"), requirement, channel, step, last)
    _table(book.create_sheet("Table"), requirement, channel, step, last)
    _notes(book.create_sheet("Notes"), requirement)
    return packed(book, local(requirement.grid.instant(step), requirement.grid.zone))


def _inputs(sheet: Worksheet, requirement: Requirement, channel: Channel, step: int, last: int) -> None:
    """The yellow cells, the load, and the answer with one agent fewer and one more."""
    sheet.column_dimensions["A"].width = 52
    begin = local(requirement.grid.instant(step), requirement.grid.zone)
    head = f"{channel.name}, {begin:%a %Y-%m-%d %H:%M}, {requirement.model}"
    _row(sheet, 1, [head, "value", "computed by wfm"], bold=True)
    for row, (name, value) in enumerate(_given(requirement, channel, step), start=2):
        _row(sheet, row, [name, value])
        sheet.cell(row, 2).fill = _INPUT
    _load(sheet, requirement, channel, step)
    _answer(sheet, requirement, channel, step, last)


def _given(requirement: Requirement, channel: Channel, step: int) -> Iterator[tuple[str, Cell]]:
    """Names and values of the yellow cells."""
    level = channel.service_level
    wait, abandon, cap = channel.target(AverageWait), channel.target(Abandonment), channel.target(Occupancy)
    yield "Contacts in the interval", requirement.volume[step]
    yield "AHT, seconds", requirement.aht_seconds[step]
    yield "Interval, seconds", 60.0 * requirement.grid.step_minutes
    yield "Mean patience, seconds (empty: nobody abandons)", channel.patience_seconds
    yield "Service level, share", level.share
    yield "answered within, seconds", level.within_seconds
    yield "Average wait at most, seconds (empty: any)", wait.seconds if wait else None
    yield "Abandonment at most, share (empty: any)", abandon.share if abandon else None
    yield "Occupancy at most, share (empty: any)", cap.share if cap else None
    yield "Shrinkage, share", requirement.shrinkage


def _load(sheet: Worksheet, requirement: Requirement, channel: Channel, step: int) -> None:
    """The load, and for Erlang A what its gamma functions are of."""
    load, aht, patience = (
        float(requirement.load_erlangs()[step]),
        requirement.aht_seconds[step],
        channel.patience_seconds,
    )
    _formula(sheet, 13, "Load a, Erlangs", "{volume}*{aht}/{interval}", load)
    if requirement.model == "erlang_a" and patience is not None:
        ratio = patience / aht if aht else 0.0
        left = float(np.exp(-channel.service_level.within_seconds / patience))
        _formula(sheet, 14, "q = patience / AHT", "{patience}/{aht}", ratio)
        _formula(sheet, 15, "b = a q", "{a}*{q}", load * ratio)
        _formula(sheet, 16, "u = exp(-T / patience)", "EXP(-{within}/{patience})", left)


def _answer(sheet: Worksheet, requirement: Requirement, channel: Channel, step: int, last: int) -> None:
    """The agents that the yellow cells need; below, the requirement's own, where it is not made for this interval's mean alone."""
    load, aht, net = (
        float(requirement.load_erlangs()[step]),
        requirement.aht_seconds[step] or 1.0,
        requirement.net[step],
    )
    least = int(smallest_agents(load, aht, channel.held_to, channel.patience_seconds))
    gross, paid = gross_agents(least, requirement.shrinkage), paid_agents(least, requirement.shrinkage)
    _formula(sheet, 18, "Least number of agents n", f"IF({{a}}=0,0,MATCH(1,Table!$R${FIRST}:$R${last},0))", least)
    _formula(sheet, 19, "Agents to roster, n / (1 - shrinkage)", "$B$18/(1-{shrinkage})", gross)
    _formula(sheet, 20, "Agents to pay, rounded up", "ROUNDUP(ROUND($B$19,9),0)", paid)
    for row, (name, more) in enumerate((("n - 1", -1), ("n", 0), ("n + 1", 1)), start=21):
        sought = f"IF($B$18+{more}<1,0,INDEX(Table!$Q${FIRST}:$Q${last},$B$18+{more}))"
        _formula(sheet, row, f"Service level with {name} agents", sought, None)
    if net != least:
        _row(sheet, 25, ["Agents that the plan requires; the last note says why", None, net])


def _table(sheet: Worksheet, requirement: Requirement, channel: Channel, step: int, last: int) -> None:
    """A row for each number of agents, from one on."""
    patient = requirement.model == "erlang_a"
    heads = ("n", "B(n-1, a)", "C: P(wait)", "C: in T", "C: average wait", "free 1/(a B)", "c = n q", "waiting J", "free + J",
             "A: P(wait)", "A: answered", "A: answered in T", "A: P(abandon)", "A: average wait", "A: abandoned in T",
             "occupancy", "service level", "meets all", "C in T, by wfm", "A in T, by wfm")  # fmt: skip
    _row(sheet, 1, ["1E+09 seconds stand for a wait without end."])
    _row(sheet, FIRST - 1, heads, bold=True)
    load, aht, level = (
        float(requirement.load_erlangs()[step]),
        requirement.aht_seconds[step] or 1.0,
        channel.service_level,
    )
    agents = np.arange(1.0, last - FIRST + 2)
    beside = [erlang_c(load, agents, aht, level.within_seconds).service_level().tolist()]
    if patient and channel.patience_seconds is not None:
        queue = erlang_a(load, agents, aht, channel.patience_seconds, level.within_seconds)
        beside.append(queue.service_level().tolist())
    formulas = tuple(_formulas(level, patient=patient))
    for place in range(agents.size):
        row = FIRST + place
        put(sheet, row, 1, place + 1)
        for column, formula in formulas:
            sheet[f"{column}{row}"] = f"={formula.format(r=row, **_NAMES)}"
        for column, values in zip("ST", beside, strict=False):
            sheet[f"{column}{row}"] = values[place]
    sheet.freeze_panes = f"B{FIRST}"


def _formulas(level: ServiceLevel, *, patient: bool) -> Iterator[tuple[str, str]]:
    """Column and formula, with {r} for the row."""
    yield "B", "POISSON(A{r}-1,{a},FALSE)/POISSON(A{r}-1,{a},TRUE)"
    yield "C", "IF(A{r}>{a},{a}/({a}+(A{r}-{a})/B{r}),1)"
    yield "D", "IF(A{r}>{a},1-C{r}*EXP(-(A{r}-{a})*{within}/{aht}),0)"
    yield "E", "IF(A{r}>{a},C{r}*{aht}/(A{r}-{a}),1E+09)"
    if patient:
        one_more = "{q}*EXP({b}-(G{r}+1)*LN({b})+GAMMALN(G{r}+1))"
        late = "{q}*EXP({b}-G{r}*LN({b})+GAMMALN(G{r}))*GAMMADIST({b}*{u},G{r},1,TRUE)"
        yield "F", "1/({a}*B{r})"
        yield "G", "A{r}*{q}"
        yield "H", "{q}*EXP({b}-G{r}*LN({b})+GAMMALN(G{r}))*GAMMADIST({b},G{r},1,TRUE)"
        yield "I", "F{r}+H{r}"
        yield "J", "H{r}/I{r}"
        yield "K", f"(F{{r}}+{one_more}*GAMMADIST({{b}},G{{r}}+1,1,TRUE))/I{{r}}"
        yield (
            "L",
            f"(F{{r}}+{one_more}*(GAMMADIST({{b}},G{{r}}+1,1,TRUE)-GAMMADIST({{b}}*{{u}},G{{r}}+1,1,TRUE)))/I{{r}}",
        )
        yield "M", "1-K{r}"
        yield "N", "{patience}*M{r}"
        yield "O", f"(H{{r}}+F{{r}}-{{u}}*{late})/I{{r}}-L{{r}}"
    yield "P", "{a}*K{r}/A{r}" if patient else "IF(A{r}>{a},{a}/A{r},1)"
    yield "Q", _LEVELS[level.definition] if patient else "D{r}"
    wait, gone = ("N{r}", "M{r}") if patient else ("E{r}", "0")
    limits = ((wait, "{wait}"), (gone, "{abandon}"), ("P{r}", "{occupancy}"))
    kept = ",".join(f'OR({limit}="",{figure}<={limit}*(1+1E-12))' for figure, limit in limits)
    endless = "" if patient else ",A{r}>{a}"
    yield "R", f"IFERROR(IF(AND(Q{{r}}>={{share}}-1E-12,{kept}{endless}),1,0),0)"


def _notes(sheet: Worksheet, requirement: Requirement) -> None:
    for row, note in enumerate(requirement.notes, start=1):
        _row(sheet, row, [note])
    sheet.column_dimensions["A"].width = 140


def _formula(sheet: Worksheet, row: int, name: str, formula: str, computed: float | None) -> None:
    put(sheet, row, 1, name)
    sheet.cell(row, 2, f"={formula.format(**_NAMES)}")
    put(sheet, row, 3, computed)


def _row(sheet: Worksheet, row: int, cells: Sequence[Cell], *, bold: bool = False) -> None:
    for column, cell in enumerate(cells, start=1):
        put(sheet, row, column, cell)
        if bold:
            sheet.cell(row, column).font = _BOLD
