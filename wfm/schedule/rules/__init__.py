"""Every kind of roster rule, in the order in which a certificate lists them."""

from __future__ import annotations

from wfm.schedule.rule import Rule
from wfm.schedule.rules.min_rest import MinRest

RULES: tuple[type[Rule], ...] = (MinRest,)

__all__ = ["RULES", "MinRest"]
