"""A published version is sealed, numbered, and says which one it follows."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import ValidationError

from tests.report.tiny_plan import roster
from wfm.domain import Breach, InputError, Refused
from wfm.study import Published
from wfm.study.published import read_published, refuse_broken

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


def test_a_roster_that_breaks_the_rules_is_published_only_anyway() -> None:
    row = Breach(rule="min_rest:12h", kind="min_rest", amount=30, unit="minutes", words="B1 rests 11h30m")
    with pytest.raises(Refused, match=r"1 breach of forbidden rules, such as min_rest:12h: B1 rests 11h30m\. Mend it"):
        refuse_broken([row])
    refuse_broken([row.varied(price=1.0)])


def test_a_file_whose_seal_was_taken_out_is_refused(tmp_path: Path) -> None:
    first = Published.of("tiny", "0" * 64, roster(), NOW, "Ada")
    (tmp_path / "v1.json").write_text(first.model_copy(update={"by": "Ben", "seal": ""}).model_dump_json())
    with pytest.raises(InputError, match="without its seal"):
        read_published(tmp_path / "v1.json")


def test_a_version_follows_none_of_another_scenario() -> None:
    other = Published.of("other", "0" * 64, roster(), NOW, "Ada")
    with pytest.raises(Refused, match="other"):
        Published.of("tiny", "0" * 64, roster(), NOW, "Ada", after=other)
