"""The small CSV files of a scenario: agents, time off, wishes and balances of hours, read and written."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TypeVar

from wfm.domain import Agent, Balance, Noun, Opening, Refused, Request, TimeOff, Wish
from wfm.domain.opening import WEEKDAYS, parse_weekdays
from wfm.domain.quantity import clock_text, hours_text
from wfm.importers.faults import Faults
from wfm.importers.records import Record, day_of, read_records, told_once, write_records
from wfm.importers.words import NO, YES, plain

WHEN = ("availability", "from", "until")
AGENT_COLUMNS = ("id", "name", "contract", "skills", "roles", *WHEN, "site", "team", "minor", "home")
TIME_OFF_COLUMNS = ("agent", "first", "last", "kind")
WISH_COLUMNS = ("agent", "date", "want", "points")
BALANCE_COLUMNS = ("agent", "weeks", "minutes")
AVOIDED = "not"
"""The word before the name of a shift that is not wanted."""
_Noun = TypeVar("_Noun", bound=Noun)
_Value = TypeVar("_Value")


def read_agents(path: Path) -> tuple[Agent, ...]:
    """Agents from ``id,name,contract,skills,roles,availability,from,until,site,team,minor,home``; id and contract are needed.

    Lists are parted by ; or space. Availability is written as ``24x7`` or ``mon-fri 08:00-20:00, sat 09:00-14:00``; ``minor`` says
    yes for who is under 18, ``home`` lists the weekdays worked from home, as ``tue thu``. Raises InputError with all faults.
    """
    faults = Faults(path.name)
    records = read_records(path, faults, ("id", "contract"), AGENT_COLUMNS)
    agents = _nouns(records, agent_of, faults)
    told_once(records, lambda record: record["id"], faults, "every id once", "id")
    faults.raise_any()
    return agents


def read_time_off(path: Path) -> tuple[TimeOff, ...]:
    """Time off from ``agent,first,last,kind``: whole local days, both included. Raises InputError with all faults."""
    faults = Faults(path.name)
    records = read_records(path, faults, TIME_OFF_COLUMNS[:3], TIME_OFF_COLUMNS[3:])
    return _raised(_nouns(records, time_off_of, faults), faults)


def read_requests(path: Path, agents: Collection[str]) -> tuple[Request, ...]:
    """Requests of ``agents`` from ``agent,first,last,kind,points``, as time off is written. Raises InputError with all faults."""
    faults = Faults(path.name)
    records = read_records(path, faults, TIME_OFF_COLUMNS[:3], (*TIME_OFF_COLUMNS[3:], "points"))
    requests = _nouns(records, _request, faults)
    for record in records:
        if record["agent"] not in agents:
            some = f"an agent among {', '.join(agents)}"
            faults.add(some, repr(record["agent"]), line=record.line, column="agent")
    return _raised(requests, faults)


def read_wishes(path: Path) -> tuple[Wish, ...]:
    """Wishes from ``agent,date,want,points``: off, work, a shift, ``not`` a shift, ``start 08:00``. Raises InputError with all faults."""
    faults = Faults(path.name)
    records = read_records(path, faults, WISH_COLUMNS[:3], WISH_COLUMNS[3:])
    return _raised(_nouns(records, _wish, faults), faults)


def read_balances(path: Path) -> tuple[Balance, ...]:
    """Balances from ``agent,weeks,minutes``: what was paid in the weeks of the reference period before the horizon.

    The time is written in minutes or as people say it, such as ``1640h``. Raises InputError with all faults, such as two balances of
    an agent over as many weeks.
    """
    faults = Faults(path.name)
    records = read_records(path, faults, BALANCE_COLUMNS)
    told_once(records, _span_of, faults, "every agent once over so many weeks", "weeks", "Remove one of them.")
    return _raised(_nouns(records, _balance, faults), faults)


def write_agents(agents: Sequence[Agent], path: Path) -> None:
    """Write agents as :func:`read_agents` reads them; raises Refused for availability that differs on single dates."""
    write_records(path, AGENT_COLUMNS, map(_agent_row, agents))


def write_time_off(time_off: Iterable[TimeOff], path: Path) -> None:
    """Write time off as :func:`read_time_off` reads it."""
    write_records(path, TIME_OFF_COLUMNS, ([row.agent, f"{row.first}", f"{row.last}", row.kind] for row in time_off))


def write_wishes(wishes: Iterable[Wish], path: Path) -> None:
    """Write wishes as :func:`read_wishes` reads them."""
    write_records(path, WISH_COLUMNS, ([row.agent, f"{row.date}", _want(row), f"{row.points}"] for row in wishes))


def write_balances(balances: Iterable[Balance], path: Path) -> None:
    """Write balances as :func:`read_balances` reads them."""
    write_records(path, BALANCE_COLUMNS, ([row.agent, f"{row.weeks}", hours_text(row.minutes)] for row in balances))


def agent_of(record: Record, faults: Faults) -> Agent | None:
    """The agent of a record, or None with its faults noted."""
    before = len(faults)
    availability = parsed(record, "availability", Opening.from_text, faults) or Opening.always()
    first, last = parsed(record, "from", day_of, faults), parsed(record, "until", day_of, faults)
    if first and last and last < first:
        faults.add(f"a last day on or after {first}", f"{last}", line=record.line, column=record.header("until"))
    agent = faults.attempt(
        lambda: Agent(
            id=record["id"],
            name=record["name"],
            contract=record["contract"],
            skills=record.words("skills"),
            roles=record.words("roles"),
            availability=availability,
            site=record["site"] or None,
            team=record["team"] or None,
            minor=parsed(record, "minor", _yes_or_no, faults) or False,
            home_weekdays=parsed(record, "home", _weekdays, faults) or (),
            employed_from=first,
            employed_until=last,
        ),
        line=record.line,
        columns=record.headers,
    )
    return agent if len(faults) == before else None


def time_off_of(record: Record, faults: Faults) -> TimeOff | None:
    """The time off of a record, or None with its faults noted."""
    first, last = _day(record, "first", faults), _day(record, "last", faults)
    if first is None or last is None:
        return None
    fields: dict[str, object] = {"agent": record["agent"], "first": first, "last": last}
    if record["kind"]:
        fields["kind"] = record["kind"]
    columns = {"": record.header("last"), "agent": record.header("agent")}
    return faults.attempt(lambda: TimeOff.model_validate(fields), line=record.line, columns=columns)


def _request(record: Record, faults: Faults) -> Request | None:
    asked = time_off_of(record, faults)
    if asked is None:
        return None
    fields = {**asked.model_dump(), "points": record["points"] or 1}
    return faults.attempt(lambda: Request.model_validate(fields), line=record.line)


def _wish(record: Record, faults: Faults) -> Wish | None:
    day = _day(record, "date", faults)
    if day is None:
        return None
    want, _, more = record["want"].partition(" ")
    fields = {"agent": record["agent"], "date": day, "want": want, "points": record["points"] or 1}
    if want == AVOIDED and more:
        fields |= {"want": more, "avoid": True}
    elif more:
        fields["start"] = more
    return faults.attempt(lambda: Wish.model_validate(fields), line=record.line, columns={"": "want", "start": "want"})


def _want(wish: Wish) -> str:
    """What is wished for as a file has it."""
    if wish.avoid:
        return f"{AVOIDED} {wish.want}"
    return wish.want if wish.start is None else f"{wish.want} {clock_text(wish.start)}"


def _span_of(record: Record) -> str:
    return f"{record['agent']} over {record['weeks']} weeks"


def _balance(record: Record, faults: Faults) -> Balance | None:
    time = record["minutes"]
    fields = {"agent": record["agent"], "weeks": record["weeks"], "minutes": int(time) if time.isdecimal() else time}
    return faults.attempt(lambda: Balance.model_validate(fields), line=record.line)


def parsed(record: Record, column: str, read: Callable[[str], _Value], faults: Faults) -> _Value | None:
    """A text read, or None where it is empty or cannot be read (then a fault is noted)."""
    if not record[column]:
        return None
    return faults.attempt(lambda: read(record[column]), line=record.line, columns={"": record.header(column)})


def _day(record: Record, column: str, faults: Faults) -> date | None:
    if not record[column]:
        faults.add("a date such as 2026-03-09", "nothing", line=record.line, column=record.header(column))
    return parsed(record, column, day_of, faults)


def _nouns(
    records: Iterable[Record], read: Callable[[Record, Faults], _Noun | None], faults: Faults
) -> tuple[_Noun, ...]:
    found = [read(record, faults) for record in records]
    return tuple(noun for noun in found if noun is not None)


def _raised(nouns: tuple[_Noun, ...], faults: Faults) -> tuple[_Noun, ...]:
    faults.raise_any()
    return nouns


def _yes_or_no(text: str) -> bool:
    if plain(text) not in YES | NO:
        raise ValueError(f"expected yes or no, came {text!r}")
    return plain(text) in YES


def _weekdays(text: str) -> tuple[int, ...]:
    parts = text.lower().replace(";", " ").split()
    return tuple(sorted({day for part in parts for day in parse_weekdays(part)}))


def _agent_row(agent: Agent) -> list[str]:
    if agent.availability.dates:
        raise Refused(f"Agent {agent.id} is available differently on single dates; agents.csv cannot say that.")
    first, last = agent.employed_from, agent.employed_until
    return [
        agent.id,
        agent.name,
        agent.contract,
        " ".join(agent.skills),
        " ".join(agent.roles),
        str(agent.availability),
        f"{first or ''}",
        f"{last or ''}",
        agent.site or "",
        agent.team or "",
        "yes" if agent.minor else "",
        " ".join(WEEKDAYS[day] for day in agent.home_weekdays),
    ]
