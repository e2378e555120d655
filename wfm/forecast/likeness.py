"""Which weekdays a holiday or an eve is like, and how much: learned from the centre's own, with custom as the first guess."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from wfm.domain.opening import WEEKDAYS
from wfm.forecast.calendar import EVE, HOLIDAY, kept_by_offices_only
from wfm.forecast.days import Days, DayTypes, FloatArray, middle

CUSTOM = (1.0, 1.0)  # as if two past days of the kind had been kept, which is the custom
OFFICES = 0.75  # of custom: how far a holiday that the state's offices keep, and most others do not, is like the quietest weekday
KIND_DAYS = 1.0  # past days of the same name that weigh as much as all of the kind
QUIETER = 0.1  # log contacts by which another weekday must be quieter for a day to tell whether it was like that one

NUMBER, EACH = {day: k for k, day in enumerate(WEEKDAYS)}, np.eye(7)


def likeness(counts: FloatArray, past: Days, future: Days) -> tuple[FloatArray, FloatArray]:
    """How much past and future days are like each weekday ``mon`` .. ``sun``: shares, shape (days, 7), rows summing to 1.

    An ordinary day is like itself, and one of which the calendar says what it is like is like that. A holiday is like the quietest
    weekday with a share p and like its own with 1 - p, an eve likewise like the weekday before the quietest; each is all its own where its
    own is quieter. p is c times the median of p_i / c_i over past days of the kind and ``CUSTOM``, at most 1, with
    p_i = log(own / contacts) / log(own / other) in 0..1, own and other the medians of the weekdays, and c = ``OFFICES`` for holidays that
    the state's offices alone keep, 1 for all others; p = (p + sum p_i) / (1 + n) where n past days had the same name.
    """
    before, after = _own(past), _own(future)
    special = {kind for kind in (HOLIDAY, EVE) if kind in past.types or kind in future.types}
    if not special:
        return before, after
    recorded = ~np.isnan(counts).all(axis=1)
    log = np.where(recorded, np.log1p(np.nansum(counts, axis=1)), np.nan)
    usual = _usual(log, past)
    quiet = 6 - int(np.argmin(np.nan_to_num(usual[::-1], nan=np.inf)))
    for kind, other in ((HOLIDAY, quiet), (EVE, (quiet - 1) % 7)):
        if kind in special:
            _share_out(kind, other, usual, log, (past, before), (future, after))
    return before, after


def like_weekdays(counts: FloatArray, past: Days, future: Days) -> tuple[DayTypes, DayTypes]:
    """The weekday that each past and each future day is most like (see :func:`likeness`)."""
    before, after = (np.argmax(shares, axis=1) for shares in likeness(counts, past, future))
    return tuple(WEEKDAYS[k] for k in before), tuple(WEEKDAYS[k] for k in after)


def with_ordinary(days: Days) -> tuple[Days, NDArray[np.intp]]:
    """The days, then their holidays and eves once more as ordinary days of their own weekday; and which of the days these are."""
    special = np.flatnonzero([kind in {HOLIDAY, EVE} for kind in days.types])
    rows = [*range(len(days)), *special.tolist()]
    types = days.types + tuple(days.weekdays[k] for k in special)
    both = Days(tuple(days.dates[k] for k in rows), types, days.marks[rows], tuple(days.names[k] for k in rows))
    return both, special


def no_busier(matrix: FloatArray, special: NDArray[np.intp]) -> FloatArray:
    """Expected contacts of days and of the same ``special`` days as ordinary ones (see :func:`with_ordinary`), the latter taken off.

    No slot of a special day is busier than if the day were ordinary: rest days open in the evening where days end at sunset, and a
    holiday on a day with free evenings does not. What its marks and its name make of a day counts on both sides.
    """
    days = len(matrix) - len(special)
    found, ordinary = matrix[:days].copy(), matrix[days:]
    found[special] = np.where(ordinary < found[special], ordinary, found[special])
    return found


def _own(days: Days) -> FloatArray:
    likes = [NUMBER.get(kind, day.weekday()) for kind, day in zip(days.types, days.dates, strict=True)]
    return EACH[likes]


def _usual(log: FloatArray, past: Days) -> FloatArray:
    """Median log contacts of ordinary days by weekday, shape (7,); NaN where never recorded."""
    types = np.array([NUMBER.get(kind, -1) for kind in past.types])
    known = ~np.isnan(log)
    rows = (log[known & (types == k)] for k in range(7))
    return np.array([middle(row) if len(row) else np.nan for row in rows])


def _positions(days: Days, kind: str) -> NDArray[np.intp]:
    return np.array([k for k, each in enumerate(days.types) if each == kind], dtype=np.intp)


def _share_out(
    kind: str,
    other: int,
    usual: FloatArray,
    log: FloatArray,
    past: tuple[Days, FloatArray],
    future: tuple[Days, FloatArray],
) -> None:
    """Give the other weekday its share in the rows of the days of a kind."""
    rows = _positions(past[0], kind)
    own = usual[[past[0].dates[k].weekday() for k in rows]]
    gap, fallen = own - usual[other], own - log[rows]
    tells = (gap > QUIETER) & ~np.isnan(fallen)
    kept = np.clip(fallen[tells] / gap[tells], 0.0, 1.0)
    names = np.array([past[0].names[k] for k in rows[tells]], dtype=str)
    share = middle(np.array([*CUSTOM, *(kept / [_custom(name) for name in names])]))
    for days, shares in (past, future):
        for k in _positions(days, kind):
            mine = days.dates[k].weekday()
            if usual[other] < usual[mine]:
                same = kept[names == (days.names[k] or None)]
                usually = min(share * _custom(days.names[k]), 1.0)
                p = (KIND_DAYS * usually + same.sum()) / (KIND_DAYS + len(same))
                shares[k] = (1 - p) * EACH[mine] + p * EACH[other]


def _custom(name: str) -> float:
    return OFFICES if kept_by_offices_only(name) else 1.0
