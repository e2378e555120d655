"""The schedule room: requirement and agents in, an audited roster out."""

from wfm.schedule.audit import Clause, audit, certificate
from wfm.schedule.law import Law
from wfm.schedule.packs import PACKS, Pack, pack
from wfm.schedule.placing.off_queue import RoleTime, Sitting, contacts_lost, off_queue_minutes, role_times, sittings
from wfm.schedule.preflight import preflight
from wfm.schedule.problem import Duty, RosterProblem
from wfm.schedule.ready import ready
from wfm.schedule.replanning.replan import Replanned, replan
from wfm.schedule.rule import Automaton, Rule
from wfm.schedule.rules import RULES
from wfm.schedule.solution import Limits, Progress, Solution, TierResult
from wfm.schedule.solve import solve

__all__ = [
    "PACKS",
    "RULES",
    "Automaton",
    "Clause",
    "Duty",
    "Law",
    "Limits",
    "Pack",
    "Progress",
    "Replanned",
    "RoleTime",
    "RosterProblem",
    "Rule",
    "Sitting",
    "Solution",
    "TierResult",
    "audit",
    "certificate",
    "contacts_lost",
    "off_queue_minutes",
    "pack",
    "preflight",
    "ready",
    "replan",
    "role_times",
    "sittings",
    "solve",
]
