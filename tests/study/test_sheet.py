"""The file as a planner writes it: units are said, defaults are stated, and the published schema takes what is shipped."""

import json
from typing import Any

import jsonschema_rs
import pytest
from pydantic import TypeAdapter, ValidationError

from tests.study.folders import PHONE_SMALL, SCENARIOS, told
from wfm.study import ScenarioSheet, StudySheet, read_scenario
from wfm.study.served_sheet import TargetSheet
from wfm.study.sheet import ContractSheet, HorizonSheet, ShiftSheet
from wfm.study.written import BreakWindow, CappedShare, Duration, Starts, Weekdays
from wfm.study.yaml_text import read_yaml


def read(kind: Any, value: object) -> Any:
    return TypeAdapter(kind).validate_python(value)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("22:00", (1320,)),
        ("06:00-07:00 every 30m", (360, 390, 420)),
        ("06:00-07:10 every 30m", (360, 390, 420)),
        ("6:00 - 6:00 every 1h", (360,)),
        (["06:00", "22:00"], (360, 1320)),
        (["06:00-07:00 every 1h", "22:00"], (360, 420, 1320)),
    ],
)
def test_starts_are_clock_times(text: object, minutes: tuple[int, ...]) -> None:
    assert read(Starts, text) == minutes


@pytest.mark.parametrize(
    "text", ["24:00", "25:00", "07:00-06:00 every 30m", "06:00-07:00 every 0m", "22", 22, [7], [], None, {}]
)
def test_what_is_no_clock_time_is_no_start(text: object) -> None:
    with pytest.raises(ValidationError):
        read(Starts, text)


@pytest.mark.parametrize(("text", "window"), [("3h-5h30m", (180, 330)), ("4h", (240, 240)), ("PT3H-PT5H", (180, 300))])
def test_a_window_is_two_durations_after_the_start(text: str, window: tuple[int, int]) -> None:
    assert read(BreakWindow, text) == window


@pytest.mark.parametrize(
    ("text", "seconds"), [("20s", 20), ("3m", 180), ("8h30m", 30_600), ("PT6M", 360), ("1.5m", 90)]
)
def test_a_duration_has_a_unit(text: str, seconds: float) -> None:
    assert read(Duration, text) == seconds


@pytest.mark.parametrize("value", [40, 40.0, True, "40", "40 hours", "-3m", "", "9" * 2_000 + "s", ["3m"]])
def test_a_duration_without_a_unit_is_refused(value: object) -> None:
    with pytest.raises(ValidationError, match="expected a duration"):
        read(Duration, value)


@pytest.mark.parametrize("week", ["9" * 400 + "h", "1e5h", "0h", "169h", "90s"])
def test_a_week_has_at_most_168_hours(week: str) -> None:
    with pytest.raises(ValidationError):
        ContractSheet.model_validate({"week": week})


@pytest.mark.parametrize(("text", "share"), [("at most 5%", 0.05), ("At  most 0.5", 0.5), ("5%", 0.05), (0.05, 0.05)])
def test_a_cap_may_say_at_most(text: object, share: float) -> None:
    assert read(CappedShare, text) == share


def test_weekdays_run_from_monday() -> None:
    assert read(Weekdays, "mon-fri") == (0, 1, 2, 3, 4)
    assert read(Weekdays, "sunday") == (6,)
    with pytest.raises(ValidationError, match="from Monday to Sunday in order"):
        read(Weekdays, "sat-mon")


@pytest.mark.parametrize(
    ("row", "days"), [({}, 28), ({"weeks": 2}, 14), ({"days": 3}, 3), ({"weeks": None, "days": None}, 28)]
)
def test_a_horizon_is_four_weeks_where_nothing_is_said(row: dict[str, object], days: int) -> None:
    assert HorizonSheet.model_validate({"start": "2026-11-30", **row}).length_days == days


def test_a_horizon_has_one_length() -> None:
    with pytest.raises(ValidationError, match="came both; remove one"):
        HorizonSheet.model_validate({"start": "2026-11-30", "weeks": 1, "days": 7})


@pytest.mark.parametrize(
    "start", [0, 20261130, "30/11/2026", "2026-02-30", "0001-01-01", "9999-12-31", "2026-11-30T10:00:00"]
)
def test_a_horizon_starts_on_a_date_that_can_be_planned(start: object) -> None:
    with pytest.raises(ValidationError):
        HorizonSheet.model_validate({"start": start, "weeks": 1})


def test_a_key_with_nothing_behind_it_means_its_default() -> None:
    bare = ShiftSheet.model_validate({"start": "08:00", "length": "8h", "breaks": None, "days": None})
    assert bare == ShiftSheet.model_validate({"start": "08:00", "length": "8h"})


@pytest.mark.parametrize("file", sorted(SCENARIOS.glob("*/*.yaml")), ids=lambda file: f"{file.parent.name}/{file.name}")
def test_the_published_schema_takes_what_is_shipped(file: Any) -> None:
    kind = StudySheet if file.name == "study.yaml" else ScenarioSheet
    schema = jsonschema_rs.validator_for(kind.model_json_schema(by_alias=True))
    data = json.loads(json.dumps(read_yaml(file).data))
    assert [error.message for error in schema.iter_errors(data)] == []
    assert not schema.is_valid({**data, "unknown": 1})


def test_an_occupancy_that_would_need_agents_without_number_is_refused() -> None:
    with pytest.raises(ValidationError, match=r"greater than or equal to 0\.05"):
        TargetSheet.model_validate({"occupancy": "at most 0.001%"})


def test_a_scenario_names_all_its_files() -> None:
    sheet = ScenarioSheet.model_validate(read_yaml(SCENARIOS / "service-desk" / "scenario.yaml").data)
    assert list(sheet.files()) == ["history.csv", "agents.csv", "backlog.csv"]
    assert [name for _, name, _ in sheet.served()] == ["phone", "chat", "tickets", "second", "expert", "returns"]


def test_what_only_one_router_knows_goes_with_that_router() -> None:
    scenario = read_scenario(PHONE_SMALL, ["simulate.router=overflow", "simulate.overflow=45s"])
    assert scenario.overflow_seconds == 45
    assert read_scenario(PHONE_SMALL, ["simulate.router=reserved", "simulate.reserve=2"]).reserve == 2
    assert (
        "expected router: reserved beside reserve, came router: longest_wait"
        in told(PHONE_SMALL, "simulate.reserve=2")[0]
    )
