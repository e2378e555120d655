"""Specialist first keeps all-rounders free."""

from tests.simulate.centre import days, flat, people, round_the_clock
from wfm.domain import Channel
from wfm.simulate import simulate
from wfm.simulate.routers.specialist_first import SpecialistFirst


def test_the_agent_with_fewer_skills_is_preferred() -> None:
    rounder, specialist = people(["phone", "fax"], ["phone"]).agents
    router, phone = SpecialistFirst(), Channel(name="phone")
    assert router.rank_of_agent(phone, specialist) < router.rank_of_agent(phone, rounder)


def test_keeping_all_rounders_free_helps_the_channel_that_only_they_serve() -> None:
    grid, staff = days(7), people(["phone"], ["phone"], ["phone"], ["phone", "fax"])
    channels, forecasts = (Channel(name="phone"), Channel(name="fax")), (flat(grid, mean=12), flat(grid, "fax", mean=3))

    def fax(router: str) -> float:
        performance = simulate(forecasts, channels, staff, round_the_clock(grid, staff), seed=1, router=router).of(
            "fax"
        )
        return performance.service_level.mean

    assert fax("specialist_first") > fax("longest_wait") + 0.02
