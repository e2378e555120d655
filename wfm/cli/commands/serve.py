"""`wfm serve`: the HTTP API on this machine."""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path

from wfm.cli.options import writable_folder
from wfm.cli.talk import say
from wfm.domain import Fault, InputError

SQLITE = b"SQLite format 3\0"
"""How such a file begins."""


def serve(host: str, port: int, store: Path) -> None:
    """Serve until interrupted; raises Refused for an address that others can reach.

    The API is named by its import path, as uvicorn does it: the two front doors never import each other.
    """
    import uvicorn

    import_module("wfm.api").check_exposure(host)
    _refuse_other_files(store)
    os.environ["WFM_DATABASE"] = f"sqlite:///{store}"
    say(f"wfm serves http://{host}:{port}/v1 (told in /v1/openapi.json) and keeps its work in {store}; Ctrl-C ends it.")
    uvicorn.run("wfm.api:app", host=host, port=port, factory=True, log_level="warning")


def _refuse_other_files(store: Path) -> None:
    writable_folder(store.parent)
    if store.exists() and not (store.is_file() and _begins(store) in (b"", SQLITE)):
        raise InputError([Fault("an SQLite file, or a name for a new one", "something else", file=str(store))])


def _begins(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(len(SQLITE))
