"""Numbers are written as planners read them."""

import pytest

from wfm.domain import Agent, Occupancy, ServiceLevel
from wfm.report.wording import agent_text, count, hours, money, percent, target_text


@pytest.mark.parametrize(("number", "text"), [(0, "0"), (3.25, "3.2"), (7, "7"), (1234.5, "1,234"), (-2.5, "-2.5")])
def test_counts_lose_their_fraction_where_it_no_longer_matters(number: float, text: str) -> None:
    assert count(number) == text


def test_units_are_written_out() -> None:
    assert (percent(0.8312), percent(None), hours(90), money(123_456)) == ("83.1%", "–", "1.5 h", "1,234.56")


def test_a_target_reads_as_a_promise() -> None:
    assert target_text(ServiceLevel(share=0.8, within_seconds=20)) == "at least 80% in 20s"
    assert target_text(Occupancy(share=0.88)) == "occupancy at most 88%"


def test_an_agent_without_a_name_goes_by_id() -> None:
    assert agent_text(Agent(id="a1", contract="full")) == "a1"
