"""A name that one part of a scenario uses and no other part knows is told with the file that misses it."""

from pathlib import Path

import pytest

from tests.study.folders import PHONE_SMALL, copied, told
from wfm.study import read_scenario

AGENTS = "id,contract,skills,roles\nB1,full,phone,lead\nB2,full,phone,\n"


def test_all_unknown_names_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    folder = copied(
        tmp_path,
        ("wishes: wishes.csv", "wishes: wishes.csv\ntime_off: time_off.csv\ndemand: {fone: {scale: 2}}"),
        ("role: lead", "role: leed"),
        agents="id,contract,skills,roles\nB1,fulll,phone,lead\nB2,full,phone,leat lead\n",
        time_off="agent,first,last\nB7,2026-12-01,2026-12-02\n",
        wishes="agent,date,want\nB8,2026-12-01,off\nB1,2026-12-01,lat\nB1,2026-12-02,work\n",
    )
    assert told(folder) == [
        "scenario.yaml:19: demand.fone: expected a channel, came fone. Did you mean phone?",
        "scenario.yaml:39: rules.7.role: expected a known role, came leed. Did you mean lead?",
        "agents.csv:2: contract: expected a known contract, came fulll. Did you mean full?",
        "agents.csv:3: roles: expected a known role, came leat. Did you mean lead?",
        "time_off.csv:2: agent: expected a known agent, came B7. Here belong B1, B2.",
        "wishes.csv:2: agent: expected a known agent, came B8. Here belong B1, B2.",
        "wishes.csv:3: want: expected a known wish, came lat. Did you mean late?",
    ]


def test_balances_reach_the_workforce_and_belong_to_somebody(tmp_path: Path) -> None:
    named = ("wishes: wishes.csv", "wishes: wishes.csv\nbalances: balances.csv")
    known = copied(tmp_path / "a", named, balances="agent,weeks,minutes\nB1,20,780h\nB2,20,48000\n")
    rows = {row.agent: row.minutes for row in read_scenario(known).workforce.balances}
    assert rows == {"B1": 46_800, "B2": 48_000}
    (sentence,) = told(copied(tmp_path / "b", named, balances="agent,weeks,minutes\nX1,20,780h\n"))
    assert sentence.startswith("balances.csv:2: agent: expected a known agent, came X1.")


def test_burdens_reach_the_workforce_and_belong_to_somebody(tmp_path: Path) -> None:
    named = ("wishes: wishes.csv", "wishes: wishes.csv\nburdens: burdens.csv")
    known = copied(tmp_path / "a", named, burdens="agent,period,nights\nB1,2026-10,3\n")
    assert [(row.agent, row.nights) for row in read_scenario(known).workforce.burdens] == [("B1", 3)]
    (sentence,) = told(copied(tmp_path / "b", named, burdens="agent,period,nights\nX1,2026-10,3\n"))
    assert sentence.startswith("burdens.csv:2: agent: expected a known agent, came X1.")


def test_more_points_than_the_budget_are_told_with_the_agent(tmp_path: Path) -> None:
    budget = ("{kind: wishes,", "{kind: wishes, budget: 5,")
    wishes = (
        "agent,date,want,points\nB1,2026-12-01,off,3\nB1,2026-12-02,off,3\nB2,2026-12-01,off,5\nB2,2027-01-01,off,5\n"
    )
    assert told(copied(tmp_path, budget, wishes=wishes)) == [
        (
            "wishes.csv: points: expected at most 5 points an agent, came 6 points of B1. "
            "Lower the points, or take the budget out of the rule wishes."
        )
    ]


def test_peers_are_parted_by_roles_that_there_are(tmp_path: Path) -> None:
    (sentence,) = told(copied(tmp_path, ("rules:\n", "rules:\n  - {kind: fairness, apart: [leed], price: 1}\n")))
    assert "apart: expected a known role, came leed. Did you mean lead?" in sentence


def test_a_channel_without_history_is_told(tmp_path: Path) -> None:
    assert told(copied(tmp_path, ("  phone:", "  fone:"))) == [
        (
            "scenario.yaml:10: channels.fone: expected rows of channel fone in history.csv, came rows of phone. "
            "For a new queue tell what it is like: `like: CHANNEL` and `volume: 120 a day`."
        )
    ]


def test_history_of_other_channels_is_passed_over(tmp_path: Path) -> None:
    rows = (PHONE_SMALL / "history.csv").read_text(encoding="utf-8").splitlines()
    other = [row.replace(",phone,", ",mail,") for row in rows[1:]]
    scenario = read_scenario(copied(tmp_path, history="\n".join([*rows, *other, ""])))
    assert [history.channel for history in scenario.histories] == ["phone"]


@pytest.mark.parametrize("want", ["off", "work", "early", "late", "short"])
def test_a_wish_may_want_a_day_off_work_or_a_shift(tmp_path: Path, want: str) -> None:
    folder = copied(tmp_path, agents=AGENTS, wishes=f"agent,date,want\nB2,2026-12-01,{want}\n")
    assert read_scenario(folder).workforce.wishes[0].want == want


def test_a_rule_may_ask_for_the_skill_of_a_channel_or_an_agent(tmp_path: Path) -> None:
    rule = "  - {kind: minimum_heads, skill: SKILL}\n  - {kind: time_off}"
    for skill in ("phone", "french"):
        folder = copied(
            tmp_path / skill,
            ("  - {kind: time_off}", rule.replace("SKILL", skill)),
            agents=AGENTS.replace("B2,full,phone", "B2,full,phone french"),
            wishes="agent,date,want\n",
        )
        assert read_scenario(folder).rules[1].kind == "minimum_heads"
    (sentence,) = told(copied(tmp_path / "x", ("  - {kind: time_off}", rule.replace("SKILL", "fone"))))
    assert sentence.endswith("rules.1.skill: expected a known skill, came fone. Did you mean phone?")
