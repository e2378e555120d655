"""What arithmetic sees of forbidden rules before a solve: hours that too few can work, sums that no shifts give, limits below demand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from wfm.domain import Agent
from wfm.domain.time import local
from wfm.schedule.conflicts.reason import named
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rule import Rule, runs
from wfm.schedule.rules._charges import ChargeRule
from wfm.schedule.rules._presence import PresenceRule
from wfm.schedule.rules._spans import Span, SpanRule

Duties = NDArray[np.bool_]
"""Some duties of the horizon, shape (days, slots)."""
Weights = NDArray[np.int64]
"""What each duty adds to a sum, shape (days, slots)."""


def shortfalls(problem: RosterProblem, rules: Sequence[Rule]) -> Iterator[str]:
    """Findings in the planner's words; each of them is proof that no roster keeps all forbidden rules."""
    forbidden = [rule for rule in rules if rule.price is None]
    presences = [rule for rule in forbidden if isinstance(rule, PresenceRule)]
    spans = [(rule, _weights(problem, rule)) for rule in forbidden if isinstance(rule, SpanRule)]
    allowed = _Allowed(problem, [rule for rule in forbidden if isinstance(rule, ChargeRule)])
    for presence in presences:
        yield from _too_few(problem, presence, allowed)
    yield from _unreachable(problem, spans, allowed)
    for presence in presences:
        for span, weights in spans:
            yield from _beyond(problem, presence, span, weights, allowed)


class _Allowed:
    """Which duties each agent may work for all that rules about single days say, who refuses the others, and on which days to work."""

    def __init__(self, problem: RosterProblem, rules: Sequence[ChargeRule]) -> None:
        self.there = np.zeros(problem.on_call.shape, dtype=np.bool_)
        for duty in (duty for duties in problem.duties for duty in duties):
            self.there[duty.day, duty.slot] = True
        self.refused: dict[str, dict[str, Duties]] = {agent.id: {} for agent in problem.workforce.agents}
        self.must: dict[str, set[int]] = {agent.id: set() for agent in problem.workforce.agents}
        for rule in rules:
            for agent in rule.agents(problem):
                refused = self.refused[agent.id].setdefault(rule.id, np.zeros_like(self.there))
                for day, slot in rule.charges(problem, agent):
                    if slot is None:
                        self.must[agent.id].add(day)
                    else:
                        refused[day, slot] = True

    def duties(self, agent: Agent) -> Duties:
        """The duties that nothing refuses."""
        return np.asarray(self.there & ~np.any([np.zeros_like(self.there), *self.refused[agent.id].values()], axis=0))


def _too_few(problem: RosterProblem, rule: PresenceRule, allowed: _Allowed) -> Iterator[str]:
    """Stretches in which fewer of those who count may work than the rule asks for, with what keeps the others away."""
    counted, reached = rule.counted(problem), problem.duty_minutes > 0
    if len(counted) < rule.number:
        return
    takes = {agent.id: rule.takes(problem, agent) for agent in counted}
    can = np.array([(takes[agent.id] & allowed.duties(agent)).ravel() @ reached > 0 for agent in counted])
    short = _asked(problem, rule) & (can.sum(axis=0) < rule.number)
    for low, high in runs(short.tolist()):
        away = [agent for agent, there in zip(counted, can[:, low], strict=True) if not there]
        why = {
            name
            for agent in away
            for name, refused in allowed.refused[agent.id].items()
            if ((refused & takes[agent.id]).ravel() @ reached)[low]
        }
        begin, end = (local(problem.grid.instant(step), problem.grid.zone) for step in (low, high + 1))
        yield (
            f"{rule.id} asks for {rule.number} from {begin:%a %Y-%m-%d %H:%M} to {end:%a %Y-%m-%d %H:%M}; "
            f"of {len(counted)} {rule.whom(len(counted))} {len(counted) - len(away)} can work then "
            f"({', '.join(sorted(why)) or 'no shift reaches it'} of {named([agent.id for agent in away])})"
        )


def _asked(problem: RosterProblem, rule: PresenceRule) -> NDArray[np.bool_]:
    """The steps in which a rule asks for somebody and that no shift of the days before reaches."""
    ends = max((problem.elapsed(row.shift.end) for row in problem.reaching_in), default=0)
    return np.asarray(rule.asked(problem) & (np.arange(problem.grid.count) * problem.grid.step_minutes >= ends))


def _unreachable(problem: RosterProblem, rules: Sequence[tuple[SpanRule, Weights]], allowed: _Allowed) -> Iterator[str]:
    """Sums that no shifts of the days that are left give, with everybody of whom the same is true."""
    found: dict[str, list[str]] = {}
    for rule, weights in rules:
        for agent in rule.agents(problem):
            duties, must = allowed.duties(agent), allowed.must[agent.id]
            for span in rule.spans(problem, agent):
                days = tuple((frozenset(weights[day][duties[day]].tolist()), day not in must) for day in span.days)
                most = min([len(span.days), *_most_shifts(problem, rules, agent, span)])
                words = _missed(rule, span, _sums(days, most))
                if words:
                    dates = f"from {problem.date(span.days[0])} to {problem.date(span.days[-1])}"
                    found.setdefault(f"no shifts {dates} come to {words}", []).append(agent.id)
    yield from (f"{named(agents)}: {words}" for words, agents in found.items())


def _most_shifts(
    problem: RosterProblem, rules: Sequence[tuple[SpanRule, Weights]], agent: Agent, inside: Span
) -> Iterator[int]:
    """What rules that count every shift as one allow over days that hold a span."""
    for rule, weights in rules:
        if (weights == 1).all() and rule.about(agent):
            for span in rule.spans(problem, agent):
                if span.high is not None and set(inside.days) <= set(span.days):
                    yield max(0, span.high - span.before)


def _missed(rule: SpanRule, span: Span, sums: Sequence[int]) -> str:
    """What is asked for and the nearest sums, where none of the sums will do."""
    low, high = span.low - span.before, None if span.high is None else max(0, span.high - span.before)
    if any(low <= total and (high is None or total <= high) for total in sums):
        return ""
    near = [*sorted(total for total in sums if total < low)[-1:], *sorted(total for total in sums if total >= low)[:1]]
    bounds = [f"at least {rule.amount_text(span.low)}"] if low > 0 else []
    bounds += [f"at most {rule.amount_text(span.high)}"] if span.high is not None else []
    nearest = " and ".join(rule.amount_text(total + span.before) for total in near)
    return f"{' and '.join(bounds)} as {rule.id} asks; nearest {nearest or 'none'}"


@lru_cache(maxsize=4096)
def _sums(days: tuple[tuple[frozenset[int], bool], ...], most: int) -> tuple[int, ...]:
    """All sums of at most one weight a day, of at most so many days; a day that may not be off always adds one."""
    reached = [1, *[0] * most]  # bit s of number n: n days add up to s
    for weights, free in days:
        for count in range(most, -1, -1):
            before = reached[count - 1] if count else 0
            reached[count] = reached[count] if free else 0
            for weight in weights:
                reached[count] |= before << weight
    whole = 0
    for sums in reached:
        whole |= sums
    return tuple(total for total in range(whole.bit_length()) if whole >> total & 1)


def _beyond(
    problem: RosterProblem, rule: PresenceRule, limit: SpanRule, weights: Weights, allowed: _Allowed
) -> Iterator[str]:
    """Spans over which those who count may do less than the hours ask for at the least."""
    counted = rule.counted(problem)
    if not counted or not all(map(limit.about, counted)):
        return
    takes = np.any([rule.takes(problem, agent) & allowed.there for agent in counted], axis=0)
    rooms: dict[range, int] = {}
    for agent in counted:
        best = (weights * allowed.duties(agent)).max(axis=1)
        for span in limit.spans(problem, agent):
            room = int(best[span.days].sum())
            most = room if span.high is None else min(room, max(0, span.high - span.before))
            rooms[span.days] = rooms.get(span.days, 0) + most
    for days, room in rooms.items():
        least = rule.number * _least(problem, _asked(problem, rule), takes, weights, days)
        if least > room:
            dates = f"from {problem.date(days[0])} to {problem.date(days[-1])}"
            yield (
                f"{rule.id} asks for at least {limit.amount_text(least)} {rule.whom(0)} {dates}; {limit.id} and the days on which they "
                f"can work leave the {len(counted)} {limit.amount_text(room)}"
            )


def _least(problem: RosterProblem, asked: NDArray[np.bool_], takes: Duties, weights: Weights, days: range) -> int:
    """What one head throughout some hours weighs at the least: steps no two of which one duty covers, each with its lightest duty."""
    duties = [duty for row in problem.duties for duty in row if takes[duty.day, duty.slot]]
    size, count = problem.grid.step_minutes, problem.grid.count
    best = np.zeros(count + 1, dtype=np.int64)
    covering: dict[int, list[tuple[int, int, int]]] = {}
    for duty in duties:
        for step, _ in problem.minutes_by_step(duty.start, duty.end):
            covering.setdefault(step, []).append((int(weights[duty.day, duty.slot]), -(-duty.end // size), duty.day))
    for step in range(count - 1, -1, -1):
        best[step] = best[step + 1]
        rows = covering.get(step, [])
        if asked[step] and rows and all(day in days for _, _, day in rows):
            after = min(count, max(end for _, end, _ in rows))
            best[step] = max(best[step], min(weight for weight, _, _ in rows) + best[after])
    return int(best[0])


def _weights(problem: RosterProblem, rule: SpanRule) -> Weights:
    """What each duty adds to a rule's sum, shape (days, slots); duties that are not there add as much as the slot's others."""
    weights = np.zeros(problem.on_call.shape, dtype=np.int64)
    for duty in (duty for duties in problem.duties for duty in duties):
        weights[:, duty.slot] = rule.weight(duty)
    for duty in (duty for duties in problem.duties for duty in duties):
        weights[duty.day, duty.slot] = rule.weight(duty)
    return weights
