"""The parent of every noun: frozen, closed to unknown words, validated once at birth, JSON both ways."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, StringConstraints


class Noun(BaseModel):  # noqa: PLW1641 - pydantic gives frozen models their __hash__
    """A frozen value object, equal by value; ``varied`` makes a changed copy that has been validated again."""

    # Deferred: a noun that a command never meets costs its start next to nothing.
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, defer_build=True)

    def __eq__(self, other: object) -> bool:
        """Whether type and fields are equal; what a noun has worked out and kept (cached properties) does not count."""
        return type(self) is type(other) and all(
            getattr(self, name) == getattr(other, name) for name in type(self).model_fields
        )

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy with some fields changed and not validated; it forgets what the original has worked out and kept."""
        copied = super().model_copy(update=update, deep=deep)
        for kept in copied.__dict__.keys() - type(self).model_fields.keys():
            del copied.__dict__[kept]
        return copied

    def digest(self) -> str:
        """SHA-256 (64 hexadecimal digits) of the noun's JSON: two nouns are equal exactly when their digests are."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()

    def varied(self, **changes: object) -> Self:
        """A copy with some fields changed, validated again (``model_copy`` alone would not)."""
        return type(self).model_validate({**{name: getattr(self, name) for name in type(self).model_fields}, **changes})


Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.\-]*$", max_length=80)]
"""A word that other nouns refer to: letters, digits, dot, hyphen, underscore; at most 80 characters."""
