"""The simulation against queueing theory: Erlang B, C and A, general handle times, priorities, chats and levels."""

import csv
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.special import stdtr, stdtrit

from tests.simulate.centre import days, flat, people, round_the_clock
from tests.theory.queues import WITHIN, Truth, birth_death, blocked, chat, wait_of_one, waits_by_priority
from wfm.domain import Channel, Escalation, Level, ServiceLevel
from wfm.simulate import Calls, Window, draw_calls, group_ranks, serve_pools, simulate
from wfm.simulate.estimate import ratio
from wfm.simulate.floor import Contacts, Duty, Floor
from wfm.simulate.kernel import Kernel, compiled
from wfm.simulate.router import Routes

REPLICATIONS = 20
CONTACTS = 2_000
"""Measured in each replication."""
FALSE_ALARM = 0.001
"""Probability that a right simulation fails any of the checks of a test: each check takes its share (Bonferroni)."""
FEWEST = 1_000
"""A figure is checked where so many contacts make it: they come in bursts, and a few bursts are far from normal."""
NEVER = np.inf


class Case(NamedTuple):
    """Types of contacts, ``volume`` an hour, served by one group in the order of types, and the truth of each type."""

    name: str
    volume: tuple[float, ...]
    aht: float
    patience: float
    agents: int
    truth: tuple[Truth, ...]
    cv: float | None = None
    within: float = WITHIN
    concurrency: int = 1
    slowdown: float = 0.0


def erlang(volume: float, aht: float, patience: float, agents: int) -> Case:
    truth = birth_death(volume, aht, patience, agents)
    return Case(f"M/M/{agents}+M {volume} {aht} {patience}", (volume,), aht, patience, agents, (truth,))


def loss(load: float, agents: int, cv: float | None) -> Case:
    """Nobody waits even a moment."""
    truth = Truth(abandonment=blocked(load, agents))
    return Case(f"M/G/{agents}/{agents} {load} {cv}", (load * 20,), 180, 1e-9, agents, (truth,), cv)


def one_agent(volume: float, cv: float) -> Case:
    truth = Truth(average_wait=wait_of_one(volume, 180, cv))
    return Case(f"M/G/1 {volume} {cv}", (volume,), 180, NEVER, 1, (truth,), cv)


def priority(volumes: tuple[float, ...], agents: int) -> Case:
    truth = tuple(Truth(average_wait=wait) for wait in waits_by_priority(volumes, 180, agents))
    return Case(f"priority {volumes} {agents}", volumes, 180, NEVER, agents, truth)


def chats(volume: float, patience: float, agents: int, concurrency: int, slowdown: float) -> Case:
    truth = chat(volume, 300, patience, agents, concurrency, slowdown)
    told = f"chat {volume} {patience} {agents} x {concurrency} {slowdown}"
    return Case(told, (volume,), 300, patience, agents, (truth,), None, 0.0, concurrency, slowdown)


ERLANG = (
    *(
        erlang(volume, 180, NEVER, n)
        for volume, n in ((14, 1), (6, 1), (32, 2), (80, 5), (60, 4), (190, 11), (350, 20))
    ),
    *(erlang(volume, 270, NEVER, n) for volume, n in ((160, 14), (300, 26), (90, 9), (40, 4))),
    *(erlang(600, 240, NEVER, n) for n in (44, 46, 50)),
    *(erlang(20, 180, patience, 1) for patience in (20, 90, 600)),
    *(erlang(120, 180, patience, n) for patience in (30, 120, 400) for n in (5, 6, 7)),
    *(erlang(160, 300, patience, 10) for patience in (15, 60, 300)),
    *(erlang(600, 240, patience, n) for patience in (60, 180) for n in (36, 40, 44)),
)
OTHERS = (
    *(loss(load, n, cv) for load, n in ((0.5, 1), (3, 4), (20, 22), (50, 50)) for cv in (None, 2.0)),
    *(one_agent(volume, cv) for volume in (6, 12, 15) for cv in (0.0, 0.5, 1.0)),
    priority((40, 40), 5),
    priority((20, 60), 5),
    priority((8, 4), 1),
    priority((60, 60, 60), 11),
    *(chats(volume, NEVER, 1, 2, s) for volume, s in ((10, 0.0), (10, 0.5), (8, 1.0))),
    *(chats(30, patience, 1, 3, 0.3) for patience in (60, 300)),
    *(chats(30, patience, 2, 2, 0.4) for patience in (60, NEVER)),
    *(chats(50, patience, 3, 2, 0.4) for patience in (60, 300)),
    chats(60, 120, 3, 3, 0.2),
)
CASES = ERLANG + OTHERS


def window(case: Case) -> Window:
    """Long enough to forget the empty start: some relaxation times of M/M/n (Whitt 1999), or of patience if that is shorter."""
    volume = sum(case.volume)
    places = case.agents * case.concurrency / (1 + case.slowdown * (case.concurrency - 1))
    load = volume * case.aht / 3_600
    gap = max(1e-9, np.sqrt(places) - np.sqrt(load)) if load < places else 1e-9
    spread = 1.0 if case.cv is None else (1 + case.cv**2) / 2
    settled = min(spread * case.aht / gap**2, max(case.aht, case.patience, 60.0))
    return Window(CONTACTS * 3_600 / volume, 8 * (settled + case.aht), 3 * (settled + case.aht))


def surprises(case: Case, kernel: Kernel | None = None, replications: int = REPLICATIONS) -> dict[str, float]:
    """For each figure the probability that chance alone takes a right simulation as far from the formula (two-sided Student t)."""
    calls = Calls.of(np.array(case.volume) / 3_600, case.aht, case.patience, case.cv)
    ranks = group_ranks([range(len(case.volume))], len(case.volume), "skill_order", "longest_idle")
    drawn = [draw_calls(calls, window(case), 2_026, number) for number in range(replications)]
    seen = serve_pools(
        *(drawn, window(case), [case.agents], ranks, case.within),
        concurrency=case.concurrency,
        slowdown=case.slowdown,
        kernel=kernel,
    )
    found = {}
    for kind, truth in enumerate(case.truth):
        figures = (seen.inside, seen.abandoned, seen.wait_seconds)
        for name, value, counts in zip(Truth._fields, truth, figures, strict=True):
            if value is not None and seen.offered[:, kind].sum() * _share(case, name, value) > FEWEST:
                found[f"{name} {kind}"] = surprise(
                    counts[:, kind].astype(float), seen.offered[:, kind].astype(float), value
                )
    return found


def _share(case: Case, name: str, value: float) -> float:
    """Of how many contacts a figure tells. A mean wait is further from normal than a share: few wait, and a few of them for long."""
    return value * case.agents / case.aht / 10 if name == "average_wait" else min(value, 1 - value)


def surprise(counts: NDArray[np.float64], offered: NDArray[np.float64], value: float) -> float:
    estimate = ratio(counts, offered)
    error = estimate.half_width / stdtrit(len(counts) - 1, (1 + estimate.confidence) / 2)
    distance = abs(estimate.mean - value)
    return 1.0 if distance == 0 else float(2 * stdtr(len(counts) - 1, -distance / error))


def test_there_are_many_cases() -> None:
    assert len(CASES) >= 60
    assert len({case.name for case in CASES}) == len(CASES)


def test_the_formula_is_that_of_the_textbook_for_one_agent() -> None:
    rho = 14 * 180 / 3_600
    wait = 1 - rho * np.exp(-(1 - rho) * WITHIN / 180)
    assert birth_death(14, 180, NEVER, 1) == pytest.approx((wait, 0, rho * 180 / (1 - rho)), rel=1e-9)
    assert wait_of_one(14, 180, 1.0) == pytest.approx(rho * 180 / (1 - rho))
    assert chat(8, 300, NEVER, 1, 3, 1.0).service_level == pytest.approx(1 - (2 / 3) ** 3), "one agent's speed, shared"


def test_the_simulation_agrees_with_the_formulas() -> None:
    found = {(case.name, name): chance for case in CASES for name, chance in surprises(case).items()}
    assert len(found) > 100
    assert not {key: chance for key, chance in found.items() if chance < FALSE_ALARM / len(found)}


def test_the_simulation_agrees_with_the_reference_rows(shared_data: Path) -> None:
    cases = [case for row in _rows(shared_data)[::2] if (case := _of_reference(row))]
    assert len(cases) >= 20
    found = {(case.name, name): chance for case in cases for name, chance in surprises(case).items()}
    assert not {key: chance for key, chance in found.items() if chance < FALSE_ALARM / len(found)}


def _rows(shared_data: Path) -> list[dict[str, str]]:
    with (shared_data / "erlang" / "erlang_reference.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _of_reference(row: dict[str, str]) -> Case | None:
    """A row of Erlang B, C or A up to 200 Erlangs that settles soon enough to be simulated."""
    if row["model"] not in {"B", "C", "A"} or not 0.4 < float(row["a"]) < 200:
        return None
    load, n, aht = float(row["a"]), int(row["n"]), float(row["aht_s"] or 180)
    patience = {"B": 1e-9, "C": NEVER}.get(row["model"]) or float(row["patience_s"])
    if row["model"] == "B":
        truth = Truth(abandonment=float(row["p_block"]))
    else:
        truth = Truth(float(row["sl_offered"]), float(row["p_abandon"]), float(row["asa_all_s"]))
    within = float(row["T_s"] or WITHIN)
    case = Case(row["id"], (load * 3_600 / aht,), aht, patience, n, (truth,), within=within)
    return case if window(case).warm_up < 20 * window(case).seconds else None


def impatient(drawn: Contacts, turns: Duty, desk: Routes) -> Floor:
    return compiled()(drawn._replace(patience=0.85 * drawn.patience), turns, desk)


def hasty(drawn: Contacts, turns: Duty, desk: Routes) -> Floor:
    return compiled()(drawn._replace(handle=0.97 * drawn.handle), turns, desk)


def last_come_first_served(drawn: Contacts, turns: Duty, desk: Routes) -> Floor:
    """Give each contact the wait of another one, as a wrong order of the queue would: the mean is right, the shares are not."""
    floor = compiled()(drawn, turns, desk)
    wait = (floor.started - drawn.arrival) * np.where(np.arange(len(floor.started)) % 2, 0.5, 1.5)
    return floor._replace(started=drawn.arrival + wait)


@pytest.mark.parametrize("wrong", [impatient, hasty, last_come_first_served])
def test_a_slightly_wrong_simulation_is_found_out(wrong: Kernel) -> None:
    assert min(surprises(ERLANG[-2], wrong, 200).values()) < FALSE_ALARM / 150


def test_what_leaves_one_level_comes_to_the_next_by_chance_alone() -> None:
    """Departures of M/M/n are Poisson (Burke 1956), so the level above is an M/M/n queue of its own."""
    volume, aht, share = 60.0, 180.0, 0.4
    grid = days(10)
    phone, second = Channel(name="phone", targets=(TARGET,)), Channel(name="second", targets=(TARGET,))
    staff = people(*[["phone"]] * 5, *[["second"]] * 4)
    level = Level(name="second", sources=(Escalation(source="phone", share=share),), aht_seconds=360.0)
    seen = simulate(
        [flat(grid, mean=volume / 2, aht=aht), flat(grid, "second", mean=0.0)],
        [phone, second],
        staff,
        round_the_clock(grid, staff),
        seed=7,
        replications=30,
        handle_times="exponential",
        levels=[level],
    )
    for channel, wanted in (
        ("phone", birth_death(volume, aht, NEVER, 5)),
        ("second", birth_death(share * volume, 360, NEVER, 4)),
    ):
        service = seen.of(channel)
        assert wanted.service_level is not None
        assert abs(service.service_level.mean - wanted.service_level) < 2 * service.service_level.half_width
        assert (
            abs(service.average_wait_seconds.mean - (wanted.average_wait or 0))
            < 2 * service.average_wait_seconds.half_width
        )


TARGET = ServiceLevel(share=0.8, within_seconds=WITHIN)


@pytest.mark.parametrize(("volume", "aht", "patience", "agents"), [(120, 180, 120, 6)])
def test_the_simulated_day_covers_the_formula_in_its_own_interval(
    volume: float, aht: float, patience: float, agents: int
) -> None:
    """Through the front door; empty at the start of five days is noise here, a relaxation time being below an hour."""
    grid, staff = days(5), people(*[["phone"]] * agents)
    channel = Channel(name="phone", patience_seconds=None if np.isinf(patience) else patience, targets=(TARGET,))
    performance = simulate(
        [flat(grid, mean=volume / 2, aht=aht)],
        [channel],
        staff,
        round_the_clock(grid, staff),
        seed=7,
        replications=30,
        handle_times="exponential",
    ).of("phone")
    wanted = birth_death(volume, aht, patience, agents)
    assert wanted.service_level is not None
    assert wanted.abandonment is not None
    assert wanted.average_wait is not None
    load = volume * aht / 3_600 * (1 - wanted.abandonment)
    assert performance.service_level.covers(wanted.service_level)
    assert performance.abandonment.covers(wanted.abandonment)
    assert performance.average_wait_seconds.covers(wanted.average_wait)
    assert performance.occupancy.covers(load / agents)
    assert 0 < performance.service_level.half_width < 0.02
