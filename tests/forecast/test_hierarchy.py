"""Parts add up: contacts exactly, handle times by weight, and a part never passes for the whole."""

from datetime import date

import numpy as np
import pytest

from wfm.domain import ContactHistory, TimeGrid
from wfm.forecast import total

GRID = TimeGrid.of_days(date(2026, 3, 2), 1, 60, "Europe/Madrid")


def part(
    name: str, counts: dict[int, float | None], aht: float, closed: frozenset[int] = frozenset()
) -> ContactHistory:
    offered = tuple(None if step in closed else counts.get(step, 0.0) for step in range(GRID.count))
    return ContactHistory(
        channel=name,
        grid=GRID,
        offered=offered,
        open=tuple(step not in closed for step in range(GRID.count)),
        aht_seconds=tuple(aht if count else None for count in offered),
    )


def test_contacts_add_up_and_handle_times_are_weighted() -> None:
    whole = total([part("a", {9: 3.0}, 100.0), part("b", {9: 1.0, 10: 2.0}, 300.0)], "site")
    assert whole.channel == "site"
    assert (whole.offered[8], whole.offered[9], whole.offered[10]) == (0.0, 4.0, 2.0)
    assert whole.handle_times()[8:11] == pytest.approx([np.nan, 150.0, 300.0], nan_ok=True)


def test_a_part_that_was_not_recorded_leaves_the_whole_unknown_and_a_closed_one_does_not() -> None:
    whole = total([part("a", {9: None}, 100.0), part("b", {9: 1.0, 10: 2.0}, 300.0, frozenset({10, 11}))], "site")
    assert (whole.offered[9], whole.open[9]) == (None, True)
    assert (whole.offered[10], whole.open[10]) == (0.0, True)


def test_the_whole_of_one_part_is_that_part() -> None:
    alone = part("a", {9: 3.0}, 100.0)
    assert total([alone], "a") == alone


def test_totals_are_conserved() -> None:
    rng = np.random.default_rng(3)
    parts = [part(f"q{k}", dict(enumerate(rng.poisson(5, 24).astype(float).tolist())), 200.0) for k in range(5)]
    assert np.nansum(total(parts, "site").counts()) == sum(np.nansum(one.counts()) for one in parts)
