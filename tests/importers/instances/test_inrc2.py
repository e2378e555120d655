"""Nurse rostering instances are read whole or refused with every fault, and a history becomes days on which it is true."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.importers.instances.ward import history, scenario, week, write, write_solution
from wfm.domain import InputError, Instance
from wfm.importers.instances import INSTANCE_FORMATS
from wfm.importers.instances.inrc2 import Inrc2

MONDAY = date(2024, 1, 1)


def before(instance: Instance, nurse: str) -> dict[int, str]:
    """Return the shifts of a nurse before the first day, by days ago."""
    return {(MONDAY - row.shift.day).days: row.shift.template for row in instance.before if row.agent == nurse}


def test_the_format_is_listed() -> None:
    assert [row.kind for row in INSTANCE_FORMATS] == sorted(row.kind for row in INSTANCE_FORMATS)
    assert Inrc2() in INSTANCE_FORMATS


def test_nurses_shifts_with_skills_and_requests_are_read(tmp_path: Path) -> None:
    second = week(requests=["ben Any Sun", "ann Late Mon"])
    instance = Inrc2().read(write(tmp_path, scenario(weeks=2), history(), week(), second))
    assert instance.name == "tiny_0_0-1"
    assert instance.grid.dates == tuple(MONDAY + timedelta(days=day) for day in range(14))
    assert [row.name for row in instance.templates] == [
        "Early.HeadNurse",
        "Early.Nurse",
        "Late.HeadNurse",
        "Late.Nurse",
    ]
    assert [(row.id, row.contract, row.skills) for row in instance.workforce.agents] == [
        ("ann", "Full", ("HeadNurse", "Nurse")),
        ("ben", "Free", ("Nurse",)),
        ("cas", "Free", ("Nurse",)),
    ]
    assert [(row.agent, row.date, row.want, row.avoid) for row in instance.workforce.wishes] == [
        ("ben", MONDAY + timedelta(days=13), "off", False),
        ("ann", MONDAY + timedelta(days=7), "Late.HeadNurse", True),
        ("ann", MONDAY + timedelta(days=7), "Late.Nurse", True),
    ]


def test_a_history_becomes_days_on_which_it_is_true(tmp_path: Path) -> None:
    past = history(ann="3 1 Late 2 3 0", ben="0 0 None 0 0 2")
    instance = Inrc2().read(write(tmp_path, scenario(), past, week()))
    assert before(instance, "ann") == {1: "Late.HeadNurse", 2: "Late.HeadNurse", 3: "Early.HeadNurse"}
    assert before(instance, "ben") == {3: "Early.Nurse"}
    assert before(instance, "cas") == {}


def test_what_is_worked_already_leaves_less_of_the_totals(tmp_path: Path) -> None:
    terms, past = (
        scenario(weeks=2, contract="(3,9) (1,99) (1,99) 2 0"),
        history(1, ann="2 1 None 0 0 1", ben="5 3 None 0 0 1"),
    )
    instance = Inrc2().read(write(tmp_path, terms, past, week()))
    totals = [(row["only"], row["at_least"], row["at_most"]) for row in instance.rules if "at_least" in row]
    weekends = [(row["only"], row["at_most"]) for row in instance.rules if row["kind"] == "max_weekends"]
    full, ben, cas = {"contract": "Full"}, {"agents": ["ben"]}, {"agents": ["cas"]}
    assert totals == [(full, 1, 7), (ben, 0, 94), (cas, 0, 99)]
    assert weekends == [(full, 1), (ben, 96), (cas, 99)]


def test_a_limit_that_no_roster_reaches_is_no_rule(tmp_path: Path) -> None:
    instance = Inrc2().read(
        write(tmp_path, scenario(early="(1,7)", late="(1,7)"), history(ben="4 1 Late 4 4 0"), week())
    )
    runs = [
        (row["shifts"], row.get("only"))
        for row in instance.rules
        if row["kind"] == "max_consecutive_days" and "shifts" in row
    ]
    assert runs == [(["Late.HeadNurse", "Late.Nurse"], {"agents": ["ben"]})]


FAULTS = {
    "Sc-tiny.txt": [
        ("WEEKS = 1", "WEEKS = some", ":3: WEEKS: expected a number of weeks, came 'some'"),
        ("WEEKS = 1", "WEEK = 1", "expected a section WEEKS, came none"),
        ("SKILLS = 2", "SKILLS = 3", ":5: expected 3 rows in SKILLS, came 2"),
        ("Late (1,99)", "Late (9,3)", ":11: most in a row: expected a whole number from 9 to 366, came '3'"),
        ("Late 0", "Late 1 Dawn", ":15: number and successors...: expected one of Early, Late, came 'Dawn'"),
        ("Late 0", "Late 2 Early", ":15: number and successors...: expected 2 names after it, came 1"),
        ("Full (0,99) (1,99) (1,99) 99 0", "Full (0,99) (1,99) 99 0", ":18: expected 9 values"),
        ("ben Free", "ben Half", ":23: contract: expected one of Full, Free, came 'Half'"),
        ("ben Free 1 Nurse", "ben Free 0", ":23: number and skills...: expected a whole number of at least 1"),
        ("cas Free", "ben Free", ":24: nurse: expected every name once, came 'ben'"),
    ],
    "H0-tiny-0.txt": [
        ("cas 0 0", "ben 0 0", ":7: nurse: expected every name once, came 'ben'"),
        ("0 tiny", "0 tony", ":2: scenario: expected the scenario tiny, came 'tony'"),
        ("0 tiny", "1 tiny", ":2: week: expected a whole number from 0 to 0, came '1'"),
        ("ben 0 0 None 0 0 0", "", ": expected a row of ben in NURSE_HISTORY, came none"),
        ("ben 0 0 None 0 0 0", "ben 0 0 Late 3 2 0", "expected a run of the last shift within a run of days of work"),
        ("ben 0 0 None 0 0 0", "ben 0 0 None 1 1 0", "expected a run of the last shift within a run of days of work"),
        (
            "ben 0 0 None 0 0 0",
            "ben 100 0 None 0 0 0",
            ":6: assignments: expected a whole number from 0 to 99, came '100'",
        ),
    ],
    "WD-tiny-0.txt": [
        ("Late HeadNurse", "Late Nurse", ":7: skill: expected every shift type and skill once"),
        ("Late Nurse (0,0)", "Late Nurse (2,1)", ":8: optimum of Mon: expected a whole number from 2 to 366, came '1'"),
        ("Late Nurse", "Late Sister", ":8: skill: expected one of HeadNurse, Nurse, came 'Sister'"),
        ("cas Any Tue", "cas Any Day", ":11: day: expected one of Mon, Tue, Wed, Thu, Fri, Sat, Sun, came 'Day'"),
        ("cas Any Tue", "dan Any Tue", ":11: nurse: expected one of ann, ben, cas, came 'dan'"),
    ],
}
"""For each file: a text in it, what stands there instead, and what is then told after its name."""


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"), [(file, *row) for file, rows in FAULTS.items() for row in rows]
)
def test_a_fault_tells_its_file_line_and_column(tmp_path: Path, file: str, old: str, new: str, fault: str) -> None:
    path = write(tmp_path, scenario(), history(), week(requests=["cas Any Tue"]))
    text = (tmp_path / file).read_text()
    assert text.count(old) == 1
    (tmp_path / file).write_text(text.replace(old, new))
    with pytest.raises(InputError) as refused:
        Inrc2().read(path)
    assert fault in str(refused.value)
    assert all(row.file == file for row in refused.value.faults)


def test_the_faults_of_all_weeks_are_told_at_once(tmp_path: Path) -> None:
    wrong = [week(requests=["dan Any Tue"]), week(requests=["eve Any Tue", "ann Noon Tue"])]
    with pytest.raises(InputError) as refused:
        Inrc2().read(write(tmp_path, scenario(weeks=2), history(), *wrong))
    assert [(row.file, row.came) for row in refused.value.faults] == [
        ("WD-tiny-0.txt", "'dan'"),
        ("WD-tiny-1.txt", "'eve'"),
        ("WD-tiny-1.txt", "'Noon'"),
    ]


def test_a_path_names_history_and_weeks(tmp_path: Path) -> None:
    write(tmp_path, scenario(), history(), week())
    with pytest.raises(
        InputError, match="expected a name of scenario, history and weeks, as n030w4_1_6-2-9-1, came tiny"
    ):
        Inrc2().read(tmp_path / "tiny")
    with pytest.raises(InputError, match=r"WD-tiny-5\.txt: expected a file that can be read"):
        Inrc2().read(tmp_path / "tiny_0_5")
    with pytest.raises(InputError, match=r"expected 1 week, up to the last of tiny, .* came 2"):
        Inrc2().read(tmp_path / "tiny_0_0-0")


def test_a_solution_is_read_with_the_skill_of_each_shift(tmp_path: Path) -> None:
    instance = Inrc2().read(write(tmp_path, scenario(weeks=2), history(), week(), week()))
    roster = Inrc2().solution(instance, write_solution(tmp_path, ann="EH-----" + "------L", ben="-" * 14))
    assert [(row.agent, (row.shift.day - MONDAY).days, row.shift.template) for row in roster.assignments] == [
        ("ann", 0, "Early.Nurse"),
        ("ann", 1, "Early.HeadNurse"),
        ("ann", 13, "Late.Nurse"),
    ]


def test_a_solution_has_every_week_once_and_only_known_names(tmp_path: Path) -> None:
    instance = Inrc2().read(write(tmp_path, scenario(weeks=2), history(), week(), week()))
    folder = write_solution(tmp_path, ann="EH-----" + "------L")
    text = (folder / "Sol-tiny-1-1.txt").read_text()
    (folder / "Sol-tiny-1-1.txt").write_text(text.replace("Late Nurse", "Late Doctor"))
    with pytest.raises(InputError, match=r"Sol-tiny-1-1\.txt:5: shift type: expected one of .*, came 'Late\.Doctor'"):
        Inrc2().solution(instance, folder)
    (folder / "Sol-tiny-1-1.txt").write_text(text)
    (folder / "Sol-tiny-1-0.txt").write_text(text)
    with pytest.raises(InputError, match="expected one file for each of the weeks 0 to 1, came 0, 1, 1"):
        Inrc2().solution(instance, folder)
    (folder / "Sol-tiny-1-1.txt").unlink()
    (folder / "Sol-tiny-1-0.txt").unlink()
    with pytest.raises(InputError, match="expected one file for each of the weeks 0 to 1, came 0"):
        Inrc2().solution(instance, folder)
