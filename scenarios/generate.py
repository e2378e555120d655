"""Writes the histories and people of the shipped scenarios; all of it is invented here. Run: python scenarios/generate.py

Counts are negative binomial around a weekly curve (so days share good and bad luck), handle times lognormal; the seed is fixed,
so a second run writes the same bytes.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from wfm.domain import Assignment, Balance, BreakTemplate, Burden, Opening, Roster, ShiftTemplate, TimeGrid
from wfm.domain.time import local
from wfm.importers import write_balances, write_burdens
from wfm.report import roster_csv

HERE = Path(__file__).parent
SEED = 25
DAY_NOISE = 0.08
"""Standard deviation of the luck that all intervals of one day share."""
HANDLE_CV = 0.9
HOLIDAYS = {date(2026, 10, 12): 0.65, date(2026, 11, 9): 0.9}
"""Share of a normal day's contacts on Spain's national day and on Madrid's Almudena."""
HAPPENED = {
    ("helpdesk-24x7", "phone"): [(date(2026, 10, 21), 13, 16, 0.0)],
    ("helpdesk-24x7", "chat"): [(date(2026, 11, 10), 0, 24, 1.6)],
}
"""What happened to a channel: date, from and until which hour, times what. The exchange was down; a mailing went out."""
GIVEN = """
    Ada Bruno Carla Diego Elena Felipe Gloria Hugo Irene Jaime Karla Luis Marta Nuria Oscar Paula Quique Rosa Sergio Teresa
    Unai Vera Walter Ximena Yago
""".split()


@dataclass(frozen=True)
class Stream:
    """One channel's invented demand: contacts an hour at the day's peak and at night, weekend share, mean handle time."""

    channel: str
    peak: float
    night: float
    weekend: float
    handle_seconds: float
    opening: Opening


def rate(stream: Stream, grid: TimeGrid) -> NDArray[np.float64]:
    """Expected contacts in every step: two humps at 11:00 and 17:00 over a night floor, Monday +15 %, weekend less."""
    hour = grid.minute_of_day / 60
    humps = np.exp(-(((hour - 11) / 2.6) ** 2)) + 0.8 * np.exp(-(((hour - 17) / 2.4) ** 2))
    hourly = stream.night + (stream.peak - stream.night) * humps / humps.max()
    weekday = np.array([1.15, 1.03, 1.0, 0.99, 0.95, stream.weekend, stream.weekend])[grid.weekday]
    holiday = np.array([HOLIDAYS.get(day, 1.0) for day in grid.dates])[grid.day_index]
    return np.where(stream.opening.mask(grid), hourly * weekday * holiday * grid.step_minutes / 60, 0.0)


def happened(folder: str, stream: Stream, grid: TimeGrid, counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """The counts after what happened to the stream."""
    hour = grid.minute_of_day / 60
    for day, begin, end, factor in HAPPENED.get((folder, stream.channel), ()):
        here = np.zeros(grid.count, dtype=np.bool_)
        here[grid.within(day, day)] = True
        counts = np.where(here & (hour >= begin) & (hour < end), np.round(factor * counts), counts).astype(np.int64)
    return counts


def write_history(folder: str, grid: TimeGrid, streams: list[Stream], rng: np.random.Generator) -> None:
    """One row for every open interval of every channel."""
    starts = [local(grid.instant(step), grid.zone).isoformat() for step in range(grid.count)]
    with (HERE / folder / "history.csv").open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["start", "channel", "offered", "aht_seconds"])
        for stream in streams:
            luck = rng.gamma(1 / DAY_NOISE**2, DAY_NOISE**2, len(grid.dates))[grid.day_index]
            counts = happened(folder, stream, grid, rng.poisson(rate(stream, grid) * luck))
            sigma = np.sqrt(np.log1p(HANDLE_CV**2 / np.maximum(counts, 1)))
            handle = stream.handle_seconds * np.exp(sigma * rng.standard_normal(grid.count) - sigma**2 / 2)
            for step in np.flatnonzero(stream.opening.mask(grid)):
                aht = f"{handle[step]:.0f}" if counts[step] else ""
                rows.writerow([starts[step], stream.channel, int(counts[step]), aht])


def write_rows(folder: str, name: str, header: list[str], rows: list[list[str]]) -> None:
    """A small CSV file."""
    with (HERE / folder / name).open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])


def helpdesk(rng: np.random.Generator) -> None:
    """The centre of 25 agents, round the clock, with three channels."""
    folder, first = "helpdesk-24x7", date(2026, 11, 30)
    office = Opening.from_text("mon-fri 08:00-18:00")
    streams = [
        Stream("phone", 33.0, 3.6, 0.55, 330, Opening.always()),
        Stream("chat", 18.0, 1.5, 0.5, 540, Opening.from_text("mon-sun 08:00-22:00")),
        Stream("tickets", 18.0, 1.6, 0.5, 420, office),
    ]
    write_history(folder, TimeGrid.of_days(first - timedelta(weeks=12), 84, 30, "Europe/Madrid"), streams, rng)
    agents = []
    for k, given in enumerate(GIVEN):
        contract = "part" if k in (6, 13, 20, 24) else "full"
        skills = ["phone chat tickets", "phone chat tickets", "phone tickets", "phone chat", "phone"][k % 5]
        roles = " ".join(role for role, holders in ROLES.items() if k in holders)
        hours = {6: "mon-fri 08:00-20:00", 13: "mon-sun 08:00-22:00", 17: "mon-sun 06:00-23:00"}.get(k, "24x7")
        agents.append([f"A{k + 1:02d}", given, contract, skills, roles, hours])
    write_rows(folder, "agents.csv", ["id", "name", "contract", "skills", "roles", "availability"], agents)
    evenings = [["2026-12-24", "Christmas Eve", "sat"], ["2026-12-31", "New Year's Eve", "sat"]]
    write_rows(folder, "holidays.csv", ["date", "name", "like"], evenings)
    write_rows(folder, "time_off.csv", ["agent", "first", "last", "kind"], _time_off(first, rng))
    write_rows(folder, "wishes.csv", ["agent", "date", "want", "points"], _wishes(first, rng))
    write_burdens(_burdens(), HERE / folder / "burdens.csv")
    write_balances(_balances(), HERE / folder / "balances.csv")
    (HERE / folder / "before.csv").write_bytes(roster_csv(_before(first)))


def _before(first: date) -> Roster:
    """The last Sunday before the horizon: who worked late must rest, and the night reaches into Monday morning."""
    pauses = (
        BreakTemplate(minutes=30, earliest=180, latest=300),
        BreakTemplate(minutes=15, earliest=360, latest=420, paid=True),
    )
    zone, sunday = "Europe/Madrid", first - timedelta(days=1)
    shifts = {
        name: ShiftTemplate(name=name, starts=(60 * hour,), minutes=510, breaks=pauses).placed(
            sunday, 60 * hour, (240, 390), zone
        )
        for name, hour in {"early": 7, "late": 14, "night": 22}.items()
    }
    worked = {"early": (0, 6, 11, 17), "late": (1, 3, 5, 18), "night": (10, 15)}
    rows = [Assignment(agent=f"A{k + 1:02d}", shift=shifts[name]) for name, agents in worked.items() for k in agents]
    return Roster.of(TimeGrid.of_days(sunday, 1, 30, zone), rows)


ROLES = {
    "sme": (0, 1, 4, 7, 9, 12, 15, 18, 21, 23),
    "lead": (2, 8, 11, 16),
    "trainer": (3, 10, 19),
    "quality": (5, 14, 22),
}
"""Positions of the holders of each role: ten SMEs can carry one round the clock, leave included."""


def _time_off(first: date, rng: np.random.Generator) -> list[list[str]]:
    """Nine stretches of leave, never more than three agents on one day, two of them over Christmas."""
    weeks = {
        3: (0, 7),
        8: (3, 5),
        12: (7, 7),
        14: (10, 3),
        17: (14, 7),
        20: (17, 2),
        22: (21, 7),
        9: (24, 3),
        5: (25, 3),
    }
    kinds = ["holiday", "holiday", "holiday", "training abroad", "sick leave"]
    rows = []
    for agent, (start, days) in weeks.items():
        begin = first + timedelta(days=start)
        kind = kinds[int(rng.integers(len(kinds)))]
        rows.append([f"A{agent + 1:02d}", begin.isoformat(), (begin + timedelta(days=days - 1)).isoformat(), kind])
    return sorted(rows)


def _wishes(first: date, rng: np.random.Generator) -> list[list[str]]:
    """Two or three wishes an agent: mostly days off, some shifts."""
    rows = []
    for k in range(len(GIVEN)):
        for day in sorted(rng.choice(28, size=int(rng.integers(2, 4)), replace=False)):
            want = str(rng.choice(["off", "off", "off", "early", "late"]))
            rows.append(
                [f"A{k + 1:02d}", (first + timedelta(days=int(day))).isoformat(), want, str(rng.integers(1, 6))]
            )
    return rows


def _burdens() -> list[Burden]:
    """Three months before: experts bore the nights, some of them more than others; Yago came in November."""
    rng, rows = np.random.default_rng(SEED + 3), []
    for k in range(len(GIVEN)):
        expert, part = k in ROLES["sme"], k in (6, 13, 20, 24)
        for period in ("2026-09", "2026-10", "2026-11")[2 if k == 24 else 0 :]:
            nights = int(rng.integers(1, 5)) if expert else int(rng.integers(0, 2)) * (not part)
            counts = {
                "nights": nights,
                "weekends": 0 if k == 6 else int(rng.integers(1, 4)),
                "holidays": int(rng.integers(0, 2)) * (period != "2026-09" and k != 6),
                "short_rests": int(rng.random() < 0.1),
                "start_swings": int(rng.integers(1, 7)),
                "late_changes": int(rng.integers(0, 3)),
                "unmet_wishes": int(rng.integers(0, 7)),
            }
            rows.append(Burden.model_validate({"agent": f"A{k + 1:02d}", "period": period, **counts}))
    return rows


def _balances() -> list[Balance]:
    """What was paid in the running four months (since 5 October) and in the year (since 5 January): less leave and holidays."""
    rng, rows = np.random.default_rng(SEED + 4), []
    for k in range(len(GIVEN)):
        week = 25 if k in (6, 13, 20, 24) else 40
        for weeks in (4,) if k == 24 else (8, 47):
            minutes = 60 * int(week * weeks * rng.uniform(0.86, 0.97))
            rows.append(Balance(agent=f"A{k + 1:02d}", weeks=weeks, minutes=minutes))
    return rows


def phone_small(rng: np.random.Generator) -> None:
    """Eight agents on one telephone line for a week."""
    folder, first = "phone-small", date(2026, 11, 30)
    hours = Opening.from_text("mon-fri 08:00-20:00, sat 09:00-14:00")
    grid = TimeGrid.of_days(first - timedelta(weeks=6), 42, 30, "Europe/Madrid")
    write_history(folder, grid, [Stream("phone", 26.0, 4.0, 0.6, 280, hours)], rng)
    agents = [
        [f"B{k + 1}", given, "part" if k >= 6 else "full", "phone", "lead" if k < 3 else ""]
        for k, given in enumerate(GIVEN[:8])
    ]
    write_rows(folder, "agents.csv", ["id", "name", "contract", "skills", "roles"], agents)
    wishes = [["B1", "2026-12-04", "off", "5"], ["B4", "2026-12-02", "late", "2"], ["B7", "2026-11-30", "off", "3"]]
    write_rows(folder, "wishes.csv", ["agent", "date", "want", "points"], wishes)


def service_desk(rng: np.random.Generator) -> None:
    """Thirteen agents at a desk with levels: half of them take calls and chats, the seniors what goes up and comes back."""
    folder, first = "service-desk", date(2026, 11, 30)
    hours = Opening.from_text("mon-fri 08:00-18:00")
    grid = TimeGrid.of_days(first - timedelta(weeks=6), 42, 30, "Europe/Madrid")
    streams = [
        Stream("phone", 16, 5, 1, 280, hours),
        Stream("chat", 9, 3, 1, 420, hours),
        Stream("tickets", 6, 2, 1, 420, hours),
    ]
    write_history(folder, grid, streams, rng)
    skills = [
        "phone chat tickets",
        "phone chat tickets",
        "phone tickets second",
        "chat tickets second",
        "second expert returns",
        "phone expert returns",
    ]
    agents = [
        [f"C{k + 1:02d}", given, "senior" if k % 6 > 3 else "full", skills[k % 6]] for k, given in enumerate(GIVEN[:13])
    ]
    write_rows(folder, "agents.csv", ["id", "name", "contract", "skills"], agents)
    friday = np.sort(rng.integers(0, 240, 24)) + 14 * 60
    came = [f"2026-11-27 {minute // 60:02d}:{minute % 60:02d}" for minute in friday.tolist()]
    write_rows(
        folder, "backlog.csv", ["came"], [["2026-11-26 16:10"], ["2026-11-26 17:25"], *([moment] for moment in came)]
    )


if __name__ == "__main__":
    helpdesk(np.random.default_rng(SEED))
    phone_small(np.random.default_rng(SEED + 1))
    service_desk(np.random.default_rng(SEED + 2))
