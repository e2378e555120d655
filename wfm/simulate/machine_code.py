"""How an event loop of plain Python becomes machine code."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from types import FunctionType
from typing import Any
from zlib import crc32

Step = Callable[..., Any]


def machine_code(loop: Step, steps: Iterable[Step], scope: Mapping[str, Any], files: Iterable[str]) -> Step:
    """A loop whose ``steps`` are inlined, kept on disk between runs; numba is imported only now, for it is slow to import.

    ``scope`` are the names that loop and steps look up. numba looks at one file only when it decides whether the code on disk is still
    good, so the name under which it files the loop tells the sources of all ``files``.
    """
    from numba import njit

    # Nothing is allocated while the loop runs, so arrays need no counting of who holds them: that, and handing them over from step to
    # step, would take three quarters of the time.
    quick = partial(njit, nogil=True, error_model="numpy", _nrt=False, no_cfunc_wrapper=True)
    names = dict(scope)
    for step in steps:
        names[step.__name__] = quick(forceinline=True, no_cpython_wrapper=True)(_copied(step, names))
    copied = _copied(loop, names)
    copied.__qualname__ = f"serve_{crc32(b''.join(Path(name).read_bytes() for name in files)):08x}"
    try:
        return quick(cache=True)(copied)
    except RuntimeError:  # numba found no folder that it may write to: compiled again in every process
        return quick()(copied)


def _copied(step: Step, names: dict[str, Any]) -> FunctionType:
    return FunctionType(step.__code__, names)
