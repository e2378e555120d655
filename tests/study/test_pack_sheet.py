"""A legal pack among the rules of a scenario becomes its rules: all or some, forbidden or advisory, for everybody or some."""

from pathlib import Path

import pytest

from tests.study.folders import copied, told
from wfm.schedule import Rule, pack
from wfm.study import Scenario, read_scenario

PLACE = "  - {kind: time_off}"


def with_pack(folder: Path, row: str) -> Path:
    return copied(folder, (PLACE, f"{PLACE}\n  - {row}"))


def legal(scenario: Scenario) -> list[Rule]:
    return [rule for rule in scenario.rules if rule.law]


def test_a_pack_stands_for_its_rules_in_its_place(tmp_path: Path) -> None:
    scenario = read_scenario(with_pack(tmp_path, "{kind: pack, name: es-et}"))
    assert tuple(legal(scenario)) == pack("es-et").rules
    assert [rule.kind for rule in scenario.rules][:3] == ["availability", "time_off", "min_rest"]
    assert Scenario.model_validate_json(scenario.model_dump_json()) == scenario


def test_a_rule_may_be_left_out(tmp_path: Path) -> None:
    scenario = read_scenario(with_pack(tmp_path, "{kind: pack, name: es-et, except: [DAY9, REST12]}"))
    assert {rule.id for rule in pack("es-et").rules} - {rule.id for rule in legal(scenario)} == {"DAY9", "REST12"}


def test_a_price_makes_a_pack_advise(tmp_path: Path) -> None:
    scenario = read_scenario(with_pack(tmp_path, "{kind: pack, name: eu-2003-88, price: 0.5, tier: 3}"))
    assert {(rule.price, rule.tier) for rule in legal(scenario)} == {(0.5, 3)}


def test_a_pack_for_some_holds_those_whom_it_protects_among_them(tmp_path: Path) -> None:
    scenario = read_scenario(with_pack(tmp_path, "{kind: pack, name: minors, only: {contract: part, minors: false}}"))
    for rule in legal(scenario):
        assert rule.only
        assert rule.only.words == "minors with contract part"


def test_a_planner_s_own_rule_may_quote_its_article(tmp_path: Path) -> None:
    row = "{kind: day_minutes, at_most: 10h, law: {id: CBA10, article: works agreement 12}}"
    (rule,) = legal(read_scenario(with_pack(tmp_path, row)))
    assert (rule.id, rule.laid_down) == ("CBA10", "works agreement 12")


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("{kind: pack, name: es}", "rules.2.name: expected eu-2003-88, es-et or minors, came 'es'."),
        ("{kind: pack, name: es-et, except: [REST11]}", "under except, which has REST12, "),
        ("{kind: pack, name: es-et, only: {contract: zero}}", "to be one of full, part, came zero"),
        ("{kind: pack, name: es-et, ecxept: [DAY9]}", "Did you mean except?"),
    ],
)
def test_what_a_pack_has_not_is_told(row: str, sentence: str, tmp_path: Path) -> None:
    (fault,) = told(with_pack(tmp_path, row))
    assert sentence in fault
