"""The market of heads: what minutes on the queue are worth, and what one head more would add."""

from wfm.schedule.market.margins import Margins
from wfm.schedule.market.market import Market, tight_sets
from wfm.schedule.market.slopes import slopes

__all__ = ["Margins", "Market", "slopes", "tight_sets"]
