"""Sessions: training, meetings and coaching that take agents off the queue together."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from wfm.domain.noun import Name, Noun
from wfm.domain.opening import Opening
from wfm.domain.quantity import DAY_MINUTES, Minutes


class Session(Noun):
    """Something that each of ``attendees`` takes part in once, for ``minutes``, inside ``hours`` of the days from ``first`` to ``by``.

    At most ``group_size`` take part at once (None: all together in one sitting). ``trainer`` is the role of whom each sitting needs
    one more, who leads it; ``after`` names the sessions that an attendee must have ended before. Dates left open are the horizon's.
    """

    name: Name
    kind: Literal["training", "meeting", "coaching"] = "training"
    minutes: Annotated[Minutes, Field(gt=0, le=DAY_MINUTES)]
    attendees: Annotated[tuple[Name, ...], Field(min_length=1)]
    group_size: Annotated[int, Field(ge=1)] | None = None
    trainer: Name | None = None
    after: tuple[Name, ...] = ()
    first: date | None = None
    by: date | None = None
    hours: Opening = Field(default_factory=Opening.always)

    @model_validator(mode="after")
    def _sensible(self) -> Self:
        if len(set(self.attendees)) < len(self.attendees):
            raise ValueError(
                f"expected every attendee of the session {self.name} once, came {', '.join(self.attendees)}"
            )
        if self.first and self.by and self.by < self.first:
            raise ValueError(f"expected the session {self.name} due on or after {self.first}, came {self.by}")
        return self


def in_teaching_order(sessions: tuple[Session, ...]) -> tuple[Session, ...]:
    """The sessions with each after those that it builds on; raises ValueError for an unknown one and for a circle."""
    known = {session.name: session for session in sessions}
    done: dict[str, Session] = {}
    for session in sessions:
        _teach(session, known, done, ())
    return tuple(done.values())


def _teach(session: Session, known: dict[str, Session], done: dict[str, Session], path: tuple[str, ...]) -> None:
    if session.name in path:
        raise ValueError(
            f"expected sessions that do not wait for each other, came {' after '.join((*path, session.name))}"
        )
    for name in session.after:
        if name not in known:
            raise ValueError(f"expected what {session.name} comes after to be one of {', '.join(known)}; came {name}")
        _teach(known[name], known, done, (*path, session.name))
    done.setdefault(session.name, session)
