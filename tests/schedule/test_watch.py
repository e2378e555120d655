"""The watch: steps instead of seconds, noise that falls to nothing, news at most once a second."""

import pytest

from tests.schedule.centre import centre
from wfm.schedule.draft import Draft
from wfm.schedule.solution import Limits, Progress
from wfm.schedule.watch import Cooling, Watch


def test_a_limit_of_steps_is_a_number_of_tours_whatever_the_clock_says() -> None:
    cooling = Cooling(Watch(Limits(steps=40)), 0.0)
    heats = [heat for _ in range(40) if (heat := cooling()) is not None]
    assert len(heats) == 40
    assert heats[0] == 1.0
    assert heats[-1] == 0.0
    assert heats == sorted(heats, reverse=True)
    assert cooling() is None


def test_no_time_left_ends_the_search_at_once() -> None:
    assert Cooling(Watch(Limits(seconds=1.0)), 0.0)() is None


def test_who_asks_to_stop_is_heard() -> None:
    watch = Watch(Limits(steps=40), should_stop=lambda: True)
    assert watch.stopped
    assert Cooling(watch, 0.0)() is None


def test_news_carry_a_roster_at_most_once_a_second() -> None:
    heard: list[Progress] = []
    watch = Watch(Limits(), on_progress=heard.append)
    for cost in (5.0, 4.0):
        watch.tell("tours", 1, cost, None, lambda: Draft(centre(agents=1), {}))
    assert [news.best for news in heard] == [5.0, 4.0]
    assert [news.roster is None for news in heard] == [False, True]


def test_news_say_how_many_tours_a_second_were_made(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[Progress] = []
    watch = Watch(Limits(), on_progress=heard.append, began=0.0)
    monkeypatch.setattr("wfm.schedule.watch.monotonic", lambda: 4.0)
    watch.tell("greedy", 1, 5.0, None)
    cooling = Cooling(watch, 10.0)
    for _ in range(20):
        cooling()
    watch.tell("tours", 1, 4.0, None)
    assert [news.rate for news in heard] == [None, 5.0]


def test_the_bound_of_a_tier_never_falls_in_the_news() -> None:
    heard: list[Progress] = []
    watch = Watch(Limits(), on_progress=heard.append)
    for tier, bound in ((1, 78.1), (1, 78.0), (2, 3.0), (1, None), (1, 79.0), (0, 5.0), (0, 4.0)):
        watch.tell("tier", tier, 80.0, bound)
    assert [news.bound for news in heard] == [78.1, 78.1, 3.0, None, 79.0, 5.0, 4.0]


def test_nobody_listening_builds_no_roster() -> None:
    Watch(Limits()).tell("tours", 1, 5.0, None, lambda: 1 / 0)  # type: ignore[arg-type, return-value]


def test_news_of_a_phase_before_all_tiers_has_a_gap_too() -> None:
    assert Progress("lines", 1.0, 0, 4.0, 1.0).gap == 0.75
    assert Progress("lines", 1.0, 0, 0.0, 0.0).gap == 0
    assert Progress("tours", 1.0, 1, 4.0, None).gap is None
