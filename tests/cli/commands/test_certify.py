"""`wfm plan --certify` tells before and after, keeps the certificate, and fails where it is asked to and none is given."""

from pathlib import Path

import pytest

from tests.cli.conftest import QUICK, ROOT, Wfm
from wfm.study import Plan

SMALL = ROOT / "scenarios" / "phone-small"


@pytest.fixture(autouse=True)
def _roughly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wfm.study.attempt.PRECISION", 0.02)
    monkeypatch.setattr("wfm.study.calibrate.PROVING_REPLICATIONS", 30)


def test_a_certificate_is_told_and_kept(tmp_path: Path, wfm: Wfm) -> None:
    ran = wfm("plan", SMALL, *QUICK, "--certify", "--runs", tmp_path, "--fail-on", "targets")
    assert ran.code == 0
    assert "Certified: every target is kept at 95 % confidence on fresh contacts." in ran.out
    assert "as planned: 290.0 h paid, keeps every target" in ran.err
    (folder,) = tmp_path.iterdir()
    made = Plan.model_validate_json((folder / "plan.json").read_bytes())
    assert made.certified is not None
    assert made.certified.certified
    assert "Certificate of service" in (folder / "report.html").read_text(encoding="utf-8")


@pytest.mark.slow
def test_without_a_certificate_the_command_fails_where_asked(
    tmp_path: Path, wfm: Wfm, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wfm.study.calibrate.ROUNDS", 0)
    monkeypatch.setattr("wfm.study.shortage.MOST", 1)
    much = ("-S", "demand.phone.scale=2")
    ran = wfm("plan", SMALL, *QUICK, *much, "--certify", "--runs", tmp_path, "--fail-on", "targets")
    assert ran.code == 1
    assert "Not certified: phone at least 80% in 20s" in ran.out
    assert "Not even 1 more agent like" in " ".join(ran.out.split())
