"""How close to a lower bound are 20 call types and 30 skill groups staffed, and is every promise kept on calls of other seeds?"""

from __future__ import annotations

import os
import sys
import time

import numpy as np
from centres import KINDS, drawn

from wfm.staffing import SkillCentre, smallest_agents
from wfm.study.skill_mix import SkillMix, staff_groups
from wfm.study.skill_trial import Shares, Trial

JUDGED, AT_ONCE = 100, 25
"""Replications of 60,000 calls, of a seed that the search never used, and how many are in memory at a time."""
WORKERS = min(2, os.cpu_count() or 1)


def main(wanted: str, seeds: tuple[int, ...]) -> None:
    """Print a row a centre."""
    print(
        "| centre | seed | load E | alone | bound | cost | gap | certified | judged short | worst type | wall s | CPU s |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|---|---|")
    for name, kind in KINDS.items():
        for seed in seeds or kind.seeds:
            if wanted in name:
                print(_row(name, seed, drawn(kind, seed)), flush=True)


def _row(name: str, seed: int, centre: SkillCentre) -> str:
    wall, cpu = time.perf_counter(), time.process_time()
    mix = staff_groups(centre, seed=seed, workers=WORKERS)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    short, worst = _judged(centre, mix)
    load = sum(each.load_erlangs for each in centre.types)
    certified = sum(service.kept for service in mix.services)
    return (
        f"| {name} | {seed} | {load:.0f} | {_alone(centre):.0f} | {mix.bound:.1f} | {mix.cost:.1f} | {100 * mix.gap:.1f} % "
        f"| {certified}/{len(centre.types)} | {short} | {100 * worst:+.1f} | {wall:.0f} | {cpu:.0f} |"
    )


def _alone(centre: SkillCentre) -> float:
    """Cost of serving each type by specialists of its own, by Erlang A: what a planner without a tool does."""
    return float(
        sum(
            smallest_agents(each.load_erlangs, each.aht_seconds, [each.target], each.patience_seconds)
            for each in centre.types
        )
    )


def _judged(centre: SkillCentre, mix: SkillMix) -> tuple[int, float]:
    """Types whose mean on other calls lies below their target, and the least difference."""
    allowance = np.array([service.allowance_seconds for service in mix.services])
    parts = (range(first, first + AT_ONCE) for first in range(0, JUDGED, AT_ONCE))
    trials = (Trial.of(centre, 987_654, part, WORKERS) for part in parts)
    shares = Shares.joined(trial.shares(np.array(mix.agents), allowance) for trial in trials).inside
    spare = shares.mean(axis=0) - np.array([each.target.share for each in centre.types])
    return int((spare < 0).sum()), float(spare.min())


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "", tuple(map(int, sys.argv[2:])))
