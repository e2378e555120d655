"""What is learned from a past: events as they were measured, damage as the planner ruled, a lent past for a queue without one."""

import shutil
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from tests.study.folders import PHONE_SMALL, SCENARIOS, copied, phone_small, told
from wfm.domain import ContactHistory
from wfm.domain.history import as_counts
from wfm.study import Scenario, forecast_all, read_scenario
from wfm.study.past import effects_of, known, learned

WHO = "author: planning, reason: campaign 12"
MAILING = f"events=[{{name: mailing, channel: phone, on: 2026-11-17, uplift: +100%, {WHO}}}]"
HOLIDAYS = "date,name,like\n2026-12-03,Fair,sat\n2026-12-04,Party,closed\n2026-12-02,Founders,\n"
CHAT = "channels.chat={kind: chat, like: phone, volume: 60 a day, open: mon-fri 09:00-17:00, aht: 8m}"


def changed(scenario: Scenario, day: date, factor: float) -> Scenario:
    (history,) = scenario.histories
    counts = history.counts()
    counts[history.grid.within(day, day)] *= factor
    return scenario.varied(histories=(history.varied(offered=as_counts(np.round(counts))),))


def day_of(history: ContactHistory, day: date) -> float:
    return float(np.nansum(history.counts()[history.grid.within(day, day)]))


def test_an_event_is_taken_out_as_it_was_measured_and_not_as_it_was_assumed() -> None:
    scenario, day = changed(read_scenario(PHONE_SMALL, [MAILING]), date(2026, 11, 17), 1.2), date(2026, 11, 17)
    (history,) = scenario.histories
    (effect,) = measured = effects_of(scenario, history)
    assert effect.low < 0.2 < effect.high
    assert effect.measured == pytest.approx(0.2, abs=0.25)
    past = learned(scenario, history, measured)
    assert day_of(past, day) == pytest.approx(day_of(history, day) / (1 + effect.measured), rel=1e-6)
    later = date(2026, 11, 18)
    assert day_of(past, later) == day_of(history, later)


def test_an_event_of_the_future_is_not_measured_yet() -> None:
    scenario = read_scenario(PHONE_SMALL, [MAILING, "forecast.train_until=2026-11-15", "horizon.start=2026-11-16"])
    (history,) = scenario.histories
    assert effects_of(scenario, history) == ()
    assert known(scenario, history).grid.dates[-1] == date(2026, 11, 15)


def test_a_verdict_on_a_finding_moves_the_forecast() -> None:
    damaged = changed(phone_small(), date(2026, 11, 24), 3.0)
    ruling = f"findings=[{{kind: multiple_day, on: 2026-11-24, verdict: overruled, {WHO}}}]"
    (plain,) = forecast_all(damaged)
    assert any("Counted more than once" in note for note in plain.notes)
    (spared,) = forecast_all(damaged.varied(rulings=read_scenario(PHONE_SMALL, [ruling]).rulings))
    assert any("Overruled by planning: campaign 12" in note for note in spared.notes)
    assert spared.means().sum() > 1.005 * plain.means().sum()  # the method is robust by itself


def test_a_file_of_holidays_names_closes_and_likens_days(tmp_path: Path) -> None:
    folder = copied(tmp_path, holidays=HOLIDAYS)
    calendar = read_scenario(folder, ["holidays=holidays.csv"]).calendar
    first = date(2026, 12, 2)
    days = [first + timedelta(days=k) for k in range(3)]
    assert calendar.day_types(days) == ("holiday", "sat", "closed")
    assert list(calendar.holidays(days).values()) == ["Founders", "Fair", "Party"]
    assert calendar == read_scenario(folder, ["holidays=holidays.csv", "closed=[2026-12-04]"]).calendar
    (folder / "holidays.csv").write_text("date,name\n2026-12-32,Fair\n", encoding="utf-8")
    assert told(folder, "holidays=holidays.csv") == [
        "holidays.csv:2: date: expected a date such as 2026-03-09, came '2026-12-32'."
    ]


def test_a_queue_without_a_past_borrows_one(tmp_path: Path) -> None:
    scenario = read_scenario(copied(tmp_path), [CHAT])
    phone, chat = forecast_all(scenario)
    assert chat.notes[0].startswith("Nothing is known of chat yet: it is forecast with the week of phone")
    weekdays = chat.means()[chat.grid.within(date(2026, 11, 30), date(2026, 12, 4))]
    assert weekdays.sum() == pytest.approx(300, rel=0.1)
    assert set(np.array(chat.aht_seconds)[np.array(chat.open)]) == {480.0}
    assert phone == forecast_all(read_scenario(tmp_path))[0]


def test_a_centre_that_is_all_new_needs_no_history(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / "history.csv").unlink()
    fresh = ["channels.phone.like=typical", "channels.phone.volume=900 a week", "channels.phone.aht=5m"]
    (made,) = forecast_all(read_scenario(folder, fresh))
    assert made.means().sum() == pytest.approx(900, rel=0.02)
    assert "a typical week" in made.notes[0]


@pytest.mark.parametrize(
    ("like", "expectation"),
    [
        ("fone", "came fone. Did you mean phone?"),
        ("chat", "expected a channel with a past of its own, or typical, came chat."),
    ],
)
def test_a_queue_cannot_borrow_from_one_that_has_nothing(tmp_path: Path, like: str, expectation: str) -> None:
    (line,) = told(copied(tmp_path), CHAT.replace("like: phone", f"like: {like}"))
    assert "channels.chat.like: " in line
    assert expectation in line


def test_the_shipped_help_desk_shows_how_a_new_queue_is_written(tmp_path: Path) -> None:
    shutil.copytree(SCENARIOS / "helpdesk-24x7", tmp_path, dirs_exist_ok=True)
    file = tmp_path / "scenario.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("# social:", "social:"), encoding="utf-8")
    scenario = read_scenario(tmp_path)
    social = scenario.borrowed[0]
    assert (social.channel, social.like, f"{social}") == ("social", "tickets", "20 contacts a day")
    assert scenario.calendar.day_types([date(2026, 12, 24)]) == ("sat",)
    assert scenario.rulings[0].verdict == "confirmed"
