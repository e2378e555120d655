"""Rosters by exact tours: made anew under noise, days swapped, last gaps closed, drawn from a mix, weeks at a time."""

from wfm.schedule.search.drawing import drawn
from wfm.schedule.search.exchange import exchange
from wfm.schedule.search.gaps import FEW, closed, gaps
from wfm.schedule.search.noise import Noise
from wfm.schedule.search.search import Heat, Search
from wfm.schedule.search.windows import Windows

__all__ = ["FEW", "Heat", "Noise", "Search", "Windows", "closed", "drawn", "exchange", "gaps"]
