"""What every view promises: it renders the tiny plan, to the same bytes each time, in files with plain names."""

import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.report.tiny_plan import tiny_plan
from wfm.report import VIEWS, View
from wfm.study import Plan

ROOT = Path(__file__).resolve().parents[2]
PLAIN = re.compile(r"[a-z][A-Za-z0-9_.\-]*\.[a-z]{2,5}")
DIGESTS = """
import hashlib, json
from tests.report.tiny_plan import tiny_plan
from wfm.report import VIEWS
plan = tiny_plan()
files = {name: text for view in VIEWS for name, text in view.render(plan).items()}
print(json.dumps({name: hashlib.sha256(text).hexdigest() for name, text in files.items()}))
"""


@pytest.fixture(scope="module", params=[True, False], ids=["simulated", "not simulated"])
def plan(request: pytest.FixtureRequest) -> Plan:
    return tiny_plan(simulated=request.param)


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.kind)
def test_a_view_renders_the_tiny_plan_to_the_same_bytes_each_time(view: View, plan: Plan) -> None:
    files = view.render(plan)
    assert files
    assert all(files.values())
    assert view.render(Plan.model_validate_json(plan.model_dump_json())) == files


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.kind)
def test_a_view_gives_its_files_plain_names(view: View, plan: Plan) -> None:
    names = list(view.render(plan))
    assert all(PLAIN.fullmatch(name) for name in names)
    assert len({name.casefold() for name in names}) == len(names)


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.kind)
def test_a_view_says_what_it_is(view: View) -> None:
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*", view.kind)
    assert re.fullmatch(r"[a-z]+/[a-z.\-]+", view.media_type)


def test_views_do_not_share_file_names(plan: Plan) -> None:
    names = [name for view in VIEWS for name in view.render(plan)]
    assert len(set(names)) == len(names)


def test_bytes_do_not_depend_on_the_process_its_clock_or_its_language() -> None:
    here = {name: hashlib.sha256(text).hexdigest() for view in VIEWS for name, text in view.render(tiny_plan()).items()}
    surroundings = {
        **os.environ,
        "PYTHONHASHSEED": "7",
        "TZ": "Pacific/Auckland",
        "LC_ALL": "C",
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run(
        [sys.executable, "-c", DIGESTS], cwd=ROOT, env=surroundings, capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout) == here
