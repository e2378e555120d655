"""Holders of a role are counted in minutes on shift, step by step."""

from datetime import UTC, date, datetime

from tests.schedule.tiny import others_of, tours_of, worked
from wfm.domain import Opening
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rules import RoleCover


def test_a_stretch_without_a_holder_is_one_breach(weekend: RosterProblem) -> None:
    rule = RoleCover(role="sme", hours=Opening.from_text("sat 06:00-18:00"))
    (breach,) = rule.breaches(weekend, worked(weekend, ann="e--", ben="nnn"))
    assert breach.amount == 180
    assert breach.at == datetime(2026, 10, 24, 13, tzinfo=UTC)
    assert breach.words == "0 with the role sme on shift from 2026-10-24 15:00 to 2026-10-24 18:00; 1 asked for"


def test_who_does_not_hold_the_role_does_not_count(weekend: RosterProblem) -> None:
    rule = RoleCover(role="sme", hours=Opening.from_text("sat 06:00-15:00"))
    assert [row.amount for row in rule.breaches(weekend, worked(weekend, ben="eee"))] == [480]


def test_a_shift_of_the_day_before_reaches_into_the_horizon(weekend: RosterProblem) -> None:
    # Ann's night of Friday ends at 07:00, so that of 06:00 to 15:00 the first hour is covered and eight are short.
    rule = RoleCover(role="sme", hours=Opening.from_text("sat 06:00-15:00"))
    (breach,) = rule.breaches(weekend, worked(weekend))
    assert breach.at == datetime(2026, 10, 24, 5, tzinfo=UTC)


def test_hours_before_the_first_start_of_any_shift_are_not_asked_for(weekend: RosterProblem) -> None:
    fresh: RosterProblem = weekend.varied(before=())
    (breach,) = RoleCover(role="sme").breaches(fresh, worked(fresh))
    assert breach.at == datetime(2026, 10, 24, 4, tzinfo=UTC)  # 06:00, when the early shift can begin
    assert (breach.first, breach.last) == (date(2026, 10, 24), date(2026, 10, 26))
    assert breach.amount == (73 - 6) * 60


def test_the_part_of_a_step_that_is_covered_counts(week: RosterProblem) -> None:
    rule = RoleCover(role="sme", hours=Opening.from_text("tue 09:00-10:00"))
    assert [row.amount for row in rule.breaches(week, worked(week, ann="-d-----"))] == [15]  # the shift begins at 09:15


def test_only_a_holder_is_pulled(weekend: RosterProblem) -> None:
    ann, ben = weekend.workforce.agents
    none = tours_of(weekend)[0]
    others = others_of(weekend, {"ann": none, "ben": none}, "ben")
    rule = RoleCover(role="sme")
    assert rule.pull(weekend, others, ben, 1.0) is None
    pull = rule.pull(weekend, others, ann, 1.0)
    assert pull
    assert pull.duty is not None
    # Her night before the horizon covers the first hour; the last night has two hours of it.
    assert pull.duty.tolist() == [[480, 540], [540, 540], [540, 120]]
