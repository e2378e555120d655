"""Changes of rosters in words: who is to be told, what an edit breaks and costs, who can take a shift."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wfm.domain.quantity import count_text, duration_text
from wfm.domain.time import local
from wfm.study import Candidate, CellChange, Cover, Edit
from wfm.study.diff import shift_text


def changes_text(changes: Sequence[CellChange]) -> str:
    """Who is to be told what, a line for each changed cell."""
    agents = {change.agent for change in changes}
    cells = count_text(sum(change.counts for change in changes), "cell")
    inside = sum(not change.counts for change in changes)
    more = f", {inside} more inside only" if inside else ""
    head = f"{count_text(len(agents), 'agent')} to tell: {cells} changed{more}" if changes else "nobody to tell"
    return "\n".join([head, *(change.words for change in changes)])


def cover_text(found: Cover, zone: str) -> str:
    """Who can take a shift, the best first, then who cannot and why."""
    return "\n".join(_cover_lines(found, zone))


def _cover_lines(found: Cover, zone: str) -> Iterator[str]:
    yield (
        f"{found.agent}, {found.shift.day:%a %Y-%m-%d}, {shift_text(found.shift, zone)}: "
        f"without it {found.lost:.2f} contacts fewer are served in time"
    )
    can = [row for row in found.candidates if row.legal]
    yield f"{len(can)} can take it" if can else "nobody can take it without breaking a forbidden rule"
    yield from map(_candidate_line, can)
    yield from (f"no   {row.agent}: {row.reasons[0]}{_more(row)}" for row in found.candidates if not row.legal)


def _more(row: Candidate) -> str:
    return f" (and {len(row.reasons) - 1} more)" if len(row.reasons) > 1 else ""


def _candidate_line(row: Candidate) -> str:
    rest = [
        duration_text(60 * minutes) if minutes is not None else "-"
        for minutes in (row.rest_before_minutes, row.rest_after_minutes)
    ]
    counts = ", ".join(
        f"{count.of} {count.before} -> {count.after}" for count in row.counts if count.of != "paid minutes"
    )
    priced = "".join(f"; {breach.words}" for breach in row.breaches)
    return (
        f"yes  {row.agent}: {row.contacts:+.2f} contacts, price {row.price:+.2f}, cost {row.cost_cents / 100:,.2f}, "
        f"rest {rest[0]} before and {rest[1]} after, {counts}{priced}"
    )


def edit_text(made: Edit, zone: str) -> str:
    """What an edit changes, breaks, mends and costs, line by line."""
    lines = [changes_text(made.changes)]
    for head, rows in (("breaks", made.broken), ("mends", made.mended)):
        lines += [f"{head} {'forbidden' if row.forbidden else 'priced'}  {row.rule}: {row.words}" for row in rows]
    lines.append(
        f"service: {made.contacts:+.2f} contacts inside target; all priced rules {made.price:+.2f} (less is better)"
    )
    lines += [f"  {local(row.at, zone):%a %Y-%m-%d %H:%M}: {row.contacts:+.2f}" for row in made.worst]
    lines.append(f"paid: {made.paid_minutes / 60:+.1f} h, cost {made.cost_cents / 100:+,.2f}")
    lines += [f"{row.agent}: {row.of} {row.before} -> {row.after}" for row in made.counts]
    return "\n".join(lines)
