"""`wfm erlang`: the calculator, and the table of reference cases."""

import csv
from pathlib import Path

import pytest

from tests.cli.conftest import Wfm


def test_the_answer_is_the_least_number_that_meets_the_target(wfm: Wfm) -> None:
    ran = wfm("erlang", "--volume", "100", "--aht", "4m", "--target", "80/20", "--json")
    answer = ran.json
    levels = {row["agents"]: row["service_level"] for row in answer["rows"]}
    assert levels[answer["agents"]] >= 0.8 > levels[answer["agents"] - 1]


def test_text_and_json_say_the_same(wfm: Wfm) -> None:
    call = ("erlang", "--volume", "100", "--aht", "4m", "--patience", "3m", "--shrinkage", "30%")
    answer, text = wfm(*call, "--json").json, wfm(*call).out
    assert f"{answer['model']}: {answer['agents']} agents" in text
    assert f"{answer['paid_agents']} paid" in text
    assert len(text.splitlines()) == 2 + len(answer["rows"])


@pytest.mark.parametrize(
    "wrong",
    [["--aht", "long"], ["--target", "180/20"], ["--target", "good"], ["--shrinkage", "130%"], ["--patience", "-3"]],
)
def test_a_value_that_makes_no_sense_is_told(wrong: list[str], wfm: Wfm) -> None:
    given = {"--aht": "4m", wrong[0]: wrong[1]}
    ran = wfm("erlang", "--volume", "100", *(part for pair in given.items() for part in pair))
    assert (ran.code, ran.out) == (3, "")
    assert "expected" in ran.err


def test_the_reference_table_is_computed_again(shared_data: Path, tmp_path: Path, wfm: Wfm) -> None:
    source, target = shared_data / "erlang" / "erlang_reference.csv", tmp_path / "out.csv"
    assert wfm("erlang", "--table", source, "--out", target).code == 0
    with source.open() as told, target.open() as made:
        for expected, row in zip(csv.DictReader(told), csv.DictReader(made), strict=True):
            assert expected.keys() == row.keys()
            for name, value in expected.items():
                if value[:1].isdecimal():
                    assert float(row[name]) == pytest.approx(float(value), rel=1e-9), (row["id"], name)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "cases.csv: expected a header line"),
        ("model,a,n\n", "cases.csv: expected rows below the header"),
        ("model,a,n\nB,ten,3\n", "cases.csv:2: a: expected a number, came ten."),
        ("model,a,n\nD,1,3\n", "cases.csv:2: model: expected one of B, C, A"),
    ],
)
def test_a_faulty_table_names_line_and_column(text: str, words: str, tmp_path: Path, wfm: Wfm) -> None:
    (tmp_path / "cases.csv").write_text(text)
    ran = wfm("erlang", "--table", tmp_path / "cases.csv")
    assert (ran.code, ran.out) == (3, "")
    assert words in ran.err
