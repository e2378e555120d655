"""What costs are multiples of, so that bounds may be rounded up."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import ceil, gcd, isfinite, lcm

from wfm.schedule.problem import RosterProblem
from wfm.schedule.rule import Rule

EPS = 1e-6
"""Contacts that rounding errors of a bound stay below."""


def grain_of(problem: RosterProblem, rules: Iterable[Rule]) -> float:
    """The largest number that the cost of every roster is a multiple of; 0 where amounts need not be whole.

    The breaches of a rule about one agent are whole, those of a rule that couples agents where its linear face says so.
    """
    prices = [Fraction(0)]
    for rule in rules:
        if rule.price:
            face = rule.linear(problem)
            if not (face.whole if face else type(rule).tour is not Rule.tour):
                return 0.0
            prices.append(Fraction(str(rule.price)))
    return float(Fraction(gcd(*(one.numerator for one in prices)), lcm(*(one.denominator for one in prices))))


def rounded_up(bound: float, grain: float) -> float:
    """The least cost that is possible above a bound, a little less where any number is."""
    return grain * ceil((bound - EPS) / grain) if grain and isfinite(bound) else bound - EPS
