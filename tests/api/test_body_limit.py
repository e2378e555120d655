from collections.abc import Iterator
from http import HTTPStatus

import pytest
from fastapi.testclient import TestClient

from wfm.api import examples


@pytest.mark.parametrize(("path", "limit"), [("/v1/erlang", 4_096), ("/v1/plans", 20_000), ("/v1/nothing", 4_096)])
def test_a_body_that_is_too_long_is_refused_with_its_limit(idle: TestClient, path: str, limit: int) -> None:
    answer = idle.post(path, content=b" " * (limit + 1), headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.headers["Content-Type"]) == (413, "application/problem+json")
    assert answer.json()["title"] == HTTPStatus(413).phrase
    assert f"{limit:,} bytes" in answer.json()["detail"]


@pytest.mark.parametrize(("path", "limit"), [("/v1/erlang", 4_096), ("/v1/plans", 20_000)])
@pytest.mark.parametrize("media_type", ["application/json", "multipart/form-data; boundary=b"])
def test_a_body_in_chunks_is_refused_as_soon_as_it_is_too_long(
    idle: TestClient, path: str, limit: int, media_type: str
) -> None:
    sent = 0

    def chunks() -> Iterator[bytes]:
        nonlocal sent
        yield b'--b\r\nContent-Disposition: form-data; name="files"; filename="a.csv"\r\n\r\n'
        for _ in range(1_000):
            sent += 1_000
            yield b" " * 1_000

    answer = idle.post(path, content=chunks(), headers={"Content-Type": media_type})
    assert (answer.status_code, answer.headers["Content-Type"]) == (413, "application/problem+json")
    assert answer.json()["title"] == HTTPStatus(413).phrase
    assert "Content-Length" not in answer.request.headers


def test_a_body_within_its_limit_is_taken(idle: TestClient) -> None:
    assert idle.post("/v1/plans", json=examples.PLAN).status_code == 202
