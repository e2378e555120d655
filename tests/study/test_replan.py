"""A scenario made ready for replanning keeps what was told, knows who is absent, and prices changes once."""

from datetime import date

import pytest

from tests.study.folders import phone_small
from wfm.domain import NotFound, Pin, Roster
from wfm.domain import TimeOff as Absence
from wfm.schedule import Rule
from wfm.schedule.rules import ChangeCost, TimeOff
from wfm.study import replanning
from wfm.study.replan import DEFAULT_CHANGE_COST

MONDAY = date(2026, 11, 30)
TOLD = Roster.of(phone_small().horizon, [])
ABSENT = Absence(agent="B1", first=MONDAY, last=MONDAY, kind="absent")


def rules_of(kind: type[Rule], *rules: Rule) -> list[Rule]:
    """Return the rules of a kind for replanning, where the scenario has these of it."""
    others = [rule for rule in phone_small().rules if not isinstance(rule, kind)]
    scenario = phone_small().varied(rules=(*others, *rules))
    return [rule for rule in replanning(scenario, TOLD, [ABSENT]).rules if isinstance(rule, kind)]


@pytest.mark.parametrize(("rules", "number"), [((), 1), ((TimeOff(),), 1), ((TimeOff(price=0.1),), 2)])
def test_whoever_is_absent_may_not_be_rostered_at_any_price(rules: tuple[Rule, ...], number: int) -> None:
    kept = rules_of(TimeOff, *rules)
    assert len(kept) == number
    assert any(rule.price is None for rule in kept)


@pytest.mark.parametrize(("rules", "price"), [((), DEFAULT_CHANGE_COST), ((ChangeCost(price=2.0),), 2.0)])
def test_the_scenario_says_what_a_change_costs(rules: tuple[Rule, ...], price: float) -> None:
    assert [rule.price for rule in rules_of(ChangeCost, *rules)] == [price]


def test_pins_of_absent_days_are_dropped() -> None:
    pins = (Pin(agent="B1", day=MONDAY, shift=None), Pin(agent="B2", day=MONDAY, shift=None))
    scenario = replanning(phone_small().varied(pins=pins), TOLD, [ABSENT])
    assert scenario.pins == pins[1:]
    assert ABSENT in scenario.workforce.time_off


def test_a_stranger_cannot_be_absent() -> None:
    with pytest.raises(NotFound, match="no agent eve"):
        replanning(phone_small(), TOLD, [ABSENT.varied(agent="eve")])
