"""Errors: they say what was expected, what came, where, and what to do."""

import pytest

from wfm.domain import Fault, InputError, NoRosterInTime, NotFound, Refused, RulesConflict, WfmError


@pytest.mark.parametrize(
    ("fault", "text"),
    [
        (
            Fault("a number", "'x'", "Fix it.", "a.csv", 3, "calls"),
            "a.csv:3: calls: expected a number, came 'x'. Fix it.",
        ),
        (Fault("a number", "'x'", file="a.csv", line=3), "a.csv:3: expected a number, came 'x'."),
        (Fault("a number", "'x'", column="calls"), "calls: expected a number, came 'x'."),
        (Fault("a number", "'x'"), "expected a number, came 'x'."),
    ],
)
def test_a_fault_says_its_place_as_far_as_it_is_known(fault: Fault, text: str) -> None:
    assert str(fault) == text


def test_an_input_error_tells_all_its_faults() -> None:
    faults = [Fault("a number", "'x'", line=line) for line in (1, 2)]
    error = InputError(faults)
    assert error.faults == tuple(faults)
    assert str(error).count("expected a number") == 2


def test_a_conflict_lists_its_rules() -> None:
    error = RulesConflict(["min_rest of A1", "coverage on Monday"])
    assert error.conflict == ("min_rest of A1", "coverage on Monday")
    assert "  - coverage on Monday" in str(error)


@pytest.mark.parametrize("kind", [InputError, RulesConflict, NoRosterInTime, NotFound, Refused])
def test_every_error_on_purpose_is_one_of_ours(kind: type[Exception]) -> None:
    assert issubclass(kind, WfmError)
