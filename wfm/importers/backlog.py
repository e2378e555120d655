"""The file of contacts that wait when a horizon starts: when they came, or when they are due."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, model_validator

from wfm.domain import Instant, Noun
from wfm.domain.time import instant
from wfm.importers.faults import Faults
from wfm.importers.records import Record, read_records

BACKLOG_COLUMNS = ("came", "due", "contacts")


class Waiting(Noun):
    """Contacts that came at the same time, or are due at the same time; the due time counts where both are told."""

    came: Instant | None = None
    due: Instant | None = None
    contacts: Annotated[float, Field(ge=0, le=1_000_000)] = 1.0

    @model_validator(mode="after")
    def _told(self) -> Self:
        if self.came is None and self.due is None:
            raise ValueError("expected when it came or when it is due, came neither")
        return self


def read_backlog(path: Path, *, zone: str, until: datetime) -> tuple[Waiting, ...]:
    """Rows of ``came,due,contacts`` (came or due; contacts 1 where left out), with local or absolute times.

    Raises InputError with all faults, such as a contact that came at ``until`` or later.
    """
    faults = Faults(path.name)
    rows = [_waiting(record, zone, until, faults) for record in read_records(path, faults, (), BACKLOG_COLUMNS)]
    faults.raise_any()
    return tuple(row for row in rows if row is not None)


def _waiting(record: Record, zone: str, until: datetime, faults: Faults) -> Waiting | None:
    before = len(faults)
    given = [column for column in ("came", "due") if record[column]]
    fields: dict[str, object] = {
        column: faults.attempt(partial(_moment, record[column], zone), line=record.line, columns={"": column})
        for column in given
    }
    came = fields.get("came")
    if isinstance(came, datetime) and came >= until:
        faults.add(
            f"a time before the horizon starts at {until:%Y-%m-%d %H:%M} UTC",
            record["came"],
            line=record.line,
            column="came",
        )
    if record["contacts"]:
        fields["contacts"] = record["contacts"]
    if len(faults) > before:
        return None
    return faults.attempt(lambda: Waiting.model_validate(fields), line=record.line, columns={"": "came"})


def _moment(text: str, zone: str) -> datetime:
    """An instant; without an offset the wall clock of the zone is meant."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"expected a time such as 2026-11-27 16:40, came {text[:60]!r}") from None
    if not 2000 <= moment.year < 2100:
        raise ValueError(f"expected a year from 2000 to 2099, came {text[:60]!r}")
    if moment.tzinfo is not None:
        return moment
    return instant(moment.date(), 60 * moment.hour + moment.minute, zone) + timedelta(seconds=moment.second)
