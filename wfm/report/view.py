"""What a view is: one way to put a plan on paper, on the screen or into a file."""

from __future__ import annotations

from typing import ClassVar, Protocol

from wfm.study import Plan


class View(Protocol):
    """Turns a plan into files, by name; the same plan gives the same bytes, and no clock, place or setting is looked at.

    ``kind`` is the word by which a planner asks for it, ``media_type`` that of its files (RFC 6838).
    """

    kind: ClassVar[str]
    media_type: ClassVar[str]

    def render(self, plan: Plan) -> dict[str, bytes]:
        """The files of this view, each under a plain name: one for most, one an agent for calendars."""
        ...
