"""Cents are paid time at the contract's rate, with the premiums of night, weekend and holiday."""

import pytest
from pydantic import ValidationError

from tests.schedule.tiny import worked
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rules import Cost


def test_a_paid_hour_costs_what_the_contract_says(desk: RosterProblem) -> None:
    (breach,) = Cost(price=0.001).breaches(desk, worked(desk, cas="es"))
    assert (breach.amount, breach.words) == (7 * 1_850, "cas costs 129.50 on 2026-10-24")
    assert breach.cost == pytest.approx(12.95)


def test_weekend_and_holiday_add_up_and_time_on_call_has_its_own_share(desk: RosterProblem) -> None:
    found = Cost(price=1, weekend=0.5, holiday=1.0, on_call=0.1).breaches(desk, worked(desk, cas="es"))
    assert [row.amount for row in found] == [7 * 1_850 * 2.5, 2 * 1_850]  # 20 h on call


def test_the_night_counts_from_eleven_to_six_with_its_breaks(desk: RosterProblem) -> None:
    late: RosterProblem = desk.varied(
        templates=(desk.templates[0].varied(name="night", starts=(22 * 60,), weekdays=(5,)),), before=()
    )
    (breach,) = Cost(price=1, night=0.25).breaches(late, worked(late, cas="n-"))
    # Eight hours from 22:00 end at 05:00 winter time: 7 h paid, and as the clocks give an hour back 7 h of night.
    assert breach.amount == round(1_850 * (7 + 0.25 * 7))


def test_agents_without_a_rate_cost_nothing_and_a_price_must_be_given(weekend: RosterProblem) -> None:
    assert not Cost(price=1).breaches(weekend, worked(weekend, ann="een", ben="nn-"))
    with pytest.raises(ValidationError, match="price"):
        Cost.model_validate({})
