"""Problems so small that every roster can be listed, and a harness that asks CP-SAT about all of them at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import product

import numpy as np
from ortools.sat.python import cp_model

from wfm.domain import (
    Agent,
    Assignment,
    BreakTemplate,
    Burden,
    Channel,
    Contract,
    Opening,
    Pin,
    Requirement,
    Role,
    Roster,
    ShiftTemplate,
    TimeGrid,
    TimeOff,
    Wish,
    Workforce,
)
from wfm.schedule.ledger import Ledger
from wfm.schedule.others import Others
from wfm.schedule.problem import Duty, RosterProblem
from wfm.schedule.rule import Rule
from wfm.schedule.variables import Variables

MADRID = "Europe/Madrid"
Tour = tuple[Duty | None, ...]
Tours = dict[str, Tour]
"""What each agent does, day by day."""


def requirement(channel: str, grid: TimeGrid, asked: dict[int, tuple[float, ...]]) -> Requirement:
    """Build a requirement that is worth something in a few steps only: ``asked[step]`` is what 0, 1, 2 ... heads serve there."""
    served = [asked.get(step, (0.0,)) for step in range(grid.count)]
    heads = tuple(len(row) - 1 for row in served)
    return Requirement(
        channel=channel,
        grid=grid,
        model="by hand",
        volume=tuple(row[-1] for row in served),
        aht_seconds=(300.0,) * grid.count,
        net=heads,
        gross=heads,
        shrinkage=0.0,
        served=tuple(served),
    )


def weekend() -> RosterProblem:
    """Two peers, Saturday to Monday, {off, early, night}: 729 rosters over a night of 25 hours, with a history, in whole hours.

    A night of Sunday runs into Monday's early; Ann's night before the horizon runs into Saturday's. A roster is published, two cells
    are pinned.
    """
    first = date(2026, 10, 24)
    grid = TimeGrid.of_days(first, 3, 60, MADRID)
    pause = BreakTemplate(minutes=60, earliest=240, latest=240)
    early = ShiftTemplate(name="early", starts=(6 * 60,), minutes=540, breaks=(pause,))
    night = ShiftTemplate(name="night", starts=(22 * 60,), minutes=540, breaks=(pause,))
    hours = Opening.from_text("thu-sat 00:00-24:00, sun 00:00-14:00, mon 00:00-24:00")
    workforce = Workforce(
        contracts=(Contract(name="part", week_minutes=1680, shifts_week=2),),
        roles=(Role(name="sme"),),
        agents=(
            Agent(id="ann", contract="part", skills=("phone", "chat"), roles=("sme",), availability=hours),
            Agent(id="ben", contract="part", skills=("phone",), availability=hours),
        ),
        time_off=(TimeOff(agent="ben", first=date(2026, 10, 26), last=date(2026, 10, 27)),),
        wishes=(
            Wish(agent="ann", date=first, want="off", points=3),
            Wish(agent="ann", date=date(2026, 10, 26), want="early"),
            Wish(agent="ann", date=date(2026, 10, 30), want="off", points=9),
            Wish(agent="ben", date=date(2026, 10, 25), want="work", points=2),
            Wish(agent="ben", date=date(2026, 10, 25), want="night", points=4),
        ),
        burdens=(
            Burden(agent="ann", period="2026-09", nights=2, weekends=1, unmet_wishes=3),
            Burden(agent="ben", period="2026-09", weekends=0.5),
        ),
    )
    problem = RosterProblem(
        grid=grid,
        channels=(Channel(name="phone"), Channel(name="chat", worth=0.5)),
        requirements=(
            requirement("phone", grid, {8: (0.0, 2.0), 48: (0.0, 1.0, 1.5)}),
            requirement("chat", grid, {8: (0.0, 3.0)}),
        ),
        workforce=workforce,
        templates=(early, night),
        before=tuple(
            Assignment(agent="ann", shift=night.placed(day, 22 * 60, (240,), MADRID))
            for day in (date(2026, 10, 22), date(2026, 10, 23))
        ),
        pins=(
            Pin(agent="ann", day=date(2026, 10, 25), shift=early.placed(date(2026, 10, 25), 6 * 60, (240,), MADRID)),
            Pin(agent="ben", day=first),
        ),
    )
    return problem.varied(published=worked(problem, ann="e-n", ben="-n-"))


def week() -> RosterProblem:
    """One agent, Monday to Sunday, a day or a night shift that may be worked or not: 128 rosters, off the raster of the grid.

    Ann starts on Tuesday and has Wednesday off, so three fifths of her contract are due. Two windows of her Saturday overlap.
    The first four days are published, but for a shift that is no longer there.
    """
    first = date(2026, 11, 2)
    grid = TimeGrid.of_days(first, 7, 60, MADRID)
    day = ShiftTemplate(
        name="day",
        starts=(9 * 60 + 15,),
        minutes=495,
        breaks=(BreakTemplate(minutes=15, earliest=225, latest=225),),
        weekdays=(0, 1, 2, 3),
    )
    night = ShiftTemplate(name="night", starts=(22 * 60 + 30,), minutes=600, weekdays=(4, 5, 6))
    workforce = Workforce(
        contracts=(Contract(name="part", week_minutes=1801, shifts_week=3),),
        roles=(Role(name="sme"),),
        agents=(
            Agent(
                id="ann",
                contract="part",
                skills=("phone",),
                roles=("sme",),
                availability=Opening.from_text(
                    "mon-thu 08:00-17:00, fri-sun 20:00-24:00, sat 00:00-24:00, sun 00:00-04:00"
                ),
                employed_from=date(2026, 11, 3),
            ),
        ),
        time_off=(TimeOff(agent="ann", first=date(2026, 11, 4), last=date(2026, 11, 4)),),
        wishes=(
            Wish(agent="ann", date=date(2026, 11, 6), want="day", points=5),
            Wish(agent="ann", date=date(2026, 11, 5), want="start", start=9 * 60 + 15, points=2),
            Wish(agent="ann", date=date(2026, 11, 7), want="start", start=22 * 60, points=3),
            Wish(agent="ann", date=date(2026, 11, 8), want="night", points=7, avoid=True),
        ),
    )
    return RosterProblem(
        grid=grid,
        channels=(Channel(name="phone"),),
        requirements=(requirement("phone", grid, {9: (0.0, 1.0), 34: (0.0, 2.5), 119: (0.0, 0.25)}),),
        workforce=workforce,
        templates=(day, night),
        pins=(Pin(agent="ann", day=date(2026, 11, 6)),),
        published=Roster.of(
            TimeGrid.of_days(first, 4, 60, MADRID),
            [
                Assignment(agent="ann", shift=template.placed(on, start, pauses, MADRID))
                for template, on, start, pauses in (
                    (day, first, 9 * 60 + 15, (225,)),
                    (night, date(2026, 11, 3), 22 * 60 + 30, ()),
                )
            ],
        ),
    )


def desk() -> RosterProblem:
    """Three people of two teams, a Saturday {off, early, late} and a Sunday {off, standby}: 216 rosters over a night of 25 hours.

    Early and late overlap for an hour, the Saturday is a holiday, Cas is new. Ann's shift before the horizon ends as the early shift
    of Saturday begins, Ben's an hour later.
    """
    first = date(2026, 10, 24)
    grid = TimeGrid.of_days(first, 2, 60, MADRID)
    pause = BreakTemplate(minutes=60, earliest=240, latest=240)
    early = ShiftTemplate(name="early", starts=(6 * 60,), minutes=480, breaks=(pause,), weekdays=(5,))
    late = ShiftTemplate(name="late", starts=(13 * 60,), minutes=480, breaks=(pause,), weekdays=(5,))
    standby = ShiftTemplate(name="standby", starts=(8 * 60,), minutes=1_200, weekdays=(6,), on_call=True)
    night = ShiftTemplate(name="night", starts=(22 * 60,), minutes=480, weekdays=(4,))
    workforce = Workforce(
        contracts=(Contract(name="part", week_minutes=1680, cost_hour_cents=1_850),),
        roles=(Role(name="buddy"), Role(name="newcomer")),
        agents=(
            Agent(id="ann", contract="part", site="hq", skills=("phone", "chat"), roles=("buddy",), team="north"),
            Agent(
                id="ben",
                contract="part",
                site="hq",
                skills=("phone",),
                roles=("buddy",),
                team="south",
                home_weekdays=(4, 5),
            ),
            Agent(id="cas", contract="part", site="hq", skills=("phone", "chat"), roles=("newcomer",), team="north"),
        ),
    )
    return RosterProblem(
        grid=grid,
        channels=(Channel(name="phone"), Channel(name="chat", worth=0.5)),
        requirements=(
            requirement("phone", grid, {8: (0.0, 2.0), 13: (0.0, 1.0, 1.5), 34: (0.0, 1.0)}),
            requirement("chat", grid, {8: (0.0, 3.0), 13: (0.0, 1.0)}),
        ),
        workforce=workforce,
        templates=(early, late, standby, night),
        holidays=(first,),
        before=(
            Assignment(agent="ann", shift=night.placed(date(2026, 10, 23), 22 * 60, (), MADRID)),
            Assignment(agent="ben", shift=night.varied(minutes=540).placed(date(2026, 10, 23), 22 * 60, (), MADRID)),
        ),
    )


def tours_of(problem: RosterProblem) -> list[Tour]:
    """List every tour that one agent can have, legal or not."""
    return list(product(*((None, *duties) for duties in problem.duties)))


def every_tours(problem: RosterProblem) -> list[Tours]:
    """List every roster of a problem as tours."""
    agents = [agent.id for agent in problem.workforce.agents]
    return [dict(zip(agents, tours, strict=True)) for tours in product(tours_of(problem), repeat=len(agents))]


def roster_of(problem: RosterProblem, tours: Tours) -> Roster:
    """Work the duties of some tours, each break at its earliest."""
    rows = [
        Assignment(
            agent=agent, shift=problem.shift(duty, [problem.offsets(pause)[0] for pause in duty.template.breaks])
        )
        for agent, tour in tours.items()
        for duty in tour
        if duty
    ]
    return Roster.of(problem.grid, rows)


def worked(problem: RosterProblem, **letters: str) -> Roster:
    """Work the roster that patterns say: a letter a day, the first one of a template's name, or - for a day off."""
    tours = {
        agent: tuple(
            next((duty for duty in duties if duty.template.name[0] == letter), None)
            for duties, letter in zip(problem.duties, pattern, strict=True)
        )
        for agent, pattern in letters.items()
    }
    return roster_of(problem, tours)


def literals(x: Variables) -> Iterator[tuple[str, Duty, cp_model.IntVar]]:
    """Yield every decision of a model: agent, duty, literal."""
    for agent in x.problem.workforce.agents:
        for day in range(len(x.problem.days)):
            for duty, literal in x.duties(agent.id, day):
                yield agent.id, duty, literal


def feasible(problem: RosterProblem, rule: Rule) -> set[tuple[bool, ...]]:
    """Return the decisions (one bool a literal) of every solution of a model that forbids the rule's breaches."""
    model = cp_model.CpModel()
    x = Variables(model, problem)
    rule.post(problem, x, Ledger(model))
    decisions = [literal for *_, literal in literals(x)]
    found: set[tuple[bool, ...]] = set()

    class Collect(cp_model.CpSolverSolutionCallback):
        def on_solution_callback(self) -> None:
            found.add(tuple(self.boolean_value(literal) for literal in decisions))

    solver = cp_model.CpSolver()
    solver.parameters.enumerate_all_solutions = True
    solver.parameters.num_workers = 1
    status = solver.solve(model, Collect())
    assert status in {cp_model.OPTIMAL, cp_model.INFEASIBLE}
    return found


def decisions_of(problem: RosterProblem, rosters: Sequence[Tours]) -> list[tuple[bool, ...]]:
    """Return the decisions of each roster, in the order of :func:`literals`."""
    rows = [(agent, duty) for agent, duty, _ in literals(Variables(cp_model.CpModel(), problem))]
    return [tuple(tours[agent][duty.day] is duty for agent, duty in rows) for tours in rosters]


def cheapest(
    problem: RosterProblem, rule: Rule, rosters: Sequence[Tours], charge: Callable[[Ledger], cp_model.LinearExprT]
) -> list[int]:
    """Return the least charge of each roster under a rule: one model holds a copy of variables and ledger for each, decisions fixed.

    The copies share nothing, so that the least sum is the sum of each copy's least.
    """
    model = cp_model.CpModel()
    charges: list[cp_model.LinearExprT] = []
    for tours in rosters:
        x, ledger = Variables(model, problem), Ledger(model, elastic=rule.price is None)
        rule.post(problem, x, ledger)
        for agent, duty, literal in literals(x):
            model.add(literal == (tours[agent][duty.day] is duty))
        charges.append(charge(ledger))
    model.minimize(sum(charges))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    assert solver.solve(model) == cp_model.OPTIMAL
    return [solver.value(charge) for charge in charges]


def others_of(problem: RosterProblem, tours: Tours, agent: str) -> Others:
    """Return what everybody but one agent does."""
    rest = {other: tour for other, tour in tours.items() if other != agent}
    roster = roster_of(problem, rest)
    heads = [roster.serving(ids) * problem.grid.step_minutes for ids, _ in problem.groups]
    return Others(problem, rest, np.rint(np.array(heads)).astype(np.int64))
