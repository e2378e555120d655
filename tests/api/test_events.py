from fastapi.testclient import TestClient


def events(text: str) -> list[dict[str, str]]:
    """The events of a stream, field by field."""
    blocks = [block.splitlines() for block in text.strip().split("\n\n")]
    return [dict(line.split(": ", 1) for line in block if not line.startswith(":")) for block in blocks if block]


def test_the_events_of_a_plan_end_with_done(working: TestClient, plan: str) -> None:
    answer = working.get(f"{plan}/events")
    assert answer.headers["Content-Type"].startswith("text/event-stream")
    told = events(answer.text)
    assert [event["event"] for event in told][:2] == ["queued", "started"]
    assert told[-1]["event"] == "done"
    assert [int(event["id"]) for event in told] == list(range(1, len(told) + 1))


def test_a_stream_goes_on_where_the_client_lost_it(working: TestClient, plan: str) -> None:
    whole = events(working.get(f"{plan}/events").text)
    for last in range(len(whole)):
        rest = events(working.get(f"{plan}/events", headers={"Last-Event-ID": str(last)}).text)
        assert rest == whole[last:]


def test_a_stream_that_was_seen_to_its_end_ends_at_once(working: TestClient, plan: str) -> None:
    seen = {"Last-Event-ID": str(len(events(working.get(f"{plan}/events").text)))}
    assert working.get(f"{plan}/events", headers=seen).text == ""


def test_an_unknown_plan_has_no_events(working: TestClient) -> None:
    answer = working.get("/v1/plans/nothing/events")
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json")
