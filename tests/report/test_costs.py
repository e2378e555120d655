"""What a roster costs is summed by article, forbidden ones first and without a price."""

from wfm.report import CostLine, cost_lines, costs_text
from wfm.schedule.law import Law
from wfm.schedule.rules import MaxWeekends, MinRest, Wishes

LAW = Law(id="W", article="Weekends and wishes")
RULES = [
    Wishes(price=2, law=LAW),
    MaxWeekends(at_most=1, price=10, law=LAW),
    MaxWeekends(at_most=2, price=1),
    MinRest(law=Law(id="R", article="Rest")),
]


def test_rules_of_one_article_are_summed_and_forbidden_ones_come_first() -> None:
    wishes, weekends, others, rest = (rule.breach(3, "so it is") for rule in RULES)
    lines = cost_lines(RULES, [weekends, rest, wishes, others, wishes])
    assert lines == [
        CostLine("Rest", 3, None),
        CostLine("Weekends and wishes", 9, 42),
        CostLine("max_weekends:2", 3, 3),
        CostLine("Total cost", 12, 45),
    ]
    assert costs_text(lines).splitlines()[:2] == ["Rest: 3", "Weekends and wishes: 42"]


def test_what_is_kept_is_told_too() -> None:
    assert costs_text(cost_lines(RULES, [])).splitlines() == [
        "Rest: 0",
        "Weekends and wishes: 0",
        "max_weekends:2: 0",
        "Total cost: 0",
    ]


def test_a_breach_of_no_listed_rule_has_a_line_of_its_own() -> None:
    assert cost_lines([], [RULES[3].breach(1, "so it is")])[0] == CostLine("R", 1, None)
