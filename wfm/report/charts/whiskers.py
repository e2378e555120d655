"""One figure of several variants: a dot each, with a line as long as its confidence interval."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil, floor
from xml.etree.ElementTree import Element

from markupsafe import Markup

from wfm.domain import Estimate
from wfm.report.charts.svg import WIDTH, Scale, drawing, label, tag, ticks

LEFT, RIGHT, TOP, ROW = 260.0, 130.0, 8.0, 26.0
_NAME_LENGTH = 38
_NARROWEST = 0.05
"""Shares closer than this are not blown up to look far apart."""


def whiskers(rows: Sequence[tuple[str, Estimate]], channel: str) -> Markup:
    """Service levels of the variants; the dashed line is the first variant's."""
    marks = _marks(min(estimate.low for _, estimate in rows), max(estimate.high for _, estimate in rows))
    scale, bottom = Scale(marks[0], marks[-1], LEFT, WIDTH - RIGHT), TOP + ROW * len(rows)
    base = scale(rows[0][1].mean)
    picture = [*_lines(marks, scale, bottom), tag("path", d=f"M{base:.1f} {TOP}V{bottom}", class_="base")]
    for k, (name, estimate) in enumerate(rows):
        picture += _row(name, estimate, scale, TOP + ROW * (k + 0.5))
    return drawing(bottom + 22, f"Service level of {channel} by variant", picture)


def _marks(low: float, high: float) -> list[float]:
    """Round shares from below the lowest to above the highest."""
    step = ticks(max(high - low, _NARROWEST))[1]
    return [k * step for k in range(floor(low / step - 0.2), ceil(high / step + 0.2) + 1)]


def _lines(marks: Sequence[float], scale: Scale, bottom: float) -> Iterator[Element]:
    for share in marks:
        yield tag("path", d=f"M{scale(share):.1f} {TOP}V{bottom}", class_="grid")
        yield label(scale(share), bottom + 16, f"{round(100 * share, 1):g}%", class_="tick mid")


def _row(name: str, estimate: Estimate, scale: Scale, y: float) -> Iterator[Element]:
    short = name if len(name) <= _NAME_LENGTH else f"{name[: _NAME_LENGTH - 1]}…"
    yield label(0, y + 4, short, class_="name")
    yield tag("path", d=f"M{scale(estimate.low):.1f} {y:.1f}H{scale(estimate.high):.1f}", class_="whisker")
    yield tag("circle", cx=scale(estimate.mean), cy=y, r=5, class_="mean")
    yield label(WIDTH - 4, y + 4, estimate.share_text(), class_="tick end")
