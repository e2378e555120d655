"""A performance in words: what was not measured is a dash, intervals become rows on the wall clock."""

import csv
import io

from tests.report.tiny_plan import tiny_plan
from wfm.domain import Performance
from wfm.domain.performance import DayService, DefinedLevel, Estimate
from wfm.report import intervals_csv, performance_text

SEEN = Performance.model_validate(tiny_plan().performance)
COUNT = SEEN.grid.count
PHONE = SEEN.channels[0].varied(
    days=(
        DayService(day=SEEN.grid.dates[0], level=0.9, bad=0.6, chance=0.8),
        DayService(day=SEEN.grid.dates[1], level=0.8, bad=0.7, chance=0.9),
    ),
    chance=0.95,
    service_levels=(DefinedLevel(definition="answered", level=Estimate(mean=0.91)),),
    **dict.fromkeys(("serving", "answered", "inside_half", "wait_seconds", "queued"), (1.5,) * COUNT),
    oldest_seconds=(*(0.0,) * (COUNT - 1), 60.0),
)


def test_what_is_told_is_there_and_what_is_not_is_a_dash() -> None:
    lines = list(performance_text(SEEN.varied(channels=(PHONE, *SEEN.channels[1:]))))
    (waits,) = (line for line in lines if line.startswith("phone") and "of runs" in line)
    assert waits.split()[-7:] == ["95.0%", "of", "runs", "Sat", "24", "Oct", "60.0%"]
    assert "60 s" in waits
    assert any(line.startswith("mail") and line.endswith("–") for line in lines)
    assert any("91.0%" in line for line in lines)


def test_every_interval_is_a_row_on_the_wall_clock() -> None:
    rows = list(csv.DictReader(io.StringIO(intervals_csv(SEEN.varied(channels=(PHONE,))).decode())))
    assert len(rows) == COUNT == 73, "one day has 25 hours"
    assert [rows[k]["start"][11:] for k in (26, 27)] == ["02:00+02:00", "02:00+01:00"]
    assert {row["queued"] for row in rows} == {"1.5000"}
    assert rows[-1]["oldest_seconds"] == "60.0000"
