"""The proof that a replanned roster has the fewest changes: every roster with fewer costs more otherwise, or is found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from wfm.domain import Agent
from wfm.schedule.choice import Choice
from wfm.schedule.draft import Draft
from wfm.schedule.judge import Judged, tiers_of
from wfm.schedule.ledger import COST_UNIT
from wfm.schedule.problem import RosterProblem
from wfm.schedule.proving import solver_of, verdict_of
from wfm.schedule.replanning.bound import Margins
from wfm.schedule.replanning.cut_model import OpenModel, free
from wfm.schedule.replanning.few_changes import within
from wfm.schedule.rule import Rule
from wfm.schedule.rules.change_cost import ChangeCost
from wfm.schedule.variables import Open
from wfm.schedule.watch import Watch

TOLERANCE = 1e-6
"""Contacts by which sums of costs may differ."""
FEW_CELLS = 150
"""With no more cells open CP-SAT decides at once; with more, prices are searched first."""
PRICE_SEARCHES = 8
MOST_FORCED = 8
"""Up to so many changes of one agent are counted as forced; a longer absence is proved by the bound alone."""
SHARE = 0.5
"""Share of the time left for one decision of CP-SAT."""
Verdict = Literal["none", "found", "unknown"]


class FewestChanges:
    """Decides whether a roster with fewer changes may cost as little, for rules of the first tier and forbidden ones.

    ``rules`` are these, without those that charge changes as such, which are in ``charged``.
    """

    def __init__(self, problem: RosterProblem, own: Sequence[Rule], choices: Mapping[str, Choice], told: Draft) -> None:
        self.problem, self.told = problem, told
        self.rules = [rule for rule in own if not isinstance(rule, ChangeCost)]
        self.charged = [rule for rule in own if isinstance(rule, ChangeCost)]
        people = problem.workforce.agents
        self.changes = {agent.id: self._charges(agent, [ChangeCost()]) > 0 for agent in people}
        bare = {
            agent.id: replace(choices[agent.id], fixed=choices[agent.id].fixed - self._charges(agent, self.charged))
            for agent in people
        }
        self.margins = Margins(problem, self.rules, bare, self.changes, told)

    def _charges(self, agent: Agent, rules: Sequence[ChangeCost]) -> NDArray[np.float64]:
        charges = np.zeros((len(self.problem.days), 1 + len(self.problem.slots)))
        for rule in rules:
            for (day, slot), amount in rule.charges(self.problem, agent).items() if rule.about(agent) else ():
                charges[day, 0 if slot is None else 1 + slot] += amount * (rule.price or 0.0)
        return charges

    def settle(self, best: Judged, watch: Watch) -> tuple[Judged, int]:
        """The best roster with the fewest changes that is found, and the number below which it is proved that there is none."""
        least = self.forced()
        while (number := self.number(best)) > least and watch.has_time:
            verdict, found = self.decide(best, number - 1, self.otherwise(best), watch)
            if verdict == "none":
                return best, number
            if found is None or self.number(found) >= number:
                return best, self._bounded(best, least, watch)
            best = found
        return best, least

    def _bounded(self, best: Judged, least: int, watch: Watch) -> int:
        """The largest number of changes below which there is provably no roster as good."""
        for number in range(self.number(best) - 1, least, -1):
            if watch.has_time and self.decide(best, number - 1, self.otherwise(best), watch)[0] == "none":
                return number
        return least

    def number(self, best: Judged) -> int:
        """Changed cells of a roster."""
        tours = best.draft.tours.items()
        return sum(int(self.changes[agent][np.arange(len(row.choices)), row.choices].sum()) for agent, row in tours)

    def otherwise(self, best: Judged) -> float:
        """Cost of the first tier, changes as such left out."""
        ids = {rule.id for rule in self.charged}
        return best.cost - sum(breach.cost for breach in best.breaches if breach.rule in ids)

    def forced(self) -> int:
        """Changes that no legal roster does without, by the rules about each agent alone."""
        return sum(self._forced(agent, choice) for agent, choice in self.margins.choices.items())

    def _forced(self, agent: str, choice: Choice) -> int:
        values, _ = within(choice.machine, -choice.fixed, self.changes[agent], MOST_FORCED)
        return int((~np.isfinite(values)).sum())

    def decide(self, best: Judged, most: int, cost: float, watch: Watch) -> tuple[Verdict, Judged | None]:
        """Whether some roster with at most so many changes costs no more than ``cost`` otherwise, and which."""
        point = self.margins.at(self.margins.around(best.draft), most)
        for _ in range(PRICE_SEARCHES):
            if point.bound > cost + TOLERANCE:
                return "none", None
            opened = self.margins.open_choices(point, most, cost)
            if not all(choices.any(axis=1).all() for choices in opened.values()):
                return "none", None
            if sum(int((choices.sum(axis=1) > 1).sum()) for choices in opened.values()) <= FEW_CELLS:
                break
            point = self.margins.better(point.prices, most, cost)
        return self._decided(best, opened, most, cost, watch)

    def _decided(
        self, best: Judged, opened: Open, most: int, cost: float, watch: Watch
    ) -> tuple[Verdict, Judged | None]:
        """CP-SAT's word on the open choices."""
        model = OpenModel.over(self.problem, self.rules, opened, self.told)
        model.limit(self.changes, most)
        for tier in tiers_of(self.rules):
            allowed = cost - self._settled_cost(opened) + TOLERANCE
            model.cp.add(model.ledger.cost(tier) <= int(np.floor(allowed * COST_UNIT)))
        solver = solver_of(watch, SHARE * watch.left)
        verdict = verdict_of(solver, model.cp, watch)
        if verdict == "infeasible":
            return "none", None
        if verdict == "unknown":
            return "unknown", None
        found = Judged(self.problem, best.rules, model.draft(solver.value).like(self.told))
        good = found.legal and self.otherwise(found) <= cost + TOLERANCE
        return ("found", found) if good else ("unknown", None)

    def _settled_cost(self, opened: Open) -> float:
        """What the rules about one agent charge those who have no choice."""
        some = free(opened)
        rows = ((agent, tuple(opened[agent].argmax(axis=1).tolist())) for agent in opened if agent not in some)
        return sum(self.margins.choices[agent].cost(choices) for agent, choices in rows)
