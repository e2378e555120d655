"""The ways to make a requirement: each word leads to its function, and what does not fit together is told."""

from __future__ import annotations

import numpy as np
import pytest

from tests.staffing.cases import forecast
from wfm.domain import Abandonment, Channel, InputError, ServiceLevel
from wfm.staffing import Staffing, require, require_changing, require_uncertain

LEVEL = ServiceLevel(share=0.8, within_seconds=20)
PHONE = Channel(name="phone", patience_seconds=180, targets=(LEVEL,))
CHAT = Channel(name="chat", kind="chat", concurrency=2, targets=(LEVEL,))
MAIL = Channel(name="mail", kind="deferred")
VOLUME = np.where(np.arange(48) // 8 == 2, np.linspace(20, 200, 48), 0.0)
CALLS = forecast(PHONE, VOLUME).varied(dispersion=(0.05,) * 48)


def test_each_word_leads_to_its_function() -> None:
    assert Staffing().require(CALLS, PHONE, 0.1) == require(CALLS, PHONE, shrinkage=0.1)
    assert Staffing(volume="band").require(CALLS, PHONE, 0.1) == require_uncertain(CALLS, PHONE, shrinkage=0.1)
    assert Staffing(volume=0.8).require(CALLS, PHONE) == require_uncertain(CALLS, PHONE, confidence=0.8)
    assert Staffing(carry_over=True).require(CALLS, PHONE) == require_changing(CALLS, PHONE)


def test_a_band_needs_no_fewer_agents_than_its_mean_and_as_many_where_it_has_no_width() -> None:
    narrow = CALLS.varied(dispersion=(0.0,) * 48)
    for way in (Staffing(volume="band"), Staffing(volume=0.8)):
        assert (way.require(CALLS, PHONE).nets() >= require(CALLS, PHONE).nets()).all()
        assert way.require(CALLS, PHONE).nets().sum() > require(CALLS, PHONE).nets().sum()
        assert way.require(narrow, PHONE).net == require(CALLS, PHONE).net


@pytest.mark.parametrize("way", [Staffing(volume="band"), Staffing(volume=0.9), Staffing(carry_over=True)])
def test_what_a_way_cannot_plan_is_planned_as_ever(way: Staffing) -> None:
    mail = forecast(MAIL, VOLUME)
    assert way.require(mail, MAIL) == require(mail, MAIL)
    if way.carry_over:
        chats = forecast(CHAT, VOLUME)
        assert way.require(chats, CHAT) == require(chats, CHAT)


@pytest.mark.parametrize("volume", ["banana", "0%", "100%", "180%", 80, True, None, ["band"]])
def test_another_volume_is_refused_in_the_planners_words(volume: object) -> None:
    with pytest.raises(ValueError, match="expected mean, band, or the share of days"):
        Staffing.model_validate({"volume": volume})


def test_spread_and_carry_over_do_not_go_together() -> None:
    with pytest.raises(ValueError, match="expected volume: mean beside carry_over"):
        Staffing(volume="band", carry_over=True)


def test_a_band_needs_a_service_level_to_meet() -> None:
    loose = PHONE.varied(targets=(Abandonment(share=0.05),))
    with pytest.raises(InputError, match="a service level"):
        Staffing(volume="band").require(CALLS, loose)


def test_what_is_written_is_read_again() -> None:
    for way in (Staffing(), Staffing(volume=0.8), Staffing(volume="band"), Staffing(carry_over=True)):
        assert Staffing.model_validate_json(way.model_dump_json()) == way
