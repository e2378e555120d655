"""The schedule room: requirement and agents in, an audited roster out."""

from wfm.schedule.audit import Clause, audit, certificate
from wfm.schedule.preflight import preflight
from wfm.schedule.problem import Duty, RosterProblem
from wfm.schedule.rule import Automaton, Rule
from wfm.schedule.rules import RULES
from wfm.schedule.solution import Limits, Progress, Solution, TierResult
from wfm.schedule.solve import solve

__all__ = [
    "RULES",
    "Automaton",
    "Clause",
    "Duty",
    "Limits",
    "Progress",
    "RosterProblem",
    "Rule",
    "Solution",
    "TierResult",
    "audit",
    "certificate",
    "preflight",
    "solve",
]
