"""A plan's roster is published once and for all, held against others, and its shifts find somebody to take them."""

from datetime import date

from fastapi.testclient import TestClient

from wfm.api import examples
from wfm.domain import Roster
from wfm.study import Cover, Published


def roster_of(working: TestClient, plan: str) -> Roster:
    return Roster.model_validate_json(working.get(f"{plan}/roster.json").text)


def test_a_version_is_published_and_stays(working: TestClient, plan: str) -> None:
    answer = working.post(f"{plan}/publish", json=examples.PUBLISH)
    assert answer.status_code == 201
    made = Published.model_validate_json(answer.text)
    assert (made.number, made.by, made.roster) == (1, "Ada", roster_of(working, plan))
    again = working.get(answer.headers["Location"])
    assert Published.model_validate_json(again.text) == made
    assert working.get(answer.headers["Location"], headers={"If-None-Match": again.headers["ETag"]}).status_code == 304


def test_the_next_version_follows_the_one_before(working: TestClient, plan: str) -> None:
    first = working.post(f"{plan}/publish", json=examples.PUBLISH)
    digest = first.headers["Location"].rpartition("/")[2]
    made = Published.model_validate_json(working.post(f"{plan}/publish", json={"by": "Ben", "after": digest}).text)
    assert (made.number, made.follows) == (2, first.json()["seal"])
    assert working.post(f"{plan}/publish", json={"by": "Ben", "after": "0" * 64}).status_code == 404


def test_a_roster_differs_from_itself_in_nothing(working: TestClient, plan: str) -> None:
    version = working.post(f"{plan}/publish", json=examples.PUBLISH).headers["Location"].rpartition("/")[2]
    for against in (version, plan.rpartition("/")[2]):
        answer = working.get(f"{plan}/diff", params={"against": against})
        assert (answer.status_code, answer.json()) == (200, [])
    assert working.get(f"{plan}/diff", params={"against": "nobody"}).status_code == 404


def test_who_can_take_a_shift_is_recommended(working: TestClient, plan: str) -> None:
    row = roster_of(working, plan).assignments[0]
    answer = working.get(f"{plan}/recommendations", params={"agent": row.agent, "date": str(row.shift.day)})
    found = Cover.model_validate_json(answer.text)
    assert found.shift == row.shift
    assert {other.agent for other in found.candidates} == {"A1", "B2", "C3"} - {row.agent}


def test_nobody_is_recommended_for_a_shift_that_is_not_there(working: TestClient, plan: str) -> None:
    for agent, day in (("A1", date(2027, 1, 1)), ("Z9", date(2026, 11, 23))):
        answer = working.get(f"{plan}/recommendations", params={"agent": agent, "date": str(day)})
        assert answer.status_code == 404
