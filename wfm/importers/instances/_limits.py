"""What an instance of Curtois and Qu asks of each employee, as sheets of rules: one for each limit and value, for whom it holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pydantic import JsonValue

from wfm.domain import RuleSheet

SHORTEST_RUN = 2
"""A run of fewer days cannot be too short."""


@dataclass(frozen=True)
class Limits:
    """What one line of the staff asks, without the ID: employees who share it share a contract."""

    most_shifts: tuple[tuple[str, int], ...]
    most_minutes: int
    least_minutes: int
    most_days: int
    least_days: int
    least_days_off: int
    most_weekends: int

    def sheets(self, days: int) -> Iterator[RuleSheet]:
        """The rules of one contract over so many days, all forbidden; those that no roster of the horizon breaks are left out."""
        yield {"kind": "period_minutes", "at_least": f"{self.least_minutes}m", "at_most": f"{self.most_minutes}m"}
        if self.most_days < days:
            yield {"kind": "max_consecutive_days", "days": self.most_days}
        for kind, least in (
            ("min_consecutive_days", self.least_days),
            ("min_consecutive_days_off", self.least_days_off),
        ):
            if least >= SHORTEST_RUN:
                yield {"kind": kind, "days": least, "open_start": True}
        if self.most_weekends < days:
            yield {"kind": "max_weekends", "at_most": self.most_weekends}
        for shift, most in self.most_shifts:
            if most < days:
                yield {"kind": "period_shifts", "shifts": [shift], "at_most": most}


def rules_of(contracts: Mapping[Limits, str], successions: Sequence[str], days: int) -> Iterator[RuleSheet]:
    """Days off, forbidden successions, the limits of each contract, and requests at the price of their weights."""
    yield {"kind": "time_off"}
    if successions:
        yield {"kind": "forbidden_successions", "pairs": list(successions)}
    held: dict[str, tuple[RuleSheet, list[JsonValue]]] = {}
    for limits, contract in contracts.items():
        for sheet in limits.sheets(days):
            held.setdefault(repr(sheet), (sheet, []))[1].append(contract)
    for sheet, names in held.values():
        yield sheet if len(names) == len(contracts) else {**sheet, "only": {"contract": names}}
    yield {"kind": "wishes", "price": 1}
