"""The best mix of known tours near some prices, by steps that are exact for one tour against another and for one amend."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from wfm.schedule.columns.relaxation import Relaxation
from wfm.schedule.compiled import compiled
from wfm.schedule.linear import Floats

ROOM, LARGEST = 16, 20_000_000
"""So many answers of a block are known at most; together they have about so many entries at most (eight bytes each)."""
PASSES, WORTHWHILE = 10, 0.02
"""Rounds over all blocks and amends at most; they end where one gains less than such a share of the first."""


class Mixing:
    """Shares of known answers in each block, what is amended, and the prices that follow from how far the rows are missed.

    At shares s and amends z the prices are those of the rows' augmented Lagrangian around ``near``: near + stride * (what the rows
    ask for - what they get), 0 where that has the wrong sign. Shares and amends minimise it block by block, as Frank and Wolfe do
    (Swoboda & Kolmogorov 2019), so that the prices are the best near ``near`` as far as known answers tell.
    """

    def __init__(self, relaxation: Relaxation, blocks: int, width: int) -> None:
        """``width`` is about how many rows an answer adds to."""
        self.relaxation = relaxation
        self.blocks = max(1, min(blocks, LARGEST // (ROOM * max(1, width))))
        self.row: NDArray[np.int32] = np.zeros((self.blocks, ROOM, 0), dtype=np.int32)
        self.size: NDArray[np.float32] = np.zeros((self.blocks, ROOM, 0), dtype=np.float32)
        self.number = np.zeros((self.blocks, ROOM), dtype=np.int64)
        self.cost = np.full((self.blocks, ROOM), np.inf)
        self.share = np.zeros((self.blocks, ROOM))
        self.amended = np.zeros(len(relaxation.most))
        self.prices = np.zeros(len(relaxation.low))

    def take(self, block: int, cost: float, adds: Floats) -> int:
        """Take an answer in, in the place of the one of the block that is used least: that place."""
        place = int(np.where(np.isinf(self.cost[block]), -1.0, self.share[block]).argmin())
        rows = np.flatnonzero(adds)
        if (wider := len(rows) - self.row.shape[2]) > 0:
            more = (0, 0), (0, 0), (0, wider)
            self.row, self.size = np.pad(self.row, more), np.pad(self.size, more)
        self.row[block, place, : len(rows)], self.size[block, place, : len(rows)] = rows, adds[rows]
        self.number[block, place], self.cost[block, place], self.share[block, place] = len(rows), cost, 0.0
        total = float(self.share[block].sum())
        self.share[block] = self.share[block] / total if total else np.arange(ROOM) == place
        return place

    def forget(self, block: int, place: int) -> None:
        """Leave an answer out from now on; the others of its block share what it had."""
        self.number[block, place], self.cost[block, place], self.share[block, place] = 0, np.inf, 0.0
        left, known = float(self.share[block].sum()), np.isfinite(self.cost[block])
        self.share[block] = self.share[block] / left if left else known / max(1, known.sum())

    def settle(self, near: Floats, stride: float) -> tuple[float, float]:
        """Mix anew around some prices: what the bound at the prices that follow would be if no answer were better than the known ones.

        And by how much the mix may still be from the best one there.
        """
        relaxation, amends = self.relaxation, self.relaxation.amends
        known = self.row, self.size, self.number, self.cost
        lots = amends.indptr, amends.indices, amends.data.astype(np.float64), relaxation.most, relaxation.cost
        sums, self.prices = self.amended @ amends, np.zeros(len(near))
        best, used = compiled(_settle)(
            *known, self.share, self.amended, sums, self.prices, near, stride, relaxation.low, relaxation.high, *lots
        )
        gain = amends @ self.prices - relaxation.cost
        room = np.where(gain > 0, relaxation.most - self.amended, self.amended)
        return relaxation.rest(self.prices) - best, best - used + float(np.abs(gain) @ room)


def _settle(  # noqa: C901 - numba takes arrays, not objects
    row: NDArray[np.int32],
    size: NDArray[np.float32],
    number: NDArray[np.int64],
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
    lot: Floats,
    most: Floats,
    charge: Floats,
) -> tuple[float, float]:
    """In each block a step from the least valuable answer that is used to the most valuable one, then of each amend what pays.

    What the best answers of all blocks are worth at the end, and those that are used.
    """
    worth, apart, met, meeting = np.empty(row.shape[1]), np.zeros(len(low)), np.zeros(len(low), dtype=np.int64), 0
    for b in range(len(row)):
        for j in range(row.shape[1]):
            for at in range(number[b, j] if share[b, j] > 0 else 0):
                sums[row[b, j, at]] += share[b, j] * size[b, j, at]
    for r in range(len(low)):
        up, down = near[r] + stride * (low[r] - sums[r]), near[r] + stride * (high[r] - sums[r])
        prices[r] = up if up > 0 else down if down < 0 else 0.0
    turn, at_first, done = 0, 0.0, False
    while True:
        gained = total = used = 0.0
        for b in range(len(row)):
            best, worst = 0, -1
            for j in range(row.shape[1]):
                worth[j] = -cost[b, j]
                for at in range(number[b, j]):
                    worth[j] += size[b, j, at] * prices[row[b, j, at]]
                if worth[j] > worth[best]:
                    best = j
                if share[b, j] > 0:
                    used += share[b, j] * worth[j]
                    if worst < 0 or worth[j] < worth[worst]:
                        worst = j
            total += worth[best]
            if done or worth[best] <= worth[worst]:
                continue
            for at in range(number[b, best]):
                apart[row[b, best, at]] += size[b, best, at]
            for at in range(number[b, worst]):
                apart[row[b, worst, at]] -= size[b, worst, at]
            bend, meeting = 0.0, meeting + 1
            for j in (best, worst):
                for at in range(number[b, j]):
                    r = row[b, j, at]
                    if met[r] < meeting:
                        bend += apart[r] ** 2
                        met[r] = meeting
            moved = share[b, worst]
            if bend * stride * moved > worth[best] - worth[worst]:
                moved = (worth[best] - worth[worst]) / (stride * bend)
            share[b, worst] -= moved
            share[b, best] += moved
            gained += moved * (worth[best] - worth[worst])
            for j in (best, worst):
                for at in range(number[b, j]):
                    r = row[b, j, at]
                    sums[r] += moved * apart[r]
                    apart[r] = 0.0
                    up, down = near[r] + stride * (low[r] - sums[r]), near[r] + stride * (high[r] - sums[r])
                    prices[r] = up if up > 0 else down if down < 0 else 0.0
        if done:
            return total, used
        for _ in range(3):
            for k in range(len(most)):
                gain, bend = -charge[k], 0.0
                for at in range(first[k], first[k + 1]):
                    gain += lot[at] * prices[row_of[at]]
                    bend += lot[at] ** 2
                now = amended[k] if bend == 0 else min(most[k], max(0.0, amended[k] + gain / (stride * bend)))
                more = now - amended[k]
                if more == 0:
                    continue
                gained += more * gain
                amended[k] = now
                for at in range(first[k], first[k + 1]):
                    r = row_of[at]
                    sums[r] += more * lot[at]
                    up, down = near[r] + stride * (low[r] - sums[r]), near[r] + stride * (high[r] - sums[r])
                    prices[r] = up if up > 0 else down if down < 0 else 0.0
        turn += 1
        at_first = gained if turn == 1 else at_first
        done = turn == PASSES or (turn > 1 and gained < WORTHWHILE * at_first)
