"""Puts the files of views into a folder, each whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from wfm.domain import NotFound, Refused
from wfm.report.view import View
from wfm.report.views import VIEWS
from wfm.study import Plan

ALL = tuple(view.kind for view in VIEWS)


def view_of(kind: str) -> View:
    """The view of a kind; raises NotFound with the kinds that exist."""
    found = next((view for view in VIEWS if view.kind == kind), None)
    if found is None:
        raise NotFound(f"There is no view {kind}; there are {', '.join(ALL)}.")
    return found


def write(plan: Plan, folder: Path, kinds: Iterable[str] = ALL) -> list[Path]:
    """Render the views of some kinds and write their files into a folder, which is made where it is missing.

    All views are rendered before the first file is touched, and each file replaces its predecessor in one step. Raises NotFound
    for an unknown kind, Refused where two files would have the same name but for capital letters.
    """
    files = {name: text for kind in kinds for name, text in view_of(kind).render(plan).items()}
    _refuse_twins(files)
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        replace_file(folder / name, content)
    return [folder / name for name in files]


def replace_file(path: Path, content: bytes) -> None:
    """Write a file beside its place, then move it there: a reader sees the old file or the new one, never a part.

    What is no file, such as ``/dev/stdout``, is written to as it is. Raises OSError with the path.
    """
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(content)
        else:
            _moved_there(path, content)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error


def _moved_there(path: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).chmod(0o644)  # mkstemp lets only the owner read
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)


def _refuse_twins(files: Iterable[str]) -> None:
    seen: dict[str, str] = {}
    for name in files:
        twin = seen.setdefault(name.casefold(), name)
        if twin != name:
            raise Refused(
                f"The files {twin} and {name} would overwrite each other on some computers; rename the agent."
            )
