"""History as single contacts: when each came and, where known, how long it waited, how it ended and how long it was served."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np

from wfm.domain.time import StepMinutes, local
from wfm.importers.assemble import (
    Assembled,
    Measured,
    assembled,
    lost_slots,
    rule_said,
    slot_of,
    whole_days,
    zeros_between,
)
from wfm.importers.backlog import Waiting
from wfm.importers.contact_rows import ContactRows
from wfm.importers.faults import Faults
from wfm.importers.hours import Slots
from wfm.importers.importer import Imported, Wanted
from wfm.importers.layout import Layout
from wfm.importers.patience import FEW_ABANDONS, mean_patience
from wfm.importers.robust import Trimmed, trimmed
from wfm.importers.values import Floats, Integers, Mask

DEFAULT_STEP: StepMinutes = 30


@dataclass(frozen=True)
class Contacts:
    """One row a contact."""

    kind: str = "contacts"

    def recognises(self, layout: Layout) -> bool:
        """A time beside an outcome, a wait or a service time; or times off any grid without a column of counts."""
        single = {"outcome", "wait", "service"} & set(layout.roles)
        return bool(single) or not ("offered" in layout.roles or (layout.on_grid and layout.counts))

    def read(self, layout: Layout, wanted: Wanted) -> Imported:
        """Histories per channel with handle time, patience and abandonment; raises InputError with all faults."""
        rows = ContactRows.of(layout, wanted, Faults(layout.table.name))
        step = wanted.step_minutes or DEFAULT_STEP
        slots = Slots(whole_days(rows.seconds, step, rows.zone), 1)
        lost = lost_slots(slots, _counted(slot_of(slots, rows.seconds), slots.grid.count))
        learned = [_learned(rows.of_channel(code), rows, slots, lost) for code in range(len(rows.channels))]
        return Imported(
            format=self.kind,
            zone=rows.zone,
            channels=tuple(
                name.channel(one.part.opening, one.patience) for name, one in zip(rows.channels, learned, strict=True)
            ),
            histories=tuple(one.part.history for one in learned),
            waiting=tuple(one.waiting for one in learned) if rows.waiting.any() else (),
            inferred=(
                *rows.inferred,
                *rule_said(one.part for one in learned),
                *(line for one in learned for line in (*one.part.inferred, *one.inferred)),
            ),
            assumed=(
                *rows.assumed,
                *(
                    ()
                    if wanted.step_minutes
                    else (f"Single contacts are counted every {step} minutes; set another step where you plan in one.",)
                ),
                *(line for one in learned for line in (*one.part.assumed, *one.assumed)),
            ),
            findings=(*rows.findings, *(line for one in learned for line in (*one.part.findings, *one.findings))),
        )


@dataclass(frozen=True)
class _Learned:
    part: Assembled
    patience: float | None
    inferred: tuple[str, ...]
    assumed: tuple[str, ...]
    findings: tuple[str, ...]
    waiting: tuple[Waiting, ...]


def _learned(own: ContactRows, rows: ContactRows, slots: Slots, lost: Mask) -> _Learned:
    name = own.channels[int(own.code[0])].name
    trim = trimmed(own.service)
    part = assembled(name, slots, _measured(own, rows, slots, trim), lost)
    patience = mean_patience(own.wait, own.abandoned) if own.has_outcome and own.has_wait else None
    inferred = (*_handle_said(name, own, trim), *_patience_said(name, own, patience))
    assumed = () if patience else (f"{name}: patience unknown; set patience.",)
    waiting = tuple(Waiting(came=came) for came in sorted(map(_moment, own.seconds[own.waiting].tolist())))
    findings = (*_service_said(name, own), *_waiting_said(name, waiting, own, rows.zone))
    return _Learned(part, patience, inferred, assumed, findings, waiting)


def _moment(second: int) -> datetime:
    return datetime.fromtimestamp(second, UTC)


def _measured(own: ContactRows, rows: ContactRows, slots: Slots, trim: Trimmed) -> Measured:
    where, size = slot_of(slots, own.seconds), slots.grid.count
    offered = zeros_between(_counted(where, size), slot_of(slots, rows.seconds))
    kept = where[trim.keep]
    number = np.bincount(kept, minlength=size)
    total = np.bincount(kept, weights=own.service[trim.keep], minlength=size)
    aht = np.divide(total, number, out=np.full(size, np.nan), where=number > 0)
    unknown = np.full(size, np.nan)
    ended = [
        np.nan_to_num(_counted(where[which], size)) if own.has_outcome else unknown
        for which in (~own.abandoned, own.abandoned)
    ]
    return Measured(offered, aht, *ended)


def _counted(where: Integers, size: int) -> Floats:
    """Contacts per slot; NaN where there is none."""
    counts = np.bincount(where, minlength=size).astype(np.float64)
    return np.where(counts > 0, counts, np.nan)


def _handle_said(name: str, own: ContactRows, trim: Trimmed) -> tuple[str, ...]:
    kept = own.service[trim.keep]
    if not len(kept):
        return ()
    odd = f", {trim}" if str(trim) else ""
    return (
        f"{name}: handle time {kept.mean():.0f} s on average, median {np.median(kept):.0f} s, from {len(kept):,} contacts{odd}.",
    )


def _patience_said(name: str, own: ContactRows, patience: float | None) -> tuple[str, ...]:
    if patience is None:
        return ()
    count = int(own.abandoned.sum())
    few = f"; only {count} abandoned, so it is uncertain" if count < FEW_ABANDONS else ""
    return (
        f"{name}: patience {patience:.0f} s on average (all waiting over {count:,} abandons, censored estimate{few}).",
    )


def _service_said(name: str, own: ContactRows) -> tuple[str, ...]:
    if not (own.has_outcome and own.has_wait):
        return ()
    in_time = (~own.abandoned & (own.wait <= 20)).mean()
    return (
        f"{name}: of {len(own.seconds):,} offered contacts {own.abandoned.mean():.1%} abandoned and {in_time:.1%} were answered in 20 s.",
    )


def _waiting_said(name: str, waiting: tuple[Waiting, ...], own: ContactRows, zone: str) -> tuple[str, ...]:
    if not waiting:
        return ()
    latest = local(_moment(int(own.seconds.max())), zone)
    oldest = min(local(one.came, zone) for one in waiting if one.came is not None)
    since = f"on {latest:%Y-%m-%d %H:%M}, the oldest since {oldest:%Y-%m-%d %H:%M}"
    return (f"{name}: {len(waiting):,} contacts are not done when the file ends {since}; they count when they came.",)
