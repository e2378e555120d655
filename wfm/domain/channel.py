"""A channel: one stream of contacts with its own nature, hours and promises."""

from __future__ import annotations

from typing import Annotated, Literal, Self, TypeVar

from pydantic import Field, model_validator

from wfm.domain.noun import Name, Noun
from wfm.domain.opening import Opening
from wfm.domain.quantity import Seconds, Share
from wfm.domain.target import (
    DEFERRED_DEFAULT,
    LIVE_DEFAULT,
    Abandonment,
    AverageWait,
    Occupancy,
    ServiceLevel,
    Target,
    Turnaround,
)

ChannelKind = Literal["voice", "chat", "deferred"]
"""voice: one live contact an agent; chat: several live contacts an agent; deferred: work with a deadline (e-mail, tickets)."""
HANDLE_CV = 1.2
"""Coefficient of variation of single handle times, as measured on a bank's calls (Brown et al. 2005, section 4)."""
_Kind = TypeVar("_Kind", ServiceLevel, AverageWait, Abandonment, Occupancy, Turnaround)


class Channel(Noun):
    """One stream of contacts.

    ``skill`` is what an agent must hold to serve it (the channel's own name where left out); ``worth`` weighs one
    contact served inside its target against those of other channels; ``patience_seconds`` is the mean patience,
    None where nobody abandons. An agent holds up to ``concurrency`` chats; with m of them each goes at 1 / (1 + slowdown (m - 1)) of the
    speed of one held alone, and handle times are then those of a chat held alone. An ``exclusive`` contact (remote control, a visit)
    blocks its agent for chats: while one waits, who could take it takes no further chat, and while it lasts none.
    """

    name: Name
    kind: ChannelKind = "voice"
    skill: Name = ""
    concurrency: int = Field(default=1, ge=1, le=20)
    slowdown: Share = 0.0
    exclusive: bool = False
    patience_seconds: Annotated[Seconds, Field(gt=0)] | None = None
    opening: Opening = Field(default_factory=Opening.always)
    targets: tuple[Target, ...] = ()
    worth: float = Field(default=1.0, gt=0)

    @model_validator(mode="before")
    @classmethod
    def _default_skill(cls, fields: object) -> object:
        if isinstance(fields, dict) and not fields.get("skill"):
            return {**fields, "skill": fields.get("name")}
        return fields

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.kind != "chat" and self.concurrency != 1:
            raise ValueError(
                f"expected concurrency 1 for a {self.kind} channel, came {self.concurrency}; use kind chat"
            )
        if self.slowdown > 0 and self.concurrency == 1:
            raise ValueError("expected chats several at a time where there is a slowdown, came concurrency 1")
        if self.exclusive and self.kind != "voice":
            raise ValueError(f"expected an exclusive channel of kind voice, came {self.kind}")
        kinds = [target.kind for target in self.targets]
        if len(set(kinds)) < len(kinds):
            raise ValueError(f"expected each kind of target once, came {', '.join(kinds)}")
        live_only = {"service_level", "average_wait", "abandonment"}
        wrong = sorted(live_only & set(kinds) if self.kind == "deferred" else {"turnaround"} & set(kinds))
        if wrong:
            raise ValueError(f"a {self.kind} channel cannot have the target {wrong[0]}")
        return self

    def target(self, kind: type[_Kind]) -> _Kind | None:
        """The channel's target of one kind, or None."""
        return next((target for target in self.targets if isinstance(target, kind)), None)

    @property
    def service_level(self) -> ServiceLevel:
        """The service level that says which contacts of a live channel count as inside target: its own, or 80 % in 20 s."""
        return self.target(ServiceLevel) or LIVE_DEFAULT

    @property
    def turnaround(self) -> Turnaround:
        """The turnaround over which the work of a deferred channel may be spread: its own, or 90 % in four business hours."""
        return self.target(Turnaround) or DEFERRED_DEFAULT

    @property
    def held_to(self) -> tuple[Target, ...]:
        """The targets that staffing meets: its own, or the default of its kind where it has none."""
        return self.targets or (self.turnaround if self.kind == "deferred" else self.service_level,)
