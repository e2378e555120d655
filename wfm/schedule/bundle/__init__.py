"""A proximal bundle: prices at which no roster can cost less than a bound, by mixes of whole tours."""

from wfm.schedule.bundle.bundle import Bundle
from wfm.schedule.bundle.descent import Descents
from wfm.schedule.bundle.oracle import Oracle

__all__ = ["Bundle", "Descents", "Oracle"]
