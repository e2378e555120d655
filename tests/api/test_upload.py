from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from wfm.api import examples
from wfm.api.upload import Upload

OUTSIDE = [
    "../history.csv",
    "..",
    "/etc/passwd",
    "a/b.csv",
    "a\\b.csv",
    "%2e%2e/history.csv",
    "//host/share",
    ".hidden",
    "",
    "a\x00.csv",
    "x" * 200,
]


@pytest.mark.parametrize("name", OUTSIDE)
def test_a_file_has_a_plain_name(idle: TestClient, name: str) -> None:
    answer = idle.post("/v1/plans", json={**examples.PLAN, "files": {**examples.FILES, name: "x"}})
    assert answer.status_code == 422
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("name", ["scenario.yaml", "study.yaml"])
def test_a_document_has_a_part_of_its_own(idle: TestClient, name: str) -> None:
    answer = idle.post("/v1/plans", json={**examples.PLAN, "files": {**examples.FILES, name: "x"}})
    assert answer.status_code == 422
    assert f"a file {name}" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ([("files", ("history.csv", "x"))], "the part scenario"),
        ([("scenario", ("s", "{}")), ("other", ("x", "x"))], "scenario, study, files"),
        ([("scenario", ("s", "{}")), ("files", ("../x.csv", "x"))], "a plain file name"),
        ([("scenario", ("s", "{}")), ("scenario", ("s", "{}"))], "every file once"),
        ([("scenario", ("s", "{}")), ("files", ("a.csv", "x")), ("files", ("a.csv", "x"))], "every file once"),
        ([("scenario", ("s", "a: &x 1\nb: *x"))], "an anchor or alias"),
        ([("scenario", ("s", "a: !!python/object:os.system x"))], "the tag"),
        ([("scenario", ("s", b"\xff\xfe\x00"))], "UTF-8"),
    ],
)
def test_a_form_that_cannot_be_used_says_why(
    idle: TestClient, parts: list[tuple[str, tuple[str, str | bytes]]], told: str
) -> None:
    answer = idle.post("/v1/plans", files=parts)
    assert answer.status_code == 422
    assert told in answer.json()["detail"]


def test_a_form_with_too_many_files_is_refused(idle: TestClient) -> None:
    answer = idle.post("/v1/plans", files=[("files", (f"{number}.csv", "x")) for number in range(30)])
    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/problem+json")


def test_uploaded_files_are_gone_once_they_are_read() -> None:
    def reader(path: Path) -> Path:
        assert (path.parent / "b.csv").read_bytes() == b"b"
        assert path.parent.stat().st_mode & 0o077 == 0, "others may look in"
        return path.parent

    folder = Upload({"a.csv": b"a", "b.csv": b"b"}, lines=True).read(reader, "a.csv")
    assert not folder.exists()
