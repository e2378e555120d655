"""What all tests share: the public data sets beside the repository, and no silent skips in continuous integration."""

import os
import sys
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent
SHARED_DATA = ROOT.parent / "shared" / "data"
MAY_BE_ABSENT = "absent:"

# Numpy is not loaded yet: two workers on two cores have no third one for the threads of BLAS (see wfm.cli.main).
os.environ.setdefault("OMP_NUM_THREADS", "1")

# Where nobody keeps compiled files each of the many commands that tests start would compile the house anew.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# Continuous integration draws the same examples every time; a developer's machine draws new ones.
settings.register_profile("same", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("same")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of public data sets, which is no part of the project; skip where it is absent."""
    if not SHARED_DATA.is_dir():
        pytest.skip(f"{MAY_BE_ABSENT} ../shared/data beside the repository")
    return SHARED_DATA


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Let a skipped test fail where everything has to run."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail"):
        _refuse(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Let a skipped file fail where everything has to run."""
    report = yield
    if report.skipped:
        _refuse(report)
    return report


def _refuse(report: pytest.TestReport | pytest.CollectReport) -> None:
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    if os.environ.get("WFM_NO_SKIP") and not reason.removeprefix("Skipped: ").startswith(MAY_BE_ABSENT):
        report.outcome = "failed"
        report.longrepr = f"skipped, but WFM_NO_SKIP is set: {reason}"
