from fastapi.testclient import TestClient

from wfm.api import examples
from wfm.report import study_csv, study_html
from wfm.study import StudyResult


def test_a_study_compares_its_variants(working: TestClient, study: str) -> None:
    result = StudyResult.model_validate_json(working.get(f"{study}/result").text)
    assert [row.variant for row in result.rows] == ["as planned", "growth"]
    assert result.rows[0].required_hours < result.rows[1].required_hours
    assert working.get(study).json()["standing"]["phase"] == "2 of 2 variants"


def test_a_comparison_comes_as_a_table_and_as_a_page(working: TestClient, study: str) -> None:
    result = StudyResult.model_validate_json(working.get(f"{study}/result").text)
    table = working.get(f"{study}/result.csv")
    assert (table.content, table.headers["Content-Type"]) == (study_csv(result), "text/csv; charset=utf-8")
    page = working.get(f"{study}/report.html")
    assert (page.content, page.headers["Content-Type"]) == (study_html(result), "text/html; charset=utf-8")
    tag = {"If-None-Match": table.headers["ETag"]}
    assert working.get(f"{study}/result.csv", headers=tag).status_code == 304


def test_a_study_is_no_plan(working: TestClient, study: str) -> None:
    assert working.get(study.replace("studies", "plans")).status_code == 404
    assert [job["kind"] for job in working.get("/v1/studies").json()["jobs"]] == ["study"]


def test_a_waiting_study_stops_at_once_and_has_no_result(idle: TestClient) -> None:
    location = idle.post("/v1/studies", json=examples.STUDY).headers["Location"]
    assert idle.get(f"{location}/result").status_code == 409
    assert idle.post(f"{location}/stop").json()["state"] == "stopped"


def test_an_unknown_lever_is_told_with_its_place(idle: TestClient) -> None:
    wrong = {**examples.STUDY["study"], "variants": [{"name": "x", "levers": [{"kind": "volume", "by": "a lot"}]}]}
    answer = idle.post("/v1/studies", json={**examples.STUDY, "study": wrong})
    assert answer.status_code == 422
    error = answer.json()["errors"][0]
    assert error["pointer"].startswith("/study/variants/0/levers/0")
    assert "such as +20%" in error["detail"]
