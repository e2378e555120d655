"""The calendar of a centre: which dates are ordinary weekdays, holidays, eves or closed, and where in the month they lie."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import model_validator

from wfm.domain import Noun
from wfm.domain.opening import WEEKDAYS

HOLIDAY = "holiday"
EVE = "eve"
CLOSED = "closed"
FIRST, LAST = 5, 2  # business days counted from the start and from the end of a month
MARKS = (
    *(f"business day {k} of the month" for k in range(1, FIRST + 1)),
    *("last business day of the month", "last but one business day of the month"),
    *("middle of the month", "day after a holiday", "holiday", "eve", "family holiday"),
)
MIDDLE = (15, 16, 17)  # where salaries and bills fall that do not fall at the month's end
SILENT_NIGHTS = ((12, 24), (12, 31))
FAMILY = frozenset({"Christmas Day", "New Year's Day", "Thanksgiving Day"})  # when hardly anybody works or calls
OFFICES_ONLY = frozenset(  # when the state's offices close and most others do not
    {
        "Martin Luther King Jr. Day",
        "Washington's Birthday",
        "Juneteenth National Independence Day",
        "Columbus Day",
        "Veterans Day",
    }
)
SATURDAY_SUNDAY, FRIDAY = frozenset({5, 6}), 4
ONE_DAY = timedelta(days=1)
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


class Calendar(Noun):
    """Public holidays of a country or a part of it, a centre's own ``extra`` dates with their names, and ``closed`` dates.

    ``alike`` says of dates, past or future, which weekday they are like: the planner's word on a holiday or on a bridge day, which
    nothing learned overrules.

    ``country`` is a code of the library ``holidays``: ``ES``, or ``ES-MD`` with the subdivision after the dash; None knows no
    public holidays. The ``weekend`` is the country's where left out, Saturday and Sunday without one.

    An eve is the day before a holiday where days end at sunset (countries whose weekend begins on a Friday), 24 and 31 December where
    the next day is a holiday, and every date in ``eves``.
    """

    country: str | None = None
    extra: tuple[tuple[date, str], ...] = ()
    closed: tuple[date, ...] = ()
    eves: tuple[date, ...] = ()
    alike: tuple[tuple[date, Weekday], ...] = ()
    weekend: tuple[Weekday, ...] | None = None

    @model_validator(mode="after")
    def _known_country(self) -> Self:
        if self.country is not None:
            _public_holidays(self.country, 2000)
        return self

    def holidays(self, dates: Iterable[date]) -> dict[date, str]:
        """Those of the dates that are holidays, with their names (English where the library has them)."""
        wanted = tuple(dates)
        named: dict[date, str] = {}
        if self.country is not None:
            for year in sorted({day.year for day in wanted}):
                named |= _public_holidays(self.country, year)
        named |= dict(self.extra)
        return {day: named[day] for day in wanted if day in named}

    def day_types(self, dates: Iterable[date]) -> tuple[str, ...]:
        """The type of each date: ``closed``, ``holiday``, ``eve``, or the weekday ``mon`` .. ``sun`` that it is or is said to be like."""
        wanted = tuple(dates)
        named = self.holidays((*wanted, *(day + ONE_DAY for day in wanted)))
        eves = {day for day in wanted if day + ONE_DAY in named and self._shortens(day)}
        special = (
            dict.fromkeys({*eves, *self.eves}, EVE)
            | dict.fromkeys(named, HOLIDAY)
            | dict(self.alike)
            | dict.fromkeys(self.closed, CLOSED)
        )
        return tuple(special.get(day, WEEKDAYS[day.weekday()]) for day in wanted)

    def marks(self, dates: Iterable[date]) -> NDArray[np.bool_]:
        """What sets dates apart besides their weekday, shape (dates, len(MARKS)): position in the month, holidays about them.

        A business day is one that is neither in the weekend nor a holiday.
        """
        wanted = tuple(dates)
        types = self.day_types(wanted)
        named, after = self.holidays(wanted), self.holidays(day - ONE_DAY for day in wanted)
        places = {month: self._places(*month) for month in {(day.year, day.month) for day in wanted}}
        none = (False,) * (FIRST + LAST + 1)
        rows = [
            (
                *places[day.year, day.month].get(day, none),
                *(day - ONE_DAY in after and kind != HOLIDAY, kind == HOLIDAY, kind == EVE),
                kind == HOLIDAY and named[day] in FAMILY,
            )
            for day, kind in zip(wanted, types, strict=True)
        ]
        return np.array(rows, dtype=np.bool_).reshape(len(wanted), len(MARKS))

    def _places(self, year: int, month: int) -> dict[date, tuple[bool, ...]]:
        """The business days of a month, each with the marks of its position."""
        business = self._business_days(year, month)
        wanted = (*range(FIRST), *(len(business) - k for k in range(1, LAST + 1)))
        return {day: (*(k == place for place in wanted), day.day in MIDDLE) for k, day in enumerate(business)}

    def _weekend(self) -> frozenset[int]:
        if self.weekend is not None:
            return frozenset(map(WEEKDAYS.index, self.weekend))
        return _weekend(self.country) if self.country else SATURDAY_SUNDAY

    def _shortens(self, eve: date) -> bool:
        """Whether the work of a day ends early for the holiday that follows."""
        weekend = self._weekend()
        return (FRIDAY in weekend and 6 not in weekend) or (eve.month, eve.day) in SILENT_NIGHTS

    def _business_days(self, year: int, month: int) -> tuple[date, ...]:
        return _business_days(year, month, self.country, frozenset(day for day, _ in self.extra), self._weekend())


def kept_by_offices_only(name: str) -> bool:
    """Whether a holiday, or the day off for it, is one of those that the state's offices keep and most others do not."""
    return name.removesuffix(" (observed)") in OFFICES_ONLY


@lru_cache(maxsize=1024)
def _business_days(
    year: int, month: int, country: str | None, extra: frozenset[date], weekend: frozenset[int]
) -> tuple[date, ...]:
    public = _public_holidays(country, year) if country else {}
    first = date(year, month, 1)
    days = (first + timedelta(days=k) for k in range(31))
    return tuple(
        day
        for day in days
        if day.month == month and day.weekday() not in weekend and day not in public and day not in extra
    )


@lru_cache(maxsize=256)
def _weekend(country: str) -> frozenset[int]:
    import holidays

    code, _, subdivision = country.partition("-")
    return frozenset(holidays.country_holidays(code, subdiv=subdivision or None).weekend)


@lru_cache(maxsize=256)
def _public_holidays(country: str, year: int) -> dict[date, str]:
    import holidays

    code, _, subdivision = country.partition("-")
    try:
        found = holidays.country_holidays(code, subdiv=subdivision or None, years=year, language="en_US")
    except NotImplementedError:
        known = holidays.list_supported_countries()
        parts = f" or {code}-XX with XX one of {', '.join(known[code])}" if known.get(code) else ""
        raise ValueError(
            f"expected a country such as ES, or ES-MD with its region{parts}, came {country!r}; leave it out for no public holidays"
        ) from None
    return dict(found)
