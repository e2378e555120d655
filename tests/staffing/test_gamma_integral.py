"""The integral behind the Erlang formulas, against high-precision sums and quadrature."""

from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from scipy.integrate import quad

from wfm.staffing.arrays import Floats
from wfm.staffing.gamma_integral import Panel, Piece, curvature, panels

ONE = np.ones(1)


def panel(rate: Floats, slope: Floats, limit: Floats, direction: Floats) -> Panel:
    return panels([Piece(rate, slope, limit, direction)])[0]


@pytest.mark.parametrize("offset", [-0.25, -0.2499, -1e-3, -1e-9, 1e-12, 1e-5, 0.1, 0.25])
def test_curvature_keeps_its_digits_where_it_is_small(offset: float) -> None:
    exact, term = Fraction(0), Fraction(offset)
    for power in range(2, 30):
        term *= Fraction(offset) / power
        exact += term
    assert curvature(np.array(offset)) == pytest.approx(float(exact), rel=4e-16)


def test_curvature_is_smooth_where_its_two_ways_meet() -> None:
    around = curvature(np.array([np.nextafter(0.25, 0), np.nextafter(0.25, 1)]))
    assert around[0] == pytest.approx(around[1], rel=1e-14)


@pytest.mark.parametrize("direction", [1.0, -1.0])
@pytest.mark.parametrize(("rate", "slope"), [(0.01, 0.0), (1.0, 0.5), (20.0, 3.0), (5000.0, 0.0), (1e6, 2e3)])
def test_a_panel_integrates_what_quadrature_integrates(rate: float, slope: float, direction: float) -> None:
    piece = panel(rate * ONE, slope * ONE, np.inf * ONE, direction * ONE)

    def integrand(d: float) -> float:
        return float(np.exp(-rate * curvature(np.array(direction * d)) - slope * d))

    width = 1 / (rate**0.5 + slope)
    edges = [0.0, *(width * 1.5**k for k in range(40) if direction < 0 or width * 1.5**k < 100)]
    exact = sum(quad(integrand, *edge, epsabs=0, epsrel=1e-13)[0] for edge in pairwise(edges) if integrand(edge[0]) > 0)
    assert piece.weight.sum() == pytest.approx(exact, rel=1e-12)


@pytest.mark.parametrize("limit", [50.0, 3000.0, np.inf])
def test_a_tail_too_long_for_knots_is_a_plain_exponential(limit: float) -> None:
    """Where b e^p is tiny the integrand is exp(-c d) but for a beginning; its whole is (1 - e^(-c limit)) / c to first order in b."""
    steepness = 1e-6
    piece = panel(1e-12 * ONE, (steepness - 1e-12) * ONE, limit * ONE, -ONE)
    assert piece.weight.sum() == pytest.approx(-np.expm1(-steepness * limit) / steepness, rel=1e-9)


def test_a_piece_of_no_length_counts_nothing() -> None:
    assert panel(3 * ONE, ONE, 0 * ONE, ONE).weight.sum() == 0.0
