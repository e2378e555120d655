"""Why there is no legal roster: the least bad one, and rules that cannot be met together, in words."""

from __future__ import annotations

from dataclasses import dataclass

from wfm.schedule.judge import Judged
from wfm.schedule.model import Model
from wfm.schedule.prove import Verdict, can_be_met, minimise
from wfm.schedule.rule import Rule
from wfm.schedule.watch import Watch

CHECK_SHARE = 0.2
"""Share of the remaining time for a second look at an infeasible verdict."""
ELASTIC_SHARE = 0.6
"""Share of the remaining time for the least bad roster."""
TRY_SHARE = 0.1
"""Share of the remaining time for each try whether some rules can be met."""


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
    """Check an infeasible verdict a second way, breach as few lines and as little as possible, then narrow the rules down."""
    forbidden = [rule for rule in best.rules if rule.price is None]
    strict = Model.of(best.problem, forbidden)
    proved = verdict == "infeasible" and can_be_met(strict, watch, CHECK_SHARE, again=True) == "infeasible"
    proofs = minimise(Model.of(best.problem, best.rules, elastic=True), best.draft, watch, ELASTIC_SHARE)
    best = best.or_placed(*(proof.draft for proof in proofs if proof.draft))
    return Trouble(best, proved, tuple(_core(best, forbidden, watch)) if proved else ())


def _core(best: Judged, rules: list[Rule], watch: Watch) -> list[Rule]:
    """Rules that cannot be met together, as few as can be proved in time.

    Most conflicts are between the rules that the least bad roster breaches and one other, so these are tried first; then rules
    that are not needed for the conflict are struck out one by one (deletion filter, Chinneck 1991).
    """

    def impossible(some: list[Rule]) -> bool:
        return watch.has_time and can_be_met(Model.of(best.problem, some), watch, TRY_SHARE) == "infeasible"

    ids = {breach.rule for breach in best.forbidden}
    breached = [rule for rule in rules if rule.id in ids]
    small = [breached, *([*breached, rule] for rule in rules if rule not in breached)]
    core = next((some for some in small if impossible(some)), rules)
    for rule in core:
        rest = [other for other in core if other is not rule]
        core = rest if impossible(rest) else core
    return core
