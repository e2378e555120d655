"""A certificate says of every rule where it was checked, how close the closest call was, and where it is laid down."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest

from tests.schedule import fortnight
from tests.schedule.edits import leave_nobody_at_night, shorten_a_rest
from tests.schedule.tiny import worked
from wfm.domain import Roster
from wfm.schedule.audit import Clause, certificate
from wfm.schedule.law import Law
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rules import MinRest, ShiftForm, TimeOff

PROBLEM = fortnight.problem()
LAW = Law(id="REST12", article="Estatuto de los Trabajadores art. 34.3", pack="es-et")


def clauses(roster: Roster) -> dict[str, Clause]:
    return {clause.kind: clause for clause in certificate(PROBLEM, fortnight.RULES, roster)}


def test_it_has_a_clause_for_the_form_and_for_each_rule_in_order() -> None:
    found = certificate(PROBLEM, fortnight.RULES, fortnight.roster(Random(5)))
    assert [clause.kind for clause in found] == ["shift_form", *(rule.kind for rule in fortnight.RULES)]
    assert all(clause.kept and clause.worst is None and clause.total == 0 for clause in found)


def test_a_kept_rule_tells_its_closest_call() -> None:
    rest = clauses(fortnight.roster(Random(1)))["min_rest"]
    assert rest.tightest
    assert rest.tightest.words == "eve, 2026-11-09 to 2026-11-10: 14h30m; at least 12h"
    assert (rest.tightest.found, rest.tightest.asked, rest.tightest.agent) == (870, 720, "eve")
    assert (rest.tightest.first, rest.tightest.last) == (date(2026, 11, 9), date(2026, 11, 10))


def test_it_counts_the_places_where_a_rule_was_checked() -> None:
    roster = fortnight.roster(Random(1))
    found = clauses(roster)
    worked = [[shift for shift in shifts if not shift.on_call] for shifts in roster.shifts_by_agent.values()]
    pairs = sum(len(shifts) - 1 for shifts in worked)
    assert found["min_rest"].checked == f"{pairs} rests of 11 agents, 2026-11-02 to 2026-11-15"
    assert found["time_off"].checked == "154 days of 11 agents, 2026-11-02 to 2026-11-15"
    assert found["minimum_heads"].looked == 14 * 48 - 12, "from six in the morning of the first day"
    assert found["minimum_heads"].tightest
    assert found["minimum_heads"].tightest.words.endswith("1 on shift; at least 1")


def test_a_broken_rule_tells_its_worst_breach_and_how_much_is_broken_in_all() -> None:
    heads = clauses(leave_nobody_at_night(fortnight.roster(Random(5)), Random(5)).roster)["minimum_heads"]
    assert (heads.kept, heads.breaches, heads.total, heads.unit) == (False, 1, 450, "minutes short")
    assert heads.worst
    assert heads.worst.amount == 450
    assert heads.tightest
    assert heads.tightest.found == 0


def test_a_broken_rule_s_closest_call_is_its_worst_breach() -> None:
    for seed in range(20):
        edit = shorten_a_rest(fortnight.roster(Random(seed)), Random(seed))
        rest = clauses(edit.roster)["min_rest"]
        assert rest.worst
        assert rest.tightest
        assert rest.tightest.agent == rest.worst.agent == edit.agent
        assert rest.tightest.asked - rest.tightest.found == rest.worst.amount


def test_where_nothing_was_there_to_check_nothing_was_close(week: RosterProblem) -> None:
    idle, once = worked(week, ann="-------"), worked(week, ann="d------")
    for roster in (idle, once):
        rest = certificate(week, [MinRest()], roster)[1]
        assert (rest.looked, rest.tightest, rest.kept) == (0, None, True)
    assert [clause.looked for clause in certificate(week, [ShiftForm(), TimeOff()], idle)] == [7, 7]


def test_a_rule_goes_by_the_id_and_the_article_of_its_law(week: RosterProblem) -> None:
    rule = MinRest(law=LAW)
    clause = certificate(week, [rule], worked(week, ann="-------"))[1]
    assert (rule.id, clause.rule, clause.law) == ("REST12", "REST12", LAW)
    assert clause.source == f"{LAW.article} (pack es-et: a template for a lawyer to confirm)"
    own = MinRest(law=Law(id="CBA7", article="works agreement 7"))
    assert (own.id, own.laid_down) == ("CBA7", "works agreement 7")


def test_a_breach_names_the_law(weekend: RosterProblem) -> None:
    breaches = MinRest(rest_minutes=1_800, law=LAW).breaches(weekend, worked(weekend, ann="ee-", ben="---"))
    assert {breach.rule for breach in breaches} == {"REST12"}
    assert breaches[0].kind == "min_rest"


@pytest.mark.parametrize("seed", range(3))
def test_a_certificate_is_written_and_read_back(seed: int) -> None:
    for clause in certificate(PROBLEM, fortnight.RULES, fortnight.roster(Random(seed))):
        assert Clause.model_validate_json(clause.model_dump_json()) == clause
