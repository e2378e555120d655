"""An even share of nights or weekends."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field

from wfm.domain import Agent, Breach, Name, Roster
from wfm.schedule.even import Even
from wfm.schedule.look import Look
from wfm.schedule.others import Others
from wfm.schedule.problem import Duty, RosterProblem
from wfm.schedule.rule import Automaton, Pull, Rule
from wfm.schedule.rules._weekends import SATURDAY, SUNDAY, weekends_of, weekends_worked

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import LinearExpr

    from wfm.schedule.ledger import Ledger
    from wfm.schedule.variables import Variables


class Spread(Rule):
    """Between peers the counts of ``of`` differ by at most ``allowed``; a breach is the shifts or weekends beyond.

    The difference is between the largest and the smallest count. Peers have equal contract, availability and dates of employment, so
    that nobody is measured against who cannot; and they hold the same ones of the roles ``apart``: where an expert must always be
    there, another's night takes none off the experts.
    """

    kind: Literal["spread"] = "spread"
    of: Literal["nights", "weekends"]
    allowed: Annotated[int, Field(ge=0)] = 1
    apart: tuple[Name, ...] = ()
    unit: ClassVar[str] = "nights or weekends apart"
    source: ClassVar[str] = "common practice: burden is shared"

    @property
    def name(self) -> str:
        """Named by what it spreads, as ``spread:nights``."""
        return f"{self.kind}:{self.of}"

    def peers(self, problem: RosterProblem) -> list[list[Agent]]:
        """Groups of two agents or more that can be compared."""
        if self not in problem.kept:
            groups = defaultdict(list)
            for agent in self.agents(problem):
                dates, roles = (agent.employed_from, agent.employed_until), {*agent.roles} & {*self.apart}
                hours = agent.availability.model_dump_json()
                groups[agent.contract, hours, dates, frozenset(roles)].append(agent)
            problem.kept[self] = [group for group in groups.values() if len(group) > 1]
        found: list[list[Agent]] = problem.kept[self]
        return found

    def breaches(self, problem: RosterProblem, roster: Roster) -> list[Breach]:
        """One breach for each group of peers."""
        found = []
        for group in self.peers(problem):
            counts = {agent.id: self._count(problem, roster, agent.id) for agent in group}
            most, least = max(counts, key=counts.__getitem__), min(counts, key=counts.__getitem__)
            beyond = counts[most] - counts[least] - self.allowed
            if beyond > 0:
                words = (
                    f"{most} works {counts[most]} {self.of} and {least} {counts[least]}, both on contract {group[0].contract}; "
                    f"{self.allowed} apart is allowed"
                )
                found.append(self.breach(beyond, words, first=problem.days[0], last=problem.days[-1]))
        return found

    @property
    def places(self) -> str:
        """Groups of peers."""
        return "groups of peers"

    def looks(self, problem: RosterProblem, roster: Roster) -> Iterator[Look]:
        """How far every group of peers is apart."""
        for group in self.peers(problem):
            counts = [self._count(problem, roster, agent.id) for agent in group]
            yield Look(max(counts) - min(counts), self.allowed, False, problem.days[0], problem.days[-1])

    def amount_text(self, amount: float) -> str:
        """Nights or weekends."""
        return f"{amount:g} {self.of} apart"

    def _count(self, problem: RosterProblem, roster: Roster, agent: str) -> int:
        shifts = [shift for shift in roster.shifts_of(agent) if shift.day in problem.days]
        if self.of == "nights":
            return sum(shift.is_night(problem.grid.zone) for shift in shifts)
        return len(weekends_of(shifts))

    def post(self, problem: RosterProblem, x: Variables, ledger: Ledger) -> None:
        """For each group of peers: no count is further above the least than allowed, with slack."""
        highest = len(problem.days)
        for group in self.peers(problem):
            least = x.model.new_int_var(0, highest, f"least {self.of} {group[0].id}")
            slack = ledger.slack(self, highest, first=problem.days[0], last=problem.days[-1])
            for agent in group:
                count = self._counted(x, agent.id)
                x.model.add(least <= count)
                x.model.add(count - least - self.allowed <= slack)

    def _counted(self, x: Variables, agent: str) -> LinearExpr | int:
        if self.of == "weekends":
            return sum(weekends_worked(x, agent))
        return sum(
            literal for day in range(len(x.problem.days)) for duty, literal in x.duties(agent, day) if duty.night
        )

    def tally(self, problem: RosterProblem, agent: Agent) -> Automaton | None:
        """Counts nights, or weekends and over Sunday whether Saturday was worked; nothing for whoever has no peers."""
        if not self._peers_of(problem, agent):
            return None
        weekdays = [day.weekday() for day in problem.days]

        def night(state: tuple[int, bool], day: int, duty: Duty | None) -> tuple[tuple[int, bool], int]:  # noqa: ARG001 - as weekend
            return (state[0] + (duty is not None and duty.night), False), 0

        def weekend(state: tuple[int, bool], day: int, duty: Duty | None) -> tuple[tuple[int, bool], int]:
            works = duty is not None and weekdays[day] >= SATURDAY
            begins = works and not (weekdays[day] == SUNDAY and state[1])
            return (state[0] + begins, works and weekdays[day] == SATURDAY), 0

        if self.of == "nights":
            return Automaton(start=(0, False), step=night, sees=lambda duty: duty.night, alike=True)
        return Automaton(start=(0, False), step=weekend, sees=lambda _: None, alike=True)

    def pull(self, problem: RosterProblem, others: Others, agent: Agent, price: float) -> Pull | None:
        """A count is worth what it takes off the distance between the peers."""
        peers = [peer.id for peer in self._peers_of(problem, agent) if peer.id != agent.id]
        counts = self._counts(problem, others, peers)
        return Pull(count=self._worth({min(counts), max(counts)}, price)) if counts else None

    def evens(self, problem: RosterProblem) -> tuple[Even, ...]:
        """Each group of peers."""
        most, groups = len(problem.days), (frozenset(agent.id for agent in group) for group in self.peers(problem))
        return tuple(Even(group, self.allowed, most, lambda state: int(state[0])) for group in groups)

    def _worth(self, others: Collection[int], price: float) -> Callable[[tuple[int, bool]], float]:
        return lambda state: (self._beyond([*others, 0]) - self._beyond([*others, state[0]])) * price

    def _counts(self, problem: RosterProblem, others: Others, peers: Iterable[str]) -> list[int]:
        """The counts of some peers, each anew only where the tour is another: a search asks for hundreds at every move."""
        known: dict[str, tuple[Sequence[Duty | None], int]] = problem.kept.setdefault((self, "counts"), {})
        counts = []
        for peer in peers:
            tour, (seen, number) = others.tours[peer], known.get(peer, ((), 0))
            if seen is not tour:
                number = self._number(problem, tour)
                known[peer] = tour, number
            counts.append(number)
        return counts

    def standing(self, problem: RosterProblem, others: Others, price: float) -> float:
        """How far each group's duties are apart beyond what is allowed."""
        counts = (
            [self._number(problem, others.tours[agent.id]) for agent in group if agent.id in others.tours]
            for group in self.peers(problem)
        )
        return sum(map(self._beyond, counts)) * price

    def _peers_of(self, problem: RosterProblem, agent: Agent) -> list[Agent]:
        key = self, "peers of"
        if key not in problem.kept:
            problem.kept[key] = {peer.id: group for group in self.peers(problem) for peer in group}
        peers: list[Agent] = problem.kept[key].get(agent.id, [])
        return peers

    def _number(self, problem: RosterProblem, tour: Sequence[Duty | None]) -> int:
        if self.of == "nights":
            return sum(duty is not None and duty.night for duty in tour)
        days = (problem.days[duty.day] for duty in tour if duty)
        return len({day.isocalendar()[:2] for day in days if day.weekday() >= SATURDAY})

    def _beyond(self, counts: Sequence[int]) -> int:
        return max(0, max(counts) - min(counts) - self.allowed)
