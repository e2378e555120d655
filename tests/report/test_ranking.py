"""Breaches are read by weight: what is forbidden first, then what costs most."""

from tests.report.tiny_plan import breaches
from wfm.report.ranking import ranked, rule_totals


def test_forbidden_breaches_come_first_then_the_dearest() -> None:
    assert [breach.rule for breach in ranked(breaches())] == ["min_rest:12h", "coverage", "wishes"]


def test_totals_add_up_to_all_breaches() -> None:
    twice = [*breaches(), *breaches()]
    totals = rule_totals(twice)
    assert [row.rule for row in totals] == ["min_rest:12h", "coverage", "wishes"]
    assert sum(row.number for row in totals) == len(twice)
    assert [row.cost for row in totals] == [None, 8.5, 1.0]
