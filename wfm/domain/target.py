"""What a channel promises: each target is a noun of its own, so that a definition is never implied."""

from __future__ import annotations

import re
from typing import Annotated, Literal, Self

from pydantic import Field

from wfm.domain.noun import Noun
from wfm.domain.quantity import Seconds, Share, duration_text, parse_seconds, parse_share, share_text

_IN = re.compile(r"(.+?)\s+in\s+(.+)")

Definition = Literal["offered", "answered", "offered_less_short_abandons", "answered_or_abandoned"]
"""What a service level counts over: answered within T / offered; / answered; / (offered - abandoned within T);
or (answered + abandoned within T) / offered."""


class ServiceLevel(Noun):
    """At least ``share`` of the contacts answered within ``within_seconds``, under one stated definition."""

    kind: Literal["service_level"] = "service_level"
    share: Share
    within_seconds: Seconds
    definition: Definition = "offered"

    @classmethod
    def from_text(cls, text: str, definition: Definition = "offered") -> Self:
        """Read ``80% in 20s``; ``80/20`` is accepted as percent over seconds."""
        if re.fullmatch(r"\s*\d+(\.\d+)?\s*/\s*\d+(\.\d+)?\s*", text):
            share, seconds = (part.strip() for part in text.split("/"))
            text = f"{share}% in {seconds}s"
        match = _IN.fullmatch(text.strip())
        if not match:
            raise ValueError(f"expected a service level such as 80% in 20s, came {text!r}")
        return cls.model_validate(
            {"share": parse_share(match[1]), "within_seconds": parse_seconds(match[2]), "definition": definition}
        )

    def __str__(self) -> str:
        """The target as ``80% in 20s``."""
        return f"{share_text(self.share)} in {duration_text(self.within_seconds)}"


class AverageWait(Noun):
    """Mean wait of all offered contacts (average speed of answer) at most ``seconds``."""

    kind: Literal["average_wait"] = "average_wait"
    seconds: Seconds


class Abandonment(Noun):
    """At most ``share`` of the offered contacts abandoned."""

    kind: Literal["abandonment"] = "abandonment"
    share: Share


class Occupancy(Noun):
    """Agents busy at most ``share`` of their time on duty."""

    kind: Literal["occupancy"] = "occupancy"
    share: Annotated[Share, Field(gt=0)]


class Turnaround(Noun):
    """At least ``share`` of deferred contacts finished within ``within_seconds``, counted in business hours where ``business``."""

    kind: Literal["turnaround"] = "turnaround"
    share: Share
    within_seconds: Seconds
    business: bool = True

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Read ``90% in 4h of business`` or ``90% in 24h``."""
        words, business, _ = text.partition(" of business")
        match = _IN.fullmatch(words.strip())
        if not match:
            raise ValueError(f"expected a turnaround such as 90% in 4h of business, came {text!r}")
        return cls.model_validate(
            {"share": parse_share(match[1]), "within_seconds": parse_seconds(match[2]), "business": bool(business)}
        )

    def __str__(self) -> str:
        """The target as ``90% in 4h of business``."""
        return (
            f"{share_text(self.share)} in {duration_text(self.within_seconds)}{' of business' if self.business else ''}"
        )


Target = Annotated[ServiceLevel | AverageWait | Abandonment | Occupancy | Turnaround, Field(discriminator="kind")]

LIVE_DEFAULT = ServiceLevel(share=0.8, within_seconds=20)
"""What a live channel without a service level is held to: the field's customary 80 % in 20 s."""

DEFERRED_DEFAULT = Turnaround(share=0.9, within_seconds=4 * 3600)
"""What a deferred channel without a turnaround is held to: 90 % in four business hours."""
