"""The promises of every kind of lever: it changes nothing it was given, its neutral value changes nothing, it says what it does."""

from pathlib import Path

import pytest
from pydantic import TypeAdapter

from tests.study.folders import PHONE_SMALL, SCENARIOS
from wfm.study import LEVERS, Lever, Scenario, Variant, read_scenario

KINDS = [pytest.param(kind, id=str(kind.model_fields["kind"].default)) for kind in LEVERS]
MOVED: dict[str, dict[str, object]] = {
    "volume": {"channel": "phone", "by": "+20%"},
    "aht": {"by": "-10%"},
    "headcount": {"by": -2},
    "shrinkage": {"by": "+5%"},
    "service_target": {"channel": "phone", "to": "90% in 10s"},
    "fairness": {"price": 0.7},
}
"""For each kind a setting that moves it on the shipped scenarios; a new kind adds its line."""


def lever_of(row: dict[str, object]) -> Lever:
    """A lever as a study file or a request names it."""
    return Variant.model_validate({"name": "moved", "levers": [row]}).levers[0]


@pytest.fixture(scope="module", params=sorted(file.parent.name for file in SCENARIOS.glob("*/scenario.yaml")))
def scenario(request: pytest.FixtureRequest) -> Scenario:
    return read_scenario(SCENARIOS / request.param)


@pytest.mark.parametrize("kind", KINDS)
def test_the_neutral_lever_changes_nothing(kind: type[Lever], scenario: Scenario) -> None:
    before = scenario.digest()
    same = kind.neutral(scenario).apply(scenario)
    assert same == scenario
    assert same.digest() == before


@pytest.mark.parametrize("kind", KINDS)
def test_a_moved_lever_gives_another_scenario_and_leaves_its_own_alone(kind: type[Lever], scenario: Scenario) -> None:
    before, word = scenario.digest(), kind.model_fields["kind"].default
    moved = lever_of({"kind": word, **MOVED[word]}).apply(scenario)
    assert moved.digest() != before
    assert scenario.digest() == before


@pytest.mark.parametrize("kind", KINDS)
def test_a_lever_moved_twice_from_the_same_scenario_gives_the_same(kind: type[Lever], scenario: Scenario) -> None:
    word = kind.model_fields["kind"].default
    lever = lever_of({"kind": word, **MOVED[word]})
    assert lever.apply(scenario) == lever.apply(scenario)


@pytest.mark.parametrize("kind", KINDS)
def test_a_lever_is_told_and_read_again_as_json(kind: type[Lever], scenario: Scenario) -> None:
    word = kind.model_fields["kind"].default
    for lever in (kind.neutral(scenario), lever_of({"kind": word, **MOVED[word]})):
        variant = Variant(name="one", levers=(lever,))
        assert Variant.model_validate_json(variant.model_dump_json()) == variant
        assert TypeAdapter(kind).validate_json(lever.model_dump_json()) == lever
        assert lever.kind == word


@pytest.mark.parametrize("kind", KINDS)
def test_a_lever_has_words_that_differ_by_setting(kind: type[Lever], scenario: Scenario) -> None:
    word = kind.model_fields["kind"].default
    moved, neutral = lever_of({"kind": word, **MOVED[word]}), kind.neutral(scenario)
    assert neutral.words
    assert moved.words
    assert moved.words != neutral.words


@pytest.mark.parametrize("kind", KINDS)
def test_a_lever_says_what_it_moves_in_its_first_sentence(kind: type[Lever]) -> None:
    assert (kind.__doc__ or "").partition("\n")[0].endswith(".")


def test_the_shipped_study_moves_kinds_that_exist() -> None:
    text = Path(PHONE_SMALL / "study.yaml").read_text(encoding="utf-8")
    assert {word for word in MOVED if f"kind: {word}" in text} == {"volume", "aht", "headcount", "service_target"}
