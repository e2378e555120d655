"""A caller's numbers become arrays of one shape, or a fault that names what was wrong."""

import numpy as np
import pytest

from wfm.domain import InputError
from wfm.staffing.arrays import as_arrays


def test_numbers_and_arrays_take_one_shape() -> None:
    load, agents = as_arrays(load_erlangs=[[1.0], [2.0]], agents=[1, 2, 3])
    assert load.shape == agents.shape == (2, 3)


@pytest.mark.parametrize("wrong", [-1.0, np.nan, np.inf, 1e16])
def test_what_no_load_can_be_is_refused(wrong: float) -> None:
    with pytest.raises(InputError, match="load_erlangs from 0 to 1e\\+15"):
        as_arrays(load_erlangs=[1.0, wrong])


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(InputError) as caught:
        as_arrays(aht_seconds=0.0, patience_seconds=-5.0, agents=3)
    assert [fault.came for fault in caught.value.faults] == ["0", "-5"]


def test_a_load_too_small_to_divide_by_is_none() -> None:
    assert as_arrays(load_erlangs=5e-324)[0] == 0.0
