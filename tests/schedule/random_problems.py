"""Small roster problems at random: contracts, skills, hours, leave, wishes, history and nights on which clocks change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from tests.schedule.tiny import requirement
from wfm.domain import (
    Agent,
    Assignment,
    Balance,
    BreakTemplate,
    Channel,
    Contract,
    Opening,
    Requirement,
    Role,
    Roster,
    Shift,
    ShiftTemplate,
    TimeGrid,
    TimeOff,
    Wish,
    Workforce,
)
from wfm.schedule import PACKS, RosterProblem, Rule, pack
from wfm.schedule import rules as kinds

CHANGES = {
    "Europe/Madrid": (date(2026, 3, 29), date(2026, 10, 25)),
    "America/New_York": (date(2026, 3, 8), date(2026, 11, 1)),
    "Australia/Lord_Howe": (date(2026, 4, 5), date(2026, 10, 4)),
}
"""Days on which clocks change; on Lord Howe by half an hour."""
REST = BreakTemplate(minutes=15, earliest=60, latest=120, paid=True)
MEAL = BreakTemplate(minutes=30, earliest=180, latest=270)
POOL = (
    ShiftTemplate(name="early", starts=(360, 420), minutes=510, breaks=(REST, MEAL)),
    ShiftTemplate(name="day", starts=(480, 540, 600), minutes=300, breaks=(REST,)),
    ShiftTemplate(name="late", starts=(840,), minutes=480, breaks=(MEAL,)),
    ShiftTemplate(name="night", starts=(1320,), minutes=510, breaks=(MEAL,)),
    ShiftTemplate(name="long", starts=(480, 720), minutes=630, breaks=(MEAL,), weekdays=(4, 5, 6)),
    ShiftTemplate(name="bare", starts=(435,), minutes=390),
    ShiftTemplate(name="standby", starts=(1080,), minutes=720, on_call=True),
)
HOURS = ("24x7", "mon-fri 06:00-22:00", "mon-sun 07:00-24:00", "tue-sun 00:00-24:00")
SKILLS, ROLES, NAMES = ("phone", "chat"), ("sme", "buddy"), ("ann", "ben", "cas", "dov", "eve")


def random_problem(chance: Random) -> RosterProblem:
    """Build a problem of two to five people over three to nine days, most of them around a change of the clocks."""
    zone = chance.choice(list(CHANGES))
    days = chance.randint(3, 9)
    first = chance.choice(CHANGES[zone]) - timedelta(days=chance.randrange(-1, days))
    grid = TimeGrid.of_days(first, days, chance.choice([30, 60]), zone)
    templates = tuple(chance.sample(POOL, chance.randint(2, 4)))
    channels = SKILLS[: chance.randint(1, 2)]
    workforce = _workforce(grid, templates, chance)
    before = tuple(_earlier(grid, templates, workforce.agents, chance))
    problem = RosterProblem(
        grid=grid,
        channels=tuple(Channel(name=name) for name in channels),
        requirements=tuple(_requirement(name, grid, chance) for name in channels),
        workforce=workforce,
        templates=templates,
        before=before,
    )
    return problem.varied(published=_some_roster(problem, chance)) if chance.random() < 0.5 else problem


def _requirement(channel: str, grid: TimeGrid, chance: Random) -> Requirement:
    steps = chance.sample(range(grid.count), grid.count // 3)
    return requirement(channel, grid, dict.fromkeys(steps, (0.0, 1.0, 1.5)))


def _workforce(grid: TimeGrid, templates: tuple[ShiftTemplate, ...], chance: Random) -> Workforce:
    days, names = grid.dates, NAMES[: chance.randint(2, len(NAMES))]
    full = Contract(name="full", week_minutes=chance.choice([2_100, 2_400]), shifts_week=5, cost_hour_cents=1_800)
    part = Contract(name="part", week_minutes=chance.choice([900, 1_200]), shifts_week=chance.choice([None, 3]))
    wants = ["off", "work", *(template.name for template in templates)]
    return Workforce(
        contracts=(full, part),
        roles=tuple(Role(name=name) for name in ROLES),
        agents=tuple(_agent(name, grid, chance) for name in names),
        time_off=tuple(
            TimeOff(agent=name, first=day, last=day + timedelta(days=chance.randrange(2)))
            for name in names
            if chance.random() < 0.3
            for day in [chance.choice(days)]
        ),
        wishes=(
            *(Wish(agent=chance.choice(names), date=chance.choice(days), want=chance.choice(wants)) for _ in range(3)),
            Wish(agent=names[0], date=days[1], want=templates[0].name, avoid=True),
        ),
        balances=tuple(
            Balance(agent=name, weeks=10, minutes=chance.randrange(18_000, 25_000))
            for name in names
            if chance.random() < 0.5
        ),
    )


def _agent(name: str, grid: TimeGrid, chance: Random) -> Agent:
    leaves = chance.choice(grid.dates) if chance.random() < 0.2 else None
    return Agent(
        id=name,
        contract=chance.choice(["full", "full", "part"]),
        skills=tuple(skill for skill in SKILLS if chance.random() < 0.8),
        roles=tuple(role for role in ROLES if chance.random() < 0.5),
        availability=Opening.from_text(chance.choice(HOURS)),
        employed_until=leaves,
        site=chance.choice(["hq", None]),
        team=chance.choice(["north", "south"]),
        minor=chance.random() < 0.2,
        home_weekdays=(1, 3) if chance.random() < 0.3 else (),
    )


def _earlier(
    grid: TimeGrid, templates: tuple[ShiftTemplate, ...], agents: tuple[Agent, ...], chance: Random
) -> list[Assignment]:
    """Work a shift on some of the two days before the horizon."""
    return [
        Assignment(agent=agent.id, shift=_placed(template, grid.dates[0] - timedelta(days=back), grid.zone))
        for agent in agents
        for back in (2, 1)
        for template in [chance.choice(templates)]
        if chance.random() < 0.3 and not (back == 2 and template.minutes > 600)
    ]


def _placed(template: ShiftTemplate, day: date, zone: str) -> Shift:
    return template.placed(day, template.starts[0], tuple(pause.earliest for pause in template.breaks), zone)


def _some_roster(problem: RosterProblem, chance: Random) -> Roster:
    """Publish a duty or none for everybody on every day, whatever the rules say."""
    rows = [
        Assignment(agent=agent.id, shift=problem.shift(duty, [pause.earliest for pause in duty.template.breaks]))
        for agent in problem.workforce.agents
        for duties in problem.duties
        if duties and chance.random() < 0.3
        for duty in [chance.choice(duties)]
    ]
    return Roster.of(problem.grid, rows)


def random_rules(chance: Random) -> tuple[Rule, ...]:
    """Forbid some rules, price some others, sometimes with a legal pack; contacts always count."""
    drawn = [kind for kind in DRAWN if chance.random() < 0.3]
    rules = [DRAWN[kind](chance) for kind in drawn]
    packs = [rule for name in PACKS if chance.random() < 0.4 for rule in pack(name).rules]
    priced = [rule.varied(price=chance.choice([0.01, 1.0]), tier=2) for rule in rules if chance.random() < 0.3]
    kept = [rule for rule in rules if rule.id not in {other.id for other in priced}]
    return (*packs, *kept, *priced, kinds.Coverage())


DRAWN: dict[str, Callable[[Random], Rule]] = {
    "availability": lambda _: kinds.Availability(),
    "time_off": lambda _: kinds.TimeOff(),
    "late_change": lambda chance: kinds.LateChange(notice_days=chance.randint(1, 2)),
    "min_rest": lambda chance: kinds.MinRest(rest_minutes=chance.choice([540, 720, 900])),
    "week_minutes": lambda _: kinds.WeekMinutes(under_minutes=None),
    "period_minutes": lambda chance: kinds.PeriodMinutes(under_minutes=chance.choice([None, 1_200])),
    "reference_minutes": lambda chance: kinds.ReferenceMinutes(weeks=chance.choice([1, 17]), under_minutes=None),
    "overtime": lambda chance: kinds.Overtime(price=chance.choice([None, 0.01]), tier=2),
    "day_minutes": lambda chance: kinds.DayMinutes(at_most_minutes=chance.choice([420, 540])),
    "rolling_minutes": lambda chance: kinds.RollingMinutes(at_most_minutes=chance.choice([960, 1_500]), days=4),
    "rolling_shifts": lambda chance: kinds.RollingShifts(at_most=chance.randint(1, 3), days=4),
    "night_minutes": lambda _: kinds.NightMinutes(at_most_minutes=450),
    "period_shifts": lambda chance: kinds.PeriodShifts(at_least=chance.randint(0, 2), at_most=chance.randint(2, 4)),
    "no_nights": lambda _: kinds.NoNights.model_validate({"only": {"contract": "part"}}),
    "break_after": lambda chance: kinds.BreakAfter(break_minutes=chance.choice([15, 30])),
    "shifts_week": lambda _: kinds.ShiftsWeek(),
    "weekly_days_off": lambda chance: kinds.WeeklyDaysOff(days=chance.randint(1, 3)),
    "weekly_rest": lambda chance: kinds.WeeklyRest(rest_minutes=chance.choice([2_100, 2_880])),
    "max_consecutive_days": lambda chance: kinds.MaxConsecutiveDays(days=chance.randint(2, 4)),
    "max_consecutive_days_off": lambda chance: kinds.MaxConsecutiveDaysOff(days=chance.randint(2, 3)),
    "min_consecutive_days": lambda chance: kinds.MinConsecutiveDays(open_start=chance.random() < 0.5),
    "min_consecutive_days_off": lambda _: kinds.MinConsecutiveDaysOff(days=2),
    "max_consecutive_nights": lambda _: kinds.MaxConsecutiveNights(days=2),
    "min_consecutive_nights": lambda _: kinds.MinConsecutiveNights(),
    "max_nights": lambda chance: kinds.MaxNights(at_most=chance.randint(0, 2), per=chance.choice(["week", "period"])),
    "max_weekends": lambda _: kinds.MaxWeekends(at_most=1),
    "forbidden_successions": lambda _: kinds.ForbiddenSuccessions(rotation="forward", back_minutes=60),
    "start_stability": lambda _: kinds.StartStability(within_minutes=120),
    "shift_variety": lambda _: kinds.ShiftVariety(at_most=2),
    "role_cover": lambda chance: kinds.RoleCover(role=chance.choice(ROLES), hours=Opening.from_text("sat 10:00-12:00")),
    "minimum_heads": lambda _: kinds.MinimumHeads(hours=Opening.from_text("mon-sun 10:00-11:00")),
    "seats": lambda _: kinds.Seats(site="hq", at_most=2),
    "apart": lambda _: kinds.Apart(people=("ann", "ben")),
    "spread": lambda chance: kinds.Spread(of=chance.choice(["nights", "weekends"])),
    "wishes": lambda _: kinds.Wishes(price=0.5, tier=2),
    "change_cost": lambda _: kinds.ChangeCost(price=0.1, tier=2),
    "cost": lambda _: kinds.Cost(price=0.001, tier=3),
    "fairness": lambda _: kinds.Fairness(price=0.1, tier=3),
}
"""A rule of a kind, with limits of which some are narrow."""
