"""Channels: kinds keep to what they can promise."""

import pytest
from pydantic import ValidationError

from wfm.domain import Abandonment, AverageWait, Channel, ChannelKind, Occupancy, ServiceLevel, Target, Turnaround

LIVE = [ServiceLevel.from_text("80/20"), AverageWait(seconds=30), Abandonment(share=0.05)]


def test_a_channel_asks_for_its_own_name_unless_told_otherwise() -> None:
    assert Channel(name="phone").skill == "phone"
    assert Channel(name="phone", skill="english").skill == "english"


def test_only_chats_are_held_several_at_once() -> None:
    assert Channel(name="chat", kind="chat", concurrency=3).concurrency == 3
    with pytest.raises(ValidationError, match="use kind chat"):
        Channel(name="phone", concurrency=2)


def test_chats_held_together_may_slow_each_other() -> None:
    assert Channel(name="chat", kind="chat", concurrency=3, slowdown=0.15).slowdown == 0.15
    with pytest.raises(ValidationError, match="chats several at a time"):
        Channel(name="chat", kind="chat", slowdown=0.15)


def test_only_live_sessions_block_chats() -> None:
    assert Channel(name="remote", exclusive=True).exclusive
    with pytest.raises(ValidationError, match="an exclusive channel of kind voice, came deferred"):
        Channel(name="mail", kind="deferred", exclusive=True)


@pytest.mark.parametrize("target", LIVE, ids=lambda target: target.kind)
def test_deferred_work_has_no_target_of_waiting_callers(target: Target) -> None:
    assert Channel(name="phone", targets=(target,)).targets == (target,)
    with pytest.raises(ValidationError, match=f"a deferred channel cannot have the target {target.kind}"):
        Channel(name="mail", kind="deferred", targets=(target,))


@pytest.mark.parametrize("kind", ["voice", "chat"])
def test_live_contacts_have_no_turnaround(kind: ChannelKind) -> None:
    with pytest.raises(ValidationError, match="cannot have the target turnaround"):
        Channel(name="phone", kind=kind, targets=(Turnaround.from_text("90% in 4h"),))


def test_each_kind_of_target_is_given_once() -> None:
    with pytest.raises(ValidationError, match="each kind of target once"):
        Channel(name="phone", targets=(Occupancy(share=0.8), Occupancy(share=0.9)))
    assert Channel(name="phone", targets=(Occupancy(share=0.8),)).target(Occupancy) == Occupancy(share=0.8)
    assert Channel(name="phone").target(Occupancy) is None


def test_patience_is_a_duration_or_nothing() -> None:
    assert Channel.model_validate({"name": "phone", "patience_seconds": "3m"}).patience_seconds == 180
    with pytest.raises(ValidationError):
        Channel(name="phone", patience_seconds=0)


def test_a_channel_without_targets_is_held_to_the_default_of_its_kind() -> None:
    assert [str(target) for target in Channel(name="phone").held_to] == ["80% in 20s"]
    assert [str(target) for target in Channel(name="mail", kind="deferred").held_to] == ["90% in 4h of business"]
    capped = Channel(name="phone", targets=(Occupancy(share=0.8),))
    assert capped.held_to == capped.targets
    assert str(capped.service_level) == "80% in 20s"
