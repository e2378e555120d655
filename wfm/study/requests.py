"""Requests for time off, approved or refused within a quota of people off a day, with the reason and other dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import islice

from wfm.domain import Burden, Noun, Request, TimeOff, Workforce
from wfm.schedule.burden import WEIGHTS, carried

ALTERNATIVES = 3
REACH_DAYS = 28
"""Other dates lie at most four weeks from those asked for."""


class Decision(Noun):
    """What became of a request, in words; ``instead`` are the nearest first days of stretches as long that have room."""

    request: Request
    approved: bool
    words: str
    instead: tuple[date, ...] = ()


def decided(
    workforce: Workforce, requests: Iterable[Request], quota: int, earliest: date = date.min
) -> tuple[Decision, ...]:
    """Approve requests as long as at most ``quota`` agents are off on each day, granted time off counted.

    Those with most points come first; among equals whoever bore most so far pro rata (see level_before), then by date. Points of the
    same agent are not added up: a planner who wants a budget limits the file. Nothing is granted by this: a person does that. Other dates
    than those asked for begin on the ``earliest`` day or later: what is before it has been rostered.
    """
    off = _taken(workforce.time_off)
    order = sorted(
        requests, key=lambda row: (-row.points, -level_before(workforce, row.agent), row.first, row.last, row.agent)
    )
    return tuple(_decision(row, off, quota, earliest) for row in order)


def granted_rows(workforce: Workforce, decisions: Iterable[Decision]) -> tuple[TimeOff, ...]:
    """The time off that there is, with what was approved."""
    approved = (row.request for row in decisions if row.approved)
    added = (TimeOff(agent=row.agent, first=row.first, last=row.last, kind=row.kind) for row in approved)
    return tuple(sorted((*workforce.time_off, *added), key=lambda row: (row.first, row.agent)))


def level_before(workforce: Workforce, agent: str) -> float:
    """What an agent bore in earlier periods, weighted, over the contract's part of the longest week times these periods; 0 without any."""
    periods = len({row.period for row in workforce.burdens if row.agent == agent})
    longest = max(contract.week_minutes for contract in workforce.contracts)
    borne = sum(WEIGHTS[kind] * carried(workforce, agent, kind) for kind in Burden.KINDS)
    return borne * longest / (workforce.contract_of(agent).week_minutes * periods) if periods else 0.0


def _taken(rows: Iterable[TimeOff]) -> dict[date, set[str]]:
    off: dict[date, set[str]] = {}
    for row in rows:
        for day in _days(row.first, row.last):
            off.setdefault(day, set()).add(row.agent)
    return off


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=k) for k in range((last - first).days + 1))


def _decision(row: Request, off: dict[date, set[str]], quota: int, earliest: date) -> Decision:
    full = [day for day in _days(row.first, row.last) if not _has_room(off, row.agent, day, quota)]
    if full:
        there = sorted(off.get(full[0], ()))
        who = f"{', '.join(there) or 'nobody'} {'are' if len(there) > 1 else 'is'} off"
        more = f", and on {len(full) - 1} more of its days" if len(full) > 1 else ""
        words = f"{who} on {full[0]}{more}; at most {quota} may be"
        return Decision(request=row, approved=False, words=words, instead=tuple(_instead(row, off, quota, earliest)))
    for day in _days(row.first, row.last):
        off.setdefault(day, set()).add(row.agent)
    return Decision(request=row, approved=True, words=f"at most {quota} are off on each of its days")


def _has_room(off: Mapping[date, set[str]], agent: str, day: date, quota: int) -> bool:
    return len(off.get(day, set()) | {agent}) <= quota


def _instead(row: Request, off: Mapping[date, set[str]], quota: int, earliest: date) -> Iterator[date]:
    back = min(REACH_DAYS, (row.first - earliest).days)
    shifts = sorted((k for k in range(-back, REACH_DAYS + 1) if k), key=lambda k: (abs(k), k))
    found = (
        row.first + timedelta(days=k)
        for k in shifts
        if all(
            row.agent not in off.get(day, ()) and _has_room(off, row.agent, day, quota)
            for day in _days(row.first + timedelta(days=k), row.last + timedelta(days=k))
        )
    )
    yield from islice(found, ALTERNATIVES)
