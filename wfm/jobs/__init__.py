"""The jobs room: durable long work, one process a job, that outlives crashes and can be stopped without losing its best."""

from wfm.jobs.clock import now
from wfm.jobs.limits import JobLimits
from wfm.jobs.porter import Porter

__all__ = ["JobLimits", "Porter", "now"]
