"""Who can take a shift is ranked as whole audits would rank them, and a swap is an edit of two cells or four."""

from datetime import date, timedelta

import pytest

from tests.study.test_edit import PROBLEM, ROSTER, RULES
from wfm.domain import Activity, Assignment, NotFound, Refused, Roster, Session
from wfm.schedule import audit
from wfm.schedule.rules import Sessions
from wfm.study import Cover, cover, swapped
from wfm.study.edit import worse

ROW = ROSTER.assignments[0]
WITHOUT = Roster.of(ROSTER.grid, ROSTER.assignments[1:])


def found() -> Cover:
    return cover(PROBLEM, RULES, ROSTER, ROW.agent, ROW.shift.day)


def test_each_candidate_is_judged_as_a_whole_audit_would() -> None:
    before = audit(PROBLEM, RULES, WITHOUT)
    for row in found().candidates:
        after = audit(
            PROBLEM,
            RULES,
            Roster.of(WITHOUT.grid, [*WITHOUT.assignments, Assignment(agent=row.agent, shift=ROW.shift)]),
        )
        assert row.legal == (not any(breach.forbidden for breach in worse(before, after)))
        lost = [sum(breach.amount for breach in rows if breach.kind == "coverage") for rows in (before, after)]
        assert row.contacts == pytest.approx(lost[0] - lost[1], abs=1e-5)
        if row.legal:
            costs = [sum(breach.cost for breach in rows) for rows in (before, after)]
            assert row.price == pytest.approx(costs[1] - costs[0], abs=1e-5)


def test_everybody_else_is_listed_those_who_may_first_and_the_cheapest_first() -> None:
    rows = found().candidates
    assert {row.agent for row in rows} == {agent.id for agent in PROBLEM.workforce.agents} - {ROW.agent}
    assert [row.legal for row in rows] == sorted((row.legal for row in rows), reverse=True)
    prices = [row.price for row in rows if row.legal]
    assert prices == sorted(prices)


def test_who_may_not_is_told_why() -> None:
    for row in found().candidates:
        assert row.legal or all(row.agent in reason for reason in row.reasons)


def test_the_gap_costs_what_the_audit_says() -> None:
    lost = [
        sum(row.amount for row in audit(PROBLEM, RULES, roster) if row.kind == "coverage")
        for roster in (ROSTER, WITHOUT)
    ]
    assert found().lost == pytest.approx(lost[1] - lost[0], abs=1e-5)


def test_rest_reaches_to_the_next_shifts() -> None:
    for row in found().candidates:
        shifts = ROSTER.shifts_of(row.agent)
        later = [shift.start for shift in shifts if shift.start > ROW.shift.start]
        expected = int((min(later) - ROW.shift.end).total_seconds()) // 60 if later else None
        assert row.rest_after_minutes == expected


def test_a_swap_changes_two_agents_and_back_again_nothing() -> None:
    other = next(row for row in ROSTER.assignments if row.agent != ROW.agent and row.shift.day == ROW.shift.day)
    edit = swapped(PROBLEM, RULES, ROSTER, (ROW.agent, ROW.shift.day), (other.agent, other.shift.day))
    assert {change.agent for change in edit.changes} <= {ROW.agent, other.agent}
    assert edit.paid_minutes == 0


def test_where_there_is_no_shift_there_is_nothing_to_take() -> None:
    with pytest.raises(NotFound, match="no shift on 2027-01-01"):
        cover(PROBLEM, RULES, ROSTER, ROW.agent, date(2027, 1, 1))
    with pytest.raises(NotFound, match="no agent eve"):
        swapped(PROBLEM, RULES, ROSTER, ("eve", ROW.shift.day), (ROW.agent, ROW.shift.day))


def test_whoever_takes_a_shift_does_not_take_its_tasks() -> None:
    begin = ROW.shift.start
    training = Activity(kind="training", what="basics", start=begin, end=begin + timedelta(minutes=30))
    shift = ROW.shift.varied(activities=(training, *ROW.shift.activities))
    roster = Roster.of(ROSTER.grid, [Assignment(agent=ROW.agent, shift=shift), *ROSTER.assignments[1:]])
    session = Session(name="basics", minutes=30, attendees=(ROW.agent,))
    problem = PROBLEM.varied(workforce=PROBLEM.workforce.varied(sessions=(session,)))
    rows = cover(problem, (*RULES, Sessions()), roster, ROW.agent, ROW.shift.day).candidates
    assert [(row.agent, row.reasons, row.contacts) for row in rows] == [
        (row.agent, row.reasons, row.contacts) for row in found().candidates
    ]
    other = next(row for row in roster.assignments if row.agent != ROW.agent and row.shift.day != ROW.shift.day)
    edit = swapped(problem, (*RULES, Sessions()), roster, (ROW.agent, ROW.shift.day), (other.agent, other.shift.day))
    assert [row.agent for row in edit.broken if row.rule == "sessions"] == [
        ROW.agent
    ]  # who misses it; no stranger sits in it


def test_nobody_swaps_with_themselves() -> None:
    mine = ROW.agent, ROW.shift.day
    with pytest.raises(Refused, match="two agents"):
        swapped(PROBLEM, RULES, ROSTER, mine, mine)
