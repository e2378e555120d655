"""The tiny problems as fixtures."""

import pytest

from tests.schedule import tiny
from wfm.schedule.problem import RosterProblem


@pytest.fixture
def weekend() -> RosterProblem:
    """Return two agents from Saturday to Monday with a history, over a night of 25 hours."""
    return tiny.weekend()


@pytest.fixture
def week() -> RosterProblem:
    """Return one agent from Monday to Sunday, day shifts at first and nights from Friday on."""
    return tiny.week()


@pytest.fixture
def desk() -> RosterProblem:
    """Return three people over two days, the second one on call."""
    return tiny.desk()
