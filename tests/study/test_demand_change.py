"""Demand factors are kept by channel, in the order of the scenario's channels, and multiply."""

from tests.study.folders import SCENARIOS, phone_small
from wfm.study import Demand, read_scenario
from wfm.study.demand_change import with_demand


def test_factors_of_one_give_the_scenario_itself() -> None:
    scenario = phone_small()
    assert with_demand(scenario, None, 1.0, 1.0) is scenario


def test_all_channels_move_where_none_is_named() -> None:
    scenario = read_scenario(SCENARIOS / "helpdesk-24x7")
    one = with_demand(scenario, "tickets", 2.0, 1.0)
    assert one.demand == (Demand(channel="tickets", scale=2.0),)
    assert with_demand(one, None, 0.5, 3.0).demand == (
        Demand(channel="phone", scale=0.5, aht_scale=3.0),
        Demand(channel="chat", scale=0.5, aht_scale=3.0),
        Demand(channel="tickets", scale=1.0, aht_scale=3.0),
    )
