"""The parent of every noun: frozen, closed to unknown words, validated once at birth, JSON both ways."""

from __future__ import annotations

import hashlib
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, StringConstraints


class Noun(BaseModel):
    """A frozen value object, equal by value; ``varied`` makes a changed copy that has been validated again."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    def digest(self) -> str:
        """SHA-256 (64 hexadecimal digits) of the noun's JSON: two nouns are equal exactly when their digests are."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()

    def varied(self, **changes: object) -> Self:
        """A copy with some fields changed, validated again (``model_copy`` alone would not)."""
        return type(self).model_validate({**{name: getattr(self, name) for name in type(self).model_fields}, **changes})


Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.\-]*$", max_length=80)]
"""A word that other nouns refer to: letters, digits, dot, hyphen, underscore; at most 80 characters."""
