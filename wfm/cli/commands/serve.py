"""`wfm serve`: the HTTP API on this machine."""

from __future__ import annotations

import os
from pathlib import Path

from wfm.cli.talk import say


def serve(host: str, port: int, store: Path) -> None:
    """Serve until interrupted. The application is named by its import path: the two front doors never import each other."""
    import uvicorn

    os.environ["WFM_HOST"] = host
    os.environ["WFM_STORE"] = str(store)
    say(f"wfm serves http://{host}:{port}/v1 (documentation at /docs); Ctrl-C ends it.")
    uvicorn.run("wfm.api:app", host=host, port=port, factory=False, log_level="warning")
