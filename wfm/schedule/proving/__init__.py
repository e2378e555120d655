"""CP-SAT on the model of record: all rules, goals minimised in order, and what can be met at all."""

from wfm.schedule.proving.model import Goal, Model, empty
from wfm.schedule.proving.prove import Proof, can_be_met, complete, minimise
from wfm.schedule.proving.solver import Verdict, improver_of, solver_of, verdict_of

__all__ = [
    "Goal",
    "Model",
    "Proof",
    "Verdict",
    "can_be_met",
    "complete",
    "empty",
    "improver_of",
    "minimise",
    "solver_of",
    "verdict_of",
]
