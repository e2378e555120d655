"""What each further head adds, by the least concave curve that lies nowhere below what heads serve."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def slopes(served: NDArray[np.float64]) -> NDArray[np.int64]:
    """Slopes of the least concave majorant of points (n, served[n]), n = 0 .. N, rounded; shape (N,), never rising."""
    gains = np.rint(served[1:] - served[:-1])
    if (gains[1:] > gains[:-1]).any():
        gains = np.rint(np.diff(_majorant(served)))
    return gains[gains > 0].astype(np.int64)


def _majorant(served: NDArray[np.float64]) -> NDArray[np.float64]:
    hull = [0]
    for n in range(1, len(served)):
        while len(hull) > 1 and (served[n] - served[hull[-1]]) * (hull[-1] - hull[-2]) >= (
            served[hull[-1]] - served[hull[-2]]
        ) * (n - hull[-1]):
            hull.pop()
        hull.append(n)
    return np.interp(np.arange(len(served)), hull, served[hull])
