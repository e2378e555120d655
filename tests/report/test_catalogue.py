"""The catalogue lists every kind of every family with its own words."""

from wfm.report import VIEWS
from wfm.report.catalogue import FAMILIES, Kind, catalogue
from wfm.schedule import PACKS, RULES, pack


def of(family: str) -> list[Kind]:
    return [row for row in catalogue() if row.family == family]


def test_every_kind_of_every_family_is_listed_once_and_told() -> None:
    rows = catalogue()
    legal = sum(1 + len(pack(name).rules) for name in PACKS)
    assert len(rows) == sum(map(len, FAMILIES.values())) + legal
    assert len({(row.family, row.kind) for row in rows}) == len(rows)
    assert [row.kind for row in rows if not row.words] == []


def test_views_are_listed_by_the_words_they_are_asked_for_by() -> None:
    assert [row.kind for row in of("view")] == [view.kind for view in VIEWS]


def test_a_rule_brings_its_parameters_and_its_source() -> None:
    rules = {row.kind: row for row in of("roster rule")}
    assert len(rules) == len(RULES)
    assert "rest_minutes" in (rules["min_rest"].parameters or {})["properties"]
    assert "2003/88" in rules["min_rest"].source


def test_a_rule_of_a_pack_tells_its_article_and_how_a_scenario_says_it() -> None:
    rest = {row.kind: row for row in of("legal rule")}["REST11"]
    assert rest.source == "Directive 2003/88/EC art. 3 (pack eu-2003-88: a template for a lawyer to confirm)"
    assert "{kind: min_rest, rest: 11h}" in rest.documentation
    assert [row.kind for row in of("legal pack")] == list(PACKS)
