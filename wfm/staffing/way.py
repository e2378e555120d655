"""How a scenario wants its requirements made: for the expected volume or for its spread, each interval on its own or in turn."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from wfm.domain.channel import Channel
from wfm.domain.forecast import Forecast
from wfm.domain.noun import Noun
from wfm.domain.quantity import parse_share
from wfm.domain.requirement import Requirement
from wfm.staffing.arrays import Integers
from wfm.staffing.changing import require_changing
from wfm.staffing.require import fitting_model, require
from wfm.staffing.uncertain import require_uncertain

_WORDS = ("mean", "band")


def _word_or_share(value: object) -> object:
    if value in _WORDS:
        return value
    try:
        share = parse_share(value)
    except ValueError:
        share = None
    if not isinstance(share, float) or not 0 < share < 1:
        raise ValueError(f"expected mean, band, or the share of days to be sure of such as 80%, came {str(value)[:80]}")
    return share


Volume = Annotated[Literal["mean", "band"] | float, BeforeValidator(_word_or_share, json_schema_input_type=float | str)]
"""``mean``, ``band``, or a share of days written ``80%``."""


class Staffing(Noun):
    """What requirements of live channels are made for; deferred work is always planned for its expected volume.

    ``volume``: ``mean``, the expected volume; ``band``, so that the service level is met on average over the forecast's distribution;
    or a share such as 80%, so that all targets are met on that share of days. ``carry_over``: for voice, whether an interval also
    serves what the intervals before leave behind.
    """

    volume: Volume = Field(default="mean", description="mean, band, or the share of days to be sure of, such as 80%")
    carry_over: bool = Field(default=False, description="voice: count what the interval before leaves behind")

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if self.carry_over and self.volume != "mean":
            raise ValueError(f"expected volume: mean beside carry_over: true, came volume: {self.volume}")
        return self

    def require(self, forecast: Forecast, channel: Channel, shrinkage: float = 0.0) -> Requirement:
        """The requirement of a channel; raises as the three functions of the room that it chooses from."""
        if channel.kind == "deferred" or self.volume == "mean":
            changing = self.carry_over and channel.kind == "voice"
            return (require_changing if changing else require)(forecast, channel, shrinkage=shrinkage)
        confidence = None if self.volume == "band" else float(self.volume)
        return require_uncertain(forecast, channel, confidence=confidence, shrinkage=shrinkage)

    def least(self, forecast: Forecast, channel: Channel) -> Integers:
        """About the net agents of the requirement, shape (count,); what intervals leave behind takes long to tell and is passed over."""
        if channel.kind != "deferred" and self.volume != "mean":
            return self.require(forecast, channel).nets()
        model = fitting_model(channel)
        return model.smallest(model.demand(forecast), channel.held_to)


EXPECTED = Staffing()
"""For the expected volume, each interval on its own."""
