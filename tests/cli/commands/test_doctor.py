"""`wfm doctor`: says what works, and fails where something does not."""

import pytest

import wfm.cli.commands.doctor as surgery
from tests.cli.conftest import Wfm


def test_a_sound_installation_passes(wfm: Wfm) -> None:
    ran = wfm("doctor", "--json")
    assert ran.code == 0
    assert set(ran.json["checks"].values()) == {""}
    assert "ortools" in ran.json["versions"]


def test_a_check_that_fails_or_breaks_is_told_and_the_others_still_run(
    wfm: Wfm, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks() -> bool:
        raise OSError("no zones")

    checks = {"time zones": breaks, "staffing": lambda: False, "platform": lambda: True}
    monkeypatch.setattr(surgery, "CHECKS", checks)
    ran = wfm("doctor")
    assert ran.code == 1
    assert [line.split(maxsplit=1)[1] for line in ran.out.splitlines()[-3:]] == [
        "zones   OSError: no zones",
        "wrong result",
        "ok",
    ]
