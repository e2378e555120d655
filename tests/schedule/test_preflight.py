"""What preflight says, and that it keeps quiet where there is enough."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.schedule import fortnight
from tests.schedule.tiny import requirement, week, weekend
from wfm.domain import Opening, TimeOff, Workforce
from wfm.schedule import rules
from wfm.schedule.preflight import preflight
from wfm.schedule.problem import RosterProblem

PROBLEM = fortnight.problem()


def asking(heads: int, shrinkage: float) -> RosterProblem:
    """Build the fortnight with a requirement of so many net agents at all times."""
    row = requirement("phone", PROBLEM.grid, dict.fromkeys(range(PROBLEM.grid.count), (0.0,) * (heads + 1)))
    gross = tuple(net / (1 - shrinkage) for net in row.net)
    return PROBLEM.varied(requirements=(row.varied(shrinkage=shrinkage, gross=gross),))


def with_workforce(**changes: object) -> RosterProblem:
    workforce: Workforce = PROBLEM.workforce.varied(**changes)
    return PROBLEM.varied(workforce=workforce)


def test_a_workforce_that_is_enough_has_no_findings() -> None:
    assert preflight(asking(1, 0.3), fortnight.RULES) == ()


def test_contract_hours_are_held_against_the_requirement() -> None:
    # 8 full agents and half a ninth of 40 h, one of 24 h and one of 4 h are 368 h a week: 2.19 seats round the clock, 1.53 after 30 %.
    (finding,) = preflight(asking(2, 0.3), ())
    assert finding == (
        "11 agents give 1.5 seats on average after 30% shrinkage; you ask for 2.0 on average and 2 on Mon 2026-11-02 00:00"
    )


def test_only_hours_with_a_requirement_count_as_open() -> None:
    steps = [step for step in range(PROBLEM.grid.count) if step % 48 in range(18, 36)]
    row = requirement("phone", PROBLEM.grid, dict.fromkeys(steps, (0.0, 1.0, 2.0, 3.0, 4.0, 5.0)))
    assert preflight(PROBLEM.varied(requirements=(row,)), ()) == ()


def test_a_skill_that_too_few_have_is_named() -> None:
    agents = tuple(agent.varied(skills=("chat",)) for agent in PROBLEM.workforce.agents)
    found = preflight(with_workforce(agents=agents), ())
    assert found[0] == "phone asks for 2 agents at once on Mon 2026-11-02 00:00; nobody has the skill phone"
    assert found[1].startswith("no channel asks for a skill of ann, bea,")


def test_hours_that_no_shift_reaches_are_named() -> None:
    early = PROBLEM.varied(templates=(fortnight.TEMPLATES["E"], fortnight.TEMPLATES["D"]))
    gaps = [line for line in preflight(early, ()) if line.startswith("no shift reaches")]
    assert len(gaps) == 14
    assert gaps[0] == ("no shift reaches Mon 2026-11-02 17:30 to Tue 2026-11-03 06:00, where agents are asked for")
    assert not [line for line in preflight(PROBLEM, ()) if line.startswith("no shift reaches")]


def test_a_role_with_too_few_holders_is_named() -> None:
    around_the_clock = rules.RoleCover(role="sme", at_least=2)
    # Four experts of 40 h are 160 paid hours a week, 170 on shift with unpaid breaks; two at all times but the first 6 h are 660 h.
    assert preflight(asking(1, 0.0), [around_the_clock]) == (
        "role_cover:sme:2 asks for 660 hours on shift with the role sme; 4 have 340 with breaks",
    )
    five = rules.RoleCover(role="sme", at_least=5, hours=Opening.from_text("mon 08:00-09:00"))
    assert preflight(asking(1, 0.0), [five]) == ("role_cover:sme:5 asks for 5 with the role sme at once; there are 4",)


def test_an_agent_without_a_legal_duty_is_named() -> None:
    away = TimeOff(agent="ida", first=fortnight.FIRST, last=fortnight.FIRST + timedelta(days=13))
    problem = with_workforce(time_off=(away,))
    assert preflight(problem, [rules.TimeOff()])[-1:] == ("ida cannot work any shift of the horizon: time_off",)
    assert not [line for line in preflight(problem, [rules.TimeOff(price=1.0)]) if "cannot work" in line]


@pytest.mark.parametrize("problem", [weekend(), week()], ids=["weekend", "week"])
def test_tiny_problems_have_no_agent_without_a_duty(problem: RosterProblem) -> None:
    assert problem.days[0] >= date(2026, 10, 24)
    assert not [line for line in preflight(problem, [rules.Availability(), rules.TimeOff()]) if "cannot work" in line]


def test_what_one_person_alone_can_do_is_named() -> None:
    agents = tuple(agent.varied(skills=("chat",) if agent.id == "ann" else ()) for agent in PROBLEM.workforce.agents)
    chat = PROBLEM.varied(
        channels=(PROBLEM.channels[0].varied(skill="chat"),),
        workforce=PROBLEM.workforce.varied(agents=agents),
        published=None,
    )
    found = preflight(chat, (rules.NoSingleDependency(skill="chat"),))
    assert "only ann has the skill chat; nobody can stand in" in found
    assert "no_single_dependency:chat:day asks for 2 different people; there are 1" in found
