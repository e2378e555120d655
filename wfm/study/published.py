"""A published roster: an immutable version that says what it was built on, when, by whom, and which version it follows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, ValidationError, model_validator

from wfm.domain import Breach, Fault, InputError, Instant, Name, Noun, Refused, Roster
from wfm.domain.quantity import count_text


class Published(Noun):
    """One version of a roster as agents were told it, sealed: ``seal`` is the digest of all the rest, and one that was changed is refused.

    ``number`` counts the versions from 1; ``follows`` is the seal of the version before. ``scenario_digest`` names exactly what the
    roster is for, so that one built on another forecast is recognised.
    """

    scenario: Name
    scenario_digest: str
    number: Annotated[int, Field(ge=1)] = 1
    follows: str | None = None
    published_at: Instant
    by: str
    note: str = ""
    roster: Roster
    seal: str = ""

    @model_validator(mode="after")
    def _unchanged(self) -> Self:
        if (self.number == 1) != (self.follows is None):
            raise ValueError(
                f"expected version 1 to follow none and any other one, came {self.number} after {self.follows}"
            )
        if self.seal and self.seal != self._sealed():
            raise ValueError("expected a version as it was published, came one that was changed afterwards")
        return self

    def _sealed(self) -> str:
        return self.model_copy(update={"seal": ""}).digest()

    @classmethod
    def of(
        cls,
        scenario: Name,
        scenario_digest: str,
        roster: Roster,
        at: datetime,
        by: str,
        note: str = "",
        after: Self | None = None,
    ) -> Self:
        """The next version after another one, or the first; raises Refused where that one is of another scenario."""
        if after is not None and after.scenario != scenario:
            raise Refused(
                f"A version of {scenario} cannot follow one of {after.scenario}. Name the version that it follows."
            )
        bare = cls(
            scenario=scenario,
            scenario_digest=scenario_digest,
            number=1 if after is None else after.number + 1,
            follows=None if after is None else after.seal,
            published_at=at,
            by=by,
            note=note,
            roster=roster,
        )
        return bare.model_copy(update={"seal": bare.digest()})


def refuse_broken(breaches: Iterable[Breach]) -> None:
    """Raise Refused where a forbidden rule is broken: agents are told no roster that the audit has not passed."""
    broken = [breach for breach in breaches if breach.forbidden]
    if broken:
        raise Refused(
            f"The roster has {count_text(len(broken), 'breach', 'breaches')} of forbidden rules, such as {broken[0].rule}: "
            f"{broken[0].words}. Mend it, or say that it is published anyway."
        )


def read_published(file: Path) -> Published:
    """The version in a file; raises InputError where it holds something else, was changed, or has no seal to tell by."""
    try:
        found = Published.model_validate_json(file.read_bytes())
    except ValidationError as error:
        row = error.errors()[0]
        came = f"{row['msg'].removeprefix('Value error, ')} at {'.'.join(map(str, row['loc'])) or 'its start'}"
        raise InputError([Fault("a version as `wfm publish` writes it", came, file=file.name)]) from None
    if not found.seal:
        raise InputError([Fault("a version as `wfm publish` writes it", "one without its seal", file=file.name)])
    return found
