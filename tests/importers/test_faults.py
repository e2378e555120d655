"""Faults: gathered to the end, placed by column, counted beyond a hundred."""

import pytest

from wfm.domain import Channel, InputError, Opening
from wfm.importers.faults import Faults


def test_nothing_wrong_raises_nothing() -> None:
    Faults("a.csv").raise_any()


@pytest.mark.parametrize(("count", "told"), [(1, 1), (100, 100), (101, 101), (5_000, 101)])
def test_a_hundred_faults_are_told_and_the_rest_counted(count: int, told: int) -> None:
    faults = Faults("a.csv")
    for line in range(count):
        faults.add("a number", "'x'", line=line)
    with pytest.raises(InputError) as caught:
        faults.raise_any()
    assert len(faults) == count
    assert len(caught.value.faults) == told
    assert (f"and {count - 100} more" in str(caught.value)) == (count > 100)


def test_a_refused_noun_becomes_a_fault_in_the_column_of_its_field() -> None:
    faults = Faults("a.csv")
    made = faults.attempt(
        lambda: Channel(name="web chat", skill="chat", concurrency=50), line=7, columns={"name": "Cola"}
    )
    assert made is None
    with pytest.raises(InputError) as caught:
        faults.raise_any()
    assert [(fault.line, fault.column) for fault in caught.value.faults] == [(7, "Cola"), (7, "concurrency")]
    assert str(caught.value).startswith("a.csv:7: Cola: expected a name of letters, digits")


def test_a_refused_text_becomes_a_fault_in_the_given_column() -> None:
    faults = Faults("a.csv")
    assert faults.attempt(lambda: Opening.from_text("daily"), line=2, columns={"": "hours"}) is None
    assert faults.attempt(lambda: Opening.from_text("24x7")) == Opening.always()
    with pytest.raises(InputError, match=r"a.csv:2: hours: expected hours such as mon-fri 08:00-20:00, came 'daily'"):
        faults.raise_any()


def test_stopping_tells_what_came_before_too() -> None:
    faults = Faults("a.csv")
    faults.add("a number", "'x'", line=1)
    with pytest.raises(InputError) as caught:
        faults.stop("more", "less", line=2)
    assert [fault.line for fault in caught.value.faults] == [1, 2]
