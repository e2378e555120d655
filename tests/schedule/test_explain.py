"""Conflicts: proved only where proved, as small as the rules that clash, in words."""

from tests.schedule.centre import centre
from wfm.domain import Opening
from wfm.schedule.explain import explained
from wfm.schedule.judge import Judged
from wfm.schedule.rules import Coverage, MaxConsecutiveDays, MinimumHeads, MinRest, WeeklyDaysOff
from wfm.schedule.search import Search
from wfm.schedule.solution import Limits
from wfm.schedule.watch import Watch

CLASH = (
    MinRest(),
    WeeklyDaysOff(days=6),
    MaxConsecutiveDays(days=5),
    MinimumHeads(at_least=2, hours=Opening.always()),
    Coverage(),
)


def test_rules_that_do_not_clash_are_not_blamed() -> None:
    problem = centre(agents=3, days=3)
    greedy = Judged(problem, CLASH, Search(problem, CLASH, 1).greedy())
    trouble = explained(greedy, "infeasible", Watch(Limits(steps=100)))
    assert trouble.proved
    assert not trouble.best.legal
    assert trouble.best.badness <= greedy.badness
    assert [rule.kind for rule in trouble.core] == ["minimum_heads"]  # three people cannot be two round the clock
    assert trouble.words[0].startswith("proved")


def test_what_was_not_proved_is_not_told_as_proved() -> None:
    problem = centre(agents=3, days=3)
    greedy = Judged(problem, CLASH, Search(problem, CLASH, 1).greedy())
    trouble = explained(greedy, "unknown", Watch(Limits(steps=100)))
    assert not trouble.proved
    assert trouble.core == ()
    assert trouble.words[0].startswith("not proved")
