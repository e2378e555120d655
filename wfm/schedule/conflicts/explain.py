"""Why there is no legal roster: the least bad one, what cannot be met together, and what would mend it."""

from __future__ import annotations

from dataclasses import dataclass

from wfm.schedule.agents import Scale, Workshop
from wfm.schedule.conflicts.inquiry import Inquiry
from wfm.schedule.conflicts.reason import Conflict, in_words
from wfm.schedule.judge import Judged
from wfm.schedule.proving import Model, Verdict, can_be_met, minimise
from wfm.schedule.watch import Watch

CHECK_SHARE = 0.2
"""Share of the remaining time for a second look at an infeasible verdict."""
ELASTIC_SHARE = 0.6
"""Share of the remaining time for the least bad roster."""


@dataclass(frozen=True)
class Trouble:
    """The least bad roster found, whether a legal one is proved impossible, and conflicts (empty: none could be narrowed down)."""

    best: Judged
    proved: bool
    conflicts: tuple[Conflict, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """For a planner: what is proved, then the conflicts with their repairs, or where there are none each breach of the roster."""
        if self.best.legal:
            return ()
        head = "proved: no roster keeps them all" if self.proved else "not proved: no legal roster was found in time"
        breaches = [f"{breach.rule}: {breach.words}" for breach in self.best.forbidden]
        return (head, *(in_words(self.conflicts) or breaches))


def told(best: Judged, inquiry: Inquiry) -> Trouble:
    """The trouble behind clashes that were found: what they do not ask for is mended first."""
    best = inquiry.mended(best)
    return Trouble(best, proved=True, conflicts=inquiry.conflicts(best))


def explained(best: Judged, verdict: Verdict, inquiry: Inquiry, watch: Watch) -> Trouble:
    """Where no clash was found: check an infeasible verdict a second way, breach as little as possible, then look everywhere."""
    if not watch.has_time:
        return Trouble(best, proved=False)
    proved = verdict == "infeasible" and _impossible(best, watch)
    proofs = minimise(Model.of(best.problem, best.rules, elastic=True), best.draft, watch, ELASTIC_SHARE)
    best = best.or_placed(*(proof.draft for proof in proofs if proof.draft))
    if not proved or best.legal:
        return Trouble(best, proved=proved)
    inquiry.look_everywhere(best)
    return Trouble(best, proved=True, conflicts=inquiry.conflicts(best))


def _impossible(best: Judged, watch: Watch) -> bool:
    """Whether no roster is legal, found a second way: by an agent without a tour, else by CP-SAT from another seed without presolve.

    Tours are searched for by machines that share no code with CP-SAT's model, so that each would have to err in the same way.
    """
    rules = [rule for rule in best.rules if rule.price is None]
    workshop = Workshop(best.problem, rules, Scale.of(rules))
    if not all(workshop.has_tour(agent) for agent in best.problem.workforce.agents):
        return True
    return can_be_met(Model.of(best.problem, rules), watch, CHECK_SHARE, again=True) == "infeasible"
