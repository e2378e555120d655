"""Costs of the nurse rostering competition by a second evaluator, written from arXiv 1501.04177: it shares no code with wfm."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
Work = Mapping[str, Sequence[Sequence[tuple[str, str]]]]
"""For each nurse and day the shift types worked, each with the skill; more than one on a day is a fault."""


@dataclass(frozen=True)
class Ward:
    """All that the texts of an instance say: shift types and contracts as their numbers in order."""

    shifts: dict[str, tuple[int, int]]
    barred: set[tuple[str, str]]
    contracts: dict[str, list[int]]
    nurses: dict[str, tuple[str, list[str]]]
    past: dict[str, tuple[int, int, str, int, int, int]]
    needs: list[tuple[int, str, str, int, int]]
    requests: list[tuple[int, str, str]]


def words(line: str) -> list[str]:
    return re.sub(r"[(),]", " ", line).split()


def rows(text: str, heading: str) -> Iterator[list[str]]:
    """Yield the words of each line below a heading, up to the next empty line."""
    for line in text.split(heading, 1)[1].splitlines()[1:]:
        if not line.strip():
            return
        yield words(line)


def ward_of(folder: Path, name: str) -> Ward:
    """Read an instance by its name, such as n005w4_0_1-2-3-3."""
    ward, history, weeks = name.split("_")
    scenario = (folder / f"Sc-{ward}.txt").read_text()
    texts = [(folder / f"WD-{ward}-{week}.txt").read_text() for week in weeks.split("-")]
    past = rows((folder / f"H0-{ward}-{history}.txt").read_text(), "NURSE_HISTORY")
    return Ward(
        shifts={row[0]: (int(row[1]), int(row[2])) for row in rows(scenario, "SHIFT_TYPES")},
        barred={(row[0], after) for row in rows(scenario, "FORBIDDEN_SHIFT_TYPES_SUCCESSIONS") for after in row[2:]},
        contracts={row[0]: [int(number) for number in row[1:]] for row in rows(scenario, "CONTRACTS")},
        nurses={row[0]: (row[1], row[3:]) for row in rows(scenario, "NURSES")},
        past={r[0]: (int(r[1]), int(r[2]), r[3], int(r[4]), int(r[5]), int(r[6])) for r in past},
        needs=[
            (7 * week + day, row[0], row[1], int(row[2 + 2 * day]), int(row[3 + 2 * day]))
            for week, text in enumerate(texts)
            for row in rows(text, "REQUIREMENTS")
            for day in range(7)
        ],
        requests=[
            (7 * week + WEEKDAYS.index(row[2]), row[0], row[1])
            for week, text in enumerate(texts)
            for row in rows(text, "SHIFT_OFF_REQUESTS")
        ],
    )


def run_cost(counted: Sequence[bool], before: int, low: int, high: int) -> int:
    """Return the days by which runs are too long, or too short where they end; ``before`` days run into the first one."""
    cost, run = 0, before
    for counts in counted:
        run = run + 1 if counts else run
        cost += counts and run > high
        if not counts:
            cost += max(0, low - run) if run else 0
            run = 0
    return cost


def costs(ward: Ward, work: Work) -> Counter[str]:
    """Return violations of hard constraints and costs of soft ones, by the ids of the paper; what is 0 is left out."""
    cost: Counter[str] = Counter()
    for day, shift, skill, least, best in ward.needs:
        there = sum((shift, skill) in days[day] for days in work.values())
        cost["H2"] += max(0, least - there)
        cost["S1"] += 30 * max(0, best - there)
    for day, nurse, shift in ward.requests:
        cost["S4"] += 10 * any(shift in {"Any", worked} for worked, _ in work[nurse][day])
    for nurse, (contract, skills) in ward.nurses.items():
        cost["H1"] += sum(len(day) > 1 for day in work[nurse])
        cost["H4"] += sum(skill not in skills for day in work[nurse] for _, skill in day)
        cost.update(_of_nurse(ward, ward.contracts[contract], ward.past[nurse], [day[:1] for day in work[nurse]]))
    return +cost


def _of_nurse(
    ward: Ward,
    contract: list[int],
    past: tuple[int, int, str, int, int, int],
    days: Sequence[Sequence[tuple[str, str]]],
) -> Counter[str]:
    assigned, weekends, last, same, worked, off = past
    least, most, least_work, most_work, least_off, most_off, most_weekends, whole = contract
    types = [day[0][0] if day else None for day in days]
    works = [shift is not None for shift in types]
    cost: Counter[str] = Counter()
    cost["H3"] += sum((before, after) in ward.barred for before, after in zip([last, *types], types, strict=False))
    cost["S2"] += 30 * run_cost(works, worked, least_work, most_work)
    for shift, (low, high) in ward.shifts.items():
        counted = [worked == shift for worked in types]
        cost["S2"] += 15 * run_cost(counted, same if last == shift else 0, low, high)
    cost["S3"] += 30 * run_cost([not at_work for at_work in works], off, least_off, most_off)
    pairs = [works[day : day + 2] for day in range(5, len(works), 7)]
    cost["S5"] += 30 * whole * sum(one != other for one, other in pairs)
    total = assigned + sum(works)
    cost["S6"] += 20 * max(0, least - total, total - most)
    cost["S7"] += 30 * max(0, weekends + sum(map(any, pairs)) - most_weekends)
    return cost
