"""Loops that numpy cannot express, translated to machine code when they are first called."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


@cache
def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """The function compiled by numba; it may use numpy arrays and numbers only. The first call anywhere takes some seconds."""
    from numba import njit

    try:
        quick: Callable[P, R] = njit(cache=True, nogil=True)(function)
    except RuntimeError:  # numba found no folder that it may write to: compiled again in every process
        quick = njit(nogil=True)(function)
    return quick
