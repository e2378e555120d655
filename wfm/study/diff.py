"""What differs between two rosters, cell by cell: who must be told what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal

from wfm.domain import Name, Noun, Roster, Shift
from wfm.domain.time import local


class CellChange(Noun):
    """One agent's local date whose shifts differ; ``words`` say it for the one who is told.

    ``kind``: a shift is added, removed or moved (another start, end or name), or only what is inside it (breaks, sessions) differs.
    """

    agent: Name
    day: date
    kind: Literal["added", "removed", "moved", "inside"]
    before: tuple[Shift, ...]
    after: tuple[Shift, ...]
    words: str

    @property
    def counts(self) -> bool:
        """Whether it is a change as rules count them: breaks may move."""
        return self.kind != "inside"


def differences(before: Roster, after: Roster) -> tuple[CellChange, ...]:
    """Every cell in which two rosters differ, by agent and date, on the clock of the second."""
    agents = sorted({*before.shifts_by_agent, *after.shifts_by_agent})
    return tuple(change for agent in agents for change in _of(agent, before, after))


def _of(agent: str, before: Roster, after: Roster) -> Iterator[CellChange]:
    old, new = _by_day(before.shifts_of(agent)), _by_day(after.shifts_of(agent))
    zone = after.grid.zone
    for day in sorted({*old, *new}):
        was, now = old.get(day, ()), new.get(day, ())
        if was != now:
            yield CellChange(
                agent=agent,
                day=day,
                kind=_kind(was, now),
                before=was,
                after=now,
                words=_words(agent, day, was, now, zone),
            )


def _by_day(shifts: Sequence[Shift]) -> dict[date, tuple[Shift, ...]]:
    found: dict[date, tuple[Shift, ...]] = {}
    for shift in shifts:
        found[shift.day] = (*found.get(shift.day, ()), shift)
    return found


def _kind(before: Sequence[Shift], after: Sequence[Shift]) -> Literal["added", "removed", "moved", "inside"]:
    if not before:
        return "added"
    if not after:
        return "removed"
    return "inside" if list(map(_frame, before)) == list(map(_frame, after)) else "moved"


def _frame(shift: Shift) -> tuple[object, ...]:
    return shift.template, shift.start, shift.end


def _words(agent: str, day: date, before: Sequence[Shift], after: Sequence[Shift], zone: str) -> str:
    was, now = (", ".join(shift_text(shift, zone) for shift in shifts) or "off" for shifts in (before, after))
    if was == now:
        was, now = (_inside(shifts, zone) for shifts in (before, after))
    return f"{agent}  {day:%a %Y-%m-%d}  {was} -> {now}"


def shift_text(shift: Shift, zone: str) -> str:
    """A shift in short, as ``early 06:00-14:30``."""
    return f"{shift.template} {local(shift.start, zone):%H:%M}-{local(shift.end, zone):%H:%M}"


def _inside(shifts: Sequence[Shift], zone: str) -> str:
    rows = (
        f"{row.what or row.kind} {local(row.start, zone):%H:%M}-{local(row.end, zone):%H:%M}"
        for shift in shifts
        for row in shift.activities
    )
    return ", ".join(rows) or "no breaks"
