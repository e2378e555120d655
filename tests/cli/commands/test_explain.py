"""`wfm explain` and `wfm schema`: every kind, every number, every key."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.conftest import Wfm
from wfm.report.catalogue import catalogue
from wfm.schedule import RULES


@pytest.mark.parametrize("kind", catalogue(), ids=lambda kind: f"{kind.family} {kind.kind}")
def test_every_kind_is_explained(kind: object, wfm: Wfm) -> None:
    word, family = kind.kind, kind.family  # type: ignore[attr-defined]
    ran = wfm("explain", word)
    assert ran.code == 0
    assert f"{word} ({family})\n" in ran.out
    assert len(ran.out.splitlines()) >= 3


def test_a_rule_tells_its_source_and_its_parameters_with_units(wfm: Wfm) -> None:
    text = wfm("explain", "min_rest").out
    assert "Source: Directive 2003/88/EC" in text
    assert "  rest: a duration such as 12h; default 12h\n" in text
    assert "rest_minutes:" not in text


def test_the_id_of_a_rule_as_reports_write_it_is_understood(wfm: Wfm) -> None:
    assert wfm("explain", "role_cover:lead").out == wfm("explain", "role_cover").out


def test_a_rule_of_a_pack_is_found_by_its_id_in_any_case(wfm: Wfm) -> None:
    text = wfm("explain", "REST11").out
    assert "at least 11h" in text
    assert "Directive 2003/88/EC art. 3" in text
    assert "a template for a lawyer to confirm" in text
    assert wfm("explain", "rest11").out == text
    assert "Did you mean REST11" in wfm("explain", "rest111").err


def test_the_word_that_a_scenario_writes_for_packs_tells_them_all(wfm: Wfm) -> None:
    text = wfm("explain", "pack").out
    assert [f"{name} (legal pack)" in text for name in ("eu-2003-88", "es-et", "minors")] == [True] * 3
    known = wfm("explain", "zzz").err.partition("There are ")[2].rstrip(".\n").split(", ")
    assert len(known) == len(set(known)) > 50


def test_a_misspelt_kind_is_told_with_the_likely_one(wfm: Wfm) -> None:
    ran = wfm("explain", "min_rests")
    assert ran.code == 3
    assert "Did you mean min_rest" in ran.err


def test_a_requirement_shows_its_working(scenario: Path, wfm: Wfm) -> None:
    call = ("explain", "requirement", scenario, "--channel", "phone", "--at", "2026-12-01 10:00")
    text = wfm(*call).out
    assert text.startswith("phone, Tue 2026-12-01 10:00-10:30 (Europe/Madrid), model erlang_a\n")
    assert "least number that meets them: " in text
    assert "Erlang C (nobody abandons): " in text
    assert "Erlang A (mean patience 180 s): " in text
    assert text.count("simulation with ") == 3


def test_a_requirement_shows_its_working_as_formulas(scenario: Path, tmp_path: Path, wfm: Wfm) -> None:
    sheet = tmp_path / "working.xlsx"
    call = ("explain", "requirement", scenario, "--channel", "phone", "--at", "2026-12-01 10:00", "--xlsx", sheet)
    twice = wfm(*call, "-S", "demand.phone.scale=2").out
    assert "least number that meets them: " in twice
    book = load_workbook(sheet)
    assert str(book["Inputs"]["B18"].value).startswith("=")
    assert f"least number that meets them: {book['Inputs']['C18'].value} agents" in twice


@pytest.mark.parametrize(
    "wrong",
    [
        ["--channel", "fax", "--at", "2026-12-01 10:00"],
        ["--channel", "phone", "--at", "tomorrow"],
        ["--channel", "phone", "--at", "2025-12-01 10:00"],
    ],
)
def test_a_place_that_the_scenario_has_not_is_told(wrong: list[str], scenario: Path, wfm: Wfm) -> None:
    ran = wfm("explain", "requirement", scenario, *wrong)
    assert (ran.code, ran.out) == (3, "")


def test_the_schema_knows_every_rule(wfm: Wfm) -> None:
    schema = wfm("schema").json
    assert {rule.__name__ for rule in RULES} <= schema["$defs"].keys()
    assert "apiVersion" in schema["properties"]
    assert "variants" in wfm("schema", "study").json["properties"]
