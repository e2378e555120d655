"""Words: headers, outcomes and names of channels in English and Spanish."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from wfm.domain import Name
from wfm.importers.words import OUTCOMES, ROLES, kind_of, lookup, name_of, parted, plain, without_units


@pytest.mark.parametrize(
    ("text", "phrase"),
    [("Fecha_Hora (UTC)", "fecha hora utc"), ("Teléfono  Móvil", "telefono movil"), ("AHT", "aht"), ("", "")],
)
def test_plain_phrases_have_no_accents_capitals_or_signs(text: str, phrase: str) -> None:
    assert plain(text) == phrase


def test_capitals_part_words_of_a_header_only() -> None:
    assert parted("createdAt") == "created at"
    assert name_of("WhatsApp") == "whatsapp"


def test_units_fall_away() -> None:
    assert without_units("call process s") == "call process"


@given(st.text(max_size=120))
def test_a_name_of_anything_is_a_name_or_nothing(text: str) -> None:
    name = name_of(text)
    assert name == "" or TypeAdapter(Name).validate_python(name) == name


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Incoming calls", "voice"),
        ("Llamadas ventas", "voice"),
        ("Chat web", "chat"),
        ("WhatsApp", "chat"),
        ("Correo electrónico", "deferred"),
        ("Tickets", "deferred"),
        ("Sales", None),
    ],
)
def test_the_kind_of_a_channel_is_guessed_from_its_words(text: str, kind: str | None) -> None:
    assert kind_of(text) == kind


@pytest.mark.parametrize("table", [ROLES, OUTCOMES], ids=["roles", "outcomes"])
def test_a_phrase_means_one_thing_and_is_written_plainly(table: dict[str, str]) -> None:
    phrases = [phrase.strip() for row in table.values() for phrase in row.split(",")]
    assert len(set(phrases)) == len(phrases)
    assert [plain(phrase) for phrase in phrases] == phrases
    assert set(lookup(table).values()) == set(table)
