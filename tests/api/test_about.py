from fastapi.testclient import TestClient

import wfm
from wfm.report.catalogue import catalogue
from wfm.study import LEVERS, ScenarioSheet


def test_the_catalogue_lists_every_kind_of_every_family(idle: TestClient) -> None:
    kinds = idle.get("/v1/catalogue").json()
    assert kinds == [kind.model_dump(mode="json") for kind in catalogue()]
    families = {row["family"] for row in kinds}
    legal = {"legal pack", "legal rule"}
    assert families - legal == {
        "importer",
        "instance format",
        "forecast method",
        "staffing model",
        "roster rule",
        "router",
        "lever",
        "view",
    }
    assert legal < families
    assert len([row for row in kinds if row["family"] == "lever"]) == len(LEVERS)
    assert all(row["words"] for row in kinds)
    assert all(row["parameters"]["properties"] for row in kinds if row["family"] in {"lever", "roster rule"})


def test_the_schema_is_that_of_a_scenario(idle: TestClient) -> None:
    assert idle.get("/v1/schema").json() == ScenarioSheet.model_json_schema(by_alias=True)


def test_the_version_is_told(idle: TestClient) -> None:
    assert idle.get("/v1/version").json() == {"version": wfm.__version__}


def test_a_server_is_ready_as_long_as_its_database_answers(idle: TestClient) -> None:
    assert idle.get("/healthz").json() == idle.get("/readyz").json() == {"status": "ok"}
    store = idle.app.state.store  # type: ignore[attr-defined]
    store.check = lambda: 1 / 0
    answer = idle.get("/readyz")
    assert (answer.status_code, answer.headers["Content-Type"]) == (500, "application/problem+json")
