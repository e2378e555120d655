"""Spread compares peers, and only peers."""

import pytest

from tests.schedule.tiny import worked
from wfm.domain import Opening
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rules import Spread


def test_the_difference_beyond_what_is_allowed_is_the_breach(weekend: RosterProblem) -> None:
    uneven = worked(weekend, ann="nnn", ben="e--")
    (breach,) = Spread(of="nights").breaches(weekend, uneven)
    assert breach.amount == 2
    assert breach.words == "ann works 3 nights and ben 0, both on contract part; 1 apart is allowed"
    assert not Spread(of="nights", allowed=3).breaches(weekend, uneven)


def test_a_weekend_counts_once(weekend: RosterProblem) -> None:
    assert not Spread(of="weekends", allowed=0).breaches(weekend, worked(weekend, ann="ee-", ben="-n-"))
    assert Spread(of="weekends", allowed=0).breaches(weekend, worked(weekend, ann="ee-", ben="--e"))


@pytest.mark.parametrize(
    "difference",
    [{"availability": Opening.from_text("mon-sun 06:00-20:00")}, {"employed_from": "2026-10-25"}, {"contract": "full"}],
    ids=lambda difference: next(iter(difference)),
)
def test_who_differs_in_what_they_can_do_is_no_peer(weekend: RosterProblem, difference: dict[str, object]) -> None:
    ann, ben = weekend.workforce.agents
    contracts = (*weekend.workforce.contracts, weekend.workforce.contracts[0].varied(name="full"))
    workforce = weekend.workforce.varied(contracts=contracts, agents=(ann, ben.varied(**difference)))
    apart: RosterProblem = weekend.varied(workforce=workforce)
    assert not Spread(of="nights", allowed=0).breaches(apart, worked(apart, ann="nnn"))
