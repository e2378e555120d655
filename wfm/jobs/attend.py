"""One job from claim to end: starts its process, holds its lease, and sees that it ends in time."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Sequence
from datetime import timedelta
from threading import Event
from time import monotonic

from wfm.domain import Refused
from wfm.jobs.clock import now
from wfm.jobs.limits import JobLimits
from wfm.jobs.order import Order
from wfm.store import Claim, Leases, Store

TICK_SECONDS = 0.1


def attend(store: Store, url: str, claim: Claim, limits: JobLimits, command: Sequence[str], closing: Event) -> None:
    """Run the job's process to its end; the job is then final, or waits for its next attempt."""
    order = Order(url=url, claim=claim, memory_bytes=limits.memory_bytes)
    alone = {"OMP_NUM_THREADS": "1", **os.environ}  # one job, one core: threads of BLAS would wait for each other
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, start_new_session=True, env=alone
    )
    with process:
        assert process.stdin is not None  # it was asked for
        try:
            process.stdin.write(order.model_dump_json().encode() + b"\n")
            process.stdin.flush()
            _watch(store, claim, limits, process, closing)
        except BrokenPipeError:
            process.wait()  # it died before it read its order; how, is told below
        except Refused:
            return  # the job is in other hands, or was published already
        finally:
            process.kill()
    _settle(store, claim, process.returncode, closing)


def _watch(store: Store, claim: Claim, limits: JobLimits, process: subprocess.Popen[bytes], closing: Event) -> None:
    """Wait for the end of the process, or for a reason to end it."""
    leases, begun = Leases(store.database), monotonic()
    renewed, asked = begun, None
    while process.poll() is None and not closing.wait(TICK_SECONDS):
        moment = monotonic()
        if moment - renewed < min(limits.lease_seconds / 3, 1.0):
            continue
        renewed = moment
        if leases.stop_requested(claim):
            asked = moment if asked is None else asked
        elif moment - begun > limits.wall_seconds:
            store.request_stop(claim.job, now(), f"The job took longer than {limits.wall_seconds:g} s.")
        if asked is not None and moment - asked > limits.grace_seconds:
            return
        if not store.job(claim.job).final:
            leases.renew(claim, now() + timedelta(seconds=limits.lease_seconds))


def _settle(store: Store, claim: Claim, code: int, closing: Event) -> None:
    """Say what becomes of a job whose process ended without publishing; one that published is final already."""
    if store.job(claim.job).final:
        return
    leases = Leases(store.database)
    if closing.is_set():
        leases.release(claim, now(), "The server shut down.")
    else:
        leases.lost(claim, now(), _words(code))


def _words(code: int) -> str:
    if code >= 0:
        return f"It ended with exit code {code} and no result."
    return f"It was ended by {signal.Signals(-code).name}."
