"""The best mix of known tours near some prices, by steps that are exact for one tour against another and for one amend."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from wfm.schedule.columns.relaxation import Relaxation
from wfm.schedule.compiled import compiled
from wfm.schedule.linear import Floats

ROOM, LARGEST = 16, 25_000_000
"""So many answers of a block are known at most; together they have no more numbers than LARGEST (four bytes each)."""
PASSES, WORTHWHILE = 10, 0.02
"""Rounds over all blocks and amends at most; they end where one gains less than such a share of the first."""


class Mixing:
    """Shares of known answers in each block, what is amended, and the prices that follow from how far the rows are missed.

    At shares s and amends z the prices are those of the rows' augmented Lagrangian around ``near``: near + stride * (what the rows
    ask for - what they get), 0 where that has the wrong sign. Shares and amends minimise it block by block, as Frank and Wolfe do
    (Swoboda & Kolmogorov 2019), so that the prices are the best near ``near`` as far as known answers tell.
    """

    def __init__(self, relaxation: Relaxation, blocks: int) -> None:
        rows = len(relaxation.low)
        self.relaxation = relaxation
        self.blocks = max(1, min(blocks, LARGEST // (ROOM * max(1, rows))))
        self.adds = np.zeros((self.blocks, ROOM, rows), dtype=np.float32)
        self.cost = np.full((self.blocks, ROOM), np.inf)
        self.share = np.zeros((self.blocks, ROOM))
        self.amended = np.zeros(len(relaxation.most))
        self.prices = np.zeros(rows)

    def take(self, block: int, cost: float, adds: Floats) -> int:
        """Take an answer in, in the place of the one of the block that is used least: that place."""
        place = int(np.where(np.isinf(self.cost[block]), -1.0, self.share[block]).argmin())
        self.adds[block, place], self.cost[block, place], self.share[block, place] = adds, cost, 0.0
        total = float(self.share[block].sum())
        self.share[block] = self.share[block] / total if total else np.arange(ROOM) == place
        return place

    def settle(self, near: Floats, stride: float) -> tuple[float, float]:
        """Mix anew around some prices: what the bound at the prices that follow would be if no answer were better than the known ones.

        And by how much the mix may still be from the best one there.
        """
        relaxation, amends = self.relaxation, self.relaxation.amends
        used = sum(share @ adds for share, adds in zip(self.share, self.adds, strict=True))
        sums = used + self.amended @ amends
        rows = near, stride, relaxation.low, relaxation.high
        lots = amends.indptr, amends.indices, amends.data.astype(np.float64), relaxation.most, relaxation.cost
        self.prices = np.zeros(len(near))
        compiled(_settle)(self.adds, self.cost, self.share, self.amended, sums, self.prices, *rows, *lots)
        worth, gain = self.adds @ self.prices - self.cost, amends @ self.prices - relaxation.cost
        best = float(worth.max(axis=1).sum())
        used_worth = float((self.share * np.where(self.share > 0, worth, 0.0)).sum())
        room = np.where(gain > 0, relaxation.most - self.amended, self.amended)
        return relaxation.rest(self.prices) - best, best - used_worth + float(np.abs(gain) @ room)


def _settle(  # noqa: C901 - numba takes arrays, not objects
    adds: NDArray[np.float32],
    cost: Floats,
    share: Floats,
    amended: Floats,
    sums: Floats,
    prices: Floats,
    near: Floats,
    stride: float,
    low: Floats,
    high: Floats,
    first: NDArray[np.int32],
    row_of: NDArray[np.int32],
    size: Floats,
    most: Floats,
    charge: Floats,
) -> None:
    """In each block a step from the least valuable answer that is used to the most valuable one, then of each amend what pays."""
    worth = np.empty(adds.shape[1])
    for r in range(len(low)):
        up, down = near[r] + stride * (low[r] - sums[r]), near[r] + stride * (high[r] - sums[r])
        prices[r] = up if up > 0 else down if down < 0 else 0.0
    gained = at_first = 0.0
    for turn in range(PASSES):
        gained = 0.0
        for b in range(len(adds)):
            best, worst = 0, -1
            for j in range(adds.shape[1]):
                worth[j] = -cost[b, j]
                if cost[b, j] < np.inf:
                    worth[j] += np.dot(adds[b, j].astype(np.float64), prices)
                if worth[j] > worth[best]:
                    best = j
                if share[b, j] > 0 and (worst < 0 or worth[j] < worth[worst]):
                    worst = j
            if worth[best] <= worth[worst]:
                continue
            bend = 0.0
            for r in range(len(low)):
                bend += (adds[b, best, r] - adds[b, worst, r]) ** 2
            moved = share[b, worst]
            if bend * stride * moved > worth[best] - worth[worst]:
                moved = (worth[best] - worth[worst]) / (stride * bend)
            share[b, worst] -= moved
            share[b, best] += moved
            gained += moved * (worth[best] - worth[worst])
            for r in range(len(low)):
                more = adds[b, best, r] - adds[b, worst, r]
                if more != 0:
                    sums[r] += moved * more
                    up, down = near[r] + stride * (low[r] - sums[r]), near[r] + stride * (high[r] - sums[r])
                    prices[r] = up if up > 0 else down if down < 0 else 0.0
        for _ in range(3):
            for k in range(len(most)):
                gain, bend = -charge[k], 0.0
                for at in range(first[k], first[k + 1]):
                    gain += size[at] * prices[row_of[at]]
                    bend += size[at] ** 2
                now = amended[k] if bend == 0 else min(most[k], max(0.0, amended[k] + gain / (stride * bend)))
                more = now - amended[k]
                if more == 0:
                    continue
                gained += more * gain
                amended[k] = now
                for at in range(first[k], first[k + 1]):
                    r = row_of[at]
                    sums[r] += more * size[at]
                    up, down = near[r] + stride * (low[r] - sums[r]), near[r] + stride * (high[r] - sums[r])
                    prices[r] = up if up > 0 else down if down < 0 else 0.0
        if turn == 0:
            at_first = gained
        elif gained < WORTHWHILE * at_first:
            break
