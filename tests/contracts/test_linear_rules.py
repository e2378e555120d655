"""Every rule with a linear face: over all rosters of tiny problems its rows cost what the witness finds."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.optimize import linprog

from tests.contracts.test_roster_rules import PROBLEMS, ROSTERS, WORKED, cases, with_face
from tests.schedule.tiny import Tours
from wfm.domain import Roster
from wfm.schedule.linear import Linear
from wfm.schedule.problem import MICRO, RosterProblem
from wfm.schedule.rule import Rule
from wfm.schedule.rules import ShiftForm

EACH = 11
"""Every so manieth roster is looked at."""


@cases(with_face("linear"))
def test_rows_cost_what_the_breaches_of_a_roster_amount_to(name: str, rule: Rule) -> None:
    problem, face = PROBLEMS[name], rule.linear(PROBLEMS[name])
    assert face is not None
    for tours, roster in list(zip(ROSTERS[name], WORKED[name], strict=True))[::EACH]:
        if not ShiftForm().breaches(problem, roster):
            amount = sum(breach.amount for breach in rule.breaches(problem, roster))
            assert least(face, added(problem, face, tours, roster)) == pytest.approx(amount, abs=1 / MICRO)
            assert not face.whole or amount == round(amount)


def added(problem: RosterProblem, face: Linear, tours: Tours, roster: Roster) -> NDArray[np.float64]:
    """Return what the tours of everybody add to the rows of a face."""
    sums = np.zeros(len(face.low))
    for agent, tour in tours.items():
        if agent in face.on_duty:
            matrix = face.on_duty[agent].toarray()
            sums += sum(matrix[duty.day * len(problem.slots) + duty.slot] for duty in tour if duty)
        if agent in face.on_queue:
            sums += roster.serving([agent]) * problem.grid.step_minutes @ face.on_queue[agent].toarray()
    return sums


def least(face: Linear, sums: NDArray[np.float64]) -> float:
    """Return the least cost of the amends that bring some sums within the bounds of the rows."""
    amends = face.amends.toarray().T
    low, high = face.low - sums, face.high - sums
    sides = [(-amends[np.isfinite(low)], -low[np.isfinite(low)]), (amends[np.isfinite(high)], high[np.isfinite(high)])]
    matrix, bound = (np.concatenate(parts) for parts in zip(*sides, strict=True))
    if not len(face.breach):
        assert (bound >= 0).all()
        return 0.0
    bounds = [(0.0, most) for most in face.most.tolist()]
    found = linprog(face.breach, A_ub=matrix, b_ub=bound, bounds=bounds, method="highs-ds")
    assert found.success
    return float(found.fun)
