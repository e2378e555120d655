"""The grid of service: what it says between its points is what the model itself says there."""

from __future__ import annotations

import numpy as np
import pytest

from wfm.domain import Channel, ServiceLevel
from wfm.staffing import Demand, StaffingModel
from wfm.staffing.require import fitting_model
from wfm.staffing.service_grid import ServiceGrid

LEVEL = ServiceLevel(share=0.8, within_seconds=20)
LOADS, TIMES = np.geomspace(0.05, 30, 25), np.linspace(240, 360, 25)


def grid(model: StaffingModel) -> ServiceGrid:
    return ServiceGrid.of(model, Demand(LOADS * 1800 / TIMES, TIMES, 1800.0), 33.0)


@pytest.mark.parametrize(
    ("channel", "error"),
    [
        (Channel(name="phone", patience_seconds=180, targets=(LEVEL,)), 1e-3),
        (Channel(name="chat", kind="chat", concurrency=3, patience_seconds=60, targets=(LEVEL,)), 3e-3),
        (Channel(name="hotline", targets=(LEVEL,)), 5e-3),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_between_its_points_it_says_what_the_model_says(channel: Channel, error: float) -> None:
    model = fitting_model(channel)
    found = grid(model).means(LOADS[None, :], TIMES, np.ones((1, 25)))
    for agents in range(0, found.shape[1], 7):
        demand = Demand(LOADS * 1800 / TIMES, TIMES, 1800.0)
        exact = model.share_in_target(demand, np.full(25, float(agents)))
        smooth = np.abs(agents - LOADS) > 0.5 * np.sqrt(
            LOADS
        )  # without patience, service breaks off where both are equal
        smooth |= channel.patience_seconds is not None
        np.testing.assert_allclose(found[smooth, agents], exact[smooth], atol=error)


def test_knots_of_a_row_are_summed_with_their_weights() -> None:
    table = grid(fitting_model(Channel(name="hotline", targets=(LEVEL,))))
    load, weight = np.array([[10.0, 20.0], [12.0, 25.0]]), np.array([[0.3, 0.5], [0.7, 0.5]])
    parts = [table.means(load[[k]], np.array([300.0, 250.0]), weight[[k]]) for k in range(2)]
    np.testing.assert_allclose(table.means(load, np.array([300.0, 250.0]), weight), parts[0] + parts[1])
