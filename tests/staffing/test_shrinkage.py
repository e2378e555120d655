"""Shrinkage in exact arithmetic: nobody is hired by a rounding error."""

from fractions import Fraction
from math import ceil

import pytest

from wfm.domain import InputError
from wfm.staffing import gross_agents, paid_agents


def test_twenty_one_agents_at_thirty_percent_are_thirty() -> None:
    assert ceil(21 / (1 - 0.3)) == 31  # what floating point says
    assert paid_agents(21, 0.3) == 30
    assert paid_agents(7, 0.3) == 10


def test_every_whole_percentage_is_rounded_as_on_paper() -> None:
    for percent in range(100):
        for net in range(121):
            assert paid_agents(net, percent / 100) == ceil(Fraction(100 * net, 100 - percent))


def test_without_shrinkage_nothing_changes() -> None:
    assert paid_agents(12, 0.0) == 12
    assert gross_agents(12, 0.0) == 12.0


def test_gross_agents_are_not_rounded() -> None:
    assert gross_agents(7, 0.3) == 10.0
    assert gross_agents(6, 0.3) == pytest.approx(60 / 7)


@pytest.mark.parametrize("shrinkage", [1.0, 1.5, -0.1, float("nan")])
def test_a_shrinkage_that_leaves_nobody_is_refused(shrinkage: float) -> None:
    with pytest.raises(InputError, match="shrinkage"):
        paid_agents(7, shrinkage)
