"""The lever of fairness sets the price of the rules, adds one where there is none, and takes them out at 0."""

from tests.study.folders import SCENARIOS, phone_small
from wfm.study import read_scenario
from wfm.study.levers import Fairness


def test_a_price_is_set_or_a_rule_added() -> None:
    helpdesk = read_scenario(SCENARIOS / "helpdesk-24x7")
    moved = Fairness(price=0.7).apply(helpdesk)
    assert [rule.price for rule in moved.rules if rule.kind == "fairness"] == [0.7]
    assert len(moved.rules) == len(helpdesk.rules)
    assert [rule.price for rule in Fairness(price=0.7).apply(phone_small()).rules if rule.kind == "fairness"] == [0.7]


def test_at_no_price_nobody_asks_for_fairness() -> None:
    moved = Fairness(price=0.0).apply(read_scenario(SCENARIOS / "helpdesk-24x7"))
    assert not {"fairness", "spread"} & {rule.kind for rule in moved.rules}
    assert Fairness(price=0.0).words == "without fairness"
