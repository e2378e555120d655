"""Curtois-Qu text: every section becomes people, shifts and rules, and whatever cannot be read is told with its line."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from wfm.domain import InputError, Instance, TimeOff, Wish
from wfm.importers.instances.curtois import Curtois

Read = Callable[[str], Instance]
TEXT = """# all instances start on a Monday
SECTION_HORIZON
14
SECTION_SHIFTS
E,480,
N,600,E

SECTION_STAFF
A,E=14|N=2,4320,3360,5,2,1,1
B,E=14,4320,3360,14,1,2,1
C,E=14|N=2,4320,3360,5,2,1,1
SECTION_DAYS_OFF
A,4,0,3,
SECTION_SHIFT_ON_REQUESTS
A,2,E,2
A,5,E,0
SECTION_SHIFT_OFF_REQUESTS
B,8,N,3
SECTION_COVER
0,E,1,100,1
"""


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def of(text: str) -> Instance:
        path = tmp_path / "Instance 1.txt"
        path.write_text(text)
        return Curtois().read(path)

    return of


def rules(instance: Instance, kind: str) -> list[dict[str, object]]:
    return [
        {key: value for key, value in rule.items() if key != "kind"} for rule in instance.rules if rule["kind"] == kind
    ]


def test_every_section_is_read(read: Read) -> None:
    instance = read(TEXT)
    assert (instance.name, instance.grid.dates[0], len(instance.grid.dates)) == ("instance-1", date(2024, 1, 1), 14)
    assert [(template.name, template.starts, template.minutes) for template in instance.templates] == [
        ("E", (0,), 480),
        ("N", (0,), 600),
    ]
    assert [(agent.id, agent.contract) for agent in instance.workforce.agents] == [
        ("A", "c1"),
        ("B", "c2"),
        ("C", "c1"),
    ]
    assert instance.workforce.time_off == (
        TimeOff(agent="A", first=date(2024, 1, 1), last=date(2024, 1, 1)),
        TimeOff(agent="A", first=date(2024, 1, 4), last=date(2024, 1, 5)),
    )
    assert instance.workforce.wishes == (
        Wish(agent="A", date=date(2024, 1, 3), want="E", points=2),
        Wish(agent="B", date=date(2024, 1, 9), want="N", points=3, avoid=True),
    )
    row = {"date": "2024-01-01", "shift": "E", "heads": 1, "under": 100, "over": 1}
    assert rules(instance, "shift_cover") == [{"price": 1, "rows": [row]}]


def test_limits_hold_for_those_whose_they_are_and_none_that_nobody_can_break(read: Read) -> None:
    instance = read(TEXT)
    first, second = {"contract": ["c1"]}, {"contract": ["c2"]}
    assert rules(instance, "forbidden_successions") == [{"pairs": ["N -> E"]}]
    assert rules(instance, "period_minutes") == [{"at_least": "3360m", "at_most": "4320m"}]
    assert rules(instance, "max_consecutive_days") == [{"days": 5, "only": first}]
    assert rules(instance, "min_consecutive_days") == [{"days": 2, "open_start": True, "only": first}]
    assert rules(instance, "min_consecutive_days_off") == [{"days": 2, "open_start": True, "only": second}]
    assert rules(instance, "period_shifts") == [{"shifts": ["N"], "at_most": 2, "only": first}]


@pytest.mark.parametrize(
    ("right", "wrong", "line", "expected"),
    [
        ("# all", "14\n# all", 1, "the heading of a section first"),
        ("SECTION_COVER", "SECTION_COVERS", 19, "a new section of"),
        ("SECTION_DAYS_OFF", "SECTION_STAFF", 12, "a new section of"),
        ("\n14\n", "\n0\n", 3, "a whole number from 1 to 1830"),
        ("N,600,E", "N,600,D", 6, "one of E, N"),
        ("N,600,E", "E,600,", 6, "every name once"),
        ("N,600,E", "off,600,", 6, "a name other than off"),
        ("B,E=14,", "B B,E=14,", 10, "a name of letters"),
        ("B,E=14,", "B,E14,", 10, "a shift and the most of it"),
        ("A,4,0", "A,14,0", 13, "a whole number from 0 to 13"),
        ("A,2,E,2", "A,2,E", 15, "4 values between commas: EmployeeID, day, ShiftID, weight"),
        ("B,8,N,3", "D,8,N,3", 18, "one of A, B, C"),
        ("B,8,N,3", "B,8,N,101", 18, "a whole number from 0 to 100"),
        ("0,E,1,100,1", "0,E,-1,100,1", 20, "a whole number from 0 to 1000"),
        ("0,E,1,100,1", "0,E,1,100,1\n0,E,2,100,1", 21, "every day and shift once"),
        ("0,E,1,100,1", "0,E,1,100,9999999", 20, "a whole number from 0 to 100000"),
        ("B,E=14,4320,3360,14", "B,E=14,4320,3360,0", 10, "a whole number of at least 1"),
        ("B,E=14,4320,3360,14,1", "B,E=14,4320,3360,14,29", 10, "a whole number from 0 to 28"),
        ("B,E=14,4320,3360", "B,E=14,3360,4320", 10, "at most the MaxTotalMinutes of 3360"),
    ],
)
def test_a_fault_tells_its_line_and_what_was_expected(
    read: Read, right: str, wrong: str, line: int, expected: str
) -> None:
    with pytest.raises(InputError) as caught:
        read(TEXT.replace(right, wrong, 1))
    fault = caught.value.faults[0]
    assert (fault.file, fault.line) == ("Instance 1.txt", line)
    assert fault.expected.startswith(expected)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("\n14\n", "\nfourteen\n"), ("A,E=14|N=2", "A A,E=14|N=2"), ("E,480", "E E,480"), ("# all", "{} all")],
)
def test_nothing_is_told_of_what_only_follows_from_a_fault(read: Read, right: str, wrong: str) -> None:
    with pytest.raises(InputError) as caught:
        read(TEXT.replace(right, wrong, 1))
    assert len(caught.value.faults) == 1


def test_headings_may_be_written_in_small_letters(read: Read) -> None:
    assert read(TEXT.replace("SECTION_STAFF", "section_staff")) == read(TEXT)


def test_all_faults_are_told_at_once_and_missing_sections_too(read: Read) -> None:
    with pytest.raises(InputError) as caught:
        read(TEXT.replace("0,E,1,", "0,L,1,").replace("A,2,E", "A,99,E"))
    assert len(caught.value.faults) == 2
    for section in ("SECTION_STAFF", "SECTION_COVER"):
        with pytest.raises(InputError, match=f"rows in {section}"):
            read(TEXT[: TEXT.index(section)])
