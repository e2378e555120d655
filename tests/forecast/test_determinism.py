"""The same history gives the same bytes, whatever the process."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
from datetime import timedelta
from tests.forecast.histories import MONDAY, PHONE, grid, noisy
from tests.forecast.planted import plant
from wfm.forecast import Calendar, clean, forecast_with_days, learn_update
spain = Calendar(country="ES-MD")
known, _ = plant(noisy(70), spain, 7)
week = grid(7, MONDAY + timedelta(days=70))
made, days = forecast_with_days(known, PHONE, week, spain, "ensemble")
nouns = (clean(known, spain), made, days, learn_update(known, PHONE, week, spain, "mean_of_four"))
print("".join(noun.model_dump_json() for noun in nouns))
"""


def run(seed: str) -> bytes:
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    done = subprocess.run([sys.executable, "-c", PROGRAM], env=environment, capture_output=True, check=True, cwd=ROOT)
    return done.stdout


def test_two_processes_write_the_same_bytes() -> None:
    first = run("1")
    assert len(first) > 10_000
    assert first == run("2")
