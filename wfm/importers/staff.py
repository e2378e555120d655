"""A staff sheet, CSV or xlsx, made into a workforce: agents, the contracts and roles their rows name, and absences."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from wfm.domain import Agent, Contract, Role, TimeOff, Workforce
from wfm.domain.cell import restored
from wfm.domain.quantity import count_text
from wfm.importers.faults import Faults
from wfm.importers.people import agent_of, time_off_of
from wfm.importers.records import Record
from wfm.importers.values import number
from wfm.importers.words import YES, lookup, name_of, parted, plain
from wfm.importers.workbook import Sheet, sheets_of

FULL_WEEK_HOURS = 40.0
COLUMNS = {
    "id": "employee id, id, agent id, agent, employee, staff id, empleado, id empleado, codigo, codigo empleado, matricula, agente",
    "name": "name, full name, employee name, nombre, nombre completo, nombre y apellidos",
    "contract": "contract, contract type, contrato, tipo contrato, tipo de contrato",
    "hours_week": "hours week, week hours, weekly hours, hours per week, hours, horas semana, horas semanales, horas, jornada semanal",
    "fte": "fte, jornada",
    "site": "site, location, sede, centro",
    "team": "team, squad, equipo",
    "home": "home, home days, home weekdays, remote days",
    "tz": "tz, timezone, time zone, zona horaria",
    "from": "start date, start, from, first, hire date, fecha alta, alta, fecha inicio, desde",
    "until": "end date, end, until, to, last, fecha baja, baja, fecha fin, hasta",
    "minor": "is minor, minor, menor, menor de edad",
    "skills": "skills, skill, habilidades, competencias",
    "roles": "roles, role, rol, funciones, funcion",
    "cost_hour": "cost hour, cost per hour, hourly cost, coste hora, costo hora",
    "availability": "availability, disponibilidad",
    "kind": "type, kind, absence type, reason, tipo, tipo ausencia, motivo",
}
"""What the columns of a staff sheet and of its absences are called."""
_ABSENCE = {"id", "from", "until"}
_PERSON = {"contract", "hours_week", "fte", "skills", "roles", "availability", "name"}


class _Paid(NamedTuple):
    """What makes two contracts different."""

    label: str
    minutes: int
    cents: int


@dataclass(frozen=True)
class _Columns:
    """A sheet with the role of each column; ``unused`` are headers that say nothing to a roster."""

    sheet: Sheet
    roles: Mapping[str, int]
    unused: tuple[str, ...]

    @classmethod
    def of(cls, sheet: Sheet) -> _Columns:
        known, roles = lookup(COLUMNS), dict[str, int]()
        for index, header in enumerate(sheet.header):
            role = known.get(parted(header))
            if role:
                roles.setdefault(role, index)
        used = {index for role, index in roles.items() if role != "tz"}
        return cls(sheet, roles, tuple(name for k, name in enumerate(sheet.header) if name and k not in used))

    @property
    def tells_absences(self) -> bool:
        return set(self.roles) >= _ABSENCE and not set(self.roles) & _PERSON

    @property
    def tells_people(self) -> bool:
        return "id" in self.roles and not self.tells_absences

    def records(self) -> list[Record]:
        headers = {role: self.sheet.header[index] for role, index in self.roles.items()}
        return [
            Record(line, {role: restored(row[index].strip(" ")) for role, index in self.roles.items()}, headers)
            for line, row in self.sheet.rows
        ]


def read_staff(path: Path) -> tuple[Workforce, tuple[str, ...]]:
    """The workforce of a staff sheet and findings about it.

    Columns are known by English and Spanish names (``COLUMNS``). Rows with the same contract, weekly hours and cost share a
    contract; hours come from hours_week, or fte of 40 h. A workbook's sheet of absences (employee_id, type, from, to) becomes
    time off. Raises InputError with every fault found.
    """
    faults = Faults(path.name)
    sheets = [_Columns.of(sheet) for sheet in sheets_of(path, faults)]
    people = [sheet for sheet in sheets if sheet.tells_people]
    if not people or not people[0].sheet.rows:
        came = "; ".join(", ".join(sheet.sheet.header) for sheet in sheets)[:200] or "an empty workbook"
        faults.stop("a sheet with a column employee_id and a row for each agent", came, line=1)
    records = [record for sheet in people for record in sheet.records()]
    findings = [f"Columns not used: {', '.join(sheet.unused)}." for sheet in people if sheet.unused]
    agents, contracts = _staffed(records, faults, findings)
    absences = [record for sheet in sheets if sheet.tells_absences for record in sheet.records()]
    time_off = [_absence(record, {agent.id for agent in agents}, faults) for record in absences]
    faults.raise_any()
    roles = tuple(Role(name=name) for name in sorted({name for agent in agents for name in agent.roles}))
    given = tuple(row for row in time_off if row is not None)
    return Workforce(contracts=contracts, agents=agents, roles=roles, time_off=given), tuple(findings)


def _staffed(
    records: Sequence[Record], faults: Faults, findings: list[str]
) -> tuple[tuple[Agent, ...], tuple[Contract, ...]]:
    paid = [_paid(record, faults) for record in records]
    names = _contract_names(paid)
    lines: dict[str, int] = {}
    agents = []
    for record, terms in zip(records, paid, strict=True):
        identity = _identity(record["id"])
        before = lines.setdefault(identity, record.line)
        if before != record.line:
            faults.add(
                "every employee_id once",
                f"{record['id']!r}, on line {before} already",
                line=record.line,
                column=record.header("id"),
            )
        words = {column: " ".join(map(name_of, record.words(column))) for column in ("skills", "roles")}
        words |= {column: name_of(record[column]) for column in ("site", "team")}
        agents.append(
            agent_of(replace(record, texts={**record.texts, **words, "id": identity, "contract": names[terms]}), faults)
        )
    _say(records, findings)
    first = dict(reversed(list(zip(paid, records, strict=True))))
    contracts = [_contract(names[terms], terms, first[terms], faults) for terms in dict.fromkeys(paid)]
    return tuple(agent for agent in agents if agent), tuple(contract for contract in contracts if contract)


def _identity(text: str) -> str:
    """An id as it is where only letters and digits make it, otherwise in the form of a name: ``E 7`` -> ``e-7``."""
    return (
        text if text.replace("-", "").replace("_", "").replace(".", "").isalnum() and text.isascii() else name_of(text)
    )


def _paid(record: Record, faults: Faults) -> _Paid:
    hours, fte, cost = (_number(record, column, faults) for column in ("hours_week", "fte", "cost_hour"))
    if math.isnan(hours):
        hours = FULL_WEEK_HOURS * (1.0 if math.isnan(fte) else fte)
    label = name_of(record["contract"]) or f"{hours:g}h"
    return _Paid(label, round(hours * 60), 0 if math.isnan(cost) else round(cost * 100))


def _number(record: Record, column: str, faults: Faults) -> float:
    value = faults.attempt(lambda: number(record[column]), line=record.line, columns={"": record.header(column)})
    return math.nan if value is None else value


def _contract_names(paid: Sequence[_Paid]) -> dict[_Paid, str]:
    """A name for each different contract: its label, with the hours where the label has several, and a number where those do too."""
    names: dict[_Paid, str] = {}
    for terms in dict.fromkeys(paid):
        alike = [other for other in dict.fromkeys(paid) if other.label == terms.label]
        name = terms.label if len(alike) == 1 else f"{terms.label}-{terms.minutes / 60:g}h"
        same = sum(taken == name or taken.startswith(f"{name}-") for taken in names.values())
        names[terms] = f"{name}-{same + 1}" if same else name
    return names


def _contract(name: str, terms: _Paid, record: Record, faults: Faults) -> Contract | None:
    """The contract that a row is the first to name."""
    fields = {"name": name, "week_minutes": terms.minutes, "cost_hour_cents": terms.cents}
    columns = {"week_minutes": record.header("hours_week"), "cost_hour_cents": record.header("cost_hour")}
    return faults.attempt(lambda: Contract.model_validate(fields), line=record.line, columns=columns)


def _say(records: Sequence[Record], findings: list[str]) -> None:
    unknown = [record["id"] for record in records if not record["hours_week"] and not record["fte"]]
    if unknown:
        findings.append(
            f"No weekly hours for {count_text(len(unknown), 'agent')} ({', '.join(unknown[:5])}): {FULL_WEEK_HOURS:g} h assumed."
        )
    minors = [record["id"] for record in records if plain(record["minor"]) in YES]
    if minors:
        findings.append(f"Under 18: {', '.join(minors[:20])}; the rules {{kind: pack, name: minors}} are for them.")
    if any(not record["skills"] for record in records):
        findings.append("Some agents have no skills and can serve no channel; fill the column skills.")
    for column in ("skills", "roles"):
        found = {name_of(word) for record in records for word in record.words(column)}
        said = f"Found {column}: {', '.join(sorted(found))}. Part them with ; in the sheet where one has several words."
        findings.extend([said] if found else [])


def _absence(record: Record, known: set[str], faults: Faults) -> TimeOff | None:
    agent = _identity(record["id"])
    if agent not in known:
        faults.add("an employee of the staff sheet", repr(record["id"]), line=record.line, column=record.header("id"))
        return None
    texts = {"agent": agent, "first": record["from"], "last": record["until"], "kind": record["kind"]}
    headers = {"agent": record.header("id"), "first": record.header("from"), "last": record.header("until")}
    return time_off_of(Record(record.line, texts, headers), faults)
