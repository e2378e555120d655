"""What every noun promises: frozen, closed to unknown words, JSON both ways, equal by value whatever it has worked out."""

import pickle
from datetime import date

import pytest
from pydantic import ValidationError

from wfm import domain
from wfm.domain import Name, Noun, Roster, TimeGrid
from wfm.domain.noun import Name as NameType


def test_every_noun_has_an_example(request: pytest.FixtureRequest) -> None:
    kinds = {kind for kind in vars(domain).values() if isinstance(kind, type) and issubclass(kind, Noun)} - {Noun}
    shown = {
        type(item.callspec.params["noun"])
        for item in request.session.items
        if isinstance(item, pytest.Function) and hasattr(item, "callspec") and "noun" in item.callspec.params
    }
    assert kinds - shown == {domain.Activity} - shown


def test_a_noun_survives_json(noun: Noun) -> None:
    again = type(noun).model_validate_json(noun.model_dump_json())
    assert again == noun
    assert again.digest() == noun.digest()
    assert hash(again) == hash(noun)


def test_a_noun_survives_going_to_another_process(noun: Noun) -> None:
    assert pickle.loads(pickle.dumps(noun)) == noun


def test_a_noun_is_frozen(noun: Noun) -> None:
    for name in type(noun).model_fields:
        with pytest.raises(ValidationError, match="frozen"):
            setattr(noun, name, None)


def test_an_unknown_word_is_refused(noun: Noun) -> None:
    fields = {name: getattr(noun, name) for name in type(noun).model_fields}
    with pytest.raises(ValidationError, match="Extra inputs are not permitted"):
        type(noun).model_validate({**fields, "speling": 1})


def test_a_varied_copy_is_validated_and_an_unvaried_one_equal(noun: Noun) -> None:
    assert noun.varied() == noun
    assert noun.model_copy() == noun
    name = next(iter(type(noun).model_fields))
    with pytest.raises(ValidationError):
        noun.varied(**{name: object()})


def test_different_nouns_differ_in_digest_and_equality() -> None:
    one = TimeGrid.of_days(date(2026, 1, 1), 1, 30, "UTC")
    other = one.varied(zone="Europe/Madrid")
    assert one != other
    assert one.digest() != other.digest()
    assert one != "a grid"


def test_what_a_noun_has_worked_out_counts_neither_for_equality_nor_for_a_copy() -> None:
    grid, fresh = (TimeGrid.of_days(date(2026, 1, 1), 2, 30, "UTC") for _ in range(2))
    assert len(grid.dates) == 2
    assert grid == fresh
    assert grid.model_copy(update={"count": 48}).dates == (date(2026, 1, 1),)


def test_a_copied_roster_forgets_the_shifts_of_the_original(noun: Noun) -> None:
    if isinstance(noun, Roster):
        assert noun.shifts_by_agent
        assert noun.model_copy(update={"assignments": ()}).shifts_by_agent == {}


@pytest.mark.parametrize("text", ["", " ", "a b", "-a", "ñ", "a/b", "a" * 81, "=1"])
def test_a_name_is_a_plain_word(text: str) -> None:
    with pytest.raises(ValidationError):
        domain.Role(name=text)


def test_names_may_carry_dots_hyphens_and_underscores() -> None:
    assert domain.Role(name="2nd-level_v1.0").name == "2nd-level_v1.0"
    assert Name is NameType


def test_infinity_and_nan_are_no_numbers() -> None:
    for value in (float("nan"), float("inf")):
        with pytest.raises(ValidationError):
            domain.AverageWait(seconds=value)
