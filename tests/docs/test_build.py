"""The documentation builds without a warning: no broken link, no page outside the table of contents."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_documentation_builds_without_a_warning(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html", "-d", f"{tmp_path}/trees"]
    build = subprocess.run([*command, f"{ROOT}/docs", f"{tmp_path}/html"], capture_output=True, text=True, check=False)
    assert build.returncode == 0, build.stderr
    assert (tmp_path / "html" / "index.html").is_file()
