"""Checks a roster of a planted centre against its files, by flows and by hand: it shares nothing with the engine."""

from __future__ import annotations

import csv
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

import numpy as np

DAYS, A_DAY = 28, 96
STEPS = DAYS * A_DAY
REST, NIGHT_ENDS, GRACE = 44, 104, 4
"""Steps of rest between shifts (11 h); a shift is a night from 02:00 of the next day on; it may reach an hour into a day off."""
LENGTH = {"full": (34, 10, 20), "part": (25, 8, 14), "short": (16, None, None)}
"""Steps of each contract's shift, and the first and last place of its break of two steps."""
HOURS = {
    "24x7": (0, 200),
    "mon-sun 06:00-24:00": (24, 96),
    "mon-sun 06:00-16:00": (24, 64),
    "mon-sun 12:00-24:00": (48, 96),
}
"""First and last step of each kind of availability; whoever is always there may work past midnight."""
CHANNELS = ("voice", "chat", "mail")
SPARE = 1
"""What a head that no channel needs costs."""
Worked = tuple[int, int | None]
"""Start of a shift in steps of its day, and its break in steps after that."""
Tour = tuple[Worked | None, ...]


@dataclass(frozen=True)
class Person:
    """One agent as the files tell it."""

    id: str
    contract: str
    skills: frozenset[str]
    availability: str
    off: frozenset[int] = frozenset()


def faults_of(person: Person, tour: Tour) -> Iterator[str]:
    """What an agent's tour breaks of the rules of the spike."""
    length, run, ended, weeks = LENGTH[person.contract][0], 0, -REST, Counter[int]()
    for day, worked in enumerate(tour):
        run = run + 1 if worked else 0
        if run > 6:
            yield f"{person.id} works for {run} days"
        if worked is not None:
            weeks[day // 7] += 1
            yield from _faults_of_shift(person, day, worked)
            if day * A_DAY + worked[0] - ended < REST:
                yield f"{person.id} rests too little before day {day}"
            ended = day * A_DAY + worked[0] + length
    yield from (f"{person.id} works {number} shifts in week {week}" for week, number in weeks.items() if number > 5)
    weekends = sum(any(tour[7 * week + 5 : 7 * week + 7]) for week in range(DAYS // 7))
    if weekends > 2:
        yield f"{person.id} works on {weekends} weekends"
    nights = [worked is not None and worked[0] + length >= NIGHT_ENDS for worked in tour]
    for day in range(1, DAYS - 1):
        if nights[day] and not nights[day - 1] and not nights[day + 1]:
            yield f"{person.id} works a night apart on day {day}"


def _faults_of_shift(person: Person, day: int, worked: Worked) -> Iterator[str]:
    """What is wrong with one shift."""
    (start, pause), (length, first, last) = worked, LENGTH[person.contract]
    low, high = HOURS[person.availability]
    if not low <= start <= start + length <= high or not 20 <= start <= 94 or start % 2:
        yield f"{person.id} starts at step {start} of day {day}"
    if day in person.off:
        yield f"{person.id} has day {day} off"
    if day + 1 in person.off and start + length > A_DAY + GRACE:
        yield f"{person.id} works into day {day + 1}, which is off"
    if (pause is None) != (first is None) or (pause is not None and not first <= pause <= last):
        yield f"{person.id} has a break at {pause} on day {day}"


def presence(people: Iterable[Person], tours: dict[str, Tour]) -> dict[frozenset[str], np.ndarray]:
    """Heads on the queue of each set of skills, step by step."""
    heads: dict[frozenset[str], np.ndarray] = defaultdict(lambda: np.zeros(STEPS + 2 * A_DAY, dtype=int))
    for person in people:
        length = LENGTH[person.contract][0]
        for day, worked in enumerate(tours[person.id]):
            if worked is not None:
                begin = day * A_DAY + worked[0]
                heads[person.skills][begin : begin + length] += 1
                if worked[1] is not None:
                    heads[person.skills][begin + worked[1] : begin + worked[1] + 2] -= 1
    return {skills: row[:STEPS] for skills, row in heads.items()}


Lots = dict[tuple[int, str], list[tuple[int, int]]]
"""For a step and channel the heads asked for and the worth of each, less the price of a head."""


def net_worth(heads: dict[frozenset[str], np.ndarray], lots: Lots) -> tuple[int, int, int]:
    """Worth of covered heads less the spare ones, covered heads and spare heads: each step by its own min-cost flow."""
    groups, known, sums = sorted(heads, key=sorted), {}, np.zeros(3, dtype=int)
    for step in range(STEPS):
        there = tuple(int(heads[group][step]) for group in groups)
        asked = tuple(tuple(lots.get((step, channel), ())) for channel in CHANNELS)
        if (there, asked) not in known:
            known[there, asked] = _flow(groups, there, asked)
        sums += known[there, asked]
    return tuple(sums.tolist())


def _flow(
    groups: list[frozenset[str]], there: tuple[int, ...], asked: tuple[tuple[tuple[int, int], ...], ...]
) -> tuple[int, int, int]:
    from ortools.graph.python import min_cost_flow

    network, total, sink = min_cost_flow.SimpleMinCostFlow(), sum(there), 1 + len(groups) + len(CHANNELS)
    sold: list[tuple[int, int]] = []
    for g, (group, number) in enumerate(zip(groups, there, strict=True)):
        network.add_arc_with_capacity_and_unit_cost(0, 1 + g, number, 0)
        for c, channel in enumerate(CHANNELS):
            if channel in group:
                network.add_arc_with_capacity_and_unit_cost(1 + g, 1 + len(groups) + c, number, 0)
    for c, rows in enumerate(asked):
        for number, worth in rows:
            sold.append((network.add_arc_with_capacity_and_unit_cost(1 + len(groups) + c, sink, number, -worth), worth))
    network.add_arc_with_capacity_and_unit_cost(0, sink, total, SPARE)
    network.set_node_supply(0, total)
    network.set_node_supply(sink, -total)
    if network.solve() != network.OPTIMAL:
        raise RuntimeError("a step without a flow")
    flows = [(network.flow(arc), worth) for arc, worth in sold]
    covered = sum(flow for flow, _ in flows)
    return sum(flow * worth for flow, worth in flows) - SPARE * (total - covered), covered, total - covered


def read_people(folder: Path) -> list[Person]:
    """The agents of a folder with their days off."""
    first, off = _first_day(folder), defaultdict(set)
    for row in _rows(folder / "time_off.csv"):
        begin, end = (_day(row[key], first) for key in ("first", "last"))
        off[row["agent"]] |= set(range(begin, end + 1))
    return [
        Person(
            row["id"], row["contract"], frozenset(row["skills"].split()), row["availability"], frozenset(off[row["id"]])
        )
        for row in _rows(folder / "agents.csv")
    ]


def read_lots(folder: Path) -> Lots:
    """What the folder asks for; a head's price is taken off its worth."""
    lots: Lots = defaultdict(list)
    for row in _rows(folder / "demand.csv"):
        start = datetime.fromisoformat(row["start"])
        step = _day(row["start"], _first_day(folder)) * A_DAY + (60 * start.hour + start.minute) // 15
        lots[step, row["channel"]].append((int(row["heads"]), int(row["worth"]) - SPARE))
    return lots


def read_tours(folder: Path, roster: Path) -> dict[str, Tour]:
    """The tours of a roster as wfm writes it: one row a shift, its break as ``10:00-10:30 unpaid``."""
    tours: dict[str, list[Worked | None]] = {row["id"]: [None] * DAYS for row in _rows(folder / "agents.csv")}
    for row in _rows(roster):
        start, pause = _step(row["start"][11:16]), row["breaks"][:5]
        tours[row["agent"]][_day(row["date"], _first_day(folder))] = (
            start,
            (_step(pause) - start) % A_DAY if pause else None,
        )
    return {agent: tuple(tour) for agent, tour in tours.items()}


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@cache
def _first_day(folder: Path) -> date:
    return min(datetime.fromisoformat(row["start"]).date() for row in _rows(folder / "demand.csv"))


def _day(text: str, first: date) -> int:
    return (datetime.fromisoformat(text).date() - first).days


def _step(clock: str) -> int:
    return int(clock[:2]) * 4 + int(clock[3:]) // 15


@dataclass(frozen=True)
class Verdict:
    """What a roster is worth, as shares of what all heads that are asked for would be, and what it breaks."""

    net: float
    heads: float
    spare: int
    faults: tuple[str, ...]


def verdict(folder: Path, tours: dict[str, Tour]) -> Verdict:
    """Judge the tours of a folder's agents."""
    people, lots = read_people(folder), read_lots(folder)
    worth, covered, spare = net_worth(presence(people, tours), lots)
    asked = [lot for rows in lots.values() for lot in rows]
    return Verdict(
        net=worth / sum(number * each for number, each in asked),
        heads=covered / sum(number for number, _ in asked),
        spare=spare,
        faults=tuple(fault for person in people for fault in faults_of(person, tours[person.id])),
    )


if __name__ == "__main__":
    home = Path(sys.argv[1])
    print(verdict(home, read_tours(home, Path(sys.argv[2]))))
