"""Where a legal roster fails: lines of the rules that cannot all be met, each of them needed for that."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import partial

from wfm.domain import Breach
from wfm.schedule.conflicts.likeness import alike
from wfm.schedule.conflicts.lines import Lines, gap
from wfm.schedule.conflicts.reason import Dates

DAY = timedelta(days=1)
FEW = 12
"""Up to so many lines it is quicker to try to spare each than to halve them."""
Numbers = frozenset[int]
Impossible = Callable[[Numbers], bool]


def conflict_around(lines: Lines, suspects: Numbers, known: Numbers = frozenset()) -> Numbers:
    """Lines with one of the suspects that cannot be met and none of which can be spared, looked for from the suspects outwards.

    Lines that are ``known`` to be breached for other reasons are left out. Proved twice before it is told; empty where nothing is found.
    """
    around = next((some for some in _neighbourhoods(lines, suspects, known) if lines.impossible(some)), None)
    return frozenset() if around is None else least(lines, around, suspects)


def least(lines: Lines, some: Numbers, suspects: Numbers = frozenset()) -> Numbers:
    """Lines of some that cannot be met, none of which can be spared; suspects are kept rather than others, near ones than far ones.

    Empty where a second proof fails.
    """
    ranked = sorted(some, key=lambda number: (number not in suspects, _apart(lines, number, suspects), number))
    left, sure = _without_likes(lines, _of_fewest_rules(lines, ranked))
    rest = [frozenset([number]) for number in ranked if number in left - sure]
    found = sure.union(*(_spared if len(rest) <= FEW else _rest)(lines.impossible, sure, rest))
    return found if lines.impossible(found, again=True) else frozenset()


def suspects_of(lines: Lines, breach: Breach) -> Numbers:
    """The lines that a breach is one of, as far as rule, agent and dates tell."""
    return frozenset(
        number
        for number, line in enumerate(lines.all)
        if line.rule.id == breach.rule
        and line.agent in {None, breach.agent}
        and gap(line.dates, (breach.first, breach.last)) == 0
    )


def _neighbourhoods(lines: Lines, suspects: Numbers, known: Numbers) -> Iterator[Numbers]:
    """Ever larger sets of lines: the suspects, then those of a circle of agents over some days, over weeks and always."""
    first, last = stretch(lines, suspects)
    weeks = weeks_of(first, last)
    told = suspects
    yield suspects
    for agents in _circles(lines, suspects, weeks)[
        : -1 if known else None
    ]:  # one conflict is enough to spare the widest look
        inside = [n for n in range(len(lines.all)) if n not in known and lines.agents_of_one(n) <= agents]
        for dates in (first - DAY, last + DAY), weeks, (None, None):
            around = suspects.union(n for n in inside if gap(lines.all[n].dates, dates) == 0)
            if around != told and lines.watch.has_time:
                yield around
                told = around


def _circles(lines: Lines, suspects: Numbers, dates: Dates) -> list[frozenset[str]]:
    """The agents concerned; with each rule that couples one of them to others, these too, small circles first; everybody."""
    concerned = lines.agents_of(suspects)
    coupled: dict[int, frozenset[str]] = {}
    for number in lines.about(concerned, dates):
        if lines.all[number].agent is None:
            rule = id(lines.all[number].rule)
            coupled[rule] = coupled.get(rule, concerned) | lines.agents_of_one(number)
    everybody = frozenset(lines.problem.workforce.by_id)
    return list(
        dict.fromkeys([concerned, *sorted(coupled.values(), key=lambda some: (len(some), sorted(some))), everybody])
    )


def stretch(lines: Lines, some: Numbers) -> tuple[date, date]:
    """The first and last date of some lines."""
    days = lines.problem.days
    dates = [lines.all[number].dates for number in some]
    return min(first or days[0] for first, _ in dates), max(last or days[-1] for _, last in dates)


def weeks_of(first: date, last: date) -> tuple[date, date]:
    """The same in whole calendar weeks."""
    return first - first.weekday() * DAY, last + (6 - last.weekday()) * DAY


def _of_fewest_rules(lines: Lines, ranked: Iterable[int]) -> Numbers:
    """Only the lines of rules that are needed; most conflicts are between the first and one other, so pairs are tried first."""
    first, *others = by_rule(lines, ranked)
    pair = next((rule for rule in others if lines.impossible(first | rule)), None)
    rules = [first, *others] if pair is None else [first, pair]
    return frozenset().union(*needed(lines.impossible, frozenset(), rules))


def by_rule(lines: Lines, numbers: Iterable[int]) -> list[Numbers]:
    """Lines gathered by their rule, in the order in which rules come."""
    rules: dict[int, set[int]] = {}
    for number in numbers:
        rules.setdefault(id(lines.all[number].rule), set()).add(number)
    return [frozenset(some) for some in rules.values()]


def _without_likes(lines: Lines, some: Numbers) -> tuple[Numbers, Numbers]:
    """Spare as many of each rule's agents who are alike as can be, whichever; with them the lines that are then surely needed.

    Agents who are alike are needed all or none, so that how many are kept is found by bisection. Those whose line was spared are no
    longer like those whose line was kept.
    """
    sure: set[int] = set()
    classes = [agents for agents in alike(lines, some) if len(agents) > 1]
    for part in by_rule(lines, sorted(some)):
        apart = []
        for agents in classes:
            lots = [frozenset(n for n in part if lines.all[n].agent == agent) for agent in agents]
            kept = _kept(lines, some.difference(*lots), lots) if lots[0] else len(lots)
            some = some.difference(*lots[kept:])
            sure.update(*(lot for lot in lots[:kept] if len(lot) == 1))
            apart += [agents[:kept], agents[kept:]]
        classes = [agents for agents in apart if len(agents) > 1]
    return some, frozenset(sure)


def _kept(lines: Lines, rest: Numbers, lots: Sequence[Numbers]) -> int:
    """The smallest number of lots that cannot be met with the rest."""
    enough = partial(_enough, lines, rest, lots)
    return bisect_left(range(len(lots)), x=True, key=enough) if enough(len(lots) - 1) else len(lots)


def _enough(lines: Lines, rest: Numbers, lots: Sequence[Numbers], number: int) -> bool:
    """Whether the rest cannot be met with the first lots."""
    return lines.impossible(rest.union(*lots[:number]))


def needed(impossible: Impossible, base: Numbers, parts: Sequence[Numbers]) -> list[Numbers]:
    """The fewest parts, earlier ones rather than later ones, that cannot be met together with the base (QuickXplain, Junker 2004).

    The base and all parts together cannot be met; no part that is returned can be spared.
    """
    if len(parts) <= 1:
        return list(parts)
    early, late = parts[: len(parts) // 2], parts[len(parts) // 2 :]
    kept = _rest(impossible, base.union(*early), late)
    return [*_rest(impossible, base.union(*kept), early), *kept]


def _rest(impossible: Impossible, base: Numbers, parts: Sequence[Numbers]) -> list[Numbers]:
    """The same, where the base may be enough."""
    return [] if impossible(base) else needed(impossible, base, parts)


def _spared(impossible: Impossible, base: Numbers, parts: Sequence[Numbers]) -> list[Numbers]:
    """The same one by one, the last part first (deletion filter, Chinneck 1991): quicker where most parts are needed."""
    kept = list(parts)
    for part in reversed(parts):
        others = [other for other in kept if other is not part]
        kept = others if impossible(base.union(*others)) else kept
    return kept


def _apart(lines: Lines, number: int, suspects: Numbers) -> int:
    """Days between a line and the nearest suspect."""
    return min((gap(lines.all[number].dates, lines.all[suspect].dates) for suspect in suspects), default=0)
