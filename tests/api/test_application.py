import subprocess
import sys
from pathlib import Path

from fastapi.testclient import TestClient

from wfm.api import Settings, create_app, examples

SLOW = ("ortools", "numba", "pandas")


def test_a_server_starts_without_the_libraries_of_the_solver() -> None:
    script = (
        "import sys\n"
        "from wfm.api import Settings, create_app\n"
        "create_app(Settings()).openapi()\n"
        f"print([name for name in {SLOW} if name in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_what_was_queued_is_there_after_a_restart(tmp_path: Path) -> None:
    settings = Settings(database=f"sqlite:///{tmp_path}/wfm.sqlite")
    patient = {**examples.PLAN, "scenario": {**examples.SCENARIO, "solve": {"seconds": 3_600}}}
    with TestClient(create_app(settings)) as client:
        first = client.post("/v1/plans", json=patient).headers["Location"]
        second = client.post("/v1/plans", json=patient).headers["Location"]
    with TestClient(create_app(settings)) as client:
        jobs = [client.get(location).json() for location in (first, second)]
        assert {job["state"] for job in jobs} <= {"queued", "running"}
        for location in (first, second):
            client.post(f"{location}/stop")
