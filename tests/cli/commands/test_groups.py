"""`wfm groups`: the mix, its bound and its certificate, as text and as data."""

from pathlib import Path

import pytest

from tests.cli.conftest import Wfm
from wfm.cli.commands import groups
from wfm.domain import Estimate
from wfm.study.skill_mix import SkillMix, TypeService

SHEET = """\
apiVersion: wfm/v1
types:
  phone: {per_hour: 600, aht: 1m, patience: 1m, target: 80% in 20s}
groups:
  all: {skills: [phone], cost: 2}
"""


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    file = tmp_path / "skills.yaml"
    file.write_text(SHEET, encoding="utf-8")
    return file


@pytest.mark.parametrize(("share", "code", "verdict"), [(0.83, 0, "every target met"), (0.79, 1, "NOT CERTIFIED")])
def test_text_and_json_tell_the_same_mix(
    share: float, code: int, verdict: str, sheet: Path, wfm: Wfm, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a search finds is tested in its own room; here it is told."""
    seen = TypeService(name="phone", asked=0.8, share=Estimate(mean=share, half_width=0.01), allowance_seconds=0)
    found = SkillMix(groups=("all",), agents=(12,), cost=24, bound=22, services=(seen,))
    monkeypatch.setattr(groups, "staff_groups", lambda *_, **__: found)
    asked, told = wfm("groups", sheet, "--json"), wfm("groups", sheet)
    assert asked.code == told.code == code
    assert asked.json["agents"] == [12]
    assert asked.json["certified"] is (code == 0)
    assert told.out.startswith("12 agents, cost 24.00; no mix costs less than 22.00 (gap 9.1 %); ")
    assert verdict in told.out


def test_a_group_of_an_unknown_type_is_refused_with_its_file(sheet: Path, wfm: Wfm) -> None:
    sheet.write_text(SHEET.replace("[phone]", "[fone]"), encoding="utf-8")
    ran = wfm("groups", sheet)
    assert ran.code == 3
    assert "skills.yaml" in ran.err
    assert "came fone" in ran.err
