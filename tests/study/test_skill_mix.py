"""Multi-skill staffing: certified, reproducible, never below the bound; the simulation behind it agrees with Erlang A."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from wfm.domain import InputError, ServiceLevel
from wfm.staffing import CallType, SkillCentre, SkillGroup, erlang_a
from wfm.study.skill_mix import staff_groups
from wfm.study.skill_search import Course, log_odds
from wfm.study.skill_sheet import read_skill_centre
from wfm.study.skill_trial import Shares, Trial

PHONE = CallType(
    name="phone",
    per_hour=600,
    aht_seconds=60,
    patience_seconds=60,
    target=ServiceLevel(share=0.8, within_seconds=20),
)
ONE = SkillCentre(types=(PHONE,), groups=(SkillGroup(name="all", skills=("phone",)),))

SHEET = """\
apiVersion: wfm/v1
types:
  billing: {per_hour: 300, aht: 1m, patience: 1m, target: 80% in 20s}
  sales: {per_hour: 240, aht: 1m, patience: 1m, target: 70% in 20s}
groups:
  billers: {skills: [billing], cost: 10}
  both: {skills: [billing, sales], cost: 12, most: 40}
"""


def test_one_group_is_served_as_erlang_a_says() -> None:
    mean, width = Trial.of(ONE, 3, range(8)).shares(np.array([10]), np.zeros(1)).estimated(1e-4)
    expected = float(erlang_a(10.0, 10, 60, 60, 20.0).service_level())
    assert mean == pytest.approx(expected, abs=float(width[0]))


def test_luck_of_the_draw_is_taken_out() -> None:
    chance = np.random.default_rng(1)
    surplus = chance.normal(0, 0.02, (60, 2))
    shares = Shares(0.8 - 2 * surplus[:, [1]] + chance.normal(0, 0.001, (60, 1)), surplus)
    mean, width = shares.estimated(0.05)
    assert mean == pytest.approx([0.8], abs=0.001)
    assert width[0] < 0.0005
    plain = Shares(shares.inside, np.zeros_like(surplus))
    assert plain.estimated(0.05)[1][0] > 0.005


def test_the_calls_of_a_replication_are_the_same_in_any_trial() -> None:
    one, other = Trial.of(ONE, 3, range(2)), Trial.of(ONE, 3, [1])
    assert np.array_equal(one.streams[1].arrival, other.streams[0].arrival)


@pytest.mark.slow
def test_a_mix_is_certified_above_the_bound_and_the_same_with_more_workers(tmp_path: Path) -> None:
    file = tmp_path / "skills.yaml"
    file.write_text(SHEET)
    centre = read_skill_centre(file)
    mix = staff_groups(centre, seed=1, workers=2)
    assert mix.certified
    assert mix.cost >= mix.bound > 0
    assert mix.cost == pytest.approx(float(centre.costs @ np.array(mix.agents)))
    assert staff_groups(centre, seed=1, workers=1) == mix


def test_a_mix_that_is_short_is_changed_by_what_steps_are_seen_to_do() -> None:
    course, shares = Course.begun(ONE, np.array([10]), 1, 1).watched(4, 2)
    assert shares[0] < 0.8
    more = course.changed(shares, course.asked, 0.5, 20.0, 0.3)
    assert more.agents[0] > 10
    assert more.watched(4, 2)[1][0] > shares[0]


def test_where_nobody_may_be_taken_away_agents_are_only_added() -> None:
    course, shares = Course.begun(ONE, np.array([14]), 1, 1).watched(4, 2)
    assert shares[0] > 0.9
    assert course.changed(shares, course.asked, 0.5, 20.0, 0.3).agents[0] < 14
    assert course.changed(shares, course.asked, 0.5, 20.0, np.inf).agents[0] == 14


def test_effects_are_corrected_by_what_a_change_has_done() -> None:
    before, after = (Shares(np.full((40, 1), share), np.zeros((40, 2))) for share in (0.7, 0.8))
    course = Course.begun(ONE, np.array([10]), 1, 1).learned(before)
    changed = replace(course, agents=np.array([13])).learned(after)
    expected = float((log_odds(np.array([0.8])) - log_odds(np.array([0.7])))[0])
    assert 0.5 * expected < 3 * changed.effects.agents[0, 0] < expected
    assert changed.effects.seconds[0, 0] == 0


@pytest.mark.parametrize(
    ("wrong", "right", "words", "line"),
    [
        ("target: 80% in 20s", "target: 80%", "a service level such as 80% in 20s", 3),
        ("skills: [billing]", "skills: [biling]", "a call type, came biling. Did you mean billing?", 6),
        ("skills: [billing]", "skills: [billing, billing]", "each skill once, came billing again", 6),
        ("skills: [billing, sales]", "skills: [billing]", "a group that serves sales, came none", 4),
        ("per_hour: 300", "per_hour: 0", "more than 0", 3),
        ("aht: 1m", "aht: 60", "a duration with its unit", 3),
    ],
)
def test_a_fault_in_the_file_is_named_with_its_line(
    tmp_path: Path, wrong: str, right: str, words: str, line: int
) -> None:
    file = tmp_path / "skills.yaml"
    file.write_text(SHEET.replace(wrong, right, 1))
    with pytest.raises(InputError, match=re.escape(words)) as refused:
        read_skill_centre(file)
    assert refused.value.faults[0].line == line
