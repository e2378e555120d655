"""The front door: what a planner can count on when a roster is simulated."""

from collections.abc import Sequence
from datetime import date

import numpy as np
import pytest

from tests.simulate.centre import at, days, flat, people, roster, round_the_clock, shift
from wfm.domain import (
    Channel,
    InputError,
    NotFound,
    Performance,
    Roster,
    ShiftTemplate,
    TimeGrid,
    Turnaround,
    Workforce,
)
from wfm.simulate import simulate
from wfm.simulate.estimate import ratio
from wfm.simulate.replicate import MOST_REPLICATIONS

PHONE = Channel(name="phone", patience_seconds=120)
STEADY = Channel(name="phone")
MAIL = Channel(name="mail", kind="deferred", targets=(Turnaround.from_text("90% in 2h of business"),))
DAY = days(1)


def phone(
    staff: Workforce,
    worked: Roster,
    channel: Channel = PHONE,
    *,
    mean: float = 20.0,
    dispersion: float = 0.05,
    seed: int = 1,
    replications: int = 10,
    absence: float = 0.0,
) -> Performance:
    forecast = flat(worked.grid, mean=mean, dispersion=dispersion)
    return simulate([forecast], [channel], staff, worked, seed=seed, replications=replications, absence=absence)


def test_the_same_seed_gives_the_same_bytes_and_another_seed_another_course() -> None:
    staff = people(["phone"], ["phone"])
    worked = round_the_clock(DAY, staff)
    first, second, other = (phone(staff, worked, absence=0.2, seed=seed) for seed in (1, 1, 2))
    assert first.model_dump_json() == second.model_dump_json()
    assert first.channels != other.channels


def test_the_same_seed_gives_the_same_bytes_however_many_work_at_it() -> None:
    staff = people(["phone"], ["phone"])
    forecasts, worked = [flat(DAY, dispersion=0.05)], round_the_clock(DAY, staff)
    alone, team = (
        simulate(forecasts, [PHONE], staff, worked, seed=1, replications=9, absence=0.2, workers=workers)
        for workers in (1, 3)
    )
    assert alone.model_dump_json() == team.model_dump_json()


def test_replications_go_on_until_the_estimate_is_as_precise_as_asked() -> None:
    staff = people(*[["phone"]] * 3)
    forecasts, worked = [flat(DAY, dispersion=0.05)], round_the_clock(DAY, staff)
    rough, fine = (
        simulate(forecasts, [PHONE], staff, worked, seed=1, replications=10, precision=precision)
        for precision in (0.5, 0.01)
    )
    assert rough.replications == 10
    assert 10 < fine.replications < MOST_REPLICATIONS
    assert fine.of("phone").service_level.half_width <= 0.01
    again = simulate(forecasts, [PHONE], staff, worked, seed=1, replications=fine.replications)
    assert again == fine, "where it stops tells nothing but how often"


def test_a_precision_out_of_reach_ends_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wfm.simulate.replicate.MOST_REPLICATIONS", 50)
    staff = people(["phone"])
    seen = simulate([flat(DAY)], [PHONE], staff, round_the_clock(DAY, staff), seed=1, replications=10, precision=1e-6)
    assert seen.replications == 50


def test_who_comes_late_serves_less() -> None:
    grid = days(3)
    staff = people(*[["phone"]] * 4)
    worked = roster(grid, *((agent.id, shift(at(8 + 24 * day), 8)) for agent in staff.agents for day in range(3)))
    forecasts = [flat(grid)]
    heads = [
        sum(simulate(forecasts, [PHONE], staff, worked, seed=1, late_seconds=late).of("phone").serving) / 2
        for late in (0.0, 600.0)
    ]
    assert heads[0] == pytest.approx(4 * 3 * 8)
    hours_late = 600 / 3_600 * 4 * 3
    assert abs(heads[0] - heads[1] - hours_late) < 4 * hours_late / np.sqrt(4 * 3 * 20)


def test_without_staff_nobody_is_served_and_everybody_impatient_leaves() -> None:
    service = phone(people(["phone"]), Roster.of(DAY, [])).of("phone")
    assert service.service_level.mean == 0
    assert service.occupancy.mean == 0
    assert not any(service.inside)
    assert sum(service.abandoned) == pytest.approx(sum(service.offered), rel=0.02), "but for the last who still wait"


def test_an_agent_without_the_skill_is_no_staff() -> None:
    staff = people(["fax"])
    service = phone(staff, round_the_clock(DAY, staff), STEADY).of("phone")
    assert service.service_level.mean == 0
    assert service.abandonment.mean == 0
    assert not any(service.serving)


def test_nothing_offered_is_nothing_missed() -> None:
    staff = people(["phone"])
    service = phone(staff, round_the_clock(DAY, staff), mean=0.0).of("phone")
    assert (service.service_level.mean, service.abandonment.mean, service.average_wait_seconds.mean) == (1, 0, 0)
    assert (service.contacts.mean, service.occupancy.mean, service.service_level.half_width) == (0, 0, 0)


def test_the_contacts_are_those_of_the_forecast() -> None:
    staff = people(["phone"])
    performance = phone(staff, round_the_clock(days(3), staff), replications=60).of("phone")
    standard_error = performance.contacts.half_width / 1.96
    assert abs(performance.contacts.mean - 20 * 48 * 3) < 4 * standard_error
    assert performance.contacts.mean == pytest.approx(sum(performance.offered))


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("channel", [PHONE, STEADY], ids=["impatient", "patient"])
def test_an_extra_agent_never_lowers_service_beyond_noise(seed: int, channel: Channel) -> None:
    few, many = people(*[["phone"]] * 3), people(*[["phone"]] * 4)
    inside = [
        np.array(phone(staff, round_the_clock(DAY, staff), channel, seed=seed, absence=0.1).of("phone").inside)
        for staff in (few, many)
    ]
    gain = ratio(inside[1] - inside[0], np.ones(DAY.count))
    assert gain.mean > 0
    assert gain.low > -gain.half_width


def test_the_contacts_offered_do_not_depend_on_the_roster() -> None:
    few, many = people(["phone"]), people(["phone"], ["phone"])
    offered = [phone(staff, round_the_clock(DAY, staff)).of("phone").offered for staff in (few, many)]
    assert offered[0] == offered[1]


def test_replications_do_not_depend_on_how_many_there_are() -> None:
    staff = people(["phone"])
    worked = round_the_clock(DAY, staff)
    two, four = (phone(staff, worked, replications=count).of("phone") for count in (2, 4))
    halves = [round(8 * count) for count in four.offered]
    assert all(2 * count <= total for count, total in zip(two.offered, halves, strict=True))


def test_absence_takes_its_share_of_the_heads() -> None:
    grid = days(10)
    staff = people(*[["phone"]] * 10)
    worked = roster(grid, *((agent.id, shift(at(8 + 24 * day), 8)) for agent in staff.agents for day in range(10)))
    rostered = sum(phone(staff, worked).of("phone").serving)
    present = sum(phone(staff, worked, absence=0.25, replications=20).of("phone").serving)
    assert abs(present / rostered - 0.75) < 4 * np.sqrt(0.25 * 0.75 / (100 * 20))


def test_occupancy_is_the_load_over_the_staff_where_nobody_leaves() -> None:
    staff = people(*[["phone"]] * 4)
    service = phone(staff, round_the_clock(days(7), staff), STEADY, dispersion=0.0).of("phone")
    standard_error = service.occupancy.half_width / 2
    assert abs(service.occupancy.mean - 20 * 180 / 1_800 / 4) < 4 * standard_error


def test_deferred_work_fills_idle_time_and_takes_nothing_from_the_phone() -> None:
    staff = people(*[["phone", "mail"]] * 4)
    grid = days(2)
    worked = round_the_clock(grid, staff)
    forecasts = [flat(grid), flat(grid, "mail", mean=5)]
    both = simulate(forecasts, [PHONE, MAIL], staff, worked, seed=1, replications=5)
    alone = simulate(forecasts[:1], [PHONE], staff, worked, seed=1, replications=5)
    assert both.of("phone").service_level.mean == pytest.approx(alone.of("phone").service_level.mean, abs=0.02)
    assert both.of("mail").service_level.mean > 0.9
    assert both.of("mail").abandonment.mean == 0
    assert both.of("mail").occupancy == both.of("phone").occupancy
    assert both.of("phone").occupancy.mean > alone.of("phone").occupancy.mean + 0.1


def test_work_that_still_waits_at_the_end_is_not_inside_target() -> None:
    staff = people(["mail"])
    service = simulate([flat(DAY, "mail")], [MAIL], staff, Roster.of(DAY, []), seed=1, replications=2).of("mail")
    assert service.service_level.mean == 0
    assert service.average_wait_seconds.mean == pytest.approx(12 * 3_600, rel=0.05)


def test_chats_side_by_side_need_fewer_agents() -> None:
    staff = people(*[["chat"]] * 2)
    forecasts, worked = [flat(DAY, "chat", mean=18)], round_the_clock(DAY, staff)

    def service(concurrency: int) -> float:
        chat = Channel(name="chat", kind="chat", concurrency=concurrency)
        return simulate(forecasts, [chat], staff, worked, seed=1, replications=5).of("chat").service_level.mean

    assert service(1) < service(2) < service(3)


@pytest.mark.parametrize(("day", "steps"), [(date(2026, 3, 29), 46), (date(2026, 10, 25), 50)])
def test_a_night_shift_serves_the_night_when_clocks_change(day: date, steps: int) -> None:
    grid = TimeGrid.of_days(day, 1, 30, "Europe/Madrid")
    night = ShiftTemplate(name="night", starts=(22 * 60,), minutes=480)
    before = date.fromordinal(day.toordinal() - 1)
    staff = people(*[["phone"]] * 6)
    placed = night.placed(before, 22 * 60, (), "Europe/Madrid")
    service = phone(staff, roster(grid, *((agent.id, placed) for agent in staff.agents))).of("phone")
    assert grid.count == len(service.inside) == steps
    assert list(service.serving) == [6.0] * 12 + [0.0] * (steps - 12), (
        "22:00 and eight hours reach six hours into the day"
    )
    assert sum(service.inside[:12]) > 0.9 * sum(service.offered[:12])
    assert not any(service.inside[13:])


def refused(
    *,
    channels: Sequence[Channel] = (PHONE,),
    worked: Roster | None = None,
    seed: int = 1,
    replications: int = 2,
    absence: float = 0.0,
) -> str:
    staff = people(["phone"])
    worked = worked or round_the_clock(DAY, staff)
    with pytest.raises(InputError) as error:
        simulate([flat(DAY)], channels, staff, worked, seed=seed, replications=replications, absence=absence)
    return str(error.value)


def test_what_does_not_belong_together_is_refused_in_words() -> None:
    strangers = roster(DAY, ("zoe", shift(at(8), 8)))
    assert "agents of the workforce in the roster, came zoe" in refused(worked=strangers)
    assert "phone: expected the roster's grid of 96 steps" in refused(worked=Roster.of(days(2), []))
    assert "forecasts for each of the channels mail, phone" in refused(channels=(PHONE, MAIL))
    assert "forecasts for each of the channels (none)" in refused(channels=())
    assert "at least 2 replications" in refused(replications=1)
    assert "seed: expected a seed of 0 or more, came -1" in refused(seed=-1)
    assert "absence: expected a share 0..1, came 1.5" in refused(absence=1.5)


def test_what_cannot_be_is_refused_in_words() -> None:
    staff = people(["phone"])
    with pytest.raises(InputError) as error:
        simulate(
            *([flat(DAY)], [PHONE], staff, round_the_clock(DAY, staff)),
            seed=1,
            precision=1.5,
            late_seconds=-1,
            patience_cv=0.5,
            workers=0,
        )
    for words in (
        "precision: expected a half width above 0 and below 1, came 1.5",
        "late_seconds: expected a lateness of 0 seconds or more, came -1",
        "patience_cv: expected a coefficient of variation of 1 or more, came 0.5",
        "workers: expected 1 worker or more, came 0",
    ):
        assert words in str(error.value)


def test_an_unknown_router_is_told_which_exist() -> None:
    staff = people(["phone"])
    with pytest.raises(
        NotFound, match="longest_wait, overflow, reserved, skill_order, specialist_first, came round_robin"
    ):
        simulate([flat(DAY)], [PHONE], staff, round_the_clock(DAY, staff), seed=1, router="round_robin")
