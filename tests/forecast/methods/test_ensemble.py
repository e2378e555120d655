"""The ensemble: shares are earned, and equal where nothing is known."""

import numpy as np
import pytest

from tests.forecast.histories import grid, negative_binomial, usual_mean
from wfm.forecast import Calendar, Days
from wfm.forecast.blend import blend
from wfm.forecast.methods.ensemble import Ensemble, earned
from wfm.forecast.rehearsal import Rehearsal

DATES = grid(140, zone="UTC").dates
COUNTS = negative_binomial(usual_mean(grid(112, zone="UTC")), 0.03, seed=1).reshape(112, 48)
PAST = Days.of(DATES[:112], Calendar())


def rehearsed(*misses: float, count: int = 4) -> list[Rehearsal]:
    actual = np.full((14, 3), 100.0)
    return [Rehearsal(0, np.stack([actual + miss for miss in misses]), actual)] * count


def test_shares_are_equal_without_rehearsals() -> None:
    assert Ensemble().shares(()).near.tolist() == [1 / 3] * 3


def test_who_errs_less_has_the_larger_share() -> None:
    shares = earned(rehearsed(10, 9, 12), 0, 7, np.ones(3))
    assert shares.sum() == pytest.approx(1)
    assert shares[1] > shares[0] > shares[2]


def test_more_rehearsals_sharpen_the_shares() -> None:
    few, many = (earned(rehearsed(10, 9, 12, count=n), 0, 7, np.ones(3)) for n in (1, 8))
    assert many[1] > few[1] > 1 / 3


def test_shares_begin_as_they_were_before() -> None:
    assert earned((), 0, 7, np.array([1.0, 3.0])).tolist() == [0.25, 0.75]
    alike = earned(rehearsed(10, 10), 0, 7, np.array([1.0, 3.0]))
    assert alike.tolist() == pytest.approx([0.25, 0.75])


def test_the_answer_lies_between_those_of_its_members() -> None:
    future = Days.of(DATES[112:], Calendar())
    members = np.stack([m.expect(COUNTS, PAST, future) for m in Ensemble.members])
    mixed = Ensemble().expect(COUNTS, PAST, future)
    assert (mixed >= members.min(axis=0) - 1e-9).all()
    assert (mixed <= members.max(axis=0) + 1e-9).all()


def test_the_mixture_s_rehearsals_are_those_of_its_members_by_share() -> None:
    found = blend(Ensemble(), COUNTS, PAST, None)
    one, mixed = found.rehearsals[2], found.rehearsed()[2]
    by_hand = np.einsum("m,mds->ds", found.shares.far, one.means[:, 7:])
    assert mixed.means[0, 7:] == pytest.approx(by_hand)
    assert (mixed.actual[:] == COUNTS[one.origin :]).all()
