"""How long callers are willing to wait, estimated from waits of which most end in an answer."""

from __future__ import annotations

import numpy as np

from wfm.importers.values import Floats, Mask

FEW_ABANDONS = 30


def mean_patience(waits: Floats, abandoned: Mask) -> float | None:
    """Mean patience in seconds, None where nobody abandoned.

    Censored maximum likelihood for exponential patience: all waiting over the number of abandons; an answered contact says only that
    its patience was longer than its wait (Mandelbaum and Zeltyn 2013, Data-stories about (im)patient customers in tele-queues).
    """
    count = int(abandoned.sum())
    total = float(np.nansum(waits))
    return total / count if count and total > 0 else None
