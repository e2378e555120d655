"""Levels as a planner writes them: where their contacts come from, what they take, and who answers them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Self

from pydantic import Field, model_validator

from wfm.domain import Escalation, External, Level, Name
from wfm.domain.quantity import Share
from wfm.study.served_sheet import ServedSheet
from wfm.study.written import Duration


class LevelSheet(ServedSheet):
    """A channel whose contacts come from those of others; or, with ``external``, a supplier for whom nobody is rostered."""

    sources: Name | tuple[Name, ...] | dict[Name, Share] = Field(
        alias="from",
        description="channels or levels whose contacts go on here; with the share of each, or one escalation for all",
        examples=["second", ["phone", "chat"], {"phone": "15%", "chat": "10%"}],
    )
    escalation: Share | None = Field(default=None, description="share of handled contacts that go on here")
    handle: Duration | None = Field(default=None, gt=0, description="handle time here, such as 18m")
    consult: bool = Field(default=False, description="joined while the agent below goes on, not afterwards")
    external: bool = Field(default=False, description="a supplier answers; nobody is rostered")
    responds_in: Duration | None = Field(
        default=None, description="a supplier's answer on the clock of its hours, such as 2d"
    )

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if isinstance(self.sources, dict) != (self.escalation is None):
            came = "neither" if self.escalation is None else "both"
            raise ValueError(f"expected an escalation, or a share for each channel under from, came {came}")
        if self.external != (self.responds_in is not None):
            raise ValueError(
                f"expected external: true together with responds_in, came {'external' if self.external else 'responds_in'} alone"
            )
        if self.external != (self.handle is None):
            came = "both" if self.external else "neither"
            raise ValueError(f"expected a handle time, or external: true for a supplier, came {came}")
        return self

    def escalations(self) -> Iterator[tuple[str, float]]:
        """Each source with its share."""
        if isinstance(self.sources, dict):
            yield from self.sources.items()
        else:
            names = (self.sources,) if isinstance(self.sources, str) else self.sources
            yield from ((name, self.escalation or 0.0) for name in names)

    def noun(self, name: str) -> Level:
        """The level of the sheet's row."""
        supplier = None
        if self.responds_in is not None:
            supplier = External(responds_seconds=self.responds_in, opening=self.open)
        return Level(
            name=name,
            sources=tuple(Escalation(source=source, share=share) for source, share in self.escalations()),
            aht_seconds=self.handle or 0.0,
            consult=self.consult,
            external=supplier,
        )
