"""Targets: each definition is stated, and text survives."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from wfm.domain import Abandonment, Occupancy, ServiceLevel, Target, Turnaround


@pytest.mark.parametrize("text", ["80% in 20s", "80/20", " 80 / 20 ", "0.8 in 20s", "80% in PT20S"])
def test_a_service_level_is_read_as_planners_say_it(text: str) -> None:
    target = ServiceLevel.from_text(text)
    assert (target.share, target.within_seconds, target.definition) == (0.8, 20, "offered")
    assert str(target) == "80% in 20s"


@given(st.integers(0, 100), st.integers(1, 100_000))
def test_a_service_level_survives_writing_and_reading(percent: int, seconds: int) -> None:
    target = ServiceLevel(share=percent / 100, within_seconds=seconds)
    again = ServiceLevel.from_text(str(target))
    assert again.share == pytest.approx(target.share)
    assert again.within_seconds == seconds


@pytest.mark.parametrize("text", ["", "80%", "fast", "80% within 20s", "180% in 20s"])
def test_a_wrong_service_level_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"expected|less than or equal"):
        ServiceLevel.from_text(text)


@pytest.mark.parametrize(("text", "business"), [("90% in 4h of business", True), ("90% in 24h", False)])
def test_a_turnaround_says_whose_hours_count(text: str, business: bool) -> None:
    target = Turnaround.from_text(text)
    assert target.business is business
    assert Turnaround.from_text(str(target)) == target


def test_the_kind_tells_targets_apart_in_json() -> None:
    adapter: TypeAdapter[Target] = TypeAdapter(Target)
    assert adapter.validate_python({"kind": "abandonment", "share": "5%"}) == Abandonment(share=0.05)
    with pytest.raises(ValidationError):
        adapter.validate_python({"kind": "speed", "share": 0.5})


def test_agents_cannot_be_asked_to_be_never_busy() -> None:
    with pytest.raises(ValidationError):
        Occupancy(share=0)
