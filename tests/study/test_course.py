"""A scenario's events and overrides move its forecast, are refused where they stand, and are measured once the past is known."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from tests.study.folders import PHONE_SMALL, copied, phone_small, told
from wfm.domain import Forecast
from wfm.forecast import Event, Override
from wfm.study import Scenario, forecast_all, forecast_course, read_scenario
from wfm.study.course import worth

WHO = "author: planning, reason: campaign 12"
EVENT = f"events=[{{name: mailing, channel: phone, on: 2026-12-02, uplift: +40%, decay: 3d, {WHO}}}]"
OVERRIDE = f"overrides=[{{channel: phone, on: 2026-12-03, hours: 10:00-12:00, contacts: 90, {WHO}, made: 2026-11-20}}]"
FINDING = f"findings=[{{channel: phone, kind: spike, on: 2026-11-10, verdict: overruled, {WHO}}}]"
PAST = ("horizon={start: 2026-11-23, weeks: 1}",)


def day(made: Forecast, when: date) -> float:
    return float(made.means()[made.grid.within(when, when)].sum())


def test_what_the_sheet_says_becomes_nouns() -> None:
    scenario = read_scenario(PHONE_SMALL, [EVENT, OVERRIDE])
    assert scenario.events == (
        Event(
            name="mailing",
            channel="phone",
            on=date(2026, 12, 2),
            uplift=0.4,
            decay_days=3,
            author="planning",
            reason="campaign 12",
        ),
    )
    assert scenario.overrides == (
        Override(
            channel="phone",
            first=date(2026, 12, 3),
            hours=(600, 720),
            contacts=90,
            author="planning",
            reason="campaign 12",
            made_on=date(2026, 11, 20),
        ),
    )
    assert Scenario.model_validate_json(scenario.model_dump_json()) == scenario


def test_events_come_first_then_overrides_then_demand() -> None:
    scenario = read_scenario(PHONE_SMALL, [EVENT, OVERRIDE, "demand.phone.scale=2"])
    own, event, override, demand = forecast_course(scenario, scenario.histories[0])
    (plain,) = forecast_all(phone_small())
    assert own.forecast == plain
    assert (own.what, demand.what) == ("method auto", "demand factors of the scenario")
    assert day(event.forecast, date(2026, 12, 2)) == pytest.approx(1.4 * day(plain, date(2026, 12, 2)))
    steps = override.forecast.grid.within(date(2026, 12, 3), date(2026, 12, 3))
    minute = override.forecast.grid.minute_of_day[steps]
    window = override.forecast.means()[steps][(minute >= 600) & (minute < 720)]
    assert window.sum() == pytest.approx(90)
    assert forecast_all(scenario) == (demand.forecast,)
    assert demand.forecast.means() == pytest.approx(2 * override.forecast.means())


def test_what_does_not_concern_the_horizon_makes_no_stage() -> None:
    scenario = read_scenario(PHONE_SMALL, [EVENT.replace("2026-12-02", "2025-12-02")])
    assert len(forecast_course(scenario, scenario.histories[0])) == 1


def test_own_holidays_and_closed_dates_reach_the_forecast() -> None:
    (made,) = forecast_all(read_scenario(PHONE_SMALL, ["holidays={2026-12-03: fair}", "closed=[2026-12-04]"]))
    assert any("2026-12-03 (fair)" in note for note in made.notes)
    assert day(made, date(2026, 12, 4)) == 0
    assert not np.array(made.open)[made.grid.within(date(2026, 12, 4), date(2026, 12, 4))].any()


def test_past_changes_are_measured_against_what_came() -> None:
    past = [EVENT.replace("2026-12-02", "2026-11-24"), OVERRIDE.replace("2026-12-03", "2026-11-25")]
    scenario = read_scenario(PHONE_SMALL, [*PAST, *past])
    event, override = worth([forecast_course(scenario, scenario.histories[0])], scenario.histories)
    assert event.assumed == pytest.approx(1.25, abs=0.15)
    assert event.measured == pytest.approx(1, abs=0.1)
    assert event.gain is not None
    assert event.gain < 0
    assert override.intervals == 4
    assert worth([forecast_course(phone_small(), scenario.histories[0])], scenario.histories) == ()


@pytest.mark.parametrize(
    ("override", "expectation"),
    [
        (EVENT.replace("phone", "fone"), "events.0.channel: expected a channel, came fone. Did you mean phone?"),
        (EVENT.replace("+40%", "0.4"), "events.0.uplift: expected a change such as +40% or -15%, came 0.4."),
        (EVENT.replace("3d", "3"), "events.0.decay: expected a duration with its unit"),
        (EVENT.replace(f", {WHO}", ""), "events.0.author: expected the key author, came nothing."),
        (OVERRIDE.replace("contacts: 90, ", ""), "either a change or the contacts of a day, came neither"),
        (OVERRIDE.replace("10:00-12:00", "12:00-10:00"), "expected hours that end after they begin"),
        (OVERRIDE.replace("10:00-12:00", "10:00"), "overrides.0.hours: expected a clock time 00:00 to 24:00, came ''"),
        (FINDING.replace("spike", "spikes"), "findings.0.kind: expected outage, multiple_day, spike"),
        (FINDING.replace("phone", "fone"), "findings.0.channel: expected a channel, came fone. Did you mean phone?"),
        (
            FINDING.replace("overruled", "overuled"),
            "findings.0.verdict: expected confirmed or overruled, came 'overuled'. Did",
        ),
        (
            FINDING.replace("verdict", "until: 2026-11-01, verdict"),
            "findings.0: expected a last date from 2026-11-10 on",
        ),
        ("channels.phone.like=chat", "channels.phone: expected like and volume together"),
        (
            "channels.phone.volume=120",
            "channels.phone.volume: expected contacts such as 120 a day or 600 a week, came 120.",
        ),
        ("holidays={2026-13-01: fair}", "holidays"),
        ("holidays=feasts.csv", "holidays: expected the file feasts.csv beside it"),
        ("holidays=../feasts.csv", "holidays: expected the plain name of a file beside scenario.yaml"),
        ("closed=[tomorrow]", "closed.0: expected a date such as 2026-11-30, came 'tomorrow'"),
    ],
)
def test_what_cannot_be_meant_is_told_where_it_stands(tmp_path: Path, override: str, expectation: str) -> None:
    assert any(expectation in line for line in told(copied(tmp_path), override)), told(copied(tmp_path), override)
