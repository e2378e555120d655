"""Whatever the centre: no contact is lost, one more agent does no harm, and the same seed gives the same bytes."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.simulate.centre import days, flat, people, round_the_clock
from wfm.domain import Channel, Forecast, Performance, Turnaround, Workforce
from wfm.simulate import ROUTERS, simulate
from wfm.simulate.estimate import ratio

DAY = days(1)
CHANNELS = (
    Channel(name="phone", patience_seconds=90),
    Channel(name="sales"),
    Channel(name="chat", kind="chat", concurrency=2, slowdown=0.3, patience_seconds=200),
    Channel(name="mail", kind="deferred", targets=(Turnaround.from_text("90% in 2h of business"),)),
)
SKILLS = st.lists(st.sampled_from([channel.name for channel in CHANNELS]), unique=True, min_size=1).map(tuple)
STAFF = st.lists(SKILLS, min_size=1, max_size=5)
MEANS = st.lists(st.floats(0.5, 12), min_size=len(CHANNELS), max_size=len(CHANNELS))
ROUTER = st.sampled_from([router.kind for router in ROUTERS])


def forecasts(means: list[float]) -> list[Forecast]:
    return [flat(DAY, channel.name, mean=mean, dispersion=0.1) for channel, mean in zip(CHANNELS, means, strict=True)]


def seen(staff: Workforce, means: list[float], router: str, *, replications: int = 3, workers: int = 1) -> Performance:
    return simulate(
        *(forecasts(means), CHANNELS, staff, round_the_clock(DAY, staff)),
        seed=4,
        replications=replications,
        router=router,
        absence=0.1,
        workers=workers,
    )


@settings(max_examples=25, deadline=None)
@given(skills=STAFF, means=MEANS, router=ROUTER)
def test_every_contact_is_accounted_for_and_no_share_leaves_its_bounds(
    skills: list[tuple[str, ...]], means: list[float], router: str
) -> None:
    performance = seen(people(*skills), means, router)
    for row in performance.channels:
        told = sum(row.answered) + sum(row.abandoned) + row.waiting.mean
        assert told == pytest.approx(row.contacts.mean)
        assert sum(row.offered) == pytest.approx(row.contacts.mean)
        assert (np.array(row.inside) <= np.array(row.offered) + 1e-9).all()
        assert 0 <= row.service_level.mean <= 1
        assert 0 <= row.occupancy.mean <= 1 + 1e-9
    for group in performance.groups:
        assert 0 <= group.utilisation.mean <= 1 + 1e-9


@settings(max_examples=15, deadline=None)
@given(skills=STAFF, means=MEANS, router=ROUTER)
def test_the_same_seed_gives_the_same_bytes_whoever_works(
    skills: list[tuple[str, ...]], means: list[float], router: str
) -> None:
    staff = people(*skills)
    alone, team = (seen(staff, means, router, workers=workers) for workers in (1, 2))
    assert alone.model_dump_json() == team.model_dump_json()


@settings(max_examples=15, deadline=None)
@given(skills=STAFF, means=MEANS)
def test_one_more_agent_who_can_do_everything_never_lowers_service_beyond_noise(
    skills: list[tuple[str, ...]], means: list[float]
) -> None:
    """On the same contacts; by interval, so that there are 48 pairs to tell noise from harm."""
    every = tuple(channel.name for channel in CHANNELS)
    few, more = people(*skills, every), people(*skills, every, every)
    before, after = (seen(staff, means, "longest_wait", replications=6) for staff in (few, more))
    for channel in CHANNELS:
        gain = np.array(after.of(channel.name).inside) - np.array(before.of(channel.name).inside)
        estimate = ratio(gain, np.ones(DAY.count))
        assert estimate.mean > -2 * estimate.half_width - 0.02
