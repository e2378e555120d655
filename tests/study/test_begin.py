"""A scenario is begun whole or not at all: it can be read back, and says what was inferred and what was assumed."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.study.folders import PHONE_SMALL, SCENARIOS
from wfm.domain import Agent, InputError, NotFound, Refused, Workforce
from wfm.importers import Imported, read_history
from wfm.study import forecast_all, read_scenario, read_study, require_all
from wfm.study.begin import anonymous, begin_from_history, begin_from_template, missing_skills, templates

EXPORTS = [
    ("calls/anonymous_bank_1999_02/calls.csv", "Asia/Jerusalem"),
    ("history/bank_calls/calls_5min.csv", "America/New_York"),
    ("history/boston_311_2011h2/contacts_15min_by_channel.csv", "America/New_York"),
]


@pytest.fixture(scope="module")
def imported() -> Imported:
    return read_history(PHONE_SMALL / "history.csv", zone="Europe/Madrid")


def test_every_shipped_scenario_is_a_template() -> None:
    assert set(templates()) == {"helpdesk-24x7", "phone-small", "service-desk"}


@pytest.mark.parametrize("name", ["helpdesk-24x7", "phone-small", "service-desk"])
def test_a_copied_template_is_the_same_scenario(tmp_path: Path, name: str) -> None:
    files = begin_from_template(tmp_path / "deep" / "mine", name)
    assert {file.name for file in files} >= {"scenario.yaml", "history.csv", "agents.csv"}
    assert read_scenario(tmp_path / "deep" / "mine") == read_scenario(SCENARIOS / name)


def test_a_copied_study_runs_where_it_was_copied_to(tmp_path: Path) -> None:
    begin_from_template(tmp_path / "mine", "phone-small")
    assert len(read_study(tmp_path / "mine" / "study.yaml").variants) == 5


def test_an_unknown_template_is_not_found_and_nothing_is_made(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="there are helpdesk-24x7, phone-small"):
        begin_from_template(tmp_path / "mine", "helpdesk")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_files_is_never_overwritten(tmp_path: Path, imported: Imported) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    for target in (tmp_path, tmp_path / "notes.txt"):
        with pytest.raises(Refused, match="exists already"):
            begin_from_template(target, "phone-small")
        with pytest.raises(Refused, match="exists already"):
            begin_from_history(target, imported, anonymous(2, imported), imported.zone)
    assert [file.name for file in tmp_path.iterdir()] == ["notes.txt"]


def test_an_empty_folder_may_be_filled(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    begin_from_template(tmp_path / "mine", "phone-small")
    assert read_scenario(tmp_path / "mine").name == "phone-small"


def test_a_begun_scenario_holds_the_history_and_plans_the_weeks_after_it(tmp_path: Path, imported: Imported) -> None:
    begin_from_history(tmp_path / "mine", imported, anonymous(5, imported), imported.zone)
    scenario = read_scenario(tmp_path / "mine")
    last = imported.histories[0].grid.dates[-1]
    assert scenario.name == "mine"
    assert scenario.histories[0].offered == imported.histories[0].offered
    assert scenario.channels[0].opening == imported.channels[0].opening
    assert scenario.horizon.dates[0].weekday() == 0
    assert timedelta(1) <= scenario.horizon.dates[0] - last <= timedelta(7)
    assert len(scenario.horizon.dates) == 28
    assert [agent.id for agent in scenario.workforce.agents] == ["A01", "A02", "A03", "A04", "A05"]


def test_the_comments_say_all_that_was_inferred_and_assumed(tmp_path: Path, imported: Imported) -> None:
    odd = imported.varied(inferred=("one", "two\rsolve: {seed: 9}\u2028name: x"), assumed=("three\x00",))
    begin_from_history(tmp_path / "mine", odd, anonymous(2, odd), odd.zone)
    lines = (tmp_path / "mine" / "scenario.yaml").read_text(encoding="utf-8").split("\n")
    assert lines[1:6] == [
        "# Inferred from the history:",
        "#   - one",
        "#   - two solve: {seed: 9} name: x",
        "# Assumed, because no file tells:",
        "#   - three",
    ]
    assert read_scenario(tmp_path / "mine").limits.seed == 1


@pytest.mark.parametrize("name", ["no such name", "..x y", "ünder"])
def test_a_name_that_cannot_be_leaves_nothing_behind(tmp_path: Path, imported: Imported, name: str) -> None:
    with pytest.raises(InputError, match="a name of letters"):
        begin_from_history(tmp_path / name, imported, anonymous(2, imported), imported.zone)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["1e3", "true", "2026", "null", "12.5", "a.b", "yes"])
def test_a_name_that_looks_like_a_number_stays_a_name(tmp_path: Path, imported: Imported, name: str) -> None:
    begin_from_history(tmp_path / name, imported, anonymous(2, imported), imported.zone)
    assert read_scenario(tmp_path / name).name == name


def test_a_patience_of_less_than_a_second_is_written_as_one(tmp_path: Path, imported: Imported) -> None:
    hasty = imported.varied(channels=(imported.channels[0].varied(patience_seconds=0.2),))
    begin_from_history(tmp_path / "mine", hasty, anonymous(2, hasty), hasty.zone)
    assert read_scenario(tmp_path / "mine").channels[0].patience_seconds == 1


def test_a_failed_write_leaves_nothing_behind(tmp_path: Path, imported: Imported) -> None:
    stranger = Workforce.model_construct(
        contracts=anonymous(1, imported).contracts, agents=(Agent(id="x", contract="y"),), roles=()
    )
    with pytest.raises(InputError, match="expected a known contract, came y"):
        begin_from_history(tmp_path / "mine", imported, stranger, imported.zone)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("count", [0, -1])
def test_a_centre_has_an_agent(imported: Imported, count: int) -> None:
    with pytest.raises(Refused, match="at least one agent"):
        anonymous(count, imported)


def test_a_channel_that_nobody_serves_is_named(imported: Imported) -> None:
    assert missing_skills(imported, anonymous(1, imported).agents) == []
    assert missing_skills(imported, [Agent(id="x", contract="y", skills=("other",))]) == ["phone"]


@pytest.mark.parametrize(
    ("export", "zone"),
    [*EXPORTS[:2], pytest.param(*EXPORTS[2], marks=pytest.mark.slow)],
    ids=[export.split("/")[1] for export, _ in EXPORTS],
)
def test_a_real_export_becomes_a_scenario_that_tells_all_it_learned(
    tmp_path: Path, shared_data: Path, export: str, zone: str
) -> None:
    imported = read_history(shared_data / export, zone=zone)
    begin_from_history(tmp_path / "mine", imported, anonymous(24, imported), imported.zone)
    text = (tmp_path / "mine" / "scenario.yaml").read_text(encoding="utf-8")
    assert all(" ".join(line.split()) in text for line in (*imported.inferred, *imported.assumed))


def test_a_centre_built_from_single_calls_can_be_staffed(tmp_path: Path, shared_data: Path) -> None:
    export, zone = EXPORTS[0]
    imported = read_history(shared_data / export, zone=zone)
    begin_from_history(tmp_path / "mine", imported, anonymous(24, imported), imported.zone)
    scenario = read_scenario(tmp_path / "mine")
    (requirement,) = require_all(scenario, forecast_all(scenario))
    is_open = scenario.channels[0].opening.mask(scenario.horizon)
    assert (requirement.nets() > 0).sum() > 0.9 * is_open.sum()
    assert not requirement.nets()[~is_open].any()


@pytest.mark.parametrize(("kind", "patience"), [("voice", 300), ("chat", 300), ("deferred", None)])
def test_customers_whose_patience_nobody_knows_do_not_wait_for_ever(
    tmp_path: Path, imported: Imported, kind: str, patience: float | None
) -> None:
    unknown = imported.varied(channels=(imported.channels[0].varied(kind=kind, patience_seconds=None),))
    begin_from_history(tmp_path / "mine", unknown, anonymous(2, unknown), unknown.zone)
    assert read_scenario(tmp_path / "mine").channels[0].patience_seconds == patience
    told = "patience: 5m                 # assumed: the history tells none"
    assert (told in (tmp_path / "mine" / "scenario.yaml").read_text(encoding="utf-8")) is (patience is not None)
