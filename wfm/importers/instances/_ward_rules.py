"""The constraints of the Second International Nurse Rostering Competition as sheets of rules, under its own ids and names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from pydantic import JsonValue

from wfm.domain import RuleSheet
from wfm.importers.instances._ward import Bounds, Need, Past, Terms, Ward, duty_of

LAWS: Mapping[str, tuple[str, float | None]] = {
    "H1": ("Single assignment per day", None),
    "H2": ("Minimal coverage constraints", None),
    "H3": ("Illegal shift type succession constraints", None),
    "H4": ("Required skill constraints", None),
    "S1": ("Optimal coverage constraints", 30),
    "S2": ("Consecutive constraints", 30),
    "S3": ("Non working days constraints", 30),
    "S4": ("Preferences", 10),
    "S5": ("Complete weekends", 30),
    "S6": ("Total assignment constraints", 20),
    "S7": ("Max working weekend", 30),
}
"""The name by which the competition's validator reports each constraint, and what a unit of breach costs (None: hard)."""
SAME_SHIFT_PRICE = 15
"""What a day of a run of one shift type costs, under S2 too."""
SHORTEST_RUN = 2
"""A run of fewer days cannot be too short."""


def sheet(law: str, kind: str, only: RuleSheet | None = None, **parameters: JsonValue) -> RuleSheet:
    """A rule under the id of the competition, at its price."""
    article, price = LAWS[law]
    whom: RuleSheet = {} if only is None else {"only": only}
    return {"kind": kind, "price": price, "law": {"id": law, "article": article}, **parameters, **whom}


def rules_of(ward: Ward, past: Mapping[str, Past], days: int) -> Iterator[RuleSheet]:
    """Everything but the needs: hard first, then soft, each with the border that the history sets."""
    yield sheet("H1", "shift_form")
    pairs = [
        f"{duty_of(before, one)} -> {duty_of(after, other)}"
        for before, after in ward.successions
        for one in ward.skills
        for other in ward.skills
    ]
    if pairs:
        yield sheet("H3", "forbidden_successions", pairs=list(pairs))
    for skill in ward.skills:
        without = [name for name, nurse in ward.nurses.items() if skill not in nurse.skills]
        shifts: list[JsonValue] = [duty_of(shift, skill) for shift in ward.shifts]
        if without:
            yield sheet("H4", "period_shifts", _agents(without), shifts=shifts, at_most=0)
    for shift, bounds in ward.shifts.items():
        yield from _shift_runs(ward, past, shift, bounds, days)
    for contract, terms in ward.contracts.items():
        yield from _terms(contract, terms)
        yield from _totals(ward, past, contract, terms)
    yield sheet("S4", "wishes")


def covers_of(needs: Iterable[tuple[str, Need]]) -> Iterator[RuleSheet]:
    """The needs, each with its date: those that are hard, and those that are best."""
    rows = list(needs)
    for law, asked in (("H2", "least"), ("S1", "best")):
        cells: list[JsonValue] = [
            {"date": day, "shift": duty_of(need.shift, need.skill), "heads": heads}
            for day, need in rows
            if (heads := getattr(need, asked))
        ]
        if cells:
            yield sheet(law, "shift_cover", rows=cells)


def _shift_runs(ward: Ward, past: Mapping[str, Past], shift: str, bounds: Bounds, days: int) -> Iterator[RuleSheet]:
    """Runs of one shift type; the most is said of those only whose run can be longer."""
    shifts: list[JsonValue] = [duty_of(shift, skill) for skill in ward.skills]
    if bounds.low >= SHORTEST_RUN:
        yield sheet("S2", "min_consecutive_days", days=bounds.low, shifts=shifts, price=SAME_SHIFT_PRICE)
    longest = {name: days + (row.same if row.shift == shift else 0) for name, row in past.items()}
    over = [name for name, most in longest.items() if most > bounds.high]
    if over:
        whom = None if len(over) == len(past) else _agents(over)
        yield sheet("S2", "max_consecutive_days", whom, days=bounds.high, shifts=shifts, price=SAME_SHIFT_PRICE)


def _terms(contract: str, terms: Terms) -> Iterator[RuleSheet]:
    """Runs of work and of days off, and whole weekends, of those with a contract."""
    only: RuleSheet = {"contract": contract}
    for law, kind, bounds in (("S2", "days", terms.work), ("S3", "days_off", terms.off)):
        if bounds.low >= SHORTEST_RUN:
            yield sheet(law, f"min_consecutive_{kind}", only, days=bounds.low)
        yield sheet(law, f"max_consecutive_{kind}", only, days=bounds.high)
    if terms.whole:
        yield sheet("S5", "whole_weekends", only)


def _totals(ward: Ward, past: Mapping[str, Past], contract: str, terms: Terms) -> Iterator[RuleSheet]:
    """Assignments and weekends over all weeks, less those that the history has; nurses with the same past share rules."""
    alike: dict[tuple[int, int], list[str]] = {}
    for name, nurse in ward.nurses.items():
        if nurse.contract == contract:
            alike.setdefault((past[name].assignments, past[name].weekends), []).append(name)
    for (assignments, weekends), names in alike.items():
        whom: RuleSheet = {"contract": contract} if len(alike) == 1 else _agents(names)
        low, high = max(0, terms.assignments.low - assignments), terms.assignments.high - assignments
        yield sheet("S6", "period_shifts", whom, at_least=low, at_most=high)
        yield sheet("S7", "max_weekends", whom, at_most=terms.weekends - weekends)


def _agents(names: Sequence[str]) -> RuleSheet:
    return {"agents": list(names)}
