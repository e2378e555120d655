"""Writes the page of results: the table into README.md, and one picture a question."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from math import log10
from pathlib import Path
from xml.etree.ElementTree import Element

from variants import VARIANTS, WHOLE

from wfm.report.charts.svg import WIDTH, Scale, drawing, label, polyline, staircase, tag

Row = dict[str, str]
Point = tuple[float, float]
COLUMNS = (
    *("#", "seconds", "objective", "bound", "gap", "above best known", "bound below best known", "published 10 min"),
    *("status", "wall s", "CPU s", "load"),
)
BEGIN, END = "<!-- results -->", "<!-- end of results -->"
HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 420.0, 70.0, 150.0, 20.0, 40.0
GAPS = (0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0, 300.0)
"""Percent; what is nearer than the first is drawn there."""
TIMES = (1.0, 3.0, 10.0, 30.0, 60.0)
COLOURS = ("#1b6ca8", "#c0392b", "#2e8b57", "#8e44ad")
TEXT = {"font_family": "sans-serif", "font_size": "13", "fill": "#444"}
TEN_MINUTES = "_10min"


def write_page(here: Path, published: Path) -> None:
    """Put the table of results.csv into README.md, and the pictures of traces.csv beside it."""
    results, traces = _rows(here / "results.csv"), _rows(here / "traces.csv")
    known = {row["instance"]: row for row in _rows(published)}
    lines = [*_table(results, known), "", *_pictures(here, results, traces)]
    readme = here / "README.md"
    head, _, rest = readme.read_text(encoding="utf-8").partition(BEGIN)
    tail = rest.partition(END)[2]
    readme.write_text("\n".join([head + BEGIN, "", *lines, "", END + tail]), encoding="utf-8")


def _rows(path: Path) -> list[Row]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _table(results: Sequence[Row], known: Mapping[str, Row]) -> Iterator[str]:
    """A row for each instance and time; of several seeds the median run."""
    found: dict[tuple[int, int], list[Row]] = defaultdict(list)
    for row in results:
        if not row["left_out"]:
            found[int(row["instance"]), int(row["seconds"])].append(row)
    yield "| " + " | ".join(COLUMNS) + " |"
    yield "|---" * len(COLUMNS) + "|"
    for (instance, seconds), rows in sorted(found.items()):
        row = sorted(rows, key=lambda one: float(one["objective"]))[(len(rows) - 1) // 2]
        objective, bound = float(row["objective"]), float(row["bound"]) if row["bound"] else None
        others = known[str(instance)]
        best = float(others["best_known_2026"])
        printed = [float(value) for name, value in others.items() if name.endswith(TEN_MINUTES) and value]
        cells = [
            instance,
            seconds,
            f"{objective:g}" + (f" (median of {len(rows)})" if len(rows) > 1 else ""),
            "" if bound is None else f"{bound:g}",
            f"{float(row['gap']):.2%}" if row["gap"] else "",
            f"{objective / best - 1:.2%}",
            "" if bound is None else f"{max(0.0, 1 - bound / best):.2%}",
            ("reached" if objective <= min(printed) else f"{objective / min(printed) - 1:+.1%}") if printed else "none",
            row["status"] if row["forbidden"] == "0" else f"{row['forbidden']} forbidden breaches",
            f"{float(row['wall_seconds']):.1f}",
            f"{float(row['cpu_seconds']):.1f}",
            f"{float(row['load']):.1f}",
        ]
        yield "| " + " | ".join(map(str, cells)) + " |"


def _pictures(here: Path, results: Sequence[Row], traces: Sequence[Row]) -> Iterator[str]:
    """A picture for each ingredient that has been left out, with the gaps at the end in words."""
    bounds: dict[str, float] = defaultdict(float)
    for row in results:
        if row["bound"]:
            bounds[row["instance"]] = max(bounds[row["instance"]], float(row["bound"]))
    for name in (name for name in VARIANTS if name != WHOLE):
        lines = _lines(traces, name, bounds)
        if any(left_out for _, left_out in lines):
            path = here / f"{name.lower()}.svg"
            path.write_text(_picture(name, lines), encoding="utf-8")
            yield f"What are {name} worth?" if name.endswith("s") else f"What is {name} worth?"
            yield ""
            yield f"![Gap against time with and without {name}]({path.name})"
            yield ""
            for instance in sorted({instance for instance, _ in lines}, key=int):
                ends = [lines[instance, left_out][-1][1] for left_out in ("", name) if (instance, left_out) in lines]
                yield f"- #{instance}: " + ", ".join(
                    f"{gap:.2f} % {words}" for gap, words in zip(ends, ("with", "without"), strict=False)
                )
            yield ""


def _lines(traces: Sequence[Row], name: str, bounds: Mapping[str, float]) -> dict[tuple[str, str], list[Point]]:
    """Seconds and gaps in percent, to the best bound of any run, with and without an ingredient; of several seeds the first."""
    without = {row["instance"] for row in traces if row["left_out"] == name}
    asked = [
        row
        for row in traces
        if row["instance"] in without and row["left_out"] in {"", name} and bounds[row["instance"]] > 0
    ]
    seeds = {(row["instance"], row["left_out"]): row["seed"] for row in reversed(asked)}
    times = {(row["instance"], row["left_out"]): row["seconds"] for row in asked if row["left_out"] == name}
    found: dict[tuple[str, str], list[Point]] = defaultdict(list)
    for row in asked:
        key = row["instance"], row["left_out"]
        if row["seed"] == seeds[key] and row["seconds"] == times[row["instance"], name]:
            bound = bounds[row["instance"]]
            found[key].append((float(row["at_seconds"]), 100 * (float(row["cost"]) - bound) / bound))
    return dict(found)


def _picture(name: str, lines: Mapping[tuple[str, str], Sequence[Point]]) -> str:
    """Both axes in powers of ten: a line for each instance, dashed without the ingredient."""
    x = Scale(log10(TIMES[0]), log10(TIMES[-1]), LEFT, WIDTH - RIGHT)
    y = Scale(log10(GAPS[0]), log10(GAPS[-1]), HEIGHT - BOTTOM, TOP)
    parts: list[Element] = []
    for gap in GAPS:
        parts += [tag("path", d=f"M{LEFT} {y(log10(gap)):.1f}H{WIDTH - RIGHT}", stroke="#ddd")]
        parts += [label(LEFT - 8, y(log10(gap)) + 4, f"{gap:g} %", text_anchor="end", **TEXT)]
    for time in TIMES:
        parts += [label(x(log10(time)), HEIGHT - 14, f"{time:g} s", text_anchor="middle", **TEXT)]
    instances = sorted({instance for instance, _ in lines}, key=int)
    for (instance, left_out), points in lines.items():
        edges = [x(log10(min(max(at, TIMES[0]), TIMES[-1]))) for at, _ in points]
        heights = [y(log10(min(max(gap, GAPS[0]), GAPS[-1]))) for _, gap in points[:-1]]
        colour, dashes = COLOURS[instances.index(instance) % len(COLOURS)], "6 4" if left_out else None
        parts += [
            tag(
                "path",
                d=polyline(staircase(edges, heights)),
                fill="none",
                stroke=colour,
                stroke_width=2,
                stroke_dasharray=dashes,
            )
        ]
    for place, instance in enumerate(instances):
        parts += [
            label(
                WIDTH - RIGHT + 14,
                TOP + 20 * (place + 1),
                f"#{instance}",
                **{**TEXT, "fill": COLOURS[place % len(COLOURS)]},
            )
        ]
    parts += [label(WIDTH - RIGHT + 14, TOP + 20 * (len(instances) + 1), f"dashed: no {name}", **TEXT)]
    return str(
        drawing(
            HEIGHT,
            f"Gap to the best bound against time, with and without {name}",
            parts,
            xmlns="http://www.w3.org/2000/svg",
        )
    )
