"""`wfm erlang`: the calculator, and the table of reference cases."""

import csv
import random
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
    assert len(text.splitlines()) == 3 + len(answer["rows"])


def test_every_target_and_every_habit_of_customers_can_be_asked_for(wfm: Wfm) -> None:
    call = ("erlang", "--volume", "300", "--aht", "4m", "--patience", "2m", "--target", "50/60", "--json")
    plain = wfm(*call).json["fractional_agents"]
    harder = {
        "--wait": "5s",
        "--abandon": "1%",
        "--occupancy": "70%",
        "--wrap-up": "90",
        "--redial": "0.8",
        "--repeat": "20%",
    }
    for option, value in harder.items():
        assert wfm(*call, option, value).json["fractional_agents"] > plain, option
    assert wfm(*call, "--of", "answered").json["service_target"]["definition"] == "answered"
    assert wfm(*call, "--minimum", "60").json["agents"] == 60
    told = wfm(*call[:-1], "--redial", "80%", "--abandon", "5%").out
    assert "50% in 1m of offered, abandonment at most 5%" in told
    assert "With those who call again " in told


@pytest.mark.parametrize(
    ("option", "text", "told"),
    [
        ("--aht", "soon", "--aht: expected a duration such as 20s"),
        ("--target", "most", "--target: expected a service level such as 80% in 20s"),
        ("--of", "all", "--of: expected offered, answered"),
        ("--occupancy", "0", "--occupancy: expected more than 0, came 0"),
        ("--patience", "0", "expected a patience above 0 seconds, such as 180, came 0."),
        ("--aht", "0", "expected a handle time above 0 seconds, such as 240, came 0."),
    ],
)
def test_what_cannot_be_read_is_named_by_its_option(option: str, text: str, told: str, wfm: Wfm) -> None:
    ran = wfm("erlang", *("--volume", "100", "--aht", "240", option, text))
    assert ran.code == 3
    assert told in ran.err


def test_an_abandonment_that_nobody_could_miss_is_remarked(wfm: Wfm) -> None:
    call = ("erlang", "--volume", "100", "--aht", "240", "--abandon", "5%")
    assert "Without --patience nobody abandons" in wfm(*call).out
    assert "Without" not in wfm(*call, "--patience", "3m").out


def test_no_argument_ends_in_a_defect(wfm: Wfm) -> None:
    dice = random.Random(22)
    odd = [
        "0",
        "-1",
        "1e308",
        "1e-320",
        "nan",
        "inf",
        "-inf",
        "",
        "x",
        "100%",
        "80/20",
        "1h",
        "0%",
        "1e15",
        "12",
        "0.3",
        "99.9% in 0s",
    ]
    options = ["--volume", "--aht", "--interval", "--target", "--patience", "--shrinkage", "--wait", "--abandon"]
    options += ["--occupancy", "--wrap-up", "--minimum", "--redial", "--repeat", "--of"]
    for _ in range(40):
        given = {"--volume": "100", "--aht": "240"} | {dice.choice(options): dice.choice(odd) for _ in range(3)}
        call = [part for pair in given.items() for part in pair]
        ran = wfm("erlang", *call)
        assert ran.code in {0, 2, 3}, call
        assert "nan" not in ran.out, call


@pytest.mark.parametrize(
    "wrong",
    [
        ["--of", "everything"],
        ["--redial", "40%"],
        ["--aht", "long"],
        ["--target", "180/20"],
        ["--target", "good"],
        ["--shrinkage", "130%"],
        ["--patience", "-3"],
    ],
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
