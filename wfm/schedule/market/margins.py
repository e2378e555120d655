"""What heads are worth and what one more of each group would add in every interval, remembered until the heads of the interval change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from wfm.schedule.compiled import compiled

if TYPE_CHECKING:
    from wfm.schedule.market.market import Market

Minutes = NDArray[np.int64]
NEVER = 2**31 - 1


class Margins:
    """Worth and margins of a market, asked again only for steps whose heads have changed. For one thread.

    A head more never displaces what is sold without it (the matroid with it has the one without as an elementary quotient; Oxley 2011,
    section 7.3), so it sells to the first lot that is not sold whole and waits only for sets of channels that the head feeds. The
    greedy therefore notes the place at which each set has no minutes left and at which each channel first goes short.
    """

    def __init__(self, market: Market) -> None:
        steps = len(market.first) - 1
        self.market = market
        self._seen = np.full((len(market.feeds), steps), -1)
        self._spent = np.zeros((len(market.feeds), steps), dtype=np.int64)
        self._short = np.zeros((market.holds.shape[1], steps), dtype=np.int64)
        self._worth = np.zeros(steps, dtype=np.int64)
        self._shares = np.zeros(self._short.shape, dtype=np.int64)

    def sold(self, serving: Minutes) -> tuple[NDArray[np.int64], Minutes]:
        """Worth of the minutes of each group in every step, in millionths of a contact, and the minutes of each channel."""
        self._sell(serving)
        return self._worth.copy(), self._shares.copy()

    def of(self, serving: Minutes, group: int) -> NDArray[np.int64]:
        """What one more head of a group adds to the worth of every step, in millionths of a contact; shape (T,)."""
        market, fed, gain = self.market, self._sell(serving), np.zeros(len(self._worth), dtype=np.int64)
        feeds, head = market.feeds[:, group].copy(), market.step_minutes
        compiled(_margin)(fed, *market.lots, feeds, head, self._spent, self._short, gain)
        return gain

    def _sell(self, serving: Minutes) -> Minutes:
        """Sell the steps that have changed; the minutes of each set of channels."""
        fed = self.market.fed(serving)
        compiled(_sell)(fed, *self.market.lots, self._seen, self._spent, self._short, self._worth, self._shares)
        return fed


def _sell(  # noqa: C901 - numba takes arrays, not objects, and no nested functions
    fed: Minutes,
    first: NDArray[np.int64],
    channel: NDArray[np.int64],
    slope: NDArray[np.int64],
    minutes: NDArray[np.int64],
    sets: NDArray[np.int64],
    holding: NDArray[np.int64],
    seen: Minutes,
    spent: Minutes,
    short: Minutes,
    worth: NDArray[np.int64],
    shares: Minutes,
) -> None:
    """Sell the lots of each changed step dearest first, each as far as all sets that hold its channel have minutes left.

    spent[s, t] is the lot that takes a set's last minutes (-1: it had none), short[c, t] the first lot of a channel that is not sold whole.
    """
    left = np.empty(len(fed), dtype=np.int64)
    for t in range(fed.shape[1]):
        changed = False
        for s in range(len(fed)):
            changed |= fed[s, t] != seen[s, t]
        if not changed:
            continue
        waiting = len(short)
        worth[t] = 0
        for c in range(len(short)):
            short[c, t], shares[c, t] = NEVER, 0
        for s in range(len(fed)):
            seen[s, t] = left[s] = fed[s, t]
            spent[s, t] = NEVER if left[s] > 0 else -1
        for lot in range(first[t], first[t + 1]):
            c, sold = channel[lot], minutes[lot]
            if short[c, t] < NEVER:
                continue
            for k in range(holding[c], holding[c + 1]):
                sold = min(sold, left[sets[k]])
            for k in range(holding[c], holding[c + 1]):
                s = sets[k]
                left[s] -= sold
                if left[s] == 0 and spent[s, t] == NEVER:
                    spent[s, t] = lot
            worth[t] += sold * slope[lot]
            shares[c, t] += sold
            if sold < minutes[lot]:
                short[c, t] = lot
                waiting -= 1
                if waiting == 0:
                    break


def _margin(  # noqa: C901 - as above
    fed: Minutes,
    first: NDArray[np.int64],
    channel: NDArray[np.int64],
    slope: NDArray[np.int64],
    minutes: NDArray[np.int64],
    sets: NDArray[np.int64],
    holding: NDArray[np.int64],
    feeds: NDArray[np.bool_],
    head: int,
    spent: Minutes,
    short: Minutes,
    gain: NDArray[np.int64],
) -> None:
    """The slope of the first lot that waits for the head, a whole one; steps with parts of heads are sold out with it and without."""
    left, more = np.empty(len(fed), dtype=np.int64), np.empty(len(fed), dtype=np.int64)
    for t in range(len(gain)):
        whole = True
        for s in range(len(fed)):
            whole &= fed[s, t] % head == 0
        if whole:
            for c in range(len(short)):
                lot = short[c, t]
                if lot < NEVER and slope[lot] * head > gain[t]:
                    for k in range(holding[c], holding[c + 1]):
                        if spent[sets[k], t] <= lot and not feeds[sets[k]]:
                            break
                    else:
                        gain[t] = slope[lot] * head
            continue
        for s in range(len(fed)):
            left[s] = fed[s, t]
            more[s] = left[s] + (head if feeds[s] else 0)
        for lot in range(first[t], first[t + 1]):
            sold = bought = minutes[lot]
            low, high = holding[channel[lot]], holding[channel[lot] + 1]
            for k in range(low, high):
                sold, bought = min(sold, left[sets[k]]), min(bought, more[sets[k]])
            for k in range(low, high):
                left[sets[k]] -= sold
                more[sets[k]] -= bought
            gain[t] += (bought - sold) * slope[lot]
