"""Requirements: the price of being short never falls and reads between whole agents."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from wfm.domain import Requirement, TimeGrid


def requirement(*served: tuple[float, ...], shrinkage: float = 0.0) -> Requirement:
    n = len(served)
    return Requirement(
        channel="phone",
        grid=TimeGrid.of_days(date(2026, 1, 1), 1, 30, "UTC").part(slice(0, n)),
        model="test",
        volume=(10.0,) * n,
        aht_seconds=(180.0,) * n,
        net=(2,) * n,
        gross=(2.5,) * n,
        shrinkage=shrinkage,
        served=served,
    )


def test_contacts_inside_target_are_linear_between_agents_and_flat_beyond() -> None:
    needs = requirement((0.0, 4.0, 6.0), (0.0, 1.0))
    assert needs.served_by(np.array([1.5, 0.25])).tolist() == [5.0, 0.25]
    assert needs.served_by(np.array([9.0, 0.0])).tolist() == [6.0, 0.0]
    assert needs.load_erlangs().tolist() == [1.0, 1.0]
    assert needs.nets().tolist() == [2, 2]


@pytest.mark.parametrize("served", [(), (1.0, 0.5)])
def test_more_agents_never_serve_fewer_contacts(served: tuple[float, ...]) -> None:
    with pytest.raises(ValidationError, match="never fall as agents are added, at step 0"):
        requirement(served)


def test_rows_match_the_grid_and_not_everybody_is_away() -> None:
    with pytest.raises(ValidationError, match="expected 1 values of net"):
        requirement((0.0, 1.0)).varied(net=(1, 2))
    with pytest.raises(ValidationError):
        requirement((0.0, 1.0), shrinkage=1.0)


@given(st.lists(st.floats(0, 100), min_size=1, max_size=8).map(sorted), st.floats(0, 0.9))
def test_rostered_agents_serve_what_their_present_share_serves(served: list[float], shrinkage: float) -> None:
    needs = requirement(tuple(served), shrinkage=shrinkage)
    (row,) = needs.served_when_rostered()
    assert (np.diff(row) >= -1e-9).all()
    assert row[0] == served[0]
    assert row[-1] == pytest.approx(served[-1])
    for rostered, worth in enumerate(row):
        assert worth == pytest.approx(needs.served_by(np.array([rostered * (1 - shrinkage)]))[0])


def test_a_part_keeps_the_price_of_its_steps() -> None:
    assert requirement((0.0, 1.0), (0.0, 2.0)).part(slice(1, 2)).served == ((0.0, 2.0),)
