"""What a sheet refuses is said in the planner's words: the place, what was expected, what came, what was likely meant."""

from pathlib import Path

import pytest

from tests.study.folders import copied, told
from wfm.domain import InputError
from wfm.study import ScenarioSheet, StudySheet
from wfm.study.wording import likely, validated
from wfm.study.yaml_text import parse_yaml


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("rest: 12h", "rst: 12h", "scenario.yaml:34: rules.4.rst: expected a known key, came 'rst'. Did you mean rest?"),
        ("patience: 3m", "patiense: 3m", "scenario.yaml:11: channels.phone.patiense: expected a known key, came 'patiense'. Did you mean patience?"),  # noqa: E501
        ("cost_hour: 18", "zzz: 1", "scenario.yaml:19: contracts.full.zzz: expected a known key, came 'zzz'. Here belong week, shifts_week, cost_hour."),  # noqa: E501
        ("kind: min_rest, ", "", "scenario.yaml:34: rules.4: expected the key kind, came nothing. `wfm schema` lists the kinds."),
        ("rest: 12h", "rest: twelve", "scenario.yaml:34: rules.4.rest: expected a duration such as 20s, 3m, 8h30m or PT6M, came 'twelve'."),
        ("rest: 12h", "rest: 12", "scenario.yaml:34: rules.4: expected rest with its unit, such as rest: 12h, came 12."),
        ("days: 6", "days: six", "scenario.yaml:35: rules.5.days: expected a whole number, came 'six'."),
        ("days: 6", "days: 0", "scenario.yaml:35: rules.5.days: expected at least 1, came 0."),
        ("name: phone-small", "name: 2026", "scenario.yaml:3: name: expected text, came 2026. Put it in quotes."),
        ("name: phone-small", "name: phone small", "scenario.yaml:3: name: expected a name of letters, digits, dot, hyphen and underscore, came 'phone small'."),  # noqa: E501
        ("    patience: 3m", "    kind: vioce", "scenario.yaml:11: channels.phone.kind: expected voice, chat or deferred, came 'vioce'. Did you mean voice?"),  # noqa: E501
        ("step: 30m", "step: 7m", "scenario.yaml:6: horizon.step: expected 5, 10, 15, 30 or 60, came 7."),
        ("country: ES-MD", "country: [ES]", "scenario.yaml:5: country: expected text, came a list."),
        ("start: 2026-11-30", "start: 30/11/2026", "scenario.yaml:6: horizon.start: expected a date such as 2026-11-30, came '30/11/2026'."),  # noqa: E501
        ("weeks: 1,", "weeks: 1.5,", "scenario.yaml:6: horizon.weeks: expected a whole number, came 1.5."),
        ("80% in 20s", "180% in 20s", "scenario.yaml:13: channels.phone.target.answer: expected at most 1, came 1.8."),
        ("mon-fri 09:00-19:00", "mon-fri 19:00-09:00", "scenario.yaml:37: rules.7.hours: expected an end after 19:00, came 09:00; write hours across midnight as two windows."),  # noqa: E501
        ("breaks: [{length: 30m", "breaks: [{lenght: 30m", "scenario.yaml:25: shifts.early.breaks.0.lenght: expected a known key, came 'lenght'. Did you mean length?"),  # noqa: E501
    ],
)  # fmt: skip
def test_a_fault_is_told_with_line_path_and_likely_word(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    assert sentence in told(copied(tmp_path, (old, new)))


def test_an_unknown_kind_of_rule_is_told_with_the_likely_one(tmp_path: Path) -> None:
    (sentence,) = told(copied(tmp_path, ("kind: min_rest", "kind: min_rst")))
    assert sentence.startswith("scenario.yaml:34: rules.4: expected one of the kinds ")
    assert sentence.endswith("came min_rst. Did you mean min_rest?")


def test_an_unknown_lever_is_told_like_an_unknown_rule() -> None:
    text = "apiVersion: wfm/v1\nname: x\nvariants:\n  - name: a\n    levers: [{kind: volum, by: 1%}, {kind: volume, by: more}]\n"
    with pytest.raises(InputError) as caught:
        validated(StudySheet, parse_yaml(text, "study.yaml"))
    first, second = map(str, caught.value.faults)
    assert first.startswith("study.yaml:5: variants.0.levers.0: expected one of the kinds volume, ")
    assert first.endswith("came volum. Did you mean volume?")
    assert second == "study.yaml:5: variants.0.levers.1.by: expected a change such as +20% or -10%, came 'more'."


def test_a_missing_key_is_named(tmp_path: Path) -> None:
    faults = told(copied(tmp_path, ("timezone: Europe/Madrid\n", ""), ("week: 25h, ", "")))
    assert (
        "scenario.yaml: timezone: expected the key timezone, came nothing. Add it; `wfm schema` tells what it means."
        in faults
    )
    assert any(
        fault.startswith("scenario.yaml:19: contracts.part.week: expected the key week, came nothing.")
        for fault in faults
    )


@pytest.mark.parametrize("text", ["", "[]", "- 1", "just words", "5"])
def test_a_document_without_keys_is_told_so(text: str) -> None:
    with pytest.raises(InputError) as caught:
        validated(ScenarioSheet, parse_yaml(text, "scenario.yaml"))
    faults = [str(fault) for fault in caught.value.faults]
    if text:
        assert faults[0].startswith("scenario.yaml: expected keys with values, came ")
    else:
        assert any("expected the key apiVersion, came nothing" in fault for fault in faults)


def test_a_key_with_and_without_its_unit_is_told_to_be_there_twice(tmp_path: Path) -> None:
    (sentence,) = told(copied(tmp_path, ("rest: 12h", "rest: 12h, rest_minutes: 660")))
    assert sentence.endswith("came 'rest'. It is there already, with its unit in the key.")


def test_the_likely_word_or_else_the_choice() -> None:
    assert likely("fulll", ["part", "full"]) == "Did you mean full?"
    assert likely("x", ["part", "full"]) == "Here belong part, full."
    assert likely("x", []) == ""
