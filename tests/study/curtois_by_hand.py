"""Curtois-Qu instances judged from their text alone: which limits a roster breaks, and what it costs."""

from __future__ import annotations

from collections import Counter
from itertools import groupby, pairwise
from pathlib import Path

OFF = ""
Shifts = dict[str, list[str]]
"""The shift of each employee on each day, empty for a day off."""


def sections(text: str) -> dict[str, list[list[str]]]:
    """Return the cells of each section's rows."""
    found: dict[str, list[list[str]]] = {}
    rows: list[list[str]] = []
    for line in text.splitlines():
        if line.startswith("SECTION_"):
            rows = found.setdefault(line.strip(), [])
        elif line.strip() and line[0] != "#":
            rows.append([cell.strip() for cell in line.strip().split(",")])
    return found


def judged(path: Path, roster: Shifts) -> tuple[Counter[str], int]:
    """Return how many limits of each sort a roster breaks, and its objective."""
    told = sections(path.read_text())
    broken: Counter[str] = Counter()
    minutes = {row[0]: int(row[1]) for row in told["SECTION_SHIFTS"]}
    barred = {(row[0], after) for row in told["SECTION_SHIFTS"] for after in row[2].split("|") if after}
    for row in told["SECTION_STAFF"]:
        broken += _broken(row, roster[row[0]], minutes, barred)
    for agent, *days in told.get("SECTION_DAYS_OFF", []):
        broken["day off"] += sum(roster[agent][int(day)] != OFF for day in days if day)
    return +broken, _objective(told, roster)


def _broken(row: list[str], days: list[str], minutes: dict[str, int], barred: set[tuple[str, str]]) -> Counter[str]:
    most_minutes, least_minutes, longest, shortest, shortest_off, weekends = map(int, row[2:8])
    broken: Counter[str] = Counter()
    for part in row[1].split("|"):
        shift, most = part.split("=")
        broken["shifts"] += days.count(shift) > int(most)
    total = sum(minutes[shift] for shift in days if shift)
    broken["minutes"] += not least_minutes <= total <= most_minutes
    broken["succession"] += sum(pair in barred for pair in pairwise(days))
    runs = [(works, len(list(run))) for works, run in groupby(shift != OFF for shift in days)]
    for place, (works, length) in enumerate(runs):
        inside = 0 < place < len(runs) - 1
        broken["long run"] += works and length > longest
        broken["short run"] += inside and works and length < shortest
        broken["short rest"] += inside and not works and length < shortest_off
    worked = sum(any(days[day : day + 2]) for day in range(5, len(days), 7))
    broken["weekends"] += worked > weekends
    return broken


def _objective(told: dict[str, list[list[str]]], roster: Shifts) -> int:
    cost = 0
    for agent, day, shift, weight in told.get("SECTION_SHIFT_ON_REQUESTS", []):
        cost += int(weight) * (roster[agent][int(day)] != shift)
    for agent, day, shift, weight in told.get("SECTION_SHIFT_OFF_REQUESTS", []):
        cost += int(weight) * (roster[agent][int(day)] == shift)
    for day, shift, asked, under, over in told.get("SECTION_COVER", []):
        people = sum(days[int(day)] == shift for days in roster.values())
        cost += max(0, int(asked) - people) * int(under) + max(0, people - int(asked)) * int(over)
    return cost
