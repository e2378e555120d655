"""A sheet and its files become one scenario: breaks get their windows, histories their opening, local days their clock changes."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from tests.study.folders import PHONE_SMALL, copied, phone_small, told
from wfm.domain import Abandonment, AverageWait, Occupancy, ServiceLevel, Turnaround
from wfm.study import Scenario, read_scenario
from wfm.study.assemble import channel, contract, template
from wfm.study.sheet import ChannelSheet, ContractSheet, ShiftSheet


def windows(length: str, *breaks: dict[str, object]) -> list[tuple[int, int]]:
    shift = ShiftSheet.model_validate({"start": "08:00", "length": length, "breaks": breaks})
    return [(pause.earliest, pause.latest) for pause in template("day", shift).breaks]


def test_a_break_without_a_window_keeps_an_hour_from_both_ends() -> None:
    assert windows("8h", {"length": "30m"}) == [(60, 390)]


def test_breaks_without_windows_share_the_room_evenly() -> None:
    assert windows("8h", {"length": "30m"}, {"length": "15m"}, {"length": "15m"}) == [(60, 150), (180, 285), (300, 405)]


def test_a_break_without_a_window_keeps_clear_of_its_neighbours() -> None:
    found = windows("8h30m", {"length": "15m"}, {"length": "30m", "window": "3h-5h"}, {"length": "15m"})
    assert found == [(60, 165), (180, 300), (330, 435)]


def test_a_break_that_fits_nowhere_is_told() -> None:
    with pytest.raises(ValueError, match="inside its 60 min"):
        windows("1h", {"length": "30m"})


def test_a_shift_on_call_is_no_paid_time_and_has_no_breaks() -> None:
    sheet: dict[str, object] = {"start": "08:00", "length": "12h", "on_call": True}
    standby = template("standby", ShiftSheet.model_validate(sheet))
    assert (standby.on_call, standby.paid_minutes) == (True, 0)
    with pytest.raises(ValueError, match="expected no breaks in the shift standby, which is on call; came 1"):
        template("standby", ShiftSheet.model_validate({**sheet, "breaks": [{"length": "30m"}]}))


def test_a_channel_left_bare_has_the_documented_defaults() -> None:
    bare = channel("phone", ChannelSheet())
    assert (bare.kind, bare.skill, bare.concurrency, bare.worth) == ("voice", "phone", 1, 1.0)
    assert bare.opening.is_always
    assert bare.patience_seconds is None
    assert bare.targets == ()


def test_every_promise_becomes_a_target() -> None:
    row = {
        "answer": "80% in 20s",
        "counts": "answered",
        "wait": "30s",
        "abandon": "at most 5%",
        "occupancy": "at most 88%",
    }
    assert channel("phone", ChannelSheet.model_validate({"target": row})).targets == (
        ServiceLevel(share=0.8, within_seconds=20, definition="answered"),
        AverageWait(seconds=30),
        Abandonment(share=0.05),
        Occupancy(share=0.88),
    )
    post = ChannelSheet.model_validate({"kind": "deferred", "target": {"resolve": "90% in 4h of business"}})
    assert channel("mail", post).targets == (Turnaround(share=0.9, within_seconds=14_400),)


def test_cents_of_an_hour_are_rounded_not_cut() -> None:
    assert contract("full", ContractSheet.model_validate({"week": "40h", "cost_hour": 19.99})).cost_hour_cents == 1999


def test_a_history_is_open_where_the_channel_is_or_something_was_recorded(tmp_path: Path) -> None:
    rows = [
        "start,channel,offered",
        *(f"2026-11-0{day}T{clock}:00+01:00,phone,{day}" for day in range(1, 8) for clock in ("07:30", "08:00")),
    ]
    (history,) = read_scenario(copied(tmp_path, history="\n".join(rows) + "\n")).histories
    recorded = ~np.isnan(history.counts())
    hours = history.grid.minute_of_day / 60
    assert recorded.sum() == 14
    assert history.open_mask()[recorded].all()
    weekday = history.grid.weekday < 5
    assert history.open_mask()[weekday & (hours >= 8) & (hours < 20)].all()
    assert not history.open_mask()[~recorded & (hours < 8)].any()


def planned(*overrides: str) -> Scenario:
    return read_scenario(PHONE_SMALL, overrides)


@pytest.mark.parametrize(
    ("start", "zone", "days", "steps"),
    [
        ("2026-11-30", "Europe/Madrid", 7, 336),
        ("2027-03-22", "Europe/Madrid", 7, 334),
        ("2026-10-19", "Europe/Madrid", 7, 338),
        ("2026-10-25", "Europe/Madrid", 1, 50),
        ("2026-12-02", "America/New_York", 3, 144),
        ("2026-12-02", "Asia/Kolkata", 1, 48),
    ],
)
def test_a_horizon_is_whole_local_days_whatever_clocks_do(start: str, zone: str, days: int, steps: int) -> None:
    horizon = planned(f"horizon={{start: {start}, days: {days}}}", f"timezone={zone}").horizon
    assert horizon.count == steps
    assert len(horizon.dates) == days
    assert horizon.minute_of_day[0] == 0
    assert horizon.dates[0] == date.fromisoformat(start)


def test_four_weeks_in_half_hours_are_planned_where_nothing_is_said() -> None:
    horizon = planned("horizon={start: 2026-11-30}").horizon
    assert (len(horizon.dates), horizon.step_minutes) == (28, 30)


def test_what_is_left_out_has_the_documented_default(tmp_path: Path) -> None:
    scenario = planned("country=", "shrinkage=", "simulate=", "solve=", "forecast=", "wishes=")
    assert scenario.calendar.country is None
    assert scenario.shrinkage == 0
    assert (scenario.replications, scenario.router, scenario.method) == (20, "longest_wait", "auto")
    assert (scenario.limits.seconds, scenario.limits.workers, scenario.limits.seed, scenario.limits.steps) == (
        60,
        2,
        1,
        None,
    )
    assert scenario.workforce.wishes == ()
    assert scenario.train_until is None


def test_the_shipped_scenario_is_what_its_file_says() -> None:
    scenario = phone_small()
    assert [agent.contract for agent in scenario.workforce.agents] == ["full"] * 6 + ["part"] * 2
    assert [(row.name, row.week_minutes, row.cost_hour_cents) for row in scenario.workforce.contracts] == [
        ("full", 2400, 1800),
        ("part", 1500, 1700),
    ]
    assert [(t.name, len(t.starts), t.paid_minutes, t.weekdays) for t in scenario.templates] == [
        ("early", 3, 480, (0, 1, 2, 3, 4, 5)),
        ("late", 2, 480, (0, 1, 2, 3, 4)),
        ("short", 8, 300, (0, 1, 2, 3, 4, 5)),
    ]
    assert scenario.shrinkage == 0.05


def test_a_rule_about_some_agents_knows_whom(tmp_path: Path) -> None:
    short = copied(tmp_path, ("{kind: min_rest, rest: 12h}", "{kind: min_rest, rest: 12h, only: {contract: ful}}"))
    assert any("one of full" in line and "ful" in line for line in told(short))


def test_a_rule_about_shifts_knows_which(tmp_path: Path) -> None:
    pairs = '{kind: forbidden_successions, pairs: ["late -> erly"]}'
    short = copied(tmp_path, ("{kind: min_rest, rest: 12h}", f"{{kind: min_rest, rest: 12h}}\n  - {pairs}"))
    assert any("erly" in line for line in told(short))
