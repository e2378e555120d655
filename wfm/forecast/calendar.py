"""The calendar of a centre: which dates are ordinary weekdays, which are holidays, and which are closed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Self

from pydantic import model_validator

from wfm.domain import Noun
from wfm.domain.opening import WEEKDAYS

HOLIDAY = "holiday"
CLOSED = "closed"


class Calendar(Noun):
    """Public holidays of a country or a part of it, a centre's own ``extra`` dates with their names, and ``closed`` dates.

    ``country`` is a code of the library ``holidays``: ``ES``, or ``ES-MD`` with the subdivision after the dash; None knows no
    public holidays.
    """

    country: str | None = None
    extra: tuple[tuple[date, str], ...] = ()
    closed: tuple[date, ...] = ()

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
        """The type of each date: ``closed``, ``holiday``, or its weekday ``mon`` .. ``sun``."""
        wanted = tuple(dates)
        special = dict.fromkeys(self.holidays(wanted), HOLIDAY) | dict.fromkeys(self.closed, CLOSED)
        return tuple(special.get(day, WEEKDAYS[day.weekday()]) for day in wanted)


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
