"""The table of changes tells past events as they were measured, and what moves the horizon with its worth once that is known."""

from tests.report.tiny_story import SALE, told_plan
from wfm.forecast import ValueAdded
from wfm.report.changes import change_rows

PLAN = told_plan()
WORTH = ValueAdded(
    what=SALE, channel="phone", intervals=24, offered=150, wape_without=0.3, wape_with=0.125, assumed=1.25, measured=1.1
)


def test_past_events_come_first_with_their_uncertainty() -> None:
    row = next(change_rows(PLAN, PLAN.stories[0]))
    assert (row.what, row.when) == ("event mailing, by planning (campaign 11)", "Wed 14 Oct")
    assert (row.assumed, row.measured, row.error) == ("+40%", "+10% (-5% to +22%)", "–")


def test_what_moves_the_horizon_is_not_yet_known() -> None:
    _, sale, override = change_rows(PLAN, PLAN.stories[0])
    assert (sale.assumed, sale.measured, sale.when) == ("+25%", "not yet known", "Sat 24 Oct")
    assert override.contacts == -20
    assert override.assumed == "-10%"


def test_what_it_was_worth_is_told_once_it_is_known() -> None:
    plan = PLAN.varied(value_added=(WORTH, WORTH.varied(channel="mail")))
    _, sale, _ = change_rows(plan, plan.stories[0])
    assert (sale.assumed, sale.measured, sale.error) == ("+25%", "+10%", "30.0% → 12.5%")
