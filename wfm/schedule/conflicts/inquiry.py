"""What lies behind the breaches of a roster: clashes of lines, told as conflicts with their repairs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from wfm.domain import Breach
from wfm.schedule.conflicts.conflict import Numbers, by_rule, conflict_around, least, suspects_of
from wfm.schedule.conflicts.lines import Lines
from wfm.schedule.conflicts.reason import Conflict, Dates, Part
from wfm.schedule.conflicts.repair import repairs
from wfm.schedule.draft import Draft, Tour
from wfm.schedule.judge import Judged
from wfm.schedule.watch import Watch

SHARE = 0.3
"""Share of the remaining time in which conflicts are looked for around breaches."""
ASKED = 6
"""So many breaches are looked into, of different rules and agents first."""


@dataclass(frozen=True)
class Clash:
    """Lines that cannot be met together, and those of them that the least bad roster breaches."""

    lines: Numbers
    breached: Numbers


class Inquiry:
    """Looks for clashes around the breaches of a roster, which it judges without the long search."""

    def __init__(self, best: Judged, watch: Watch) -> None:
        self.lines = Lines(best.problem, best.rules, watch.shorter(SHARE))
        self.clashes: list[Clash] = []
        for breach in _of_many_kinds(best.forbidden)[:ASKED]:
            suspects = suspects_of(self.lines, breach)
            if not self.lines.watch.has_time:
                break
            if suspects and not any(suspects & clash.lines for clash in self.clashes):
                self._add(conflict_around(self.lines, suspects, self._loose), suspects)
        self.lines.watch = watch

    def look_everywhere(self, best: Judged) -> None:
        """Look for a clash among all lines, where it is known that there is one."""
        suspects = self._breached(best.forbidden)
        self._add(least(self.lines, frozenset(range(len(self.lines.all))), suspects), suspects)

    def _add(self, conflict: Numbers, suspects: Numbers) -> None:
        if conflict:
            self.clashes.append(Clash(conflict, conflict & suspects or conflict))

    def _breached(self, breaches: Iterable[Breach]) -> Numbers:
        return frozenset().union(*(suspects_of(self.lines, breach) for breach in breaches))

    @property
    def _loose(self) -> Numbers:
        """What has to be breached because of the clashes."""
        return frozenset().union(*(clash.breached for clash in self.clashes))

    def mended(self, best: Judged) -> Judged:
        """The roster with new tours for the agents in breaches that no clash asks for, or itself where these are not found."""
        loose = self._loose
        needless = self._breached(breach for breach in best.forbidden if not suspects_of(self.lines, breach) & loose)
        agents = self.lines.agents_of(needless)
        if not needless or not self.lines.watch.has_time:
            return best
        free = {(agent, day) for agent in agents for day in range(len(best.problem.days))}
        answer = self.lines.met(self.lines.about(agents) - loose, loose, others=best.draft, free=free)
        return best.or_placed(_with_choices(best.draft, answer.choices))

    def conflicts(self, best: Judged) -> tuple[Conflict, ...]:
        """The clashes in words, each with its repairs; ``best`` is the least bad roster."""
        return tuple(
            Conflict(
                parts=tuple(_parts(self.lines, clash.lines)),
                repairs=repairs(self.lines, clash.lines, self._loose, best),
            )
            for clash in self.clashes
        )


def _with_choices(draft: Draft, choices: Mapping[str, Mapping[int, int]]) -> Draft:
    """A draft with other choices for some days of some agents; breaks of a new duty are as early as may be."""
    problem = draft.problem
    known = {(duty.day, 1 + duty.slot): duty for duties in problem.duties for duty in duties}
    tours = dict(draft.tours)
    for agent, days in choices.items():
        old = tours[agent]
        duties, pauses, tasks = list(old.duties), list(old.pauses), list(old.tasks)
        for day, choice in days.items():
            if choice != old.choices[day]:
                duty = duties[day] = known.get((day, choice))
                pauses[day] = tuple(problem.offsets(pause)[0] for pause in duty.template.breaks) if duty else ()
                tasks[day] = ()
        tours[agent] = Tour(tuple(duties), tuple(pauses), tuple(tasks))
    return Draft(problem, tours)


def _parts(lines: Lines, conflict: Numbers) -> Iterator[Part]:
    """A part for each rule and stretch of dates, with all agents who have a line there; days that follow each other are one stretch."""
    for some in by_rule(lines, sorted(conflict)):
        rule = lines.all[min(some)].rule
        agents: dict[Dates, tuple[str, ...]] = {}
        for line in (lines.all[number] for number in sorted(some)):
            agents[line.dates] = agents.get(line.dates, ()) + ((line.agent,) if line.agent else ())
        for (first, last), named in _stretches(agents):
            yield Part(rule=rule.id, kind=rule.kind, words=rule.words, agents=named, first=first, last=last)


def _stretches(agents: Mapping[Dates, tuple[str, ...]]) -> list[tuple[Dates, tuple[str, ...]]]:
    """Dates with their agents, single days that follow each other with the same agents joined."""
    found: list[tuple[Dates, tuple[str, ...], bool]] = []
    for (first, last), named in sorted(agents.items(), key=lambda row: str(row[0])):
        single = first is not None and first == last
        if found and single and found[-1][1:] == (named, True) and _follows(found[-1][0][1], first):
            found[-1] = (found[-1][0][0], last), named, True
        else:
            found.append(((first, last), named, single))
    return [(dates, named) for dates, named, _ in found]


def _follows(last: date | None, first: date | None) -> bool:
    return last is not None and first is not None and last + timedelta(days=1) == first


def _of_many_kinds(breaches: Sequence[Breach]) -> list[Breach]:
    """The first breach of each rule and agent, then all second ones and so on."""
    seen: dict[tuple[str, str | None], list[Breach]] = {}
    for breach in breaches:
        seen.setdefault((breach.rule, breach.agent), []).append(breach)
    rank = {id(breach): k for same in seen.values() for k, breach in enumerate(same)}
    return sorted(breaches, key=lambda breach: rank[id(breach)])
