"""Sums kept on the way tell what the replications themselves would: shares, half widths, days, chances, queues and groups."""

import numpy as np
import pytest

from tests.simulate.centre import days, flat, people, round_the_clock
from wfm.domain import Channel, ServiceLevel, Turnaround
from wfm.simulate.arrivals import contacts
from wfm.simulate.duty import duty, rostered
from wfm.simulate.estimate import Account, ratio
from wfm.simulate.kernel import run
from wfm.simulate.measure import Tally, group_seconds, tallies
from wfm.simulate.router import routes
from wfm.simulate.routers import router_of

GRID = days(2)
PHONE = Channel(name="phone", patience_seconds=60, targets=(ServiceLevel(share=0.6, within_seconds=15),))
MAIL = Channel(name="mail", kind="deferred", targets=(Turnaround.from_text("90% in 2h of business"),))
STAFF = people(["phone", "mail"], ["phone"], ["phone"])
FORECASTS = [flat(GRID, mean=25, dispersion=0.05), flat(GRID, "mail", mean=3)]
REPLICATIONS = 6


@pytest.fixture(scope="module")
def rows() -> list[list[Tally]]:
    turns = duty(rostered(round_the_clock(GRID, STAFF), [agent.id for agent in STAFF.agents]))
    desk = routes(router_of("longest_wait"), STAFF.agents, [PHONE, MAIL])
    found = []
    for number in range(REPLICATIONS):
        drawn = contacts(FORECASTS, [PHONE, MAIL], "lognormal", 1, number)
        found.append(tallies([PHONE, MAIL], FORECASTS, drawn, turns, desk, run(drawn, turns, desk)))
    return found


def account(rows: list[list[Tally]], place: int = 0) -> Account:
    made = Account((PHONE, MAIL)[place], GRID)
    for row in rows:
        made.add(row[place])
    return made


def test_half_widths_by_interval_are_those_of_the_ratio(rows: list[list[Tally]]) -> None:
    seen = account(rows).performance()
    for step in (0, 20, 95):
        wanted = ratio([row[0].inside[step] for row in rows], [row[0].offered[step] for row in rows])
        assert seen.inside[step] / seen.offered[step] == pytest.approx(wanted.mean)
        assert seen.inside_half[step] == pytest.approx(wanted.half_width)


def test_all_definitions_are_told_and_the_channels_own_among_them(rows: list[list[Tally]]) -> None:
    seen = account(rows).performance()
    levels = {row.definition: row.level.mean for row in seen.service_levels}
    assert levels["offered"] == seen.service_level.mean
    assert levels["offered"] < levels["offered_less_short_abandons"] < levels["answered"] < 1
    assert levels["offered"] < levels["answered_or_abandoned"]
    assert not account(rows, 1).performance().service_levels


def test_days_and_chances_count_replications(rows: list[list[Tally]]) -> None:
    seen = account(rows).performance()
    own = GRID.day_index == 1
    shares = [row[0].inside[own].sum() / row[0].offered[own].sum() for row in rows]
    second = seen.days[1]
    assert (second.day, len(seen.days)) == (GRID.dates[1], 2)
    assert second.bad == pytest.approx(min(shares)), "one in twenty of six is the worst"
    assert second.chance == pytest.approx(np.mean([share >= 0.6 for share in shares]))
    assert seen.worst_day == min(seen.days, key=lambda row: row.bad)
    whole = [row[0].inside.sum() / row[0].offered.sum() for row in rows]
    assert seen.chance == pytest.approx(np.mean([share >= 0.6 for share in whole]))


def test_quantiles_and_speed_of_answer_are_of_those_who_were_answered(rows: list[list[Tally]]) -> None:
    seen = account(rows).performance()
    assert [row.share for row in seen.wait_quantiles] == [0.5, 0.8, 0.9, 0.95]
    seconds = [row.seconds.mean for row in seen.wait_quantiles]
    assert seconds == sorted(seconds)
    assert 0 < seen.answer_seconds.mean < 60, "nobody's patience is much longer"
    answered = sum(row[0].answered.sum() for row in rows)
    assert seen.answer_seconds.mean == pytest.approx(sum(row[0].answer_seconds for row in rows) / answered)


def test_queues_are_counted_one_by_one_at_the_end_of_each_interval() -> None:
    turns = duty(rostered(round_the_clock(GRID, STAFF), [agent.id for agent in STAFF.agents]))
    desk = routes(router_of("longest_wait"), STAFF.agents, [PHONE, MAIL])
    drawn = contacts(FORECASTS, [PHONE, MAIL], "lognormal", 3, 0)
    floor = run(drawn, turns, desk)
    phone, mail = tallies([PHONE, MAIL], FORECASTS, drawn, turns, desk, floor)
    for step in range(GRID.count):
        at = 1_800.0 * (step + 1)
        for row, own, end in ((phone, drawn.of_channel[0], floor.started), (mail, drawn.of_channel[1], floor.ends)):
            left = np.where(floor.abandoned[own], drawn.arrival[own] + drawn.patience[own], np.inf)
            there = (drawn.arrival[own] <= at) & (np.minimum(end[own], left) > at)
            assert row.queued[step] == there.sum()
            oldest = at - drawn.arrival[own][there].min() if there.any() else 0
            assert row.oldest_seconds[step] == pytest.approx(oldest)
    assert phone.queued.max() > 0 < mail.queued.max()


def test_a_group_is_busy_for_as_long_as_its_agents_are() -> None:
    turns = duty(rostered(round_the_clock(GRID, STAFF), [agent.id for agent in STAFF.agents]))
    desk = routes(router_of("longest_wait"), STAFF.agents, [PHONE, MAIL])
    drawn = contacts(FORECASTS, [PHONE, MAIL], "lognormal", 3, 0)
    floor = run(drawn, turns, desk)
    busy, on_duty = group_seconds(floor, turns, np.array([1, 0, 0]), 2)
    assert on_duty.tolist() == [2 * 2 * 86_400, 2 * 86_400]
    assert busy[1] == pytest.approx(floor.busy[:, 0].sum())
    assert busy.sum() == pytest.approx(floor.busy.sum())
    assert (busy <= on_duty).all()
