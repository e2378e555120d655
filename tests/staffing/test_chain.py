"""The chain behind changing days: against matrix exponentials, closed forms, and conservation."""

from collections.abc import Callable
from typing import cast

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.linalg import expm
from scipy.special import betainc, gammainc

from wfm.staffing.chain import Stage, backward, compiled, fates, forward, further_wait, restaffed

SERVE, LEAVE = 1 / 240, 1 / 180


def generator(rows: int, width: int, arrive: float, agents: int) -> NDArray[np.float64]:
    """Return the generator over states (e, k), written down state by state; states that cannot be reached are left alone."""
    size = rows * width
    rates = np.zeros((size, size))

    def move(e: int, k: int, to_e: int, to_k: int, rate: float) -> None:
        rates[e * width + k, to_e * width + to_k] += rate

    for e in range(rows):
        for k in range(0 if e == 0 else agents, width):
            if k < width - 1:
                move(e, k, e, k + 1, arrive)
            if k > agents:
                move(e, k, e, k - 1, (k - agents) * LEAVE)
            if e > 0:
                move(e, k, e - 1, k, (agents + e) * SERVE)
            elif k > 0:
                move(0, k, 0, k - 1, min(k, agents) * SERVE)
    return rates - np.diag(rates.sum(axis=1))


@pytest.mark.parametrize(("rows", "agents"), [(1, 4), (3, 4), (3, 0)])
def test_the_law_moves_as_the_matrix_exponential_says(rows: int, agents: int) -> None:
    width, arrive, seconds = 14, 0.03, 400.0
    law = np.zeros((rows, width))
    law[rows - 1, agents + 3] = 1.0
    rates = generator(rows, width, arrive, agents)
    end, mean = compiled(forward)(law, arrive, agents, SERVE, LEAVE, seconds)
    np.testing.assert_allclose(end.ravel(), law.ravel() @ expm(rates * seconds), atol=1e-11)
    knots, shares = np.polynomial.legendre.leggauss(40)
    integral = sum(
        share / 2 * law.ravel() @ expm(rates * seconds * (knot + 1) / 2)
        for knot, share in zip(knots, shares, strict=True)
    )
    np.testing.assert_allclose(mean.ravel(), integral, atol=1e-11)


def test_plain_python_and_machine_code_agree() -> None:
    law = restaffed(np.full((1, 9), 1 / 9), 8, 5)
    for plain, quick in zip(
        forward(law, 0.02, 5, SERVE, LEAVE, 60.0), compiled(forward)(law, 0.02, 5, SERVE, LEAVE, 60.0), strict=True
    ):
        np.testing.assert_allclose(plain, quick, rtol=1e-12, atol=1e-15)
    fate = np.zeros((2, 2, 5))
    np.testing.assert_allclose(
        backward(fate, 5, SERVE, LEAVE, 20.0), compiled(backward)(fate, 5, SERVE, LEAVE, 20.0), rtol=1e-12
    )
    np.testing.assert_allclose(
        further_wait(2, 5, 5, SERVE, LEAVE), compiled(further_wait)(2, 5, 5, SERVE, LEAVE), rtol=1e-12
    )


def test_under_one_staff_the_wait_is_a_beta_variable() -> None:
    """e^(-leave V) of a patient contact with q ahead is Beta(n serve / leave, q + 1): the order statistics of the way through the queue."""
    agents, within, ahead = 7, 45.0, np.arange(30)
    answered, abandoned = fates((Stage(agents, SERVE, LEAVE, within),), 1, 30)[:, 0]
    c, late = agents * SERVE / LEAVE, np.exp(-LEAVE * within)
    in_time = betainc(ahead + 1, c, 1 - late)  # P(V <= T)
    expected = c / (c + ahead + 1) * (1 - betainc(c + 1, ahead + 1, late))
    np.testing.assert_allclose(answered, expected, atol=1e-11)
    np.testing.assert_allclose(abandoned, 1 - (1 - in_time) * late - expected, atol=1e-11)
    np.testing.assert_allclose(further_wait(1, 30, agents, SERVE, LEAVE)[0] * LEAVE, (ahead + 1) / (c + ahead + 1))


def test_without_patience_the_wait_is_a_gamma_variable() -> None:
    answered, abandoned = fates((Stage(7, SERVE, 0.0, 45.0),), 1, 30)[:, 0]
    np.testing.assert_allclose(answered, gammainc(np.arange(30) + 1, 7 * SERVE * 45.0), atol=1e-11)
    assert not abandoned.any()
    assert np.isinf(further_wait(1, 3, 0, SERVE, 0.0)).all()


def test_a_wait_cut_at_a_change_of_nothing_is_one_wait() -> None:
    whole = fates((Stage(5, SERVE, LEAVE, 50.0),), 3, 20)
    cut = fates((Stage(5, SERVE, LEAVE, 20.0), Stage(5, SERVE, LEAVE, 30.0)), 3, 20)
    np.testing.assert_allclose(cut, whole, atol=1e-10)


def test_agents_who_come_take_at_once_who_waits() -> None:
    answered, _ = fates((Stage(5, SERVE, LEAVE, 0.0), Stage(8, SERVE, LEAVE, 1e-9)), 1, 5)[:, 0]
    np.testing.assert_allclose(answered, [1, 1, 1, 0, 0], atol=1e-6)


@pytest.mark.parametrize("after", [0, 3, 6, 9, 20])
def test_a_change_of_staff_loses_no_contact_and_interrupts_none(after: int) -> None:
    before = 6
    law = np.zeros((3, 12))
    law[0] = np.random.default_rng(1).random(12)
    law[1:, before:] = np.random.default_rng(2).random((2, 6))
    law /= law.sum()
    moved = restaffed(law, before, after)

    def contacts(of: NDArray[np.float64]) -> NDArray[np.float64]:
        e, k = np.indices(of.shape)
        return np.bincount((e + k).ravel(), of.ravel(), minlength=30).astype(np.float64)

    np.testing.assert_allclose(contacts(moved), contacts(law), atol=1e-15)
    assert moved[1:, :after].sum() == 0  # whoever stays on beyond the time leaves only others who are busy too
    if after >= before + 2:
        assert moved.shape[0] == 1


def test_without_a_folder_to_write_to_a_kernel_is_compiled_all_the_same() -> None:
    scope: dict[str, object] = {}
    exec("def twice(number):\n    return 2 * number", scope)
    assert compiled(cast("Callable[[int], int]", scope["twice"]))(21) == 42
