"""The folder of a run: beside its results lie a manifest, which says how to repeat it, and the log of what was said."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import wfm
from wfm.cli.talk import Log, save
from wfm.study.folder import SCENARIO_FILE, apply_overrides
from wfm.study.sheet import ScenarioSheet
from wfm.study.yaml_text import read_yaml

MANIFEST, LOG = "manifest.json", "log.txt"
DECIDING = ("holidays", "numba", "numpy", "ortools", "scipy", "tzdata")
"""Packages whose version may change a result."""


def close_run(
    folder: Path, log: Log, command: Sequence[str], inputs: Sequence[Path], files: Sequence[Path], **facts: Any
) -> None:
    """Write manifest and log of a run whose results are in its folder already."""
    content = {
        "run": folder.name,
        "wfm": wfm.__version__,
        "command": ["wfm", *command],
        **facts,
        "inputs": _digests(inputs),
        "outputs": _digests(files),
        "versions": {"python": platform.python_version(), **{name: version(name) for name in DECIDING}},
        "ended": datetime.now(UTC).isoformat(timespec="seconds"),
        "seconds": round(log.seconds, 1),
    }
    save(folder / MANIFEST, (json.dumps(content, indent=2) + "\n").encode())
    save(folder / LOG, "".join(f"{line}\n" for line in log.lines).encode())


def files_of(scenario: Path, overrides: Sequence[str] = ()) -> list[Path]:
    """The files that a scenario, which has been read without a fault, is made of."""
    file = scenario if scenario.is_file() else scenario / SCENARIO_FILE
    document = read_yaml(file)
    apply_overrides(document, overrides)
    named = (file.parent / name for name in ScenarioSheet.model_validate(document.data).files())
    return [
        file,
        *(path for path in dict.fromkeys(named) if path.is_file()),
    ]  # a centre of new queues only has no history


def _digests(files: Sequence[Path]) -> dict[str, str]:
    """SHA-256 of each file, by its plain name."""
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
