"""Workforces: what is referred to exists, once."""

from datetime import date

import pytest
from pydantic import ValidationError

from wfm.domain import Agent, Contract, Role, TimeOff, Wish, Workforce

FULL = Contract(name="full", week_minutes=2_400, cost_hour_cents=1_800)
ADA = Agent(id="A1", contract="full", roles=("lead",))
LEAD = Role(name="lead")
DAY = date(2026, 5, 1)


def test_a_workforce_finds_agents_contracts_and_days_off() -> None:
    off = TimeOff(agent="A1", first=DAY, last=date(2026, 5, 3))
    staff = Workforce(contracts=(FULL,), agents=(ADA,), roles=(LEAD,), time_off=(off,))
    assert staff.by_id == {"A1": ADA}
    assert staff.contract_of("A1") == FULL
    assert staff.days_off == {("A1", date(2026, 5, day)) for day in (1, 2, 3)}


@pytest.mark.parametrize(
    ("changes", "expectation"),
    [
        ({"agents": (ADA, ADA)}, "every agent once, came A1 more than once"),
        ({"contracts": (FULL, FULL)}, "every contract once"),
        ({"roles": (LEAD, LEAD)}, "every role once"),
        ({"roles": ()}, r"role of agent A1 to be one of \(none defined\); came lead"),
        ({"contracts": (FULL.varied(name="part"),)}, "contract of agent A1 to be one of part; came full"),
        ({"time_off": (TimeOff(agent="A9", first=DAY, last=DAY),)}, "agent with time off to be one of A1; came A9"),
        ({"wishes": (Wish(agent="A9", date=DAY, want="off"),)}, "agent with a wish to be one of A1; came A9"),
    ],
)
def test_what_is_referred_to_exists_once(changes: dict[str, object], expectation: str) -> None:
    with pytest.raises(ValidationError, match=expectation):
        Workforce(contracts=(FULL,), agents=(ADA,), roles=(LEAD,)).varied(**changes)


def test_an_agent_is_employed_from_the_first_to_the_last_day() -> None:
    agent = ADA.varied(employed_from=DAY, employed_until=date(2026, 5, 2))
    assert [agent.employed_on(date(2026, 5, day)) for day in (1, 2, 3)] == [True, True, False]
    assert not agent.employed_on(date(2026, 4, 30))
    assert ADA.employed_on(date(1999, 1, 1))


def test_a_contract_fits_into_a_week() -> None:
    assert Contract.model_validate({"name": "full", "week_minutes": "40h"}).week_minutes == 2_400
    for fields in ({"week_minutes": 0}, {"week_minutes": 10_081}, {"shifts_week": 8}, {"cost_hour_cents": -1}):
        with pytest.raises(ValidationError):
            FULL.varied(**fields)


def test_time_off_does_not_end_before_it_begins() -> None:
    with pytest.raises(ValidationError, match="expected a last day on or after 2026-05-01, came 2026-04-30"):
        TimeOff(agent="A1", first=DAY, last=date(2026, 4, 30))


@pytest.mark.parametrize("points", [0, 101])
def test_wishes_weigh_one_to_a_hundred(points: int) -> None:
    with pytest.raises(ValidationError):
        Wish(agent="A1", date=DAY, want="off", points=points)


def test_a_wished_start_tells_its_clock_time_and_nothing_else_does() -> None:
    wish = Wish.model_validate({"agent": "A1", "date": DAY, "want": "start", "start": "08:30"})
    assert (wish.start, wish.words) == (510, "a start at 08:30")
    assert [Wish(agent="A1", date=DAY, want=want).words for want in ("off", "work", "late")] == [
        "a day off",
        "to work",
        "the shift late",
    ]
    for fields in ({"want": "start"}, {"want": "late", "start": 510}):
        with pytest.raises(ValidationError, match="expected the clock time of a wished start"):
            Wish.model_validate({"agent": "A1", "date": DAY, **fields})


def test_time_off_of_more_than_five_years_is_a_slip() -> None:
    with pytest.raises(ValidationError, match="at most 1830 days"):
        TimeOff(agent="a1", first=date(1, 1, 1), last=date(9999, 12, 31))


def test_a_role_asks_for_no_less_than_it_gives() -> None:
    with pytest.raises(ValidationError, match="at least 240 min a week as most time of the role sme"):
        Role(name="sme", least_minutes=240, most_minutes=120)
    with pytest.raises(ValidationError, match="a block of the role sme of at most 30 min"):
        Role(name="sme", most_minutes=30)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"sessions": [{"name": "chat", "minutes": 60, "attendees": ["A9"]}]}, "attendee of the session chat"),
        ({"burdens": [{"agent": "A9", "period": "2026-10"}]}, "agent with a burden"),
        ({"balances": [{"agent": "A9", "weeks": 3, "minutes": 7200}]}, "agent with a balance"),
    ],
)
def test_what_is_carried_or_taught_belongs_to_known_agents(changes: dict[str, object], words: str) -> None:
    base = {"contracts": [{"name": "full", "week_minutes": 2400}], "agents": [{"id": "A1", "contract": "full"}]}
    with pytest.raises(ValidationError, match=f"expected the {words} to be one of A1; came A9"):
        Workforce.model_validate({**base, **changes})


def test_only_a_shift_can_be_wished_away() -> None:
    assert Wish(agent="A1", date=DAY, want="late", avoid=True).words == "no shift late"
    for want in ("off", "work"):
        with pytest.raises(ValidationError, match="expected the name of a shift to avoid"):
            Wish(agent="A1", date=DAY, want=want, avoid=True)
