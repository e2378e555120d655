"""Who calls again is offered again: nothing is lost or made, and the limits are the queues without redials."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wfm.domain import InputError
from wfm.staffing import erlang_a, erlang_b, load_with_redials
from wfm.staffing.arrays import Floats

SHARES = st.floats(0, 0.99)


@settings(max_examples=40, deadline=None)
@given(st.floats(1e-3, 1e4), st.floats(0.1, 2), SHARES, SHARES)
def test_fresh_and_returning_contacts_are_what_is_offered(
    fresh: float, staffing: float, redial: float, repeat: float
) -> None:
    agents = fresh * staffing + 1

    def lost(load: Floats) -> Floats:
        return erlang_a(load, agents, 300.0, 120.0, 0.0).p_abandon

    offered = load_with_redials(fresh, lost, redial, repeat)
    gone = lost(offered)
    assert offered.item() == pytest.approx((fresh + offered * (redial * gone + repeat * (1 - gone))).item(), rel=1e-9)
    assert fresh <= offered <= fresh / (1 - max(redial, repeat)) * (1 + 1e-12)


def test_nobody_who_calls_again_adds_nothing() -> None:
    fresh = np.array([0.0, 3.0, 50.0])
    assert load_with_redials(fresh, lambda load: erlang_b(load, 20), 0.0).tolist() == fresh.tolist()


def test_when_all_who_are_blocked_persist_the_lines_carry_all_that_is_fresh() -> None:
    """With redial to 1 nothing is lost for good: the carried load a (1 - B) nears the fresh one (Cohen 1957)."""
    offered = load_with_redials(15.0, lambda load: erlang_b(load, 20), 1 - 1e-9)
    assert offered * (1 - erlang_b(offered, 20)) == pytest.approx(15.0, rel=1e-6)
    assert offered > 15.5


def test_repeats_of_the_answered_alone_are_a_geometric_sum() -> None:
    assert load_with_redials(12.0, np.zeros_like, 0.3, 0.25) == pytest.approx(16.0, rel=1e-12)


def test_a_share_of_all_is_refused() -> None:
    for shares in ((1.0, 0.0), (0.0, 1.0), (-0.1, 0.0)):
        with pytest.raises(InputError, match="below 1"):
            load_with_redials(10.0, np.zeros_like, *shares)
