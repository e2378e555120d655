"""The prices of a bundle: as good as those of a linear programme, and never a bound above a roster."""

from datetime import date

import pytest

from tests.schedule.centre import RULES, centre
from tests.schedule.small_instances import TIER, instance, optimum
from wfm.schedule.agents import Scale
from wfm.schedule.audit import with_form
from wfm.schedule.bundle import Bundle, Oracle
from wfm.schedule.columns import Workbench
from wfm.schedule.search import Search


def test_the_bound_is_that_of_the_linear_programme() -> None:
    problem = centre(agents=8, days=3, first=date(2026, 11, 2))
    search = Search(problem, RULES, 1)
    draft = search.greedy()
    bench = Workbench(problem, RULES, search.choices, search.scale)
    bench.learn(draft)
    assert bench.price(lambda: True)
    assert bench.root.mix is not None
    rounds = iter(range(300))
    bundle = Bundle(Oracle(problem, RULES, search.choices, search.scale), draft)
    bound = bundle.run(lambda: next(rounds, None) is not None)
    assert bench.root.bound * (1 - 1e-3) <= bound <= bench.root.mix.cost + 1e-6


def test_few_blocks_give_a_true_bound_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wfm.schedule.bundle.mixing.LARGEST", 1)
    problem = centre()
    search = Search(problem, RULES, 1)
    bundle = Bundle(Oracle(problem, RULES, search.choices, search.scale), search.greedy())
    rounds = iter(range(100))
    assert 0 < bundle.run(lambda: next(rounds, None) is not None) <= search.standing()[1]
    assert bundle.mixing.blocks == 1


@pytest.mark.parametrize("seed", [1, 3, 4, 10])
def test_no_bound_of_a_small_instance_is_above_its_optimum(seed: int) -> None:
    problem, rules = instance(seed)
    best = optimum(problem, rules)
    assert best is not None
    search = Search(problem, with_form(rules), seed)
    bundle = Bundle(Oracle(problem, search.rules, search.choices, Scale.of(search.rules)), search.greedy())
    rounds = iter(range(60))
    assert bundle.run(lambda: next(rounds, None) is not None) <= best // TIER + best % TIER / 1000 + 1e-6
