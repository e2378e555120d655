"""Twenty thousand inputs that nobody would type; the benchmark of Erlang figures draws a million."""

from collections.abc import Sequence

import pytest

from tests.staffing.fuzzed import breaches, missizings, queues
from wfm.domain import Abandonment, AverageWait, Occupancy, ServiceLevel, Target

COMBINATIONS: tuple[Sequence[Target], ...] = (
    [ServiceLevel(share=0.8, within_seconds=20)],
    [ServiceLevel(share=1 - 1e-12, within_seconds=0)],
    [ServiceLevel(share=0.5, within_seconds=3600, definition="offered_less_short_abandons"), Occupancy(share=0.85)],
    [
        ServiceLevel(share=0.9, within_seconds=5, definition="answered"),
        AverageWait(seconds=20),
        Abandonment(share=0.03),
    ],
)


@pytest.mark.parametrize(("count", "endless"), [(14_000, True), (6_000, False)])
def test_no_input_breaks_a_law(count: int, endless: bool) -> None:
    assert list(breaches(queues(count, 20, endless=endless), 26)) == []


@pytest.mark.parametrize("targets", COMBINATIONS)
def test_the_least_number_is_the_least_for_any_input(targets: Sequence[Target]) -> None:
    assert list(missizings(300, 22, targets)) == []
