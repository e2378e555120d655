"""The process of one job: takes its order from standard input, works, publishes, and ends when its server does."""

from __future__ import annotations

import io
import logging
import os
import sys
from threading import Thread

from wfm.domain import Refused
from wfm.jobs.order import Order
from wfm.store import Store

LOST = 3
"""Exit code of a worker that found its job in other hands."""


def main() -> int:
    """Work off one order; its line on standard input keeps the address of the database out of the list of processes."""
    from wfm.jobs.work import work

    logging.basicConfig(stream=sys.stderr)
    line = io.FileIO(0, closefd=False)
    order = Order.model_validate_json(line.readline())
    Thread(target=_end_with_server, args=(line,), daemon=True).start()
    limit_memory(order.memory_bytes)
    store = Store(order.url)
    try:
        work(store, order.claim)
    except Refused as error:
        logging.getLogger("wfm.jobs").warning("%s", error)
        return LOST
    finally:
        store.close()
    return 0


def limit_memory(limit: int | None) -> None:
    """Bound the address space of this process, on systems that can."""
    if limit is None or sys.platform != "linux":
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    bounds = [limit] if hard == resource.RLIM_INFINITY else [limit, hard]
    resource.setrlimit(resource.RLIMIT_AS, (min(bounds), hard))


def _end_with_server(line: io.FileIO) -> None:
    """The server never writes a second line: the line ends when the server does, however it ends."""
    line.read(1)
    os._exit(LOST)


if __name__ == "__main__":
    sys.exit(main())
