import pytest

from wfm.domain import Fault, InputError, NoRosterInTime, NotFound, Refused, RulesConflict, WfmError
from wfm.store import Problem, QueueFull


@pytest.mark.parametrize(
    ("error", "word"),
    [
        (InputError([Fault("a", "b")]), "invalid-input"),
        (RulesConflict(["rest against cover"]), "rules-conflict"),
        (NoRosterInTime("too late"), "no-roster-in-time"),
        (NotFound("no such"), "not-found"),
        (Refused("no"), "refused"),
        (QueueFull("full"), "refused"),
        (WfmError("other"), "error"),
    ],
)
def test_every_error_is_a_problem_of_its_own_type(error: WfmError, word: str) -> None:
    problem = Problem.of(error)
    assert problem.type == f"urn:wfm:problem:{word}"
    assert problem.detail == str(error)


def test_every_fault_is_listed_with_its_place() -> None:
    fault = Fault("a number", "x", "Write a number.", "history.csv", 3, "offered")
    lines = Problem.of(InputError([fault, Fault("this", "that")])).errors
    assert [line.detail for line in lines] == [str(fault), "expected this, came that."]
    assert (lines[0].file, lines[0].line, lines[0].column, lines[0].fix) == (
        "history.csv",
        3,
        "offered",
        "Write a number.",
    )


def test_every_conflict_is_listed() -> None:
    assert [line.detail for line in Problem.of(RulesConflict(["a", "b"])).errors] == ["a", "b"]
