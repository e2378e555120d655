"""Writes planted centres as scenario folders: a legal plan of four weeks first, then the demand that it meets."""

from __future__ import annotations

import csv
import hashlib
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

import numpy as np
from verify import (
    A_DAY,
    CHANNELS,
    DAYS,
    HOURS,
    LENGTH,
    NIGHT_ENDS,
    SPARE,
    STEPS,
    Person,
    Tour,
    Worked,
    faults_of,
    presence,
)

FIRST = date(2026, 11, 2)
"""A Monday, four weeks without a change of clocks."""
CONTRACTS, AVAILABILITY = (6, 2, 2), (45, 25, 15, 15)
SKILLS = (
    (("voice",), 20),
    (("chat",), 15),
    (("mail",), 10),
    (("voice", "chat"), 18),
    (("voice", "mail"), 12),
    (("chat", "mail"), 10),
    (CHANNELS, 15),
)
"""How often each contract, availability and set of skills is drawn."""
WORTH = ((0.60, 60), (0.85, 40), (1.0, 20))
"""What a head is worth up to each share of what a step asks for."""


@dataclass(frozen=True)
class Kind:
    """One planted centre: its size, the share of the plan's heads that is not asked for, and how much more than all is."""

    agents: int
    slack: float = 0.0
    stretch: float = 1.0
    seed: int = 1
    rules: str = "spike"

    @property
    def name(self) -> str:
        """As ``planted-120-slack0-stretch1-seed1-spike``."""
        return f"planted-{self.agents}-slack{self.slack:g}-stretch{self.stretch:g}-seed{self.seed}-{self.rules}"


@dataclass(frozen=True)
class Planted:
    """A centre with its plan and the heads that each channel asks for in each step."""

    kind: Kind
    people: tuple[Person, ...]
    plan: dict[str, Tour]
    asked: np.ndarray

    def write(self, folder: Path) -> str:
        """Write the scenario and the plan into a folder; the digest of all its files."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "scenario.yaml").write_text(self._scenario(), encoding="utf-8")
        if self.kind.rules == "all":
            _table(folder / "wishes.csv", ("agent", "date", "want", "points"), self._wishes())
        agents = (
            [row.id, row.contract, " ".join(sorted(row.skills)), _role(row), row.availability] for row in self.people
        )
        _table(folder / "agents.csv", ("id", "contract", "skills", "roles", "availability"), agents)
        off = ([row.id, _day(day), _day(day)] for row in self.people for day in sorted(row.off))
        _table(folder / "time_off.csv", ("agent", "first", "last"), off)
        _table(folder / "demand.csv", ("start", "channel", "heads", "worth"), _lots(self.asked))
        _table(folder / "plan.csv", ("agent", "date", "shift", "start", "end", "breaks"), self._rows())
        texts = [(folder / name).read_bytes() for name in sorted(path.name for path in folder.iterdir())]
        return hashlib.sha256(b"".join(texts)).hexdigest()

    def _scenario(self) -> str:
        """The scenario's text; how many must be there is what the plan has, if anybody."""
        text = (Path(__file__).parent / f"scenario-{self.kind.rules}.yaml").read_text(encoding="utf-8")
        for word, people, days, (begin, end) in (
            ("HEADS", self.people, range(DAYS), (32, 80)),
            (
                "LEADS",
                [row for row in self.people if _role(row)],
                [day for day in range(DAYS) if day % 7 < 5],
                (40, 64),
            ),
        ):
            heads = np.zeros((DAYS + 2) * A_DAY, dtype=int)
            for person in people:
                for day, worked in enumerate(self.plan[person.id]):
                    if worked is not None:
                        at = day * A_DAY + worked[0]
                        heads[at : at + LENGTH[person.contract][0]] += 1
            least = min(heads[day * A_DAY + begin : day * A_DAY + end].min() for day in days)
            text = "\n".join(line for line in text.split("\n") if least > 0 or word not in line).replace(
                word, str(least)
            )
        return text.replace("NAME", self.kind.name)

    def _wishes(self) -> Iterator[list[str]]:
        """Two days off that each agent wishes for, one of which the plan has."""
        chance = Random(f"wishes {self.kind.seed} {self.kind.agents}")
        for person in self.people:
            for worked in (False, True):
                days = [day for day in range(DAYS) if (self.plan[person.id][day] is not None) == worked]
                yield [person.id, _day(chance.choice(days)), "off", str(chance.randint(1, 3))]

    def _rows(self) -> Iterator[list[str]]:
        for person in self.people:
            for day, worked in enumerate(self.plan[person.id]):
                if worked is not None:
                    start, pause = worked
                    broken = "" if pause is None else f"{_clock(start + pause)}-{_clock(start + pause + 2)} unpaid"
                    yield [
                        person.id,
                        _day(day),
                        person.contract,
                        _moment(day, start),
                        _moment(day, start + LENGTH[person.contract][0]),
                        broken,
                    ]


def planted(kind: Kind) -> Planted:
    """Draw agents with a legal tour each, then what they deliver, less the slack or stretched."""
    chance = Random(f"{kind.seed} {kind.agents}")
    drawn = [_person(number, chance) for number in range(kind.agents)]
    people, plan = tuple(person for person, _ in drawn), {person.id: tour for person, tour in drawn}
    asked = _delivered(people, plan, chance)
    return Planted(kind, people, plan, _stretched(asked, kind, chance))


def lawful(folder: Path, kind: Kind) -> Planted:
    """A centre with all rules: whoever's tour breaks one of those of the audit is drawn anew, until nobody's does."""
    from wfm.report import read_roster
    from wfm.schedule import audit
    from wfm.study import read_scenario, requirements_of, roster_problem

    chance, made = Random(f"lawful {kind.seed} {kind.agents}"), planted(kind)
    while True:
        made.write(folder)
        scenario = read_scenario(folder)
        problem = roster_problem(scenario, requirements_of(scenario))
        breaches = audit(problem, scenario.rules, read_roster(folder / "plan.csv", scenario))
        broken = {row.agent for row in breaches if row.forbidden}
        if None in broken:
            raise RuntimeError(
                f"a rule between agents is broken by the plan: {[row.words for row in breaches if row.forbidden and row.agent is None]}"
            )
        if not broken:
            return made
        rows = [
            _person(int(row.id[1:]), chance) if row.id in broken else (row, made.plan[row.id]) for row in made.people
        ]
        people, plan = tuple(row for row, _ in rows), {row.id: tour for row, tour in rows}
        made = Planted(kind, people, plan, _stretched(_delivered(people, plan, chance), kind, chance))


def _person(number: int, chance: Random) -> tuple[Person, Tour]:
    contract = chance.choices(tuple(LENGTH), CONTRACTS)[0]
    availability = chance.choices(tuple(HOURS), AVAILABILITY)[0]
    skills = chance.choices([row for row, _ in SKILLS], [often for _, often in SKILLS])[0]
    person = Person(f"A{number:04d}", contract, frozenset(skills), availability)
    tour = _tour(person, chance)
    while any(faults_of(person, tour)):
        tour = _tour(person, chance)
    free = [day for day in range(DAYS) if not any(faults_of(replace(person, off=frozenset([day])), tour))]
    off = chance.sample(free, min(len(free), chance.choice((0, 0, 1, 2, 3))))
    return replace(person, off=frozenset(off)), tour


def _tour(person: Person, chance: Random) -> Tour:
    """Five shifts a week around one time of day, or of nights; two weekends are free."""
    length, first, last = LENGTH[person.contract]
    low, high = HOURS[person.availability]
    starts = [start for start in range(20, 95, 2) if low <= start and start + length <= high]
    night = [start for start in starts if start + length >= NIGHT_ENDS]
    day = [start for start in starts if start + length < NIGHT_ENDS]
    free, tour = chance.sample(range(DAYS // 7), 2), [None] * DAYS
    for week in range(DAYS // 7):
        open_days = range(5 if week in free else 7)
        at_night = bool(night) and chance.random() < 0.3
        pool, base = (night, chance.choice(night)) if at_night else (day, chance.choice(day))
        begin = chance.randint(0, len(open_days) - 5)
        for weekday in range(begin, begin + 5) if at_night else sorted(chance.sample(open_days, 5)):
            wish = base + chance.choice((-4, -2, 0, 0, 0, 0, 2, 4))
            start = min(pool, key=lambda step, wish=wish: abs(step - wish))
            tour[7 * week + weekday] = (start, None if first is None else chance.randint(first, last))
    return tuple(tour)


def _delivered(people: Iterable[Person], plan: dict[str, Tour], chance: Random) -> np.ndarray:
    """Heads that each channel gets where every shift serves one channel first and one then."""
    asked = np.zeros((len(CHANNELS), STEPS), dtype=int)
    for person in people:
        serves = sorted(CHANNELS.index(skill) for skill in person.skills)
        for day, worked in enumerate(plan[person.id]):
            if worked is not None:
                alone: tuple[Worked | None, ...] = tuple(worked if at == day else None for at in range(DAYS))
                (heads,) = presence([person], {person.id: alone}).values()
                steps, cut = np.flatnonzero(heads), chance.randint(0, LENGTH[person.contract][0])
                early = steps < day * A_DAY + worked[0] + cut
                asked[chance.choice(serves), steps[early]] += 1
                asked[chance.choice(serves), steps[~early]] += 1
    return asked


def _stretched(asked: np.ndarray, kind: Kind, chance: Random) -> np.ndarray:
    """The heads asked for, so many fewer or more, spread evenly over the steps with a random begin."""
    factor = (1 - kind.slack) * kind.stretch
    ends = np.cumsum(asked, axis=1) * factor + np.array([[chance.random()] for _ in asked])
    return np.diff(np.floor(ends), axis=1, prepend=0.0).astype(int) if factor != 1 else asked


def _lots(asked: np.ndarray) -> Iterator[list[str]]:
    for step in range(STEPS):
        for channel, number in zip(CHANNELS, asked[:, step].tolist(), strict=True):
            below = 0
            for share, worth in WORTH:
                upto = -int(-share * number // 1)
                if upto > below:
                    yield [_moment(step // A_DAY, step % A_DAY), channel, str(upto - below), str(worth + SPARE)]
                below = upto


def _role(person: Person) -> str:
    return "lead" if int(person.id[1:]) % 10 == 0 else ""


def _day(day: int) -> str:
    return str(FIRST + timedelta(days=day))


def _clock(step: int) -> str:
    return f"{step // 4 % 24:02d}:{step % 4 * 15:02d}"


def _moment(day: int, step: int) -> str:
    return f"{_day(day + step // A_DAY)} {_clock(step)}"


def _table(path: Path, header: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


if __name__ == "__main__":
    folder, agents, *more = sys.argv[1:]
    options = {
        key: value if key == "rules" else int(value) if key == "seed" else float(value)
        for key, value in (word.split("=") for word in more)
    }
    wanted = Kind(int(agents), **options)
    made = lawful(Path(folder), wanted) if wanted.rules == "all" else planted(wanted)
    print(wanted.name, made.write(Path(folder)))
