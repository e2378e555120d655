"""Coverage: contacts not served inside target, by hand, with breaks, parts of steps, and clock changes."""

from datetime import date, timedelta

import numpy as np
import pytest

from tests.schedule.centre import RULES, centre, requirement
from wfm.domain import Agent, Assignment, BreakTemplate, Channel, Contract, Roster, ShiftTemplate, TimeGrid, Workforce
from wfm.schedule.problem import MICRO, RosterProblem
from wfm.schedule.proving import Model, minimise
from wfm.schedule.rules import Coverage
from wfm.schedule.search import Search
from wfm.schedule.solution import Limits
from wfm.schedule.watch import Watch

MONDAY = date(2026, 11, 2)


def desk(skills: tuple[tuple[str, ...], ...], *, start: int = 540, worth: float = 1.0) -> RosterProblem:
    """One Monday of hours; phone is worth 4 contacts for the first head and 2 for the second, chat 1; from 09:00 to 10:00."""
    grid = TimeGrid.of_days(MONDAY, 1, 60, "Europe/Madrid")
    asked = {"phone": (0.0, 4.0, 6.0), "chat": (0.0, 1.0)}
    closed = ((0.0,),) * 9
    rows = []
    for name, served in asked.items():
        base = requirement(name, grid, np.zeros(grid.count))
        rows.append(base.varied(served=(*closed, served, *((0.0,),) * 14)))
    pause = BreakTemplate(minutes=15, earliest=15, latest=120)
    return RosterProblem(
        grid=grid,
        channels=(Channel(name="phone"), Channel(name="chat", worth=worth)),
        requirements=tuple(rows),
        workforce=Workforce(
            contracts=(Contract(name="full", week_minutes=2400),),
            agents=tuple(Agent(id=f"a{k}", contract="full", skills=row) for k, row in enumerate(skills)),
        ),
        templates=(ShiftTemplate(name="short", starts=(start,), minutes=240, breaks=(pause,)),),
    )


def lost(problem: RosterProblem, *pauses: int) -> float:
    """Contacts lost when the first agents work the only duty, their breaks after so many minutes."""
    duty = problem.duties[0][0]
    rows = [Assignment(agent=f"a{k}", shift=problem.shift(duty, (pause,))) for k, pause in enumerate(pauses)]
    return sum(breach.amount for breach in Coverage().breaches(problem, Roster.of(problem.grid, rows)))


def test_nobody_there_loses_everything() -> None:
    assert lost(desk((("phone",),))) == pytest.approx(7.0, abs=1e-4)


def test_one_agent_serves_the_dearest_channel() -> None:
    assert lost(desk((("phone", "chat"),)), 60) == pytest.approx(3.0, abs=1e-4)


def test_a_channel_of_more_worth_goes_first() -> None:
    assert lost(desk((("phone", "chat"),), worth=5.0), 60) == pytest.approx(6.0, abs=1e-4)


def test_a_quarter_of_an_hour_of_break_costs_a_quarter_of_the_head() -> None:
    assert lost(desk((("phone", "chat"),)), 15) == pytest.approx(4.0, abs=1e-4)


def test_a_shift_that_covers_half_a_step_serves_half() -> None:
    assert lost(desk((("phone", "chat"),), start=570), 60) == pytest.approx(5.0, abs=1e-4)


def test_agents_are_shared_out_afresh_and_only_by_skill() -> None:
    assert lost(desk((("phone",), ("phone", "chat"), ("chat",))), 60, 60, 60) == pytest.approx(0.0, abs=1e-4)
    assert lost(desk((("chat",), ("chat",), ("phone",))), 60, 60, 60) == pytest.approx(2.0, abs=1e-4)


def test_the_words_name_the_interval_and_the_heads_of_each_channel() -> None:
    problem = desk((("phone", "chat"),))
    breach = Coverage().breaches(problem, Roster.of(problem.grid, []))[0]
    assert breach.words == "2026-11-02 09:00: phone has 0 of 0 agents, chat has 0 of 0 agents"
    assert breach.at == problem.grid.instant(9)
    assert breach.first == MONDAY


@pytest.mark.parametrize("first", [date(2026, 3, 28), date(2026, 10, 24)])
def test_the_model_agrees_with_the_witness_when_clocks_change(first: date) -> None:
    problem = centre(agents=3, days=2, first=first)
    watch = Watch(Limits(steps=300))
    model = Model.of(problem, RULES)
    proofs = minimise(model, Search(problem, RULES, seed=1).greedy(), watch)
    assert proofs[0].draft is not None
    reached = problem.market.worth(proofs[0].draft.serving())
    amounts = {breach.at: breach.amount for breach in Coverage().breaches(problem, proofs[0].draft.roster())}
    for step in range(problem.grid.count):
        shortfall = int(problem.market.full[step] - reached[step])
        assert round(MICRO * amounts.get(problem.grid.instant(step), 0.0)) == shortfall


def test_a_night_begun_before_the_horizon_serves_its_first_hours() -> None:
    problem = desk((("phone", "chat"), ("phone",)), start=0)
    eve = MONDAY - timedelta(days=1)
    late = problem.templates[0].model_copy(update={"minutes": 720, "breaks": ()})
    before = Assignment(agent="a0", shift=late.placed(eve, 22 * 60, (), "Europe/Madrid"))
    reached = problem.varied(before=(before,))
    assert lost(reached) == pytest.approx(3.0, abs=1e-4)
    assert reached.serving_before.sum() == 10 * 60
    draft = Search(reached, [Coverage()], 1, None).greedy()
    assert (
        lost_by(draft.roster(), reached) == (reached.market.full - reached.market.worth(draft.serving())).sum() / MICRO
    )


def lost_by(roster: Roster, problem: RosterProblem) -> float:
    return sum(breach.amount for breach in Coverage().breaches(problem, roster))
