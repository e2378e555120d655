"""Few changes: the best tours with so many changes at most are the best of all such tours."""

import numpy as np
import pytest

from tests.schedule.test_tours import PROBLEMS, RULES, charged, choices_of
from tests.schedule.tiny import tours_of
from wfm.schedule.agents import Scale, Workshop
from wfm.schedule.replanning.few_changes import through, within


@pytest.mark.parametrize("name", PROBLEMS)
def test_best_tours_with_few_changes_are_the_best_of_these(name: str) -> None:
    problem, random, most = PROBLEMS[name], np.random.default_rng(3), 2
    worth = random.normal(1.0, 2.0, (len(problem.days), 1 + len(problem.slots)))
    changes = random.random(worth.shape) < 0.6
    for agent in problem.workforce.agents:
        values, best = np.full(most + 1, -np.inf), np.full((most + 1, *worth.shape), -np.inf)
        for tour in tours_of(problem):
            made = np.arange(len(tour)), choices_of(tour)
            value = worth[made].sum() - charged(problem, RULES, agent, tour)
            for number in range(int(changes[made].sum()), most + 1):
                values[number] = max(values[number], value)
                best[number][made] = np.maximum(best[number][made], value)
        choice = Workshop(problem, RULES, Scale.of(RULES)).choice(agent)
        found, chosen = within(choice.machine, worth - choice.fixed, changes, most)
        assert found == pytest.approx(values, abs=1e-9)
        assert through(choice.machine, worth - choice.fixed, changes, most) == pytest.approx(best, abs=1e-9)
        for number, choices in enumerate(chosen.tolist() if np.isfinite(found).all() else []):
            made = np.arange(len(choices)), choices
            assert changes[made].sum() <= number
            assert worth[made].sum() - choice.cost(tuple(choices)) == pytest.approx(found[number], abs=1e-9)
