"""The store: nouns filed under their digests, and the rows of long work that outlive any process."""

from wfm.store.job import Claim, EventKind, Job, JobEvent, JobKind, JobState, Standing
from wfm.store.leases import MAX_ATTEMPTS, Leases
from wfm.store.problem import Problem, ProblemLine, problem_type
from wfm.store.store import QueueFull, Store

__all__ = [
    "MAX_ATTEMPTS",
    "Claim",
    "EventKind",
    "Job",
    "JobEvent",
    "JobKind",
    "JobState",
    "Leases",
    "Problem",
    "ProblemLine",
    "QueueFull",
    "Standing",
    "Store",
    "problem_type",
]
