"""Service is told as it is: met, missed, or too close to call; predicted never above what is possible."""

import numpy as np
import pytest

from tests.report.tiny_plan import GRID, tiny_plan
from wfm.domain import Abandonment, AverageWait, Estimate, Roster, ServiceLevel, Target
from wfm.domain.time import local
from wfm.report.allocation import heads_by_channel, heads_on_queue
from wfm.report.service import HEADLINES, ChannelService, Promise, Verdict, by_day, headlines, services
from wfm.study import Plan


@pytest.fixture(scope="module")
def plan() -> Plan:
    return tiny_plan()


@pytest.mark.parametrize(
    ("target", "mean", "verdict"),
    [
        (ServiceLevel(share=0.8, within_seconds=20), 0.83, "met"),
        (ServiceLevel(share=0.8, within_seconds=20), 0.81, "unsure"),
        (ServiceLevel(share=0.8, within_seconds=20), 0.79, "unsure"),
        (ServiceLevel(share=0.8, within_seconds=20), 0.77, "missed"),
        (Abandonment(share=0.05), 0.02, "met"),
        (Abandonment(share=0.05), 0.06, "unsure"),
        (Abandonment(share=0.05), 0.08, "missed"),
        (AverageWait(seconds=30), 12.0, "met"),
        (AverageWait(seconds=30), 31.0, "missed"),
    ],
)
def test_a_promise_is_judged_by_its_whole_confidence_interval(target: Target, mean: float, verdict: Verdict) -> None:
    assert Promise("phone", target, Estimate(mean=mean, half_width=0.02)).verdict == verdict


def test_without_a_simulation_only_the_service_can_be_told() -> None:
    phone, mail = services(tiny_plan(simulated=False))
    assert [promise.verdict for promise in phone.promises()] == ["missed", "unknown", "unknown"]
    assert phone.promises()[0].text == "28.8%"
    assert [promise.formula for promise in mail.promises()] == [True]


def test_headlines_are_few_and_begin_with_every_channels_service(plan: Plan) -> None:
    shown = headlines(services(plan))
    assert len(shown) <= HEADLINES
    assert [promise.channel for promise in shown[:2]] == ["phone", "mail"]
    assert [promise.target.kind for promise in shown] == ["service_level", "turnaround", "abandonment", "occupancy"]


def test_heads_are_shared_and_never_multiplied(plan: Plan) -> None:
    shared = heads_by_channel(plan)
    assert shared.shape == (2, GRID.count)
    assert (shared.sum(axis=0) <= heads_on_queue(plan) + 1e-9).all()
    assert (shared[1] <= heads_on_queue(plan, "mail") + 1e-9).all()


def test_nobody_on_the_roster_serves_nobody(plan: Plan) -> None:
    empty = plan.varied(solution=plan.solution.varied(roster=Roster.of(GRID, [])))
    assert [row.predicted for row in services(empty)] == [0.0, 0.0]


def test_days_weigh_their_intervals_by_contacts_and_sum_to_the_whole(plan: Plan) -> None:
    phone = services(plan)[0]
    volumes = np.bincount(GRID.day_index, phone.requirement.volume)
    shares = np.array(phone.predicted_by_day, dtype=np.float64)
    assert (shares * volumes).sum() / volumes.sum() == pytest.approx(phone.predicted)


def test_the_weakest_interval_is_where_most_contacts_miss_their_target(plan: Plan) -> None:
    phone, mail = services(plan)
    assert mail.weakest is None  # it has no service level
    short = 0.8 * np.array(phone.requirement.volume) - phone.inside
    step = int(short.argmax())
    assert phone.weakest is not None
    assert phone.weakest.share == pytest.approx(phone.inside[step] / phone.requirement.volume[step])
    assert phone.weakest.when == f"{local(GRID.instant(step), GRID.zone):%a %d %b %H:%M}"
    served = ChannelService(phone.channel, phone.requirement, phone.heads, np.array(phone.requirement.volume), None)
    assert served.weakest is None


def test_a_day_without_contacts_has_no_service(plan: Plan) -> None:
    none = np.zeros(GRID.count)
    assert by_day(GRID, none, none) == (None, None, None)
