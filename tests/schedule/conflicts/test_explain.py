"""Conflicts: proved only where proved, as small as the rules that clash, in words, with repairs that mend them."""

from tests.schedule.centre import centre
from tests.schedule.conflicts.test_conflict import NOON, SUNDAY, with_experts_away
from wfm.domain import Opening
from wfm.schedule import Solution, solve
from wfm.schedule.conflicts.explain import explained
from wfm.schedule.conflicts.inquiry import Inquiry
from wfm.schedule.judge import Judged
from wfm.schedule.rules import Coverage, MaxConsecutiveDays, MinimumHeads, MinRest, TimeOff, WeeklyDaysOff
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
LEAVE = (MinRest(), TimeOff(), NOON, Coverage())


def solved() -> Solution:
    return solve(with_experts_away("a0", "a1", "a2"), LEAVE, Limits(steps=40))


def test_rules_that_do_not_clash_are_not_blamed() -> None:
    solution = solve(centre(agents=3, days=3), CLASH, Limits(steps=40))
    assert solution.status == "conflict"
    assert solution.forbidden_breaches
    # Three people cannot be two round the clock, on any day.
    assert {part.kind for part in solution.conflicts[0].parts} == {"minimum_heads"}
    assert solution.conflict[0].startswith("proved")


def test_a_conflict_is_told_with_rules_agents_dates_and_the_least_bad_roster() -> None:
    (conflict,) = solved().conflicts
    assert {(part.kind, part.agents, part.first, part.last) for part in conflict.parts} == {
        ("time_off", ("a0", "a1", "a2"), SUNDAY, SUNDAY),
        ("role_cover", (), SUNDAY, SUNDAY),
    }
    assert [breach.rule for breach in solved().forbidden_breaches] == [NOON.id]
    assert conflict.parts[0].place == f"time_off of a0, a1 and a2 on {SUNDAY}"


def test_the_repairs_are_each_day_of_leave_the_cover_and_half_an_expert() -> None:
    repairs = solved().conflicts[0].repairs
    assert [repair.words for repair in repairs] == [
        f"relax {NOON.id} on {SUNDAY} by 30 minutes short",
        f"relax time_off of a0 on {SUNDAY} by 1 day of time off worked",
        f"relax time_off of a1 on {SUNDAY} by 1 day of time off worked",
        f"relax time_off of a2 on {SUNDAY} by 1 day of time off worked",
        "hire 0.5 of an agent (20h a week) with the role sme and the skill phone",
    ]
    assert [repair.hours for repair in repairs] == sorted(repair.hours for repair in repairs)


def test_a_repaired_problem_has_a_legal_roster() -> None:
    assert not solve(with_experts_away("a0", "a2"), LEAVE, Limits(steps=40)).forbidden_breaches


def test_the_same_steps_tell_the_same_conflict() -> None:
    assert solved().model_dump_json() == solved().model_dump_json()


def test_what_was_not_proved_is_not_told_as_proved() -> None:
    problem, watch = centre(agents=3, days=3), Watch(Limits(steps=100))
    greedy = Judged(problem, CLASH, Search(problem, CLASH, 1).greedy())
    trouble = explained(greedy, "unknown", Inquiry(greedy, watch), watch)
    assert not trouble.proved
    assert trouble.conflicts == ()
    assert trouble.words[0].startswith("not proved")


def test_what_the_search_proves_infeasible_is_looked_for_everywhere() -> None:
    problem, watch = with_experts_away("a0", "a1", "a2"), Watch(Limits(steps=100))
    greedy = Judged(problem, LEAVE, Search(problem, LEAVE, 1).greedy())
    inquiry = Inquiry(greedy, watch)
    inquiry.clashes.clear()
    trouble = explained(greedy, "infeasible", inquiry, watch)
    assert trouble.proved
    assert {part.kind for part in trouble.conflicts[0].parts} == {"time_off", "role_cover"}
    assert trouble.best.badness <= greedy.badness
