"""Why there is no legal roster: the least bad one, and rules that cannot be met together, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wfm.schedule.judge import Judged
from wfm.schedule.model import Model
from wfm.schedule.problem import RosterProblem
from wfm.schedule.prove import Verdict, can_be_met, minimise
from wfm.schedule.rule import Rule
from wfm.schedule.watch import Watch

CHECK_SHARE = 0.2
"""Share of the remaining time for a second look at an infeasible verdict."""
TRY_SHARE = 0.05
"""Share of the remaining time for each try to spare a rule."""


@dataclass(frozen=True)
class Trouble:
    """The least bad roster found, whether a legal one is proved impossible, and rules that cannot be met together (empty: not known)."""

    best: Judged
    proved: bool
    core: tuple[Rule, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """The conflict for a planner: what is proved, the rules, then each place where the least bad roster breaks one."""
        if self.best.legal:
            return ()
        head = "proved: no roster keeps them all" if self.proved else "not proved: no legal roster was found in time"
        rules = [f"{rule.id}: {rule.words}" for rule in self.core]
        return (head, *rules, *(f"{breach.rule}: {breach.words}" for breach in self.best.forbidden))


def explained(best: Judged, verdict: Verdict, watch: Watch) -> Trouble:
    """Check an infeasible verdict a second way, narrow the rules down, then breach as few lines and as little as possible."""
    forbidden = [rule for rule in best.rules if rule.price is None]
    strict = Model.of(best.problem, forbidden)
    proved = verdict == "infeasible" and can_be_met(strict, watch, CHECK_SHARE, again=True) == "infeasible"
    core = _core(best.problem, forbidden, watch) if proved else ()
    proofs = minimise(Model.of(best.problem, best.rules, elastic=True), best.draft, watch)
    return Trouble(best.or_better(*(proof.draft for proof in proofs if proof.draft)), proved, core)


def _core(problem: RosterProblem, rules: Sequence[Rule], watch: Watch) -> tuple[Rule, ...]:
    """Rules that cannot be met together; none is left in that was proved to be needless (deletion filter, Chinneck 1991)."""
    core = list(rules)
    for rule in rules:
        rest = [other for other in core if other is not rule]
        if can_be_met(Model.of(problem, rest), watch, TRY_SHARE) == "infeasible":
            core = rest
    return tuple(core)
