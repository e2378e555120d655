"""Levels as planners write them: shares for all or for each, a handle time or a supplier."""

import pytest
from pydantic import ValidationError

from wfm.domain import Escalation, External, Opening
from wfm.study.level_sheet import LevelSheet


def level(**fields: object) -> LevelSheet:
    return LevelSheet.model_validate({"from": "phone", "escalation": "15%", "handle": "18m", **fields})


def test_one_escalation_is_for_all_sources_and_shares_may_differ() -> None:
    rows = (Escalation(source="phone", share=0.15), Escalation(source="chat", share=0.15))
    assert level(**{"from": ["phone", "chat"]}).noun("second").sources == rows
    own = level(**{"from": {"phone": "15%", "chat": 0.1}, "escalation": None}).noun("second")
    assert own.sources == (rows[0], Escalation(source="chat", share=0.1))
    assert own.aht_seconds == 1080


def test_a_supplier_has_hours_and_an_answer_but_no_handle_time() -> None:
    row = level(handle=None, external=True, responds_in="2d", open="mon-fri 09:00-17:00")
    hours = Opening.from_text("mon-fri 09:00-17:00")
    assert row.noun("vendor").external == External(responds_seconds=172_800, opening=hours)


@pytest.mark.parametrize(
    ("fields", "expectation"),
    [
        ({"escalation": None}, "came neither"),
        ({"from": {"phone": "10%"}}, "came both"),
        ({"handle": None}, "a handle time, or external: true"),
        ({"responds_in": "2d"}, "external: true together with responds_in"),
        ({"external": True, "responds_in": "2d"}, "came both"),
        ({"escalation": "150%"}, "less than or equal to 1"),
    ],
)
def test_what_does_not_fit_is_refused(fields: dict[str, object], expectation: str) -> None:
    with pytest.raises(ValidationError, match=expectation):
        level(**fields)
