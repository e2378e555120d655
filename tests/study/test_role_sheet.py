"""Roles and sessions as they are written: what becomes of them, and what is refused."""

from datetime import date

import pytest
from pydantic import ValidationError

from wfm.domain import Agent, Opening
from wfm.schedule.rules import RoleHours
from wfm.study.role_sheet import RoleSheet, SessionSheet, either, rules_of

AGENTS = [
    Agent(id="ann", contract="full", skills=("chat",), roles=("trainer",)),
    Agent(id="ben", contract="full", skills=("chat",)),
    Agent(id="cas", contract="part", skills=("phone",)),
]
DAYS = Opening.from_text("mon-fri 08:00-20:00")


def test_hours_a_week_are_hours_of_each_holder() -> None:
    for text, minutes in {"2-6": (120, 360), "3": (180, 180), "2h30m-6h": (150, 360), "1.5-2": (90, 120)}.items():
        role = RoleSheet.model_validate({"hours_week": text}).noun("sme")
        assert (role.least_minutes, role.most_minutes, role.block_minutes) == (*minutes, 60)
    assert RoleSheet.model_validate({"hours_week": 2}).noun("sme").least_minutes == 120
    assert RoleSheet.model_validate({"hours_week": "30m"}).noun("sme").block_minutes == 30
    assert RoleSheet().noun("sme").most_minutes == 0


def test_a_role_stands_for_its_rules() -> None:
    row = RoleSheet.model_validate({"cover": "at least 2 while open", "hours_week": "2-6", "rotate": True})
    rules = list(rules_of({"sme": row}, (), [DAYS], [], []))
    assert [(rule.id, rule.price) for rule in rules] == [
        ("role_cover:sme:2", None),
        ("role_hours:sme", None),
        ("role_rotation:sme", 0.01),
    ]
    assert rules[0].hours == DAYS  # type: ignore[attr-defined]
    written = RoleSheet.model_validate({"cover": "at least 1 mon 09:00-10:00"})
    assert str(next(written.rules("sme", DAYS)).hours) == "mon 09:00-10:00"  # type: ignore[attr-defined]


def test_a_rule_that_is_listed_stands_alone() -> None:
    row = RoleSheet.model_validate({"hours_week": "2-6"})
    for listed in (RoleHours(price=1.0), RoleHours(role="sme", price=1.0)):
        assert not list(rules_of({"sme": row}, (), [DAYS], [], [listed]))
    assert list(rules_of({"sme": row}, (), [DAYS], [], [RoleHours(role="lead")])) == [RoleHours(role="sme")]


def test_sessions_stand_for_one_rule() -> None:
    assert [rule.id for rule in rules_of({}, ["a", "b"], [DAYS], [], [])] == ["sessions"]


def test_a_centre_is_open_while_one_of_its_channels_is() -> None:
    late = Opening.from_text("sat 10:00-14:00, mon 09:00-22:00")
    day = date(2026, 12, 24)
    both = either([DAYS, late.varied(dates=((date(2026, 12, 26), ()),))], [day])
    assert [str(window) for window in both.windows_on(date(2026, 11, 30))] == ["08:00-20:00", "09:00-22:00"]
    assert both.windows_on(day) == both.windows_on(date(2026, 12, 26)) == ()
    assert either([DAYS, Opening.always()], []).is_always


@pytest.mark.parametrize(
    ("attendees", "names"),
    [
        (["ben", "ann"], ("ben", "ann")),
        ("all", ("ben", "cas")),
        ({"skill": "chat"}, ("ben",)),
        ({"contract": ["part", "full"]}, ("ben", "cas")),
    ],
)
def test_attendees_are_named_or_chosen_and_those_who_may_lead_do_not_attend(attendees: object, names: object) -> None:
    row = SessionSheet.model_validate({"length": "2h", "attendees": attendees, "trainer": "trainer"})
    assert row.noun("chat", AGENTS).attendees == names


def test_a_session_that_nobody_fits_is_refused() -> None:
    row = SessionSheet.model_validate({"length": "2h", "attendees": {"role": "trainer"}, "trainer": "trainer"})
    with pytest.raises(ValueError, match="expected somebody who attends the session chat, came nobody"):
        row.noun("chat", AGENTS)


@pytest.mark.parametrize(
    "value", [{"cover": "one at night"}, {"hours_week": "two"}, {"hours_week": "2-"}, {"hours_week": True}]
)
def test_what_nobody_means_is_refused(value: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        RoleSheet.model_validate(value)
