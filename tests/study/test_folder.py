"""A folder gives its scenario or all its faults; overrides set what they name; no file outside the folder is ever read."""

import json
from pathlib import Path

import pytest

from tests.study.folders import PHONE_SMALL, copied, faults_of, phone_small, told
from wfm.domain import InputError, NotFound
from wfm.study import forecast_all, read_scenario, requirements_of
from wfm.study.yaml_text import read_yaml


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copied(tmp_path_factory.mktemp("phone-small"))


def test_a_folder_and_its_file_give_the_same_scenario() -> None:
    assert read_scenario(PHONE_SMALL / "scenario.yaml") == read_scenario(PHONE_SMALL) == phone_small()


def test_a_scenario_in_json_is_the_same_scenario(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    before = read_scenario(folder)
    (folder / "scenario.yaml").write_text(json.dumps(read_yaml(PHONE_SMALL / "scenario.yaml").data), encoding="utf-8")
    assert read_scenario(folder) == before


def test_a_folder_without_a_scenario_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="wfm init"):
        read_scenario(tmp_path)


def test_faults_of_the_sheet_and_of_every_file_are_told_together(tmp_path: Path) -> None:
    folder = copied(
        tmp_path,
        ("patience: 3m", "patience: soon"),
        ("days: 6", "dais: 6"),
        agents="id,contract\n,full\n",
        wishes="agent,date,want\nB1,yesterday,off\n",
        history="start,channel,offered\n2026-10-19T08:00:00+02:00,phone,many\n",
    )
    faults = faults_of(folder)
    assert {fault.file for fault in faults} == {"scenario.yaml", "agents.csv", "wishes.csv", "history.csv"}
    assert {(fault.line, fault.column) for fault in faults} >= {
        (11, "channels.phone.patience"),
        (35, "rules.5.dais"),
        (2, "date"),
    }


def test_faults_of_parts_are_told_together_with_their_lines(tmp_path: Path) -> None:
    folder = copied(
        tmp_path,
        ("    patience: 3m", "    kind: deferred"),
        ("late: {start: 11:00-11:30 every 30m, length: 8h30m", "late: {start: 11:00, length: 1h"),
        ("  short:", "  off:"),
    )
    assert [(fault.line, fault.column) for fault in faults_of(folder)] == [
        (10, "channels.phone"),
        (26, "shifts.late"),
        (27, "shifts.off"),
    ]


@pytest.mark.parametrize(
    "name",
    [
        "../history.csv",
        "..",
        "/etc/passwd",
        "//host/share/x.csv",
        "a/../history.csv",
        "'%2e%2e/history.csv'",
        "'%2fetc%2fpasswd'",
        "'a\\b'",
        ".hidden",
        "'~/x.csv'",
        "'history.csv#x'",
        "'http://host/x.csv'",
        "'history.csv\n'",
        '"history.csv\\n"',
    ],
)
def test_no_reference_leaves_the_folder(tmp_path: Path, name: str) -> None:
    (tmp_path / "history.csv").write_text("", encoding="utf-8")
    (fault,) = faults_of(copied(tmp_path / "inner", ("history: history.csv", f"history: {name}")))
    assert (fault.file, fault.column) == ("scenario.yaml", "history")
    assert fault.expected in {"the plain name of a file beside scenario.yaml", "the file history.csv  beside it"}


def test_no_reference_goes_through_a_link(tmp_path: Path) -> None:
    folder = copied(tmp_path / "inner")
    outside = tmp_path / "outside.csv"
    (folder / "history.csv").rename(outside)
    (folder / "history.csv").symlink_to(outside)
    (fault,) = faults_of(folder)
    assert fault.expected == "the file history.csv beside it"


def test_a_missing_file_is_told_at_its_key_with_what_there_is(tmp_path: Path) -> None:
    (fault,) = faults_of(copied(tmp_path, ("wishes: wishes.csv", "wishes: wishs.csv")))
    assert (fault.line, fault.column) == (17, "wishes")
    assert fault.came == "README.md, agents.csv, history.csv, scenario.yaml, study.yaml, wishes.csv"


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / "agents.csv").unlink()
    (folder / "agents.csv").mkdir()
    assert [fault.column for fault in faults_of(folder)] == ["agents"]


def test_an_override_sets_what_it_names(folder: Path) -> None:
    scenario = read_scenario(folder, ["demand.phone.scale=1.4", "solve.steps=7", "rules.4.rest=11h", "name=other"])
    assert scenario.demand[0].scale == 1.4
    assert scenario.limits.steps == 7
    assert scenario.rules[4].id == "min_rest:11h"
    assert scenario.name == "other"


def test_an_override_with_nothing_takes_the_default(folder: Path) -> None:
    assert read_scenario(folder, ["solve="]).limits.steps is None


def test_the_last_override_counts(folder: Path) -> None:
    assert read_scenario(folder, ["solve.seed=2", "solve.seed=3"]).limits.seed == 3


@pytest.mark.parametrize(
    "text", ["demand.phone.scale", "=1", "name.x=1", "rules.99.price=1", "rules.x=1", "rules.4.rest.x=1"]
)
def test_an_override_that_names_nothing_is_told(folder: Path, text: str) -> None:
    (fault,) = faults_of(folder, text)
    assert fault.file == "-S"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("horizon.step=7m", "-S: horizon.step: expected 5, 10, 15, 30 or 60, came 7."),
        ("rules.4.rest=x", "-S: rules.4.rest: expected a duration such as 20s, 3m, 8h30m or PT6M, came 'x'."),
        ("demand.fone.scale=1.4", "-S: demand.fone: expected a channel, came fone. Did you mean phone?"),
        (
            "channels.phone.patience=[1",
            "-S:1: expected plain YAML, came '<stream end>'. Check indentation, colons and quotes.",
        ),
        ("channels.phone.worth=1e999", "-S: channels.phone.worth: expected a finite number, came inf."),
        ("solve.sed=1", "-S: solve.sed: expected a known key, came 'sed'. Did you mean seed?"),
    ],
)
def test_a_fault_of_an_override_is_not_laid_upon_the_file(folder: Path, text: str, sentence: str) -> None:
    assert told(folder, text) == [sentence]


def test_an_override_leaves_other_lines_where_they_are(folder: Path) -> None:
    faults = faults_of(folder, "horizon={start: 2026-11-30, wekks: 1}")
    assert [(fault.file, fault.line, fault.column) for fault in faults] == [("-S", None, "horizon.wekks")]


def test_nothing_is_kept_between_two_readings(folder: Path) -> None:
    before = read_scenario(folder)
    with pytest.raises(InputError):
        read_scenario(folder, ["horizon.step=7m", "name=other"])
    assert read_scenario(folder) == before


REQUIREMENT = "start,channel,heads,worth\n2026-11-30 09:00,phone,2,3\n2026-11-30 09:00,phone,1,1\n"


def test_a_requirement_of_ones_own_needs_no_history(tmp_path: Path) -> None:
    folder = copied(tmp_path, ("agents: agents.csv", "requirement: demand.csv\nagents: agents.csv"))
    (folder / "demand.csv").write_text(REQUIREMENT, encoding="utf-8")
    (folder / "history.csv").unlink()
    (phone,) = requirements_of(read_scenario(folder))
    assert (sum(phone.net), phone.served[phone.net.index(3)]) == (3, (0.0, 3.0, 6.0, 7.0))
    with pytest.raises(InputError, match=r"a requirement alone\. Use .*`roster`"):
        forecast_all(read_scenario(folder))


def test_a_requirement_of_an_unknown_channel_or_of_changed_demand_is_refused(tmp_path: Path) -> None:
    folder = copied(
        tmp_path, ("agents: agents.csv", "requirement: demand.csv\ndemand: {phone: {scale: 2}}\nagents: agents.csv")
    )
    (folder / "demand.csv").write_text(REQUIREMENT.replace("phone", "fax"), encoding="utf-8")
    assert [(fault.file, fault.came) for fault in faults_of(folder)] == [
        ("demand.csv", "fax"),
        ("demand.csv", "rows of fax"),
        ("scenario.yaml", "a factor for phone beside requirement: demand.csv"),
    ]
