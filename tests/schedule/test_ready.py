"""Loops are there once ready has ended."""

from tests.schedule.centre import RULES, centre
from wfm.schedule import ready
from wfm.schedule.compiled import compiled
from wfm.schedule.market.margins import _margin, _sell
from wfm.schedule.search import Search
from wfm.schedule.tours.chains import _joined, _paired
from wfm.schedule.tours.machine import _best

LOOPS = _margin, _sell, _joined, _paired, _best


def test_a_first_roster_translates_nothing_once_loops_are_ready() -> None:
    ready().join()
    before = _translated()
    Search(centre(agents=4, days=7), RULES, 1).greedy()
    assert min(before) > 0
    assert _translated() == before


def _translated() -> list[int]:
    return [len(compiled(loop).signatures) for loop in LOOPS]  # type: ignore[attr-defined]  # a dispatcher of numba
