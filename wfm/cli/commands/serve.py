"""`wfm serve`: the HTTP API on this machine."""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path

from wfm.cli.talk import say


def serve(host: str, port: int, store: Path) -> None:
    """Serve until interrupted; raises Refused for an address that others can reach.

    The API is named by its import path, as uvicorn does it: the two front doors never import each other.
    """
    import uvicorn

    import_module("wfm.api").check_exposure(host)
    os.environ["WFM_DATABASE"] = f"sqlite:///{store}"
    say(f"wfm serves http://{host}:{port}/v1 and keeps its work in {store}; Ctrl-C ends it.")
    uvicorn.run("wfm.api:app", host=host, port=port, factory=True, log_level="warning")
