"""The burden ledger as a file: what each agent bore in each earlier period, read and written."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from wfm.domain import Burden
from wfm.importers.faults import Faults
from wfm.importers.records import Record, read_records, told_once, write_records

BURDEN_COLUMNS = ("agent", "period", *Burden.KINDS)


def read_burdens(path: Path) -> tuple[Burden, ...]:
    """Rows of ``agent,period`` and counts of ``Burden.KINDS`` (0 where left out), one for each agent and period.

    Raises InputError with all faults, such as a negative count or a period told twice.
    """
    faults = Faults(path.name)
    records = read_records(path, faults, BURDEN_COLUMNS[:2], Burden.KINDS)
    rows = [_burden(record, faults) for record in records]
    told_once(records, _place, faults, "every agent once in a period", "period", "Remove one of them.")
    faults.raise_any()
    return tuple(row for row in rows if row is not None)


def write_burdens(burdens: Iterable[Burden], path: Path) -> None:
    """Write the ledger as :func:`read_burdens` reads it."""
    rows = ([row.agent, row.period, *(f"{getattr(row, kind):g}" for kind in Burden.KINDS)] for row in burdens)
    write_records(path, BURDEN_COLUMNS, rows)


def _place(record: Record) -> str:
    return f"{record['agent']} in {record['period']}"


def _burden(record: Record, faults: Faults) -> Burden | None:
    if not record["period"]:
        faults.add("a period such as 2026-10", "nothing", line=record.line, column="period")
        return None
    counts = {kind: record[kind] for kind in Burden.KINDS if record[kind]}
    fields: dict[str, object] = {"agent": record["agent"], "period": record["period"], **counts}
    return faults.attempt(lambda: Burden.model_validate(fields), line=record.line)
