import csv
import io
import time
from concurrent.futures import ThreadPoolExecutor

from fastapi.testclient import TestClient
from icalendar import Calendar

from tests.api.conftest import ended
from wfm.api import examples
from wfm.domain import Roster
from wfm.store import Job
from wfm.study import Plan


def test_a_finished_plan_says_how_good_it_is(working: TestClient, plan: str) -> None:
    job = Job.model_validate(working.get(plan).json())
    assert (job.state, job.kind, job.name, job.attempt, job.problem) == ("done", "plan", "tiny", 1, None)
    assert job.finished is not None
    assert job.started is not None
    assert job.created <= job.started <= job.finished
    assert job.standing.best is not None


def test_the_result_is_the_plan_itself(working: TestClient, plan: str) -> None:
    answer = working.get(f"{plan}/result")
    made = Plan.model_validate_json(answer.text)
    assert answer.headers["ETag"] == f'"{made.digest()}"'
    assert made.scenario.name == "tiny"
    assert made.solution.forbidden_breaches == ()
    assert made.solution.roster.assignments
    assert made.performance is not None


def test_the_same_request_gives_the_same_plan_byte_for_byte(working: TestClient, plan: str) -> None:
    again = str(working.post("/v1/plans", json=examples.PLAN).headers["Location"])
    assert again != plan
    assert ended(working, again)["result"] == working.get(plan).json()["result"]


def test_every_form_of_the_roster_tells_the_same_shifts(working: TestClient, plan: str) -> None:
    roster = Roster.model_validate_json(working.get(f"{plan}/roster.json").text)
    assert roster == Plan.model_validate_json(working.get(f"{plan}/result").text).solution.roster
    rows = list(csv.DictReader(io.StringIO(working.get(f"{plan}/roster.csv").text)))
    assert [row["agent"] for row in rows] == [row.agent for row in roster.assignments]
    for agent in ("A1", "B2", "C3"):
        calendar = Calendar.from_ical(working.get(f"{plan}/roster.ics", params={"agent": agent}).text)
        starts = [event.decoded("dtstart") for event in calendar.walk("VEVENT")]
        assert starts == [shift.start for shift in roster.shifts_of(agent)]


def test_files_come_under_their_media_types(working: TestClient, plan: str) -> None:
    for name, media_type in {
        "roster.csv": "text/csv; charset=utf-8",
        "roster.json": "application/json",
        "roster.ics?agent=A1": "text/calendar; charset=utf-8",
        "report.html": "text/html; charset=utf-8",
    }.items():
        answer = working.get(f"{plan}/{name}")
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, media_type)
    assert "<!doctype html>" in working.get(f"{plan}/report.html").text


def test_what_the_client_has_already_is_not_sent_again(working: TestClient, plan: str) -> None:
    for path in (plan, f"{plan}/result", f"{plan}/roster.csv", f"{plan}/roster.json"):
        tag = working.get(path).headers["ETag"]
        again = working.get(path, headers={"If-None-Match": f'"other", W/{tag}'})
        assert (again.status_code, again.content) == (304, b"")
        assert working.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


def test_an_unknown_agent_has_no_calendar(working: TestClient, plan: str) -> None:
    answer = working.get(f"{plan}/roster.ics", params={"agent": "Z9"})
    assert answer.status_code == 404
    assert "A1, B2, C3" in answer.json()["detail"]


def test_a_form_with_files_gives_the_same_request_as_json(idle: TestClient) -> None:
    files = [("files", (name, text)) for name, text in examples.FILES.items()]
    form = idle.post("/v1/plans", files=[("scenario", ("any.yaml", yaml_of(examples.SCENARIO))), *files])
    assert form.status_code == 202, form.text
    json = idle.post("/v1/plans", json=examples.PLAN)
    assert form.json()["request"] == json.json()["request"]


def yaml_of(document: dict[str, object]) -> str:
    import yaml

    return yaml.safe_dump(document)


def test_a_waiting_plan_has_no_result_yet(idle: TestClient) -> None:
    location = idle.post("/v1/plans", json=examples.PLAN).headers["Location"]
    for name in ("result", "roster.json", "roster.csv", "report.html", "roster.ics?agent=A1"):
        answer = idle.get(f"{location}/{name}")
        assert answer.status_code == 409
        assert "it is queued" in answer.json()["detail"]


def test_a_waiting_plan_stops_at_once(idle: TestClient) -> None:
    location = idle.post("/v1/plans", json=examples.PLAN).headers["Location"]
    assert idle.post(f"{location}/stop").json()["state"] == "stopped"
    assert idle.post(f"{location}/stop").json()["state"] == "stopped"


def test_the_same_key_and_request_give_the_same_plan(idle: TestClient) -> None:
    key = {"Idempotency-Key": "k1"}
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: idle.post("/v1/plans", json=examples.PLAN, headers=key), range(8)))
    assert {answer.status_code for answer in answers} == {202}
    assert len({answer.headers["Location"] for answer in answers}) == 1
    assert len(idle.get("/v1/plans").json()["jobs"]) == 1


def test_the_same_key_for_another_request_is_refused(idle: TestClient) -> None:
    key = {"Idempotency-Key": "k1"}
    assert idle.post("/v1/plans", json=examples.PLAN, headers=key).status_code == 202
    other = {**examples.PLAN, "scenario": {**examples.SCENARIO, "name": "other"}}
    for answer in (
        idle.post("/v1/plans", json=other, headers=key),
        idle.post("/v1/studies", json=examples.STUDY, headers=key),
    ):
        assert answer.status_code == 422
        assert "Idempotency-Key" in answer.json()["detail"]


def test_a_full_queue_says_when_to_come_back(idle: TestClient) -> None:
    answers = [idle.post("/v1/plans", json=examples.PLAN) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [202, 202, 202, 429]
    assert answers[-1].headers["Retry-After"] == "10"


def test_pages_lead_through_all_plans(idle: TestClient) -> None:
    made = [idle.post("/v1/plans", json=examples.PLAN).json()["id"] for _ in range(3)]
    first = idle.get("/v1/plans", params={"page_size": 2}).json()
    second = idle.get("/v1/plans", params={"page_size": 2, "page_token": first["next_page_token"]}).json()
    assert [job["id"] for job in first["jobs"] + second["jobs"]] == made[::-1]
    assert second["next_page_token"] is None
    assert idle.get("/v1/studies").json() == {"jobs": [], "next_page_token": None}


def test_a_stopped_solve_keeps_its_best(working: TestClient) -> None:
    patient = {**examples.SCENARIO, "solve": {"steps": 10_000_000}}
    location = working.post("/v1/plans", json={**examples.PLAN, "scenario": patient}).headers["Location"]
    while working.get(location).json()["checkpoint"] is None:
        time.sleep(0.1)
    so_far = working.get(f"{location}/roster.json")
    assert Roster.model_validate_json(so_far.text).assignments
    assert working.post(f"{location}/stop").json()["stop_requested"]
    job = ended(working, location)
    assert job["state"] == "stopped", job
    made = Plan.model_validate_json(working.get(f"{location}/result").text)
    assert made.solution.forbidden_breaches == ()
