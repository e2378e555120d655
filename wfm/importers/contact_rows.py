"""The contacts of a file that were offered to agents, and what was left out of it and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from wfm.importers.faults import Faults
from wfm.importers.gather import Columns, located
from wfm.importers.importer import Wanted
from wfm.importers.layout import Layout
from wfm.importers.naming import Named, named_rows
from wfm.importers.values import Floats, Integers, Mask
from wfm.importers.wall import second_pass
from wfm.importers.words import OUTCOMES, OUTGOING, lookup, plain

ENDS = ("served", "abandoned", "ignored")


@dataclass(frozen=True)
class ContactRows:
    """Contacts offered to agents: instant (UTC seconds), position in ``channels``, wait and service in seconds (NaN: not given).

    ``waiting`` are those without a time at which they were done, where the file tells such times.
    """

    zone: str
    channels: Sequence[Named]
    seconds: Integers
    code: Integers
    wait: Floats
    service: Floats
    abandoned: Mask
    waiting: Mask
    has_wait: bool
    has_outcome: bool
    inferred: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()

    @classmethod
    def of(cls, layout: Layout, wanted: Wanted, faults: Faults) -> ContactRows:
        """The offered contacts of a file without faults."""
        durations = [role for role in ("wait", "service") if role in layout.roles]
        readers: dict[str, tuple[int, Callable[[str], float]]] = {
            role: (layout.roles[role], layout.duration(role)) for role in durations
        }
        texts = {
            role: layout.roles[role] for role in ("channel", "media", "outcome", "type", "done") if role in layout.roles
        }
        columns = Columns.of(layout, readers, texts, faults)
        ends = _ends(columns, layout, faults)
        where = located(columns, layout, wanted, second_pass, faults)
        channels, code = named_rows(columns.codes, columns.labels, len(columns.wall), layout.table.name)
        offered, findings = _offered(columns, ends)
        if not offered.any():
            faults.stop(
                "contacts that were offered to agents", "; ".join(findings), "Check the outcome and type columns."
            )
        none = np.full(len(code), np.nan)
        service = np.where(ends == ENDS.index("served"), columns.numbers.get("service", none), np.nan)
        used, code = np.unique(code[offered], return_inverse=True)
        return cls(
            zone=where.zone,
            channels=[channels[k] for k in used],
            seconds=where.seconds[offered],
            code=code,
            wait=columns.numbers.get("wait", none)[offered],
            service=service[offered],
            abandoned=(ends == ENDS.index("abandoned"))[offered],
            waiting=(_not_done(columns) & (ends == ENDS.index("served")))[offered],
            has_wait="wait" in layout.roles,
            has_outcome="outcome" in layout.roles,
            inferred=tuple(line for channel in channels for line in channel.inferred),
            assumed=(*layout.notes, *where.assumed, *(line for channel in channels for line in channel.assumed)),
            findings=(*where.findings, *findings),
        )

    def of_channel(self, code: int) -> ContactRows:
        """The contacts of one channel."""
        own = self.code == code
        rows = {
            name: getattr(self, name)[own] for name in ("seconds", "code", "wait", "service", "abandoned", "waiting")
        }
        return replace(self, **rows)


def _ends(columns: Columns, layout: Layout, faults: Faults) -> Integers:
    """Position in ``ENDS`` of every row; served where the file has no outcomes."""
    if "outcome" not in columns.codes:
        return np.zeros_like(columns.wall)
    known, labels = lookup(OUTCOMES), columns.labels["outcome"]
    first_rows = np.unique(columns.codes["outcome"], return_index=True)[1]
    for label, row in zip(labels, first_rows, strict=True):
        if plain(label) not in known:
            fix = "Rename it in the file; every row with this word is meant."
            expected = "an outcome such as answered, abandoned or test"
            faults.add(expected, repr(label[:60]), fix, line=int(columns.lines[row]), column=layout.header("outcome"))
    ends = np.array([ENDS.index(known.get(plain(label), "served")) for label in labels], dtype=np.int64)
    return np.asarray(ends[columns.codes["outcome"]])


def _offered(columns: Columns, ends: Integers) -> tuple[Mask, tuple[str, ...]]:
    """Which contacts waited for an agent, and sentences about the others."""
    wait = columns.numbers.get("wait")
    reasons = {
        "marked as phantom or test contacts": ends == ENDS.index("ignored"),
        "outgoing contacts, made by agents themselves": _outgoing(columns),
        "abandoned before they waited, so never offered to agents": (
            (ends == ENDS.index("abandoned")) & (wait == 0) if wait is not None else np.zeros(len(ends), dtype=np.bool_)
        ),
    }
    offered, said = np.ones(len(ends), dtype=np.bool_), []
    for reason, rows in reasons.items():
        if count := int((offered & rows).sum()):
            said.append(f"{count:,} of {len(ends):,} rows left out of offered: {reason}.")
        offered &= ~rows
    return offered, tuple(said)


def _not_done(columns: Columns) -> Mask:
    """Rows without a time at which they were done; none in a file that tells no such time at all."""
    empty = np.array([not label for label in columns.labels.get("done", [])], dtype=np.bool_)
    return np.asarray(empty[columns.codes["done"]]) if not empty.all() else np.zeros(len(columns.wall), dtype=np.bool_)


def _outgoing(columns: Columns) -> Mask:
    if "type" not in columns.codes:
        return np.zeros(len(columns.wall), dtype=np.bool_)
    is_outgoing = np.array([plain(label) in OUTGOING for label in columns.labels["type"]], dtype=np.bool_)
    return np.asarray(is_outgoing[columns.codes["type"]])
