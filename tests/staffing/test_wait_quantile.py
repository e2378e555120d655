"""A quantile of the wait is where the law of the wait passes it."""

import numpy as np
import pytest

from wfm.domain import InputError
from wfm.staffing import erlang_a, erlang_c, wait_quantile


@pytest.mark.parametrize("share", [0.5, 0.9, 0.999])
def test_just_that_share_waits_no_longer(share: float) -> None:
    agents = np.array([11.0, 12.0, 14.0])
    endless, patient = (wait_quantile(10.0, agents, 180.0, share, patience) for patience in (None, 90.0))
    queues = (erlang_c(10.0, agents, 180.0, endless), erlang_a(10.0, agents, 180.0, 90.0, patient))
    for seconds, queue in zip((endless, patient), queues, strict=True):
        within = queue.service_level("answered_or_abandoned")
        waits = seconds > 0
        np.testing.assert_allclose(within[waits], share, rtol=1e-9)
        assert (within[~waits] >= share).all()


def test_without_load_nobody_waits_and_without_end_nobody_knows() -> None:
    assert wait_quantile([0.0, 10.0], [0, 10], 180.0, 0.9).tolist() == [0.0, np.inf]
    assert wait_quantile([0.0, 10.0], 0, 180.0, 0.9, 60.0) == pytest.approx([0.0, 60 * np.log(10)])


def test_the_wait_that_nobody_exceeds_is_refused() -> None:
    with pytest.raises(InputError, match="below 1"):
        wait_quantile(10.0, 12, 180.0, 1.0)
