"""An edit's breaches and costs are the difference of two whole audits, without auditing everybody."""

from collections.abc import Sequence
from datetime import date

import numpy as np
import pytest

from tests.schedule.centre import centre
from wfm.domain import Assignment, Breach, Roster, TimeOff
from wfm.schedule import Limits, RosterProblem, Rule, audit, solve
from wfm.schedule.rules import Availability, ChangeCost, Coverage, MinimumHeads, MinRest, Spread, WeekMinutes, Wishes
from wfm.schedule.rules import TimeOff as KeepTimeOff
from wfm.study import Weighed
from wfm.study.edit import worse

RULES: tuple[Rule, ...] = (
    Availability(),
    KeepTimeOff(),
    MinRest(),
    WeekMinutes(over_minutes=0, under_minutes=None),
    MinimumHeads(at_least=2, price=0.01),
    Spread(of="nights", price=1.0, tier=2),
    Wishes(price=1.0),
    ChangeCost(price=2.0),
    Coverage(),
)


def desk() -> tuple[RosterProblem, Roster]:
    problem = centre(agents=5, days=5, first=date(2026, 10, 23))
    away = TimeOff(agent="a1", first=date(2026, 10, 26), last=date(2026, 10, 26))
    problem = problem.varied(workforce=problem.workforce.varied(time_off=(away,)))
    roster = solve(problem, RULES, Limits(steps=50)).roster
    return problem.varied(published=roster), roster


PROBLEM, ROSTER = desk()


def shaken(seed: int) -> Roster:
    """Return the roster with some shifts given to others and one left out."""
    random = np.random.default_rng(seed)
    rows = list(ROSTER.assignments)
    agents = [agent.id for agent in PROBLEM.workforce.agents]
    for place in random.choice(len(rows), 3, replace=False).tolist():
        rows[place] = Assignment(agent=str(random.choice(agents)), shift=rows[place].shift)
    del rows[int(random.integers(len(rows)))]
    return Roster.of(ROSTER.grid, rows)


def placed(rows: Sequence[Breach]) -> set[tuple[object, ...]]:
    return {(row.rule, row.agent, row.first, row.last, row.at, row.amount) for row in rows}


@pytest.mark.parametrize("seed", range(8))
def test_an_edit_is_the_difference_of_two_audits(seed: int) -> None:
    after = shaken(seed)
    old, new = (audit(PROBLEM, RULES, roster) for roster in (ROSTER, after))
    edit = Weighed(PROBLEM, RULES, ROSTER).edited(after)
    kept = [[row for row in rows if row.kind != "coverage"] for rows in (old, new)]
    assert placed(edit.broken) == placed(worse(*kept))
    assert placed(edit.mended) == placed(worse(kept[1], kept[0]))
    lost = [sum(row.amount for row in rows if row.kind == "coverage") for rows in (old, new)]
    assert edit.contacts == pytest.approx(lost[0] - lost[1], abs=1e-5)
    assert edit.price == pytest.approx(sum(row.cost for row in new) - sum(row.cost for row in old), abs=1e-5)
    assert edit.legal == (not worse([row for row in old if row.forbidden], [row for row in new if row.forbidden]))


def test_no_edit_changes_nothing() -> None:
    edit = Weighed(PROBLEM, RULES, ROSTER).edited(ROSTER)
    assert (edit.changes, edit.broken, edit.mended, edit.contacts, edit.price, edit.counts) == ((), (), (), 0, 0, ())


def test_a_stranger_on_the_roster_is_told() -> None:
    row = ROSTER.assignments[0]
    after = Roster.of(ROSTER.grid, [*ROSTER.assignments, Assignment(agent="eve", shift=row.shift)])
    assert "eve works and is not in the workforce" in {
        row.words for row in Weighed(PROBLEM, RULES, ROSTER).edited(after).broken
    }


def test_the_worst_intervals_come_first() -> None:
    after = Roster.of(ROSTER.grid, ROSTER.assignments[:-2])
    edit = Weighed(PROBLEM, RULES, ROSTER).edited(after)
    assert edit.contacts < 0
    assert list(edit.worst) == sorted(edit.worst, key=lambda row: row.contacts)
    assert edit.contacts <= sum(row.contacts for row in edit.worst)
    assert edit.paid_minutes == -sum(row.shift.paid_minutes for row in ROSTER.assignments[-2:])
