"""Performances: estimates carry their uncertainty, rows match the grid."""

import pytest
from pydantic import ValidationError

from wfm.domain import Estimate, Noun, Performance


def test_an_estimate_covers_its_interval_and_nothing_else() -> None:
    estimate = Estimate(mean=0.8, half_width=0.01)
    assert [estimate.low, estimate.high] == pytest.approx([0.79, 0.81])
    assert estimate.covers(0.795)
    assert not estimate.covers(0.82)
    assert estimate.share_text() == "80.0% ± 1.0"
    with pytest.raises(ValidationError):
        Estimate(mean=0.8, half_width=-0.01)


def test_rows_of_a_performance_are_as_long_as_its_grid(noun: Noun) -> None:
    if isinstance(noun, Performance):
        row = noun.of("phone")
        with pytest.raises(ValidationError, match="expected 50 values of inside of phone, came 1"):
            noun.varied(channels=(row.varied(inside=(1.0,)),))
