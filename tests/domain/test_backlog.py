"""Backlogs: as many ages as contacts, and work that takes time."""

import pytest
from pydantic import ValidationError

from wfm.domain import Backlog


def test_nothing_waits_unless_told() -> None:
    assert Backlog().total == 0


def test_all_that_waits_is_counted_whatever_its_age() -> None:
    assert Backlog(contacts=(3.0, 4.5), age_seconds=(600.0, 0.0), aht_seconds=300.0).total == 7.5


def test_every_contact_has_an_age_and_takes_time() -> None:
    with pytest.raises(ValidationError, match="as many ages as contacts"):
        Backlog(contacts=(1.0,), age_seconds=(), aht_seconds=300.0)
    with pytest.raises(ValidationError, match="a handle time above 0"):
        Backlog(contacts=(1.0,), age_seconds=(60.0,))
    with pytest.raises(ValidationError):
        Backlog(contacts=(-1.0,), age_seconds=(60.0,), aht_seconds=300.0)
