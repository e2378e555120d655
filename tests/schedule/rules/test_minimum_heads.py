"""Heads are counted whatever they do, or by skill."""

from tests.schedule.tiny import worked
from wfm.domain import Opening
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rules import MinimumHeads

SUNDAY_MORNING = Opening.from_text("sun 07:00-10:00")


def test_each_missing_head_counts(weekend: RosterProblem) -> None:
    rule = MinimumHeads(at_least=2, hours=SUNDAY_MORNING)
    assert not rule.breaches(weekend, worked(weekend, ann="-e-", ben="-e-"))
    assert [row.amount for row in rule.breaches(weekend, worked(weekend, ann="-e-"))] == [180]
    assert [row.amount for row in rule.breaches(weekend, worked(weekend))] == [360]


def test_a_skill_restricts_who_counts(weekend: RosterProblem) -> None:
    rule = MinimumHeads(skill="chat", hours=SUNDAY_MORNING)
    (breach,) = rule.breaches(weekend, worked(weekend, ben="-e-"))
    assert breach.words.startswith("0 agents with the skill chat on shift from 2026-10-25 07:00")
    assert [rule.id, MinimumHeads(at_least=2).id] == ["minimum_heads:chat:1", "minimum_heads:2"]
