"""A ward of three nurses in the texts of the nurse rostering competition, in which nothing costs anything until a test says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
LOOSE = "(0,99) (1,99) (1,99) 99 0"
"""Assignments, days of work and days off in a row, weekends, and no complete weekends: a contract that asks nothing."""
NOTHING_BEFORE = "0 0 None 0 0 0"


def scenario(
    weeks: int = 1, contract: str = LOOSE, early: str = "(1,99)", late: str = "(1,99)", after_late: str = "0"
) -> str:
    """Write a scenario: ann is head nurse and nurse, ben and cas are nurses with contracts that ask nothing."""
    return f"""SCENARIO = tiny

WEEKS = {weeks}

SKILLS = 2
HeadNurse
Nurse

SHIFT_TYPES = 2
Early {early}
Late {late}

FORBIDDEN_SHIFT_TYPES_SUCCESSIONS
Early 0
Late {after_late}

CONTRACTS = 2
Full {contract}
Free {LOOSE}

NURSES = 3
ann Full 2 HeadNurse Nurse
ben Free 1 Nurse
cas Free 1 Nurse
"""


def history(week: int = 0, **nurses: str) -> str:
    """Write a history; who is not named has none."""
    rows = "\n".join(f"{nurse} {nurses.get(nurse, NOTHING_BEFORE)}" for nurse in ("ann", "ben", "cas"))
    return f"HISTORY\n{week} tiny\n\nNURSE_HISTORY\n{rows}\n"


def week(needs: Mapping[tuple[str, str], Mapping[str, str]] | None = None, requests: Sequence[str] = ()) -> str:
    """Write a week: ``needs[shift, skill][day]`` is a pair of minimum and optimum, (0,0) where left out."""
    rows = [
        " ".join([shift, skill, *((needs or {}).get((shift, skill), {}).get(day, "(0,0)") for day in WEEKDAYS)])
        for shift in ("Early", "Late")
        for skill in ("HeadNurse", "Nurse")
    ]
    return "\n".join(
        ["WEEK_DATA", "tiny", "", "REQUIREMENTS", *rows, "", f"SHIFT_OFF_REQUESTS = {len(requests)}", *requests, ""]
    )


def write(folder: Path, scenario: str, history: str, *weeks: str) -> Path:
    """Write all files of an instance, and return the path that names it."""
    (folder / "Sc-tiny.txt").write_text(scenario)
    (folder / "H0-tiny-0.txt").write_text(history)
    for number, text in enumerate(weeks):
        (folder / f"WD-tiny-{number}.txt").write_text(text)
    return folder / f"tiny_0_{'-'.join(str(number) for number in range(len(weeks)))}"


SHIFTS = {"E": ["Early Nurse"], "L": ["Late Nurse"], "H": ["Early HeadNurse"], "2": ["Early Nurse", "Late Nurse"]}
"""What a letter of a pattern stands for; any other is a day off."""


def write_solution(folder: Path, **patterns: str) -> Path:
    """Write the files of a solution from the days of each nurse, such as ``EEL--HH``."""
    weeks = max(len(pattern) for pattern in patterns.values()) // len(WEEKDAYS)
    for week in range(weeks):
        rows = [
            f"{nurse} {day} {shift}"
            for nurse, pattern in patterns.items()
            for day, letter in zip(WEEKDAYS, pattern[7 * week : 7 * week + 7], strict=True)
            for shift in SHIFTS.get(letter, ())
        ]
        text = "\n".join(["SOLUTION", f"{week} tiny", "", f"ASSIGNMENTS = {len(rows)}", *rows, "", "Cost: 7"])
        (folder / f"Sol-tiny-{week}-{week}.txt").write_text(text)
    return folder
