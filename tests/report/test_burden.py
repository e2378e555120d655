"""What each agent carries is counted by the local calendar."""

import pytest

from tests.report.tiny_plan import MONDAY, SATURDAY, SUNDAY, roster, tiny_plan
from wfm.domain import Wish
from wfm.report.burden import burdens
from wfm.schedule.burden import granted


def test_nights_weekends_and_hours_are_counted_by_the_local_day_on_which_a_shift_starts() -> None:
    rows = {row.agent.id: row for row in burdens(tiny_plan())}
    assert [(row.shifts, row.nights, row.weekends) for row in rows.values()] == [(2, 0, 1), (2, 1, 1), (1, 1, 1)]
    assert [row.paid_minutes for row in rows.values()] == [960, 960, 480]
    assert rows["chloe"].days_off == 1
    assert rows["anna"].contract_minutes == pytest.approx(2_400 * 3 / 7)


def test_a_saturday_and_its_sunday_are_one_weekend() -> None:
    assert [shift.day for shift in roster().shifts_of("anna")] == [SATURDAY, SUNDAY]
    assert burdens(tiny_plan())[0].weekends == 1


@pytest.mark.parametrize(
    ("agent", "day", "want", "met"),
    [
        ("anna", SUNDAY, "off", False),
        ("anna", MONDAY, "off", True),
        ("anna", SUNDAY, "work", True),
        ("anna", MONDAY, "work", False),
        ("berta", SATURDAY, "night", True),
        ("berta", SATURDAY, "day", False),
    ],
)
def test_a_wish_is_met_by_what_the_roster_gives_that_day(agent: str, day: object, want: str, met: bool) -> None:
    assert granted(Wish.model_validate({"agent": agent, "date": day, "want": want}), roster()) is met
