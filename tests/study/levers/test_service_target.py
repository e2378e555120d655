"""Another service level keeps what it is a share of, and leaves the other targets alone."""

import pytest

from tests.study.folders import phone_small
from wfm.domain import Abandonment, NotFound, Refused, ServiceLevel
from wfm.study.levers import ServiceTarget

HIGHER = ServiceLevel(share=0.9, within_seconds=10)


def test_the_definition_and_other_targets_stay() -> None:
    scenario = phone_small()
    kept = ServiceLevel(share=0.8, within_seconds=20, definition="answered"), Abandonment(share=0.05)
    scenario = scenario.varied(channels=(scenario.channels[0].varied(targets=kept),))
    targets = ServiceTarget(channel="phone", to=HIGHER).apply(scenario).channels[0].targets
    assert targets == (HIGHER.varied(definition="answered"), kept[1])


def test_a_channel_without_one_gets_it() -> None:
    scenario = phone_small()
    scenario = scenario.varied(channels=(scenario.channels[0].varied(targets=()),))
    assert ServiceTarget(channel="phone", to=HIGHER).apply(scenario).channels[0].targets == (HIGHER,)
    with pytest.raises(Refused):
        ServiceTarget.neutral(scenario)


def test_the_neutral_target_is_exact_for_a_share_that_no_text_can_say() -> None:
    scenario = phone_small()
    third = ServiceLevel(share=1 / 3, within_seconds=20 / 3)
    scenario = scenario.varied(channels=(scenario.channels[0].varied(targets=(third,)),))
    assert ServiceTarget.neutral(scenario).apply(scenario) == scenario


def test_an_unknown_channel_is_not_found() -> None:
    with pytest.raises(NotFound, match="phone"):
        ServiceTarget(channel="mail", to=HIGHER).apply(phone_small())


def test_a_target_that_is_none_is_told_at_birth() -> None:
    with pytest.raises(ValueError, match="expected a service level such as 80% in 20s"):
        ServiceTarget.model_validate({"channel": "phone", "to": "fast"})
