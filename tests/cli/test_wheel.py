"""An installed wheel carries the templates: `wfm init` needs no source tree beside it."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT


@pytest.mark.slow
def test_the_templates_of_a_wheel_are_those_of_the_source_tree(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path / "dist")]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    program = "import wfm, sys; from wfm.cli.main import run; print(wfm.__file__, file=sys.stderr); sys.exit(run(sys.argv[1:]))"
    for template in (ROOT / "scenarios").glob("*/scenario.yaml"):
        name = template.parent.name
        ran = subprocess.run(
            [sys.executable, "-c", program, "init", name, "--template", name],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(tmp_path / "site")},
            check=True,
            capture_output=True,
            text=True,
        )
        assert str(tmp_path / "site") in ran.stderr
        made = {file.name: file.read_bytes() for file in (tmp_path / name).iterdir()}
        assert made == {file.name: file.read_bytes() for file in template.parent.iterdir()}
