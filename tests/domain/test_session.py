"""Sessions: who takes part, and in which order they can be taught."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from wfm.domain import Session
from wfm.domain.session import in_teaching_order


def session(name: str, *after: str, **changes: object) -> Session:
    return Session.model_validate({"name": name, "minutes": 60, "attendees": ("A1",), "after": after, **changes})


def test_sessions_follow_those_they_build_on() -> None:
    ordered = in_teaching_order((session("chat-2", "chat-1"), session("phone"), session("chat-1", "phone")))
    assert [row.name for row in ordered] == ["phone", "chat-1", "chat-2"]


def test_what_two_sessions_build_on_comes_once() -> None:
    ordered = in_teaching_order(
        (session("both", "left", "right"), session("left", "base"), session("right", "base"), session("base"))
    )
    assert [row.name for row in ordered] == ["base", "left", "right", "both"]


def test_sessions_that_wait_for_each_other_are_refused() -> None:
    with pytest.raises(ValueError, match="came one after two after one"):
        in_teaching_order((session("one", "two"), session("two", "one")))


def test_a_session_after_an_unknown_one_is_refused() -> None:
    with pytest.raises(ValueError, match="to be one of one; came zero"):
        in_teaching_order((session("one", "zero"),))


def test_a_session_is_not_due_before_it_may_begin() -> None:
    with pytest.raises(ValidationError, match="due on or after 2026-12-02"):
        session("one", first=date(2026, 12, 2), by=date(2026, 12, 1))


def test_nobody_attends_twice() -> None:
    with pytest.raises(ValidationError, match="every attendee of the session one once"):
        session("one", attendees=("A1", "A1"))
