"""What really came is told only for channels whose history reaches into the horizon."""

import numpy as np

from tests.report.tiny_plan import GRID, tiny_plan
from wfm.report.hindsight import accuracy_by_channel, outcome


def test_only_a_channel_whose_future_is_known_is_scored() -> None:
    plan = tiny_plan()
    assert accuracy_by_channel(plan) == {"phone": plan.accuracy[0]}
    assert outcome(plan, "mail") is None


def test_what_came_lies_on_the_grid_of_the_horizon() -> None:
    came = outcome(tiny_plan(), "phone")
    assert came is not None
    assert came.shape == (GRID.count,)
    assert not np.isnan(came).any()
    assert came[8] == 8.0
