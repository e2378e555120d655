"""Erlang figures for a table of cases, in and out as text with every digit: the way to check wfm against other tools."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal

import numpy as np

from wfm.domain.errors import Fault, InputError
from wfm.domain.target import Abandonment, AverageWait, ServiceLevel, Target
from wfm.staffing.arrays import Floats
from wfm.staffing.erlang import erlang_a, erlang_b, erlang_c
from wfm.staffing.queue import QueueMetrics
from wfm.staffing.smallest import fractional_agents, smallest_agents, smallest_lines

INPUT_COLUMNS = ("model", "a", "aht_s", "patience_s", "n", "T_s", "target")
_NEEDS = {
    "B": ("a", "n"),
    "C": ("a", "aht_s", "n", "T_s"),
    "A": ("a", "aht_s", "patience_s", "n", "T_s"),
    "minB": ("a", "target"),
    "minC_sl": ("a", "aht_s", "T_s", "target"),
    "minC_asa": ("a", "aht_s", "target"),
    "minA_sl": ("a", "aht_s", "patience_s", "T_s", "target"),
    "minA_slx": ("a", "aht_s", "patience_s", "T_s", "target"),
    "minA_ab": ("a", "aht_s", "patience_s", "target"),
}
RESULT_COLUMNS = (
    *("p_block", "p_wait", "p_abandon", "asa_all_s", "asa_served_s", "occupancy", "lq"),
    *("sl_offered", "sl_served", "sl_excl_short", "p_w_le_T"),
    *("n_min", "value_at_n_min", "value_at_n_min_minus_1", "n_frac"),
)
Columns = dict[str, Floats]

_UNSTABLE, _NOBODY = "unstable", "n=0"
"""What stands for a figure of a queue that only grows, and of one agent fewer than one."""
_EXCESS = "a beyond its double"
"""A name that no column has."""


def erlang_table(rows: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """Each row with its result columns filled (17 significant digits, blank where they do not apply), in the same order.

    ``model`` is B, C, A (figures of ``n`` agents at load ``a``, mean service ``aht_s``, mean patience ``patience_s``, threshold ``T_s``)
    or minB, minC_sl, minC_asa, minA_sl, minA_slx, minA_ab (least n for ``target``). Other columns pass through. Raises InputError with
    every cell that is missing or no number (line 1 is the header).
    """
    faults = [fault for place, row in enumerate(rows) for fault in _faults(place + 2, row)]
    if faults:
        raise InputError(faults)
    groups: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        groups[row["model"], row.get("T_s") or "", row.get("target") or ""].append(place)
    done: list[dict[str, str]] = [{**row, **dict.fromkeys(RESULT_COLUMNS, "")} for row in rows]
    for (model, _, _), places in groups.items():
        inputs = {name: np.array([float(rows[place][name]) for place in places]) for name in _NEEDS[model]}
        inputs[_EXCESS] = np.array([_beyond_double(rows[place]["a"]) for place in places])
        for name, values in _results(model, inputs).items():
            for place, value in zip(places, values.tolist(), strict=True):
                done[place][name] = _text(name, value)
        for place in places:
            if model.startswith("minA") and done[place]["n_min"] in {"0", "1"}:
                done[place]["value_at_n_min_minus_1"] = _NOBODY
    return done


def _faults(line: int, row: Mapping[str, str]) -> Iterable[Fault]:
    model = row.get("model") or ""
    if model not in _NEEDS:
        yield Fault(f"one of {', '.join(_NEEDS)}", model or "nothing", line=line, column="model")
    for name in _NEEDS.get(model, ()):
        try:
            float(row.get(name) or "")
        except ValueError:
            yield Fault("a number", row.get(name) or "nothing", line=line, column=name)


def _beyond_double(text: str) -> float:
    """What a decimal has beyond the double nearest to it."""
    return float(Decimal(text.strip()) - Decimal(float(text)))


def _results(model: str, inputs: Columns) -> Columns:
    """Result columns of the rows of one model (with one threshold and one target, where it has them)."""
    load = inputs["a"]
    if model == "B":
        return _losses(load, inputs["n"])
    if model in {"C", "A"}:
        return _figures(_queue(inputs, inputs["n"], inputs["T_s"]), with_abandonment=model == "A")
    return _least(model, inputs)


def _losses(load: Floats, lines: Floats) -> Columns:
    """Blocking and occupancy a (1 - B(n)) / n = B(n) / B(n - 1), the latter where hardly anything of 1 - B is left."""
    blocked, before = erlang_b(load, lines), erlang_b(load, np.maximum(lines - 1, 0.0))
    carried = load * (1 - blocked) / np.maximum(1.0, lines)
    busy = np.divide(blocked, before, out=carried, where=(blocked > 0.5) & (lines >= 1))
    return {"p_block": blocked, "occupancy": busy}


def _queue(inputs: Columns, agents: Floats, within_seconds: Floats | float) -> QueueMetrics:
    if "patience_s" in inputs:
        return erlang_a(inputs["a"], agents, inputs["aht_s"], inputs["patience_s"], within_seconds)
    return erlang_c(inputs["a"], agents, inputs["aht_s"], within_seconds, inputs[_EXCESS])


def _figures(queue: QueueMetrics, *, with_abandonment: bool) -> Columns:
    columns = {
        "p_wait": queue.p_wait,
        "p_abandon": queue.p_abandon,
        "asa_all_s": queue.average_wait_seconds,
        "asa_served_s": queue.average_wait_served_seconds,
        "lq": queue.queue_length,
        "occupancy": queue.occupancy,
        "sl_offered": queue.service_level("offered"),
    }
    if with_abandonment:
        columns["sl_served"] = queue.service_level("answered")
        columns["sl_excl_short"] = queue.service_level("offered_less_short_abandons")
        columns["p_w_le_T"] = queue.service_level("answered_or_abandoned")
    return columns


def _least(model: str, inputs: Columns) -> Columns:
    """Least n, the goal's own figure there and with one agent fewer; the real n for Erlang C and a service level."""
    load, goal = inputs["a"], float(inputs["target"][0])
    within = float(inputs["T_s"][0]) if "T_s" in inputs else 0.0
    if model == "minB":
        least = smallest_lines(load, goal).astype(np.float64)
        return _around(least, lambda agents: erlang_b(load, agents))
    target, figure = _goal(model, goal, within)
    patience = inputs.get("patience_s")
    least = smallest_agents(load, inputs["aht_s"], (target,), patience).astype(np.float64)
    columns = _around(least, lambda agents: figure(_queue(inputs, agents, within)))
    if model == "minC_sl":
        columns["n_frac"] = fractional_agents(load, inputs["aht_s"], (target,))
    if patience is None:
        columns["value_at_n_min_minus_1"][(least - 1) - load <= inputs[_EXCESS]] = np.inf
    return columns


def _goal(model: str, goal: float, within: float) -> tuple[Target, Callable[[QueueMetrics], Floats]]:
    if model.endswith("_asa"):
        return AverageWait(seconds=goal), lambda queue: queue.average_wait_seconds
    if model.endswith("_ab"):
        return Abandonment(share=goal), lambda queue: queue.p_abandon
    if model.endswith("_slx"):
        level = ServiceLevel(share=goal, within_seconds=within, definition="offered_less_short_abandons")
    else:
        level = ServiceLevel(share=goal, within_seconds=within)
    return level, lambda queue: queue.service_level(level.definition)


def _around(least: Floats, figure: Callable[[Floats], Floats]) -> Columns:
    fewer = np.maximum(least - 1, 0.0)
    return {"n_min": least, "value_at_n_min": figure(least), "value_at_n_min_minus_1": figure(fewer)}


def _text(name: str, value: float) -> str:
    if name == "n_min":
        return f"{value:.0f}"
    return f"{value:.17g}" if np.isfinite(value) else _UNSTABLE
