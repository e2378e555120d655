"""The small files of people: written and read back the same, every fault in its place, no formula for a spreadsheet."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wfm.domain import Agent, Balance, InputError, Opening, Refused, TimeOff, Wish
from wfm.domain.cell import neutral, restored
from wfm.importers import (
    read_agents,
    read_balances,
    read_requests,
    read_time_off,
    read_wishes,
    write_agents,
    write_balances,
    write_time_off,
    write_wishes,
)

Write = Callable[..., Path]
names = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_.]{0,6}", fullmatch=True)
titles = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp"]), max_size=8)
days = st.dates(date(2000, 1, 1), date(2099, 12, 31))
openings = st.sampled_from(["24x7", "mon-fri 08:00-20:00", "mon-fri 08:00-14:00, mon-fri 16:00-20:00, sat 09:00-14:00"])
agents = st.builds(
    Agent,
    id=names,
    name=titles,
    contract=names,
    skills=st.lists(names, max_size=3).map(tuple),
    roles=st.lists(names, max_size=2).map(tuple),
    availability=openings.map(Opening.from_text),
    site=st.none() | names,
    team=st.none() | names,
    minor=st.booleans(),
    home_weekdays=st.sets(st.integers(0, 6)).map(lambda days: tuple(sorted(days))),
    employed_from=st.none() | st.dates(date(2000, 1, 1), date(2020, 1, 1)),
    employed_until=st.none() | st.dates(date(2020, 1, 2), date(2099, 1, 1)),
)
quick = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@quick
@given(given_agents=st.lists(agents, max_size=5, unique_by=lambda agent: agent.id).map(tuple))
def test_agents_survive_writing_and_reading(given_agents: tuple[Agent, ...], tmp_path: Path) -> None:
    write_agents(given_agents, tmp_path / "agents.csv")
    assert read_agents(tmp_path / "agents.csv") == given_agents


@quick
@given(
    rows=st.lists(
        st.tuples(names, days, st.integers(0, 1_829), st.sampled_from(["holiday", "=sick", "parental leave"])),
        max_size=5,
    )
)
def test_time_off_survives_writing_and_reading(rows: list[tuple[str, date, int, str]], tmp_path: Path) -> None:
    absences = tuple(TimeOff(agent=a, first=day, last=day + timedelta(more), kind=kind) for a, day, more, kind in rows)
    write_time_off(absences, tmp_path / "time_off.csv")
    assert read_time_off(tmp_path / "time_off.csv") == absences


@quick
@given(
    wishes=st.lists(
        st.builds(Wish, agent=names, date=days, want=names, points=st.integers(1, 100), avoid=st.booleans()), max_size=5
    ).map(tuple)
)
def test_wishes_survive_writing_and_reading(wishes: tuple[Wish, ...], tmp_path: Path) -> None:
    write_wishes(wishes, tmp_path / "wishes.csv")
    assert read_wishes(tmp_path / "wishes.csv") == wishes


@quick
@given(
    st.lists(
        st.builds(Balance, agent=names, weeks=st.integers(0, 520), minutes=st.integers(0, 200_000)),
        max_size=5,
        unique_by=lambda row: (row.agent, row.weeks),
    )
)
def test_balances_survive_writing_and_reading(tmp_path: Path, balances: list[Balance]) -> None:
    write_balances(balances, tmp_path / "balances.csv")
    assert read_balances(tmp_path / "balances.csv") == tuple(balances)


def test_a_balance_is_written_in_minutes_or_with_a_unit(write: Write) -> None:
    rows = read_balances(write("agent,weeks,minutes\nA1,41,98400\nA2,41,1640h\n"))
    assert {row.minutes for row in rows} == {98_400}


def test_two_balances_of_the_same_weeks_are_told_with_their_lines(write: Write) -> None:
    with pytest.raises(InputError, match="A1 over 41 weeks, on line 2 already") as error:
        read_balances(write("agent,weeks,minutes\nA1,41,1640h\nA1,8,320h\nA1,41,1600h\n"))
    (fault,) = error.value.faults
    assert (fault.line, fault.column) == (4, "weeks")


def test_a_balance_without_its_time_is_told_with_its_line(write: Write) -> None:
    with pytest.raises(InputError) as error:
        read_balances(write("agent,weeks,minutes\nA1,41,\n"))
    (fault,) = error.value.faults
    assert (fault.line, fault.column) == (2, "minutes")


@given(st.text(max_size=12).filter(lambda text: text == text.strip(" ")))
def test_no_text_is_written_as_a_formula_and_all_text_comes_back(text: str) -> None:
    assert neutral(text)[:1] not in set("=+-@\t\r")
    assert restored(neutral(text)) == text


def test_agents_need_only_an_id_and_a_contract(write: Write) -> None:
    (agent,) = read_agents(write("id,contract\nA1,full\n"))
    assert (agent.skills, agent.roles, agent.availability.is_always) == ((), (), True)


def test_who_is_under_18_and_who_works_from_home_is_told_in_words(write: Write) -> None:
    rows = read_agents(write("id,contract,minor,home,site\nA1,full,sí,mon-wed fri,hq\nA2,full,no,,\n"))
    assert [(row.minor, row.home_weekdays, row.site) for row in rows] == [(True, (0, 1, 2, 4), "hq"), (False, (), None)]
    with pytest.raises(InputError, match="expected yes or no"):
        read_agents(write("id,contract,minor\nA1,full,17\n"))


def test_lists_are_parted_by_semicolons_or_spaces(write: Write) -> None:
    both = read_agents(write("id,contract,skills\nA1,full,phone chat\nA2,full,phone; chat\n"))
    assert {agent.skills for agent in both} == {("phone", "chat")}


def test_all_faults_of_agents_are_told_with_line_and_column(write: Write) -> None:
    path = write(
        "id,name,contract,availability,from,until\n"
        "A1,Ada,full,24x7,,\n"
        "A 2,Bob,full,daily,,\n"
        "A1,Cy,,,soon,\n"
        "A4,Di,full,,2026-05-01,2026-04-01\n",
        "agents.csv",
    )
    with pytest.raises(InputError) as caught:
        read_agents(path)
    places = {(fault.line, fault.column) for fault in caught.value.faults}
    assert places == {(3, "id"), (3, "availability"), (4, "contract"), (4, "from"), (4, "id"), (5, "until")}
    assert {fault.file for fault in caught.value.faults} == {"agents.csv"}


def test_unknown_and_missing_columns_are_named(write: Write) -> None:
    with pytest.raises(InputError, match="Did you mean skills") as caught:
        read_agents(write("id,skils\nA1,phone\n"))
    assert "a column contract" in str(caught.value)


def test_time_off_that_ends_before_it_begins_is_a_fault(write: Write) -> None:
    with pytest.raises(
        InputError, match=r"file.csv:3: last: expected a last day on or after 2026-05-02, came 2026-05-01"
    ):
        read_time_off(write("agent,first,last\nA1,2026-05-01,2026-05-01\nA1,2026-05-02,2026-05-01\n"))


def test_wishes_without_points_count_one_and_wrong_points_are_a_fault(write: Write) -> None:
    assert read_wishes(write("agent,date,want\nA1,2026-05-01,off\n"))[0].points == 1
    with pytest.raises(InputError, match=":2: points"):
        read_wishes(write("agent,date,want,points\nA1,2026-05-01,off,many\n"))


def test_availability_of_single_dates_is_refused_rather_than_lost(tmp_path: Path) -> None:
    opening = Opening(week=Opening.always().week, dates=((date(2026, 12, 25), ()),))
    with pytest.raises(Refused, match="single dates"):
        write_agents([Agent(id="A1", contract="full", availability=opening)], tmp_path / "agents.csv")


def test_a_wished_start_is_written_with_its_clock_time(tmp_path: Path) -> None:
    wishes = (Wish(agent="A1", date=date(2026, 3, 9), want="start", start=480, points=2),)
    write_wishes(wishes, tmp_path / "wishes.csv")
    assert "start 08:00" in (tmp_path / "wishes.csv").read_text(encoding="utf-8")
    assert read_wishes(tmp_path / "wishes.csv") == wishes
    (tmp_path / "wishes.csv").write_text("agent,date,want\nA1,2026-03-09,start noon\n", encoding="utf-8")
    with pytest.raises(InputError, match="clock time"):
        read_wishes(tmp_path / "wishes.csv")


def test_requests_are_time_off_with_points(tmp_path: Path) -> None:
    (tmp_path / "requests.csv").write_text(
        "agent,first,last,points\nA1,2026-03-09,2026-03-10,4\nA2,2026-03-09,2026-03-09,\n"
    )
    rows = read_requests(tmp_path / "requests.csv", ("A1", "A2"))
    assert [(row.agent, row.points, row.kind) for row in rows] == [("A1", 4, "holiday"), ("A2", 1, "holiday")]
    (tmp_path / "requests.csv").write_text(
        "agent,first,last,points\nA1,2026-03-09,2026-03-08,4\nA2,2026-03-09,2026-03-09,0\nA3,2026-03-09,2026-03-09,1\n"
    )
    with pytest.raises(InputError) as caught:
        read_requests(tmp_path / "requests.csv", ("A1", "A2"))
    assert [fault.line for fault in caught.value.faults] == [2, 3, 4]
