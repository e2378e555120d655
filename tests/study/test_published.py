"""A published version is sealed, numbered, and says which one it follows."""

from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from tests.report.tiny_plan import roster
from wfm.study import Published

NOW = datetime(2026, 10, 1, 9, tzinfo=UTC)


def test_versions_follow_each_other() -> None:
    first = Published.of("tiny", "0" * 64, roster(), NOW, "Ada")
    second = Published.of("tiny", "0" * 64, roster(), NOW, "Ben", "after Berta called in sick", first)
    assert (first.number, first.follows) == (1, None)
    assert (second.number, second.follows) == (2, first.seal)
    assert Published.model_validate_json(second.model_dump_json()) == second


@pytest.mark.parametrize("change", [{"by": "Ben"}, {"note": "x"}, {"roster": roster().varied(assignments=())}])
def test_a_version_that_was_changed_is_refused(change: dict[str, object]) -> None:
    first = Published.of("tiny", "0" * 64, roster(), NOW, "Ada")
    with pytest.raises(ValidationError, match="changed afterwards"):
        Published.model_validate_json(first.model_copy(update=change).model_dump_json())


def test_the_first_version_follows_none() -> None:
    first = Published.of("tiny", "0" * 64, roster(), NOW, "Ada")
    with pytest.raises(ValidationError, match="version 1"):
        first.varied(follows="0" * 64, seal="")
