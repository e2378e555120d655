"""Every instance format: reads its sample, names every fault by file and line, and imports all or nothing."""

from pathlib import Path

import pytest

from tests.importers.instances import ward
from wfm.domain import InputError
from wfm.importers import INSTANCE_FORMATS, InstanceFormat

CURTOIS = """# A comment.
SECTION_HORIZON
# days
14

SECTION_SHIFTS
E,480,
N,600,E
SECTION_STAFF
A,E=14|N=2,4320,3360,5,2,2,1
B,E=14,4320,3360,5,2,3,1
SECTION_DAYS_OFF
A,0,3,4,13
SECTION_SHIFT_ON_REQUESTS
A,2,E,2
SECTION_SHIFT_OFF_REQUESTS
B,8,N,3
SECTION_COVER
0,E,1,100,1
0,N,1,100,2
"""
SAMPLES = {
    "curtois": {"sample.txt": CURTOIS},
    "inrc2": {
        "Sc-tiny.txt": ward.scenario(),
        "H0-tiny-0.txt": ward.history(),
        "WD-tiny-0.txt": ward.week({("Early", "Nurse"): {"Tue": "(1,2)"}}, ["ann Any Sun"]),
    },
}
"""The files of a sample."""
NAMES = {"curtois": "sample", "inrc2": "tiny_0_0"}
PATHS = {"curtois": "sample.txt", "inrc2": "tiny_0_0"}
"""What an instance is called, and the path that names it."""
WRONG = {"curtois": ("sample.txt", "A,2,E,2", "A,2,late,2"), "inrc2": ("WD-tiny-0.txt", "ann Any", "dan Any")}
"""A part of a file of the sample, and one that nobody can read in its place."""
each_format = pytest.mark.parametrize("form", INSTANCE_FORMATS, ids=lambda form: form.kind)


@pytest.fixture
def sample(form: InstanceFormat, tmp_path: Path) -> Path:
    for name, text in SAMPLES[form.kind].items():
        (tmp_path / name).write_text(text)
    return tmp_path / PATHS[form.kind]


@each_format
def test_a_sample_is_read_into_people_shifts_and_rules(form: InstanceFormat, sample: Path) -> None:
    instance = form.read(sample)
    assert instance.workforce.agents
    assert instance.name == NAMES[form.kind]
    assert all(isinstance(rule["kind"], str) for rule in instance.rules)
    assert instance == form.read(sample)


@each_format
def test_a_fault_names_file_line_and_what_was_expected(form: InstanceFormat, sample: Path) -> None:
    file, right, wrong = WRONG[form.kind]
    text = sample.with_name(file).read_text()
    line = text[: text.index(right)].count("\n") + 1
    sample.with_name(file).write_text(text.replace(right, wrong))
    with pytest.raises(InputError) as caught:
        form.read(sample)
    (fault,) = caught.value.faults
    assert (fault.file, fault.line) == (file, line)
    assert fault.expected
    assert fault.came


@each_format
def test_a_missing_or_empty_file_is_a_fault(form: InstanceFormat, sample: Path) -> None:
    for file in SAMPLES[form.kind]:
        path = sample.with_name(file)
        text = path.read_text()
        path.write_text("")
        assert _file_at_fault(form, sample) == file
        path.unlink()
        assert _file_at_fault(form, sample) == file
        path.write_text(text)


def _file_at_fault(form: InstanceFormat, path: Path) -> str:
    with pytest.raises(InputError) as caught:
        form.read(path)
    return caught.value.faults[0].file
