"""The plan in at most sixty lines of plain text, for the screen."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar

from wfm.domain.quantity import count_text
from wfm.report.allocation import heads_on_queue
from wfm.report.burden import burdens
from wfm.report.certification import certificate_text
from wfm.report.hindsight import accuracy_by_channel
from wfm.report.ranking import ranked, rule_totals
from wfm.report.remarks import remarks
from wfm.report.service import ChannelService, services
from wfm.report.textual import WIDTH, table
from wfm.report.wording import UNKNOWN, agent_text, count, day_text, hours, money, percent
from wfm.schedule import role_times, sittings
from wfm.study import Plan, roster_problem
from wfm.study.comparison import fairness

MOST_LINES = 60
_SECTION = 5
"""Lines of one list at most, so that every section has its place on one screen."""
_CONFLICT = 10
"""The same of a conflict, which is all that matters where there is one."""
_STATUS = {
    "optimal": "proved: no better roster exists",
    "feasible": "legal; best found, not proved best",
    "conflict": "forbidden rules cannot all be met; this is the least bad roster",
    "unfinished": "no legal roster found in time; this is the least bad one",
}
_VERDICT = {"met": "met", "missed": "MISSED", "unsure": "too close to call", "unknown": "not simulated"}


class Summary:
    """``summary.txt``: service against targets, hours, breaches, cost, fairness and what it was built on; no colours."""

    kind: ClassVar[str] = "summary"
    media_type: ClassVar[str] = "text/plain"

    def render(self, plan: Plan) -> dict[str, bytes]:
        """One file of at most 60 lines of at most 100 columns."""
        return {"summary.txt": (summary(plan) + "\n").encode()}


def summary(plan: Plan) -> str:
    """The text of the view."""
    rows = services(plan)
    sections = (
        _head(plan),
        certificate_text(plan.certified) if plan.certified else (),
        _volumes(plan, rows),
        _promises(rows),
        _beside(plan),
        _remarks(plan),
        _breaches(plan),
        _tiers(plan),
        _fairness(plan),
        _listed("Before any roster", plan.preflight),
        _listed("Notes", plan.solution.notes),
    )
    told = (list(section) for section in sections)
    lines = [line for section in told if section for line in (*section, "")][:-1]
    if len(lines) > MOST_LINES:
        lines = [*lines[: MOST_LINES - 1], f"... {len(lines) - MOST_LINES + 1} more lines are in report.html"]
    return "\n".join(line if len(line) <= WIDTH else f"{line[: WIDTH - 1]}…" for line in map(_one_line, lines))


def _one_line(text: str) -> str:
    """The text without whatever would move the cursor or change colours."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _head(plan: Plan) -> Iterator[str]:
    grid, solution = plan.scenario.horizon, plan.solution
    first, last = grid.dates[0], grid.dates[-1]
    people = count_text(len(plan.scenario.workforce.agents), "agent")
    yield f"{plan.scenario.name}: {day_text(first)} {first.year} to {day_text(last)} {last.year}, {people}, {grid.zone}"
    yield f"Roster      {_STATUS[solution.status]}"
    yield f"Forbidden   {count_text(len(solution.forbidden_breaches), 'breach', 'breaches')}"
    yield f"Cost        {money(plan.cost_cents)} for {hours(60 * plan.paid_hours)} paid"
    yield f"Built on    scenario {plan.scenario_digest[:12]}, wfm {plan.version}, seed {plan.scenario.limits.seed}"
    yield from (f"            {line}" for line in _shortened(solution.conflict, _CONFLICT))


def _volumes(plan: Plan, rows: Sequence[ChannelService]) -> Iterator[str]:
    scored, grid = accuracy_by_channel(plan), plan.scenario.horizon
    body = []
    for row in rows:
        known = scored.get(row.channel.name)
        off = "" if known is None else f"{percent(known.wape_day)} by day, bias {percent(known.bias)}"
        body.append(
            [row.channel.name, count(row.contacts), hours(row.required_minutes), hours(row.rostered_minutes), off]
        )
    required, queue = sum(row.required_minutes for row in rows), float(heads_on_queue(plan).sum()) * grid.step_minutes
    body.append(["all", count(sum(row.contacts for row in rows)), hours(required), hours(queue), ""])
    yield from table(["channel", "contacts", "required", "on queue", "forecast was off"], body, "lrrrl")


def _promises(rows: Sequence[ChannelService]) -> Iterator[str]:
    body = [
        [
            promise.channel,
            promise.words,
            percent(row.predicted) if first else "",
            promise.text,
            _VERDICT[promise.verdict],
        ]
        for row in rows
        for first, promise in zip([True] + [False] * len(row.channel.targets), row.promises(), strict=False)
    ]
    seen = "simulated" if any(row.simulated for row in rows) else "by formula"
    yield from table(["channel", "target", "predicted", seen, ""], body, "llrrl")
    weak = [f"{row.channel.name} {row.weakest.when} {percent(row.weakest.share)}" for row in rows if row.weakest]
    if weak:
        yield f"Weakest interval by prediction: {', '.join(weak)}"


def _beside(plan: Plan) -> Iterator[str]:
    """Hours given to roles, and sittings of sessions, where there are any."""
    people, roster = plan.scenario.workforce, plan.solution.roster
    if people.sessions or any(role.most_minutes for role in people.roles):
        problem = roster_problem(plan.scenario, plan.requirements)
        told = [
            f"{row.role.name} {hours(row.given_minutes)} of {hours(row.asked_minutes)} asked for"
            for row in role_times(problem, roster)
        ]
        held = len(sittings(problem, roster))
        told += [f"{count_text(held, 'sitting')} of {count_text(len(people.sessions), 'session')}"] if held else []
        yield from textwrap.wrap(f"Beside the queue: {', '.join(told)}", WIDTH, subsequent_indent="  ")


def _remarks(plan: Plan) -> Iterator[str]:
    told = remarks(plan)
    if told:
        yield "Levels and work that waits"
        for name, lines in told.items():
            for line in lines:
                yield from textwrap.wrap(f"{name}: {line}", WIDTH, initial_indent="  ", subsequent_indent="    ")


def _breaches(plan: Plan) -> Iterator[str]:
    ordered = ranked(plan.solution.breaches)
    forbidden = [breach for breach in ordered if breach.forbidden]
    priced = [breach for breach in ordered if not breach.forbidden]
    if forbidden:
        yield "Forbidden breaches"
        yield from (f"  {line}" for line in _shortened([f"{row.rule}: {row.words}" for row in forbidden]))
    totals = [row for row in rule_totals(priced) if row.cost is not None]
    if not totals:
        yield "No priced rule is breached."
        return
    body = [
        [row.rule, str(row.number), f"{count(row.amount)} {row.unit}", f"{row.cost:.2f}"] for row in totals[:_SECTION]
    ]
    yield from table(["priced rule", "breaches", "amount", "cost in contacts"], body, "lrlr")
    yield from ("Dearest breaches", *(f"  {row.cost:.2f}  {row.rule}: {row.words}" for row in priced[:3]))


def _tiers(plan: Plan) -> Iterator[str]:
    contacts = sum(sum(row.volume) for row in plan.requirements)
    body = [
        [
            str(row.tier),
            f"{row.cost:.2f}",
            UNKNOWN if row.bound is None else f"{row.bound:.2f}",
            percent(row.gap),
            UNKNOWN if row.bound is None or not contacts else percent(max(0.0, row.cost - row.bound) / contacts, 2),
        ]
        for row in plan.solution.tiers
    ]
    yield from table(["tier", "cost", "no roster below", "gap", "of all contacts"], body, "lrrrr")


def _fairness(plan: Plan) -> Iterator[str]:
    rows = burdens(plan)
    most = sorted(rows, key=lambda row: (-row.nights, -row.weekends, row.agent.id))
    body = [
        [
            agent_text(row.agent),
            str(row.nights),
            str(row.weekends),
            hours(row.paid_minutes),
            hours(row.contract_minutes),
        ]
        for row in most[:3]
    ]
    apart = fairness(plan.scenario.workforce, plan.solution.roster)
    met, wished = sum(row.wishes_met for row in rows), sum(row.wishes for row in rows)
    yield (
        f"Fairness: nights differ by {apart.nights}, weekends by {apart.weekends} between agents; "
        f"{met} of {wished} wishes met"
    )
    yield from table(["most nights", "nights", "weekends", "paid", "contract"], body, "lrrrr")


def _listed(title: str, lines: Iterable[str]) -> Iterator[str]:
    told = _shortened(lines)
    yield title if told else f"{title}: nothing to say"
    yield from (f"  {line}" for line in told)


def _shortened(lines: Iterable[str], most: int = _SECTION) -> list[str]:
    """Each line within the width, only so many of them, the rest by number."""
    rows = [textwrap.shorten(line, WIDTH - 14, placeholder=" …") for line in lines]
    return rows if len(rows) <= most else [*rows[: most - 1], f"and {len(rows) - most + 1} more"]
