"""Levels: sources come before what they feed, circles are refused by name, and a level is ours or a supplier's."""

import pytest
from pydantic import ValidationError

from wfm.domain import Escalation, External, Level, Opening
from wfm.domain.level import in_order

VENDOR = External(responds_seconds=172_800)


def level(name: str, *sources: str, external: External | None = None) -> Level:
    """Return a level that gets a tenth of each source."""
    rows = tuple(Escalation(source=source, share=0.1) for source in sources)
    return Level(name=name, sources=rows, aht_seconds=0 if external else 600, external=external)


def test_sources_are_told_before_what_they_feed() -> None:
    rows = [level("third", "second", "sme"), level("second", "phone"), level("sme", "phone"), level("fourth", "third")]
    assert [row.name for row in in_order(rows)] == ["second", "sme", "third", "fourth"]
    assert in_order([]) == ()


def test_a_circle_is_told_in_the_direction_in_which_contacts_go() -> None:
    rows = [
        level("sme", "phone"),
        level("second", "phone", "vendor"),
        level("third", "second"),
        level("vendor", "third"),
    ]
    with pytest.raises(ValueError, match="came the circle second -> third -> vendor -> second"):
        in_order(rows)
    with pytest.raises(ValueError, match="came the circle second -> second"):
        in_order([level("second", "second")])


def test_a_level_is_served_by_our_people_or_by_a_supplier() -> None:
    assert level("vendor", "second", external=VENDOR).external == VENDOR
    for fields in ({}, {"aht_seconds": 60, "external": VENDOR}):
        with pytest.raises(ValidationError, match="either a handle time or an external supplier"):
            Level.model_validate({"name": "vendor", "sources": ({"source": "a", "share": 0.1},), **fields})
    with pytest.raises(ValidationError, match="joined by our own people"):
        level("vendor", "second", external=VENDOR).varied(consult=True)


def test_a_source_is_named_once() -> None:
    with pytest.raises(ValidationError, match="each source of the level second once"):
        level("second", "phone", "phone")


def test_levels_say_where_their_contacts_come_from() -> None:
    assert level("second", "phone", "chat").words == "10% of phone and 10% of chat, once they are handled"
    assert level("sme", "phone").varied(consult=True).words == "10% of phone, while they are handled"
    hours = Opening.from_text("mon-fri 09:00-17:00")
    assert str(VENDOR.varied(opening=hours)) == "answers in 2d of mon-fri 09:00-17:00"
