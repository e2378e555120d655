"""A legal fortnight of ten people, written by hand: the roster that the audit must find nothing in, until somebody edits it."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from random import Random

from tests.schedule.tiny import MADRID, requirement
from wfm.domain import (
    Agent,
    Assignment,
    BreakTemplate,
    Channel,
    Contract,
    Opening,
    Pin,
    Role,
    Roster,
    Shift,
    ShiftTemplate,
    TimeGrid,
    TimeOff,
    Window,
    Wish,
    Workforce,
)
from wfm.schedule import rules
from wfm.schedule.only import Only
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rule import Rule
from wfm.schedule.rules.shift_cover import CoverRow

FIRST = date(2026, 11, 2)
PATTERNS = {
    "ann": "EEEEE-- EE--EEE",
    "bea": "--LLLLL -LLLL--",
    "cas": "LLLLL-- LL--LLL",
    "dov": "--EEEEE -EEEE--",
    "eve": "NNNN--- DD--NNN",
    "fil": "DD--NNN -DDDD--",
    "gus": "DDDDD-- NNNN---",
    "hal": "E-E-E-- E-E-E--",
    "ida": "DDDDS-- DD-DD--",
    "jon": "LLLLL-- -------",
    "kai": "------- -------",
}
"""Early, day, late, night, standby or off, Monday to Sunday. Ann to dov are experts, hal works part time, ida has a Wednesday off, jon
leaves, kai is called in at a price."""
MEAL = BreakTemplate(minutes=30, earliest=180, latest=300)
REST = BreakTemplate(minutes=15, earliest=60, latest=120, paid=True)
TEMPLATES = {
    "E": ShiftTemplate(name="early", starts=(6 * 60,), minutes=510, breaks=(REST, MEAL)),
    "D": ShiftTemplate(name="day", starts=(8 * 60, 8 * 60 + 30, 9 * 60), minutes=510, breaks=(MEAL,)),
    "L": ShiftTemplate(name="late", starts=(14 * 60,), minutes=510, breaks=(REST, MEAL)),
    "N": ShiftTemplate(name="night", starts=(22 * 60,), minutes=510, breaks=(MEAL,)),
    "S": ShiftTemplate(name="standby", starts=(8 * 60,), minutes=510, on_call=True),
}
EXPERTS = ("ann", "bea", "cas", "dov")
FRIDAY = Opening(week=((),) * 7, dates=((FIRST + timedelta(days=4), (Window(start=8 * 60, end=16 * 60 + 30),)),))
RULES: tuple[Rule, ...] = (
    rules.Availability(),
    rules.TimeOff(),
    rules.MinRest(),
    rules.BreakAfter(break_minutes=30),
    rules.WeekMinutes(under_minutes=480),
    rules.PeriodMinutes(under_minutes=480),
    rules.PeriodShifts(at_most=0, shifts=("day",), only=Only(agents=("ann", "cas", "hal"))),
    rules.ShiftsWeek(),
    rules.WeeklyDaysOff(),
    rules.MaxConsecutiveDays(),
    rules.MaxConsecutiveDaysOff(days=3, only=Only(agents=("eve", "gus"))),
    rules.MaxConsecutiveNights(),
    rules.MaxNights(at_most=4),
    rules.MaxWeekends(at_most=1),
    rules.DayMinutes(at_most_minutes=480),
    rules.NightMinutes(),
    rules.NoNights(only=Only(agents=("hal", "ida"))),
    rules.RollingMinutes(),
    rules.RollingShifts(at_most=4, of="nights"),
    rules.ReferenceMinutes(under_minutes=None),
    rules.Overtime(),
    rules.SplitShifts(at_most=0),
    rules.WeeklyRest(),
    rules.DaysOffTogether(),
    rules.MinConsecutiveDays(only=Only(contract=("full",))),
    rules.MinConsecutiveDaysOff(only=Only(agents=("ann", "cas", "eve", "gus"))),
    rules.MinConsecutiveNights(days=3),
    rules.ForbiddenSuccessions(pairs=(("night", "early"), ("night", "day")), rotation="forward", back_minutes=60),
    rules.StartStability(within_minutes=60, only=Only(agents=EXPERTS)),
    rules.ShiftVariety(at_most=2),
    rules.WholeWeekends(),
    rules.WeekendsIn(),
    rules.RoleCover(role="sme", hours=Opening.from_text("mon-sun 08:00-20:00")),
    rules.MinimumHeads(),
    rules.MinimumOnShift(shift="night"),
    rules.ShiftCover(
        rows=tuple(CoverRow(date=FIRST + timedelta(days=day), shift="night", heads=1) for day in range(14))
    ),
    rules.OnCallCover(hours=FRIDAY),
    rules.NoSingleDependency(role="sme"),
    rules.Handover(at=(14 * 60,), overlap_minutes=30),
    rules.Seats(site="annex", at_most=1),
    rules.Apart(people=("eve", "gus")),
    rules.Together(people=("cas", "jon")),
    rules.Overlap(only=Only(agents=("hal",)), buddies=("ann", "dov"), at_least=1.0),
    rules.Spread(of="nights", allowed=7),
    rules.Wishes(price=1.0),
    rules.Pinned(),
    rules.LateChange(notice_days=7, only=Only(agents=EXPERTS)),
    rules.ChangeCost(only=Only(agents=EXPERTS)),
    rules.Cost(price=0.001),
)


@cache
def problem() -> RosterProblem:
    """Build the problem that the patterns solve."""
    grid = TimeGrid.of_days(FIRST, 14, 30, MADRID)
    hours = {"ida": Opening.from_text("mon-fri 07:00-19:00")}
    agents = tuple(
        Agent(
            id=name,
            contract={"hal": "part", "kai": "extra"}.get(name, "full"),
            skills=("phone",),
            roles=("sme",) if name in EXPERTS else (),
            availability=hours.get(name, Opening.always()),
            site="annex" if name in {"eve", "gus"} else None,
            employed_until=on(6) if name == "jon" else None,
        )
        for name in PATTERNS
    )
    return RosterProblem(
        grid=grid,
        channels=(Channel(name="phone"),),
        requirements=(requirement("phone", grid, dict.fromkeys(range(grid.count), (0.0, 2.0, 3.0))),),
        workforce=Workforce(
            contracts=(
                Contract(name="full", week_minutes=2400, shifts_week=5),
                Contract(name="part", week_minutes=1440, shifts_week=3),
                Contract(name="extra", week_minutes=240, cost_hour_cents=2_000),
            ),
            roles=(Role(name="sme"),),
            agents=agents,
            time_off=(TimeOff(agent="ida", first=on(9), last=on(9)),),
            wishes=(
                Wish(agent="ann", date=on(5), want="off", points=3),
                Wish(agent="cas", date=FIRST, want="late"),
                Wish(agent="fil", date=on(8), want="work", points=2),
            ),
        ),
        templates=tuple(TEMPLATES.values()),
        pins=(Pin(agent="eve", day=FIRST, shift=placed("N", FIRST, Random(0))), Pin(agent="gus", day=on(5))),
        published=Roster.of(grid, [row for row in worked(Random(0)) if row.agent in EXPERTS]),
    )


def on(day: int) -> date:
    """Return the date of a day of the fortnight."""
    return FIRST + timedelta(days=day)


def placed(letter: str, day: date, chance: Random) -> Shift:
    """Work a shift of the letter on a day: any start, any place of the breaks, all legal."""
    template = TEMPLATES[letter]
    pauses = tuple(chance.randrange(pause.earliest, pause.latest + 1, 15) for pause in template.breaks)
    return template.placed(day, chance.choice(template.starts), pauses, MADRID)


def worked(chance: Random) -> list[Assignment]:
    """Work the patterns."""
    return [
        Assignment(agent=agent, shift=placed(letter, on(day), chance))
        for agent, pattern in PATTERNS.items()
        for day, letter in enumerate(pattern.replace(" ", ""))
        if letter != "-"
    ]


def roster(chance: Random) -> Roster:
    """Return the patterns worked, as a roster."""
    return Roster.of(problem().grid, worked(chance))
