"""Requests for time off: the quota holds on every day, points come first, and other dates have room."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from wfm.domain import Agent, Burden, Contract, Request, TimeOff, Workforce
from wfm.study.requests import decided, granted_rows, level_before

FIRST = date(2026, 12, 21)
PEOPLE = Workforce(
    contracts=(Contract(name="full", week_minutes=2400), Contract(name="half", week_minutes=1200)),
    agents=tuple(Agent(id=name, contract="half" if name == "dan" else "full") for name in ("ann", "ben", "cas", "dan")),
    time_off=(TimeOff(agent="cas", first=FIRST, last=FIRST + timedelta(days=1)),),
    burdens=(Burden(agent="ben", period="2026-11", nights=4), Burden(agent="dan", period="2026-11", nights=3)),
)


def asked(agent: str, first: int, last: int, points: int = 1) -> Request:
    return Request(agent=agent, first=FIRST + timedelta(days=first), last=FIRST + timedelta(days=last), points=points)


def test_most_points_come_first_then_whoever_bore_most_for_the_contract() -> None:
    rows = [asked("ann", 0, 0), asked("ben", 0, 0), asked("dan", 0, 0), asked("ann", 3, 3, 5)]
    found = decided(PEOPLE, rows, 2)
    assert [level_before(PEOPLE, name) for name in ("ann", "ben", "dan")] == [0.0, 4.0, 6.0]
    assert [(row.request.agent, row.approved) for row in found] == [
        ("ann", True),
        ("dan", True),
        ("ben", False),
        ("ann", False),
    ]


def test_a_refusal_names_who_is_off_and_the_nearest_dates_with_room() -> None:
    (row,) = decided(PEOPLE, [asked("ann", 0, 2)], 1)
    assert row.words == "cas is off on 2026-12-21, and on 1 more of its days; at most 1 may be"
    assert row.instead == tuple(FIRST + timedelta(days=k) for k in (2, -3, 3))


def test_no_date_is_offered_that_has_been_rostered() -> None:
    (row,) = decided(PEOPLE, [asked("ann", 0, 2)], 1, FIRST)
    assert row.instead == tuple(FIRST + timedelta(days=k) for k in (2, 3, 4))
    (late,) = decided(PEOPLE, [asked("ann", 0, 2)], 1, FIRST + timedelta(days=5))
    assert late.instead == tuple(FIRST + timedelta(days=k) for k in (5, 6, 7))


def test_where_nobody_may_be_off_nobody_is() -> None:
    (row,) = decided(PEOPLE, [asked("ann", 2, 2)], 0)
    assert row.words == "nobody is off on 2026-12-23; at most 0 may be"


def test_what_is_approved_joins_the_time_off_that_there_is() -> None:
    rows = granted_rows(PEOPLE, decided(PEOPLE, [asked("ann", 2, 3), asked("ben", 0, 0)], 1))
    assert [(row.agent, row.first) for row in rows] == [("cas", FIRST), ("ann", FIRST + timedelta(days=2))]


REQUESTS = st.lists(
    st.builds(
        lambda agent, first, days, points: asked(agent, first, first + days, points),
        st.sampled_from(["ann", "ben", "cas", "dan"]),
        st.integers(0, 10),
        st.integers(0, 4),
        st.integers(1, 5),
    ),
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(REQUESTS, st.integers(1, 3))
def test_no_day_has_more_off_than_the_quota_and_refusals_have_a_full_day(rows: list[Request], quota: int) -> None:
    found = decided(PEOPLE, rows, quota)
    off: dict[date, set[str]] = {}
    for row in granted_rows(PEOPLE, found):
        for k in range((row.last - row.first).days + 1):
            off.setdefault(row.first + timedelta(days=k), set()).add(row.agent)
    assert max(map(len, off.values())) <= quota
    for request in (row.request for row in found if not row.approved):
        days = [request.first + timedelta(days=k) for k in range((request.last - request.first).days + 1)]
        assert any(len(off.get(day, set()) | {request.agent}) > quota for day in days)
