from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response

from wfm.api import Settings, create_app, examples
from wfm.api.errors import pointer


def problem(answer: Response, status: int) -> dict[str, Any]:
    """The problem that an answer must be."""
    assert answer.status_code == status, answer.text
    assert answer.headers["Content-Type"] == "application/problem+json"
    told = answer.json()
    assert isinstance(told, dict)
    assert told["status"] == status
    assert told["title"]
    return told


def with_files(**files: str) -> dict[str, Any]:
    return {
        **examples.PLAN,
        "files": {**examples.FILES, **{name.replace("_", "."): text for name, text in files.items()}},
    }


def test_what_does_not_exist_is_a_problem(idle: TestClient) -> None:
    problem(idle.get("/v1/nothing"), 404)
    assert "There is no job x" in problem(idle.get("/v1/plans/x"), 404)["detail"]


def test_a_wrong_method_is_a_problem(idle: TestClient) -> None:
    answer = idle.delete("/v1/plans")
    problem(answer, 405)
    assert "POST" in answer.headers["Allow"]


def test_a_wrong_media_type_is_a_problem(idle: TestClient) -> None:
    answer = idle.post("/v1/plans", content="a,b", headers={"Content-Type": "text/csv"})
    assert "text/csv" in problem(answer, 415)["detail"]


@pytest.mark.parametrize("path", ["/v1/plans", "/v1/erlang"])
@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"x"', b"\xff", b'{"volume": NaN}', b'{"scenario": "\\ud800"}'])
def test_a_body_that_is_no_request_is_a_problem(idle: TestClient, path: str, body: bytes) -> None:
    answer = idle.post(path, content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code in {400, 422}
    problem(answer, answer.status_code)


def test_a_wrong_value_is_told_with_its_pointer(idle: TestClient) -> None:
    target = {"kind": "service_level", "share": 1.5, "within_seconds": 20}
    told = problem(idle.post("/v1/erlang", json={**examples.ERLANG, "targets": [target]}), 422)
    assert [error["pointer"] for error in told["errors"]] == ["/targets/0/share"]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"volume": -1}, "/volume: expected at least 0, came -1"),
        ({"volume": "many"}, "/volume: expected a number, came 'many'"),
        ({"volum": 3}, "/volum: expected a known key, came 'volum'"),
        ({"targets": [{"kind": "servis"}]}, "/targets/0: expected one of the kinds service_level, "),
    ],
)
def test_a_wrong_value_is_told_as_files_tell_it(idle: TestClient, wrong: dict[str, Any], words: str) -> None:
    (error,) = problem(idle.post("/v1/erlang", json={**examples.ERLANG, **wrong}), 422)["errors"]
    assert error["detail"].startswith(words)
    assert error["detail"].endswith(f"expected {error['expected']}, came {error['came']}")


def test_a_file_of_a_wrong_name_or_kind_is_told_with_its_pointer(idle: TestClient) -> None:
    files = {**examples.FILES, "a/b": "x", "c.csv": 3}
    told = problem(idle.post("/v1/plans", json={**examples.PLAN, "files": files}), 422)
    assert [error["pointer"] for error in told["errors"]] == ["/files/a~1b", "/files/c.csv"]


def test_a_wrong_parameter_is_told_by_name(idle: TestClient) -> None:
    told = problem(idle.get("/v1/plans", params={"page_size": 201}), 422)
    assert "query parameter page_size" in told["errors"][0]["detail"]


def test_a_made_up_page_token_is_refused(idle: TestClient) -> None:
    for token in ("x", "é", "W10", "AAAA", "eyJhIjoxfQ"):
        problem(idle.get("/v1/plans", params={"page_token": token}), 422)


def test_faults_of_a_file_are_told_with_line_and_column(idle: TestClient) -> None:
    text = "id,name,contract,skills\nA1,Ada,full,phone\nA1,Bruno,full,phone\n"
    told = problem(idle.post("/v1/plans", json=with_files(agents_csv=text)), 422)
    error = told["errors"][0]
    assert (error["pointer"], error["file"], error["line"], error["column"]) == (
        "/files/agents.csv",
        "agents.csv",
        3,
        "id",
    )


def test_faults_of_all_files_are_told_at_once(idle: TestClient) -> None:
    told = problem(idle.post("/v1/plans", json=with_files(agents_csv="x\n", history_csv="y\n")), 422)
    assert {error["pointer"] for error in told["errors"]} == {"/files/agents.csv", "/files/history.csv"}


def test_a_fault_of_the_scenario_points_into_it(idle: TestClient) -> None:
    wrong = {**examples.SCENARIO, "shiftz": {}}
    told = problem(idle.post("/v1/plans", json={**examples.PLAN, "scenario": wrong}), 422)
    error = next(error for error in told["errors"] if error["pointer"] == "/scenario/shiftz")
    assert "shifts" in error["fix"]
    assert "line" not in error  # the client wrote no lines


def test_a_fault_of_a_scenario_file_is_told_with_its_line(idle: TestClient) -> None:
    files = [("scenario", ("scenario.yaml", "apiVersion: wfm/v1\nname: tiny\nname: twice\n"))]
    error = problem(idle.post("/v1/plans", files=files), 422)["errors"][0]
    assert (error["file"], error["line"]) == ("scenario.yaml", 3)


def test_an_error_that_nobody_foresaw_tells_nothing(caplog: pytest.LogCaptureFixture) -> None:
    app: FastAPI = create_app(Settings())

    @app.get("/broken")
    def broken() -> None:
        raise ZeroDivisionError("a secret of the machine")

    answer = TestClient(app, raise_server_exceptions=False).get("/broken")
    problem(answer, 500)
    assert "secret" not in answer.text
    assert "a secret of the machine" in caplog.text


def test_a_pointer_escapes_its_own_signs() -> None:
    assert pointer(["files", "a/b~c", 0]) == "/files/a~1b~0c/0"
