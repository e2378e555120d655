"""Levels: channels whose contacts come from the contacts of other channels, and the order in which they can be told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Self

from pydantic import Field, model_validator

from wfm.domain.noun import Name, Noun
from wfm.domain.opening import Opening
from wfm.domain.quantity import Seconds, Share, duration_text, share_text


class Escalation(Noun):
    """The share of a channel's handled contacts that goes on to a level, each independently."""

    source: Name
    share: Share

    def __str__(self) -> str:
        """The escalation as ``15% of phone``."""
        return f"{share_text(self.share)} of {self.source}"


class External(Noun):
    """A supplier: nobody is rostered there, but it answers so long after on the clock of its own hours."""

    responds_seconds: Seconds
    opening: Opening = Field(default_factory=Opening.always)

    def __str__(self) -> str:
        """The promise as ``answers in 2d of 24x7``."""
        return f"answers in {duration_text(self.responds_seconds)} of {self.opening}"


class Level(Noun):
    """Where contacts of other channels go on, with a handle time of its own; unless external it is served as the channel of its name.

    They come when the source has finished with them. A ``consult`` comes while the source's agent goes on: who joins works here,
    and the source's agent stays busy there, in the handle time that was measured there.
    """

    name: Name
    sources: Annotated[tuple[Escalation, ...], Field(min_length=1)]
    aht_seconds: Seconds = 0.0
    consult: bool = False
    external: External | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if (self.external is None) != (self.aht_seconds > 0):
            told = "no handle time" if self.aht_seconds == 0 else "a handle time and an external supplier"
            raise ValueError(
                f"expected either a handle time or an external supplier for the level {self.name}, came {told}"
            )
        if self.consult and self.external is not None:
            raise ValueError(f"expected a consult to be joined by our own people, came the external level {self.name}")
        sources = [row.source for row in self.sources]
        if len(set(sources)) < len(sources):
            raise ValueError(f"expected each source of the level {self.name} once, came {', '.join(sources)}")
        return self

    @property
    def words(self) -> str:
        """Where its contacts come from, in words."""
        how = "while they are handled" if self.consult else "once they are handled"
        return f"{' and '.join(map(str, self.sources))}, {how}"


def in_order(levels: Sequence[Level]) -> tuple[Level, ...]:
    """The levels with every source before what it feeds; ValueError where levels go round in a circle."""
    told: dict[str, Level] = {}
    left = {level.name: level for level in levels}
    while left:
        free = [name for name, level in left.items() if not any(row.source in left for row in level.sources)]
        if not free:
            raise ValueError(f"expected levels that lead upwards, came the circle {' -> '.join(_circle(left))}")
        told |= {name: left.pop(name) for name in free}
    return tuple(told.values())


def _circle(left: dict[str, Level]) -> list[str]:
    """The names round one circle, the first once more at the end, in the direction in which contacts go."""
    path = [next(iter(left))]
    while path.count(path[-1]) < 2:
        path.append(next(row.source for row in left[path[-1]].sources if row.source in left))
    return path[path.index(path[-1]) :][::-1]
