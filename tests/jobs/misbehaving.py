"""A job's process whose work is what the test says; everything around the work is the real thing."""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.store.cabinets import Note
from wfm.jobs import child
from wfm.jobs.desk import Desk
from wfm.jobs.work import WORK, Done
from wfm.store import Job, Standing, Store

STEP_SECONDS = 0.02


def counting(desk: Desk, upto: int) -> Note:
    """Find a better answer at every step, until it is enough or somebody says stop."""
    best = Note(words="best 0")
    for number in range(1, upto + 1):
        best = Note(words=f"best {number}")
        desk.take(Standing(phase="counting", tier=1, best=1 / number, bound=0.0, gap=1.0), best)
        if desk.stopping():
            break
        time.sleep(STEP_SECONDS)
    return best


def deaf(desk: Desk) -> Note:
    counting(desk, 2)
    time.sleep(600)
    raise AssertionError("nobody killed it")


def hog(desk: Desk) -> Note:
    counting(desk, 2)
    hoard = [bytes(2**27) for _ in range(1_000)]
    raise AssertionError(f"nobody minded {len(hoard)} blocks")


def crash(desk: Desk) -> Note:
    counting(desk, 2)
    os._exit(9)


DEEDS: dict[str, Callable[[Desk], Note]] = {
    "short": lambda desk: counting(desk, 3),
    "long": lambda desk: counting(desk, 30_000),
    "deaf": deaf,
    "hog": hog,
    "crash": crash,
}


def work(store: Store, job: Job, desk: Desk) -> Done:
    """Do what the request says."""
    return DEEDS[store.load(Note, job.request).words.partition(":")[0]](desk), Standing(phase="counted")


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(str(os.getpid()), encoding="utf-8")
    WORK["plan"] = work
    sys.exit(child.main())
