"""What one part of a scenario says about another: names that are referred to must exist, each with the file that misses them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import timedelta

from wfm.domain import Agent, Balance, Burden, ContactHistory, Fault, Requirement, TimeOff, Wish
from wfm.forecast import TYPICAL
from wfm.schedule.rules import Wishes
from wfm.study.sheet import ScenarioSheet
from wfm.study.wording import likely
from wfm.study.yaml_text import Document

NO_SHIFT = ("off", "work", "start")
"""What a wish may want beside a shift."""


def unknown_names(
    document: Document,
    sheet: ScenarioSheet,
    histories: Sequence[ContactHistory],
    agents: Sequence[Agent],
    time_off: Sequence[TimeOff],
    wishes: Sequence[Wish],
    balances: Sequence[Balance],
    burdens: Sequence[Burden],
    given: Sequence[Requirement],
) -> Iterator[Fault]:
    """A fault for each name in the sheet or one of its files that stands for nothing."""
    yield from _of_channels(document, sheet, [history.channel for history in histories])
    yield from _of_requirement(document, sheet, [row.channel for row in given])
    yield from _of_rules(document, sheet, agents)
    yield from _of_sessions(document, sheet, agents)
    yield from _unknown([agent.contract for agent in agents], "contract", sheet.contracts, sheet.agents, "contract")
    yield from _unknown([role for agent in agents for role in agent.roles], "role", sheet.roles, sheet.agents, "roles")
    ids, wanted = [agent.id for agent in agents], [*NO_SHIFT, *sheet.shifts]
    yield from _unknown([row.agent for row in time_off], "agent", ids, str(sheet.time_off), "agent")
    yield from _unknown([row.agent for row in balances], "agent", ids, str(sheet.balances), "agent")
    yield from _unknown([row.agent for row in burdens], "agent", ids, str(sheet.burdens), "agent")
    yield from _over_budget(sheet, wishes)
    yield from _unknown([row.agent for row in wishes], "agent", ids, str(sheet.wishes), "agent")
    yield from _unknown([row.want for row in wishes], "wish", wanted, str(sheet.wishes), "want")


def _over_budget(sheet: ScenarioSheet, wishes: Sequence[Wish]) -> Iterator[Fault]:
    """Agents who give more points to their wishes for the horizon than a rule allows."""
    until = sheet.horizon.start + timedelta(days=sheet.horizon.length_days)
    given = Counter[str]()
    for row in wishes:
        given[row.agent] += row.points if sheet.horizon.start <= row.date < until else 0
    for budget in {rule.budget for rule in sheet.all_rules() if isinstance(rule, Wishes) and rule.budget is not None}:
        for agent, points in given.items():
            if points > budget:
                fix = "Lower the points, or take the budget out of the rule wishes."
                came = f"{points} points of {agent}"
                yield Fault(f"at most {budget} points an agent", came, fix, str(sheet.wishes), None, "points")


def _of_channels(document: Document, sheet: ScenarioSheet, recorded: list[str]) -> Iterator[Fault]:
    for name in sheet.channels:
        if name not in recorded and sheet.channels[name].like is None and sheet.requirement is None:
            known = f"rows of {', '.join(recorded)}" if recorded else "none"
            fix = "For a new queue tell what it is like: `like: CHANNEL` and `volume: 120 a day`."
            yield document.fault(("channels", name), f"rows of channel {name} in {sheet.history}", known, fix)
    yield from _of_borrowers(document, sheet)
    yield from _of_levels(document, sheet)
    served = [*sheet.channels, *(name for name, row in sheet.levels.items() if not row.external)]
    for name in sheet.demand:
        if name not in served:
            yield document.fault(("demand", name), "a channel", name, likely(name, served))
    placed = [("events", k, row.channel) for k, row in enumerate(sheet.events)]
    placed += [("overrides", k, row.channel) for k, row in enumerate(sheet.overrides)]
    placed += [("findings", k, row.channel) for k, row in enumerate(sheet.findings)]
    for section, position, channel in placed:
        if channel is not None and channel not in sheet.channels:
            fix = likely(channel, sheet.channels)
            yield document.fault((section, position, "channel"), "a channel", channel, fix)


def _of_requirement(document: Document, sheet: ScenarioSheet, asked: Sequence[str]) -> Iterator[Fault]:
    """A requirement that the planner brings along is of every channel, and no other; demand cannot be made to differ from it."""
    if sheet.requirement is None:
        return
    served = [name for _, name, _ in sheet.served()]
    yield from _unknown(asked, "channel", served, sheet.requirement, "channel")
    for name in served:
        if asked and name not in asked:
            yield Fault(
                f"rows of channel {name}", f"rows of {', '.join(asked)}", "", sheet.requirement, None, "channel"
            )
    for name in sheet.demand:
        came = f"a factor for {name} beside requirement: {sheet.requirement}"
        yield document.fault(
            ("demand", name), "demand factors of a forecast only", came, "Change the heads in the file."
        )


def _of_levels(document: Document, sheet: ScenarioSheet) -> Iterator[Fault]:
    """Levels have names of their own, and get their contacts from what there is."""
    known = [*sheet.channels, *sheet.levels]
    for name, row in sheet.levels.items():
        if name in sheet.channels:
            yield document.fault(("levels", name), "a level under a name of its own", f"the channel {name} again")
        for source, _ in row.escalations():
            if source not in known:
                fix = likely(source, [other for other in known if other != name])
                yield document.fault(("levels", name, "from"), "a channel or level", source, fix)


def _of_borrowers(document: Document, sheet: ScenarioSheet) -> Iterator[Fault]:
    """Queues without a past borrow from one that has its own, or from the template."""
    lenders = [*(name for name, row in sheet.channels.items() if row.like is None), TYPICAL]
    for name, row in sheet.channels.items():
        if row.like is not None and row.like not in lenders:
            fix = likely(row.like, lenders)
            yield document.fault(
                ("channels", name, "like"), "a channel with a past of its own, or typical", row.like, fix
            )


def _of_rules(document: Document, sheet: ScenarioSheet, agents: Sequence[Agent]) -> Iterator[Fault]:
    skills = {skill for agent in agents for skill in agent.skills} | {
        row.skill or n for n, row in (*sheet.channels.items(), *sheet.levels.items())
    }
    for position, rule in enumerate(sheet.rules):
        for name in getattr(rule, "apart", ()):
            if name not in sheet.roles:
                yield document.fault(("rules", position, "apart"), "a known role", name, likely(name, sheet.roles))
        for key, known in (("role", sheet.roles), ("skill", sorted(skills))):
            name = getattr(rule, key, None)
            if name is not None and name not in known:
                yield document.fault(("rules", position, key), f"a known {key}", name, likely(name, known))


def _of_sessions(document: Document, sheet: ScenarioSheet, agents: Sequence[Agent]) -> Iterator[Fault]:
    ids = [agent.id for agent in agents]
    for name, row in sheet.sessions.items():
        people = row.attendees if isinstance(row.attendees, tuple) else ()
        trainers = [row.trainer] if row.trainer else []
        for key, what, named, known in (
            ("attendees", "a known agent", people, ids),
            ("trainer", "a known role", trainers, [*sheet.roles]),
            ("after", "a known session", row.after, [*sheet.sessions]),
        ):
            for word in named:
                if word not in known:
                    yield document.fault(("sessions", name, key), what, word, likely(word, known))


def _unknown(names: Sequence[str], what: str, known: Collection[str], file: str, column: str) -> Iterator[Fault]:
    for name in dict.fromkeys(names):
        if name not in known:
            yield Fault(f"a known {what}", name, likely(name, known), file, None, column)
