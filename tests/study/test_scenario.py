"""A scenario that does not fit together is not born."""

import pytest
from pydantic import ValidationError

from tests.study.folders import phone_small
from wfm.study import Demand


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"histories": ()}, "expected one history for each channel, in the order phone"),
        ({"demand": (Demand(channel="mail"),)}, "expected one of the channels phone, came mail"),
        ({"aht_seconds": (("mail", 300.0),)}, "expected one of the channels phone, came mail"),
        ({"templates": ()}, "at least 1 item"),
        ({"shrinkage": 1.0}, "less than 1"),
        ({"method": "oracle"}, "ewma_day_type"),
        ({"router": "nobody"}, "longest_wait"),
        ({"replications": 1}, "expected 0 .do not simulate. or at least 2"),
        ({"replications": -1}, "greater than or equal to 0"),
    ],
)
def test_what_does_not_fit_is_told(changes: dict[str, object], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        phone_small().varied(**changes)


def test_a_channel_comes_once() -> None:
    scenario = phone_small()
    with pytest.raises(ValidationError, match="expected every channel once"):
        scenario.varied(channels=scenario.channels * 2, histories=scenario.histories * 2)


def test_a_channel_is_found_by_name() -> None:
    assert phone_small().channel("phone").patience_seconds == 180


def test_equal_scenarios_have_equal_digests_and_others_do_not() -> None:
    one, same = phone_small(), phone_small()
    assert one.digest() == same.digest()
    assert one.varied(shrinkage=0.06).digest() != one.digest()
