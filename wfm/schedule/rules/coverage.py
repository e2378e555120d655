"""Contacts that the roster leaves outside their service target."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from wfm.domain import Agent, Breach, Roster
from wfm.domain.time import local
from wfm.schedule.linear import Linear
from wfm.schedule.others import Others
from wfm.schedule.problem import MICRO, RosterProblem
from wfm.schedule.rule import Pull, Rule

if TYPE_CHECKING:
    from wfm.schedule.ledger import Ledger
    from wfm.schedule.variables import Variables

STEPS_AT_ONCE = 100


class Coverage(Rule):
    """In every interval the agents on the queue, shared out best, serve all contacts inside target; a breach is contacts they do not."""

    kind: Literal["coverage"] = "coverage"
    price: Annotated[float, Field(ge=0)] | None = 1.0
    only: None = None
    unit: ClassVar[str] = "contacts not served inside target"
    source: ClassVar[str] = "the service targets of the channels"

    def breaches(self, problem: RosterProblem, roster: Roster) -> list[Breach]:
        """One breach for each interval, in contacts exact to a millionth: best reach by a linear programme of agents to channels."""
        present = Roster.of(problem.grid, (*problem.before, *roster.assignments))
        heads = [present.serving(agents) * problem.grid.step_minutes for agents, _ in problem.groups]
        minutes = np.rint(np.array(heads).reshape(len(heads), problem.grid.count)).astype(np.int64)
        steps = [_Step.of(problem, t, minutes[:, t]) for t in range(problem.grid.count)]
        best = _best_shares(list(dict.fromkeys(steps)), [serves for _, serves in problem.groups], len(problem.channels))
        return [
            self.breach(lost / MICRO, self._words(problem, t, best[step]), at=problem.grid.instant(t), first=day)
            for t, step in enumerate(steps)
            if (lost := step.lost(best[step])) > 0
            for day in [problem.days[int(problem.grid.day_index[t])]]
        ]

    def _words(self, problem: RosterProblem, t: int, shares: Sequence[int]) -> str:
        begin = local(problem.grid.instant(t), problem.grid.zone)
        parts = (
            f"{channel.name} has {share / problem.grid.step_minutes:.3g} of {requirement.gross[t]:.3g} agents"
            for channel, requirement, share in zip(problem.channels, problem.requirements, shares, strict=True)
        )
        return f"{begin:%Y-%m-%d %H:%M}: {', '.join(parts)}"

    def post(self, problem: RosterProblem, x: Variables, ledger: Ledger) -> None:
        """Minutes sold to channels in lots, limited by what each set of channels can be served with; unsold worth is within the slack."""
        for t, full in enumerate(problem.market.full.tolist()):
            if full:
                day = problem.days[int(problem.grid.day_index[t])]
                slack = ledger.slack(self, full, first=day, unit=1)
                x.model.add(full - x.worth(t) <= slack)

    def pull(self, problem: RosterProblem, others: Others, agent: Agent, price: float) -> Pull | None:
        """A minute on the queue is worth a step's share of what one whole head would add there."""
        group = problem.group_of.get(agent.id)
        if group is None:
            return None
        gain = others.head(group)
        return Pull(serving=np.asarray(gain * (price / (MICRO * problem.grid.step_minutes)), dtype=np.float64))

    def standing(self, problem: RosterProblem, others: Others, price: float) -> float:
        """Full worth less the worth of the minutes on the queue."""
        market = problem.market
        return float((market.full - market.worth(others.serving)).sum()) * price / MICRO

    def linear(self, problem: RosterProblem) -> Linear:
        """A row for each step and tight set of channels: minutes of the groups that serve it and unsold lots are at least its lots."""
        from scipy.sparse import coo_array

        market, size, count = problem.market, problem.grid.step_minutes, problem.grid.count
        step = np.repeat(np.arange(count), np.diff(market.first))
        kinds, number = np.unique(np.column_stack([step, market.channel, market.slope]), axis=0, return_counts=True)
        (step, channel, slope), lots = kinds.T, number * size
        in_set, lot = np.nonzero(market.holds[:, channel])
        cells, row = np.unique(in_set * count + step[lot], return_inverse=True)
        fed = market.feeds.astype(np.int64) @ problem.serving_before
        queues = []
        for feeds in market.feeds.T:
            own = np.flatnonzero(feeds[cells // count])
            queues.append(coo_array((np.ones(len(own)), (cells[own] % count, own)), shape=(count, len(cells))).tocsr())
        return Linear(
            low=np.bincount(row, lots[lot], len(cells)) - fed.ravel()[cells],
            high=np.full(len(cells), np.inf),
            amends=coo_array((np.ones(len(lot)), (lot, row)), shape=(len(slope), len(cells))).tocsr(),
            most=lots.astype(np.float64),
            breach=slope / MICRO,
            on_queue={agent: queues[group] for agent, group in problem.group_of.items()},
            whole=False,
        )


@dataclass(frozen=True)
class _Step:
    """One interval as the linear programme sees it: minutes of each group, and lots (channel, minutes, millionths a minute)."""

    minutes: tuple[int, ...]
    lots: tuple[tuple[int, int, int], ...]

    @classmethod
    def of(cls, problem: RosterProblem, t: int, minutes: NDArray[np.int64]) -> _Step:
        size = problem.grid.step_minutes
        lots = [
            (c, size * len(list(alike)), slope)
            for c, rows in enumerate(problem.head_worth)
            for slope, alike in groupby(rows[t].tolist())
        ]
        return cls(tuple(minutes.tolist()), tuple(lots))

    def lost(self, shares: Sequence[int]) -> int:
        """Full worth less the worth of minutes shared out to channels, in millionths of a contact."""
        left, lost = list(shares), 0
        for channel, size, slope in self.lots:  # within a channel the dearest lots come first
            sold = min(size, left[channel])
            left[channel] -= sold
            lost += (size - sold) * slope
        return lost


def _best_shares(steps: list[_Step], groups: list[frozenset[int]], channels: int) -> dict[_Step, tuple[int, ...]]:
    """Best minutes of each channel in each step, by linear programmes of many independent steps at a time."""
    shares = dict.fromkeys(steps, (0,) * channels)
    busy = [step for step in steps if step.lots and any(step.minutes)]
    for low in range(0, len(busy), STEPS_AT_ONCE):
        part = busy[low : low + STEPS_AT_ONCE]
        shares |= zip(part, _solve(part, groups, channels), strict=True)
    return shares


def _solve(steps: list[_Step], groups: list[frozenset[int]], channels: int) -> Iterator[tuple[int, ...]]:
    """Maximise the worth of flows from groups to channels to lots.

    Rows of a step: one for each group (its flows within its minutes), then one for each channel (its lots within its flows). With
    whole minutes and one flow in and out of every row, the simplex method ends at whole minutes.
    """
    from scipy.optimize import linprog
    from scipy.sparse import coo_array

    entries: list[tuple[int, int, int]] = []
    upper: list[int] = []
    worth: list[int] = []
    limits: list[int] = []
    lots_of: list[list[tuple[int, int]]] = []
    for step in steps:
        base = len(limits)
        limits += [*step.minutes, *[0] * channels]
        for g, serves in enumerate(groups):
            for c in serves:
                entries += [(base + g, len(upper), 1), (base + len(groups) + c, len(upper), -1)]
                upper.append(step.minutes[g])
                worth.append(0)
        lots_of.append([])
        for c, size, slope in step.lots:
            lots_of[-1].append((c, len(upper)))
            entries.append((base + len(groups) + c, len(upper), 1))
            upper.append(size)
            worth.append(slope)
    rows, columns, values = zip(*entries, strict=True)
    matrix = coo_array((values, (rows, columns)), shape=(len(limits), len(upper)))
    found = linprog(
        -np.array(worth), A_ub=matrix.tocsr(), b_ub=limits, bounds=[(0, most) for most in upper], method="highs-ds"
    )
    for lots in lots_of:
        yield tuple(round(sum(found.x[k] for c, k in lots if c == channel)) for channel in range(channels))
