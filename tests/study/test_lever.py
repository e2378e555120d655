"""A change is written as a planner says it."""

import pytest
from pydantic import ValidationError

from wfm.study.levers import Volume


@pytest.mark.parametrize(
    ("text", "share"), [("+20%", 0.2), ("-10%", -0.1), (" 5 % ", 0.05), ("0%", 0), ("+2.5%", 0.025), (0.3, 0.3)]
)
def test_a_change_is_a_share(text: object, share: float) -> None:
    assert Volume.model_validate({"by": text}).by == pytest.approx(share)


@pytest.mark.parametrize("text", ["20", "+20", "twenty", "%", "--5%", "-101%", -1.5, float("inf"), float("nan"), None])
def test_what_is_no_change_is_refused(text: object) -> None:
    with pytest.raises(ValidationError):
        Volume.model_validate({"by": text})
