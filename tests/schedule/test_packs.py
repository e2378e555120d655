"""Every rule of every legal pack is kept just at its limit and broken just beyond it, under its own id."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.schedule.tiny import MADRID, requirement
from wfm.domain import (
    Activity,
    Agent,
    Assignment,
    Channel,
    Contract,
    Roster,
    Shift,
    ShiftTemplate,
    TimeGrid,
    Workforce,
)
from wfm.domain.quantity import parse_clock, parse_seconds
from wfm.domain.time import instant
from wfm.schedule import PACKS, RosterProblem, pack
from wfm.schedule import packs as folder
from wfm.schedule.rule import implied

FIRST = date(2026, 11, 9)
WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
SHIFT = re.compile(r"(\w{3})(?:-(\w{3}))?(\+*) (\d\d:\d\d) (\d+h(?:\d\dm)?)(?: -(\d+))?")
RULES = {rule.id: rule for name in PACKS for rule in pack(name).rules}

EDGES: dict[str, tuple[str, str]] = {
    "REST11": ("mon 08:00 10h, tue 05:00 8h", "mon 08:00 10h01m, tue 05:00 8h"),
    "DAY13": ("mon 08:00 13h", "mon 08:00 13h01m"),
    "WEEKLY35": ("mon-sat 08:00 9h, mon+ 04:00 9h", "mon-sat 08:00 9h, mon+ 03:59 9h"),
    "WEEK48": (
        "mon-sat 08:00 8h, mon-sat+ 08:00 8h, mon-sun++ 08:00 8h, mon-fri+++ 08:00 8h",
        "mon-sat 08:00 8h, mon-sat+ 08:00 8h, mon-sun++ 08:00 8h, mon-thu+++ 08:00 8h, fri+++ 08:00 8h01m",
    ),
    "BREAK6H": ("mon 08:00 6h, tue 08:00 9h -1", "mon 08:00 6h01m"),
    "NIGHT8": ("mon 22:00 8h, tue 08:00 10h", "mon 22:00 8h01m"),
    "REST12": ("mon 08:00 10h, tue 06:00 8h", "mon 08:00 10h, tue 05:59 8h"),
    "WEEKLY36": ("mon-sat 08:00 9h, mon+ 05:00 9h", "mon-sat 08:00 9h, mon+ 04:59 9h"),
    "YEAR40": (
        "mon-fri 08:00 8h, mon-fri+ 08:00 8h, mon-sat++ 08:00 8h, mon-thu+++ 08:00 8h",
        "mon-fri 08:00 8h, mon-fri+ 08:00 8h, mon-sat++ 08:00 8h, mon-wed+++ 08:00 8h, thu+++ 08:00 8h01m",
    ),
    "DAY9": ("mon 08:00 9h, tue 08:00 9h30m -30", "mon 08:00 9h01m"),
    "BREAK15": ("mon 08:00 6h, tue 08:00 9h -15", "mon 08:00 9h -14"),
    "NOTICE5": ("fri 08:00 8h", "sat 08:00 8h"),
    "U18-REST12": ("mon 08:00 8h, tue 04:00 8h", "mon 08:00 8h, tue 03:59 8h"),
    "U18-WEEKLY48": (
        "mon-fri 08:00 8h, sun 16:00 4h, mon+ 08:00 8h",
        "mon-fri 08:00 8h, sun 15:59 4h, mon+ 08:00 8h",
    ),
    "U18-WEEK40": ("mon-fri 08:00 8h, sat-sun+ 08:00 8h", "mon-thu 08:00 8h, fri 08:00 8h01m"),
    "U18-DAY8": ("mon 08:00 8h30m -30", "mon 08:00 8h30m -29"),
    "U18-BREAK30": ("mon 08:00 4h30m, tue 08:00 7h -30", "mon 08:00 4h31m"),
    "U18-NIGHT": ("mon 06:00 8h, tue 14:00 8h", "mon 14:01 8h"),
}
"""Weekdays (+: of the second week), start, length and break of a minor's shifts. Friday and Saturday of the first week are published."""


def worked(text: str) -> Roster:
    """Work the shifts that a text tells."""
    shifts = (shift for part in text.split(", ") for shift in _shifts(*SHIFT.fullmatch(part).groups()))  # type: ignore[union-attr]
    return Roster.of(GRID, [Assignment(agent="ann", shift=shift) for shift in shifts])


def _shifts(first: str, last: str | None, later: str, start: str, length: str, pause: str | None) -> Iterator[Shift]:
    for weekday in range(WEEKDAYS.index(first), WEEKDAYS.index(last or first) + 1):
        day = FIRST + timedelta(days=weekday + 7 * len(later))
        begin = instant(day, int(str(parse_clock(start))), MADRID)
        end, middle = begin + timedelta(seconds=float(str(parse_seconds(length)))), begin + timedelta(hours=3)
        rest = [Activity(start=middle, end=middle + timedelta(minutes=int(pause)), paid=False)] if pause else []
        yield Shift(template="any", day=day, start=begin, end=end, activities=tuple(rest))


GRID = TimeGrid.of_days(FIRST, 28, 60, MADRID)
PROBLEM = RosterProblem(
    grid=GRID,
    channels=(Channel(name="phone"),),
    requirements=(requirement("phone", GRID, {}),),
    workforce=Workforce(
        contracts=(Contract(name="full", week_minutes=2400),),
        agents=(Agent(id="ann", contract="full", skills=("phone",), minor=True),),
    ),
    templates=(ShiftTemplate(name="any", starts=(480,), minutes=480),),
    published=worked("fri 08:00 8h, sat 08:00 8h"),
)


@pytest.mark.parametrize("name", RULES)
def test_a_rule_is_kept_at_its_limit_and_broken_beyond_it(name: str) -> None:
    kept, broken = EDGES[name]
    rule = RULES[name]
    assert rule.breaches(PROBLEM, worked(kept)) == []
    assert {(breach.rule, breach.agent) for breach in rule.breaches(PROBLEM, worked(broken))} == {(name, "ann")}


@pytest.mark.parametrize("name", [name for name in RULES if name.startswith("U18")])
def test_what_protects_minors_holds_nobody_else(name: str) -> None:
    grown = PROBLEM.workforce.varied(agents=(PROBLEM.workforce.agents[0].varied(minor=False),))
    assert RULES[name].breaches(PROBLEM.varied(workforce=grown), worked(EDGES[name][1])) == []


def test_every_pack_is_a_file_and_every_file_a_pack() -> None:
    files = {path.stem for path in Path(str(folder.__file__)).parent.glob("*.yaml")}
    assert files == set(PACKS)


def test_an_id_names_one_rule_of_all_packs() -> None:
    ids = [rule.id for name in PACKS for rule in pack(name).rules]
    assert len(set(ids)) == len(ids) == len(EDGES)


@pytest.mark.parametrize("name", PACKS)
def test_a_pack_forbids_and_quotes_its_articles(name: str) -> None:
    one = pack(name)
    for rule in one.rules:
        assert rule.price is None
        assert rule.law
        assert rule.law.pack == name
        assert rule.law.article.startswith(f"{one.text} art. ")
        assert rule.laid_down.endswith(f"(pack {name}: a template for a lawyer to confirm)")


@pytest.mark.parametrize("name", PACKS)
def test_the_guide_tells_every_rule_of_a_pack_as_it_is(name: str) -> None:
    guide = (Path(__file__).parents[2] / "docs" / "guides" / "legal_packs.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `([^`]+)` \| `([^`]+)` \|", guide, re.MULTILINE))
    assert f"`{name}`" in guide
    assert {rule.id: rows.get(rule.id) for rule in pack(name).rules} == dict(
        zip([rule.id for rule in pack(name).rules], pack(name).lines, strict=True)
    )


def test_what_a_stricter_article_implies_is_left_to_it() -> None:
    rules = [rule for name in PACKS for rule in pack(name).rules]
    assert [rules[place].id for place in sorted(implied(rules))] == ["REST11", "WEEKLY35", "BREAK6H", "U18-REST12"]
    assert implied([rules[0], rules[0]]) == {1}
    assert not implied([rule.varied(price=1.0) for rule in rules])
