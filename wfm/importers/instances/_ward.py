"""What the Second International Nurse Rostering Competition knows of a ward: scenario, history and weeks, without dates."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Bounds:
    """The least and the most of something."""

    low: int
    high: int


@dataclass(frozen=True)
class Terms:
    """What a contract asks: assignments, days of work in a row, days off in a row, weekends, and whether weekends are whole."""

    assignments: Bounds
    work: Bounds
    off: Bounds
    weekends: int
    whole: bool


@dataclass(frozen=True)
class Nurse:
    """The contract and the skills of a nurse."""

    contract: str
    skills: tuple[str, ...]


@dataclass(frozen=True)
class Ward:
    """A scenario: what is the same in every week; ``shifts`` are types with the bounds of their runs."""

    name: str
    weeks: int
    skills: tuple[str, ...]
    shifts: dict[str, Bounds]
    successions: tuple[tuple[str, str], ...]
    contracts: dict[str, Terms]
    nurses: dict[str, Nurse]


@dataclass(frozen=True)
class Past:
    """How a nurse comes to the first day: totals so far, the last shift type (None: the day before was off), and the runs up to there."""

    assignments: int
    weekends: int
    shift: str | None
    same: int
    worked: int
    off: int


@dataclass(frozen=True)
class Need:
    """Heads of one skill on the shifts of one type, on a weekday (Monday = 0) of a week."""

    shift: str
    skill: str
    weekday: int
    least: int
    best: int


@dataclass(frozen=True)
class Week:
    """A week's needs, and its requests: nurse, weekday and shift type (None: any) not to be worked."""

    needs: tuple[Need, ...]
    requests: tuple[tuple[str, int, str | None], ...]


def duty_of(shift: str, skill: str) -> str:
    """The name of the shift that a nurse works with one of the skills: who works with which is part of a roster."""
    return f"{shift}.{skill}"
