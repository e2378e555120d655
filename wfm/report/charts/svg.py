"""SVG as elements: numbers short, text escaped, colours left to the page's style."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from xml.etree import ElementTree as ET

from markupsafe import Markup

WIDTH = 1240
"""Width of a picture in its own units; the page scales it."""
Point = tuple[float, float]


def number(value: float) -> str:
    """A coordinate to a tenth of a unit, as short as it goes."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def tag(name: str, *children: ET.Element | str, **attributes: str | float | None) -> ET.Element:
    """An element; underscores in names become hyphens, a trailing one (``class_``) goes, None leaves the attribute out."""
    element = ET.Element(name)
    for key, value in attributes.items():
        if value is not None:
            text = value if isinstance(value, str) else number(value)
            element.set(key.rstrip("_").replace("_", "-"), text)
    for child in children:
        if isinstance(child, str):
            element.text = child
        else:
            element.append(child)
    return element


def drawing(height: float, label: str, children: Iterable[ET.Element], **attributes: str) -> Markup:
    """A whole picture, ``label`` telling what it shows to those who cannot see it."""
    box = f"0 0 {WIDTH} {number(height)}"
    picture = tag("svg", tag("title", label), *children, viewBox=box, role="img", **attributes)
    return Markup(ET.tostring(picture, encoding="unicode"))


def label(x: float, y: float, words: str, **attributes: str | float | None) -> ET.Element:
    """A line of text."""
    return tag("text", words, x=x, y=y, **attributes)


def polyline(points: Iterable[Point]) -> str:
    """The path through points."""
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points)


def staircase(edges: Sequence[float], heights: Sequence[float]) -> list[Point]:
    """The points of a line that keeps ``heights[k]`` from ``edges[k]`` to ``edges[k + 1]``."""
    return [(x, y) for k, y in enumerate(heights) for x in edges[k : k + 2]]


def boxes(cells: Iterable[tuple[float, float, float, float]]) -> str:
    """One path of many rectangles (x, y, width, height): far smaller than as many elements."""
    return "".join(
        f"M{number(x)} {number(y)}h{number(width)}v{number(height)}h{number(-width)}z" for x, y, width, height in cells
    )


@dataclass(frozen=True)
class Scale:
    """A straight way from values to units of the picture."""

    first: float
    last: float
    begin: float
    end: float

    def __call__(self, value: float) -> float:
        """Where a value lies."""
        return self.begin + (value - self.first) / (self.last - self.first) * (self.end - self.begin)


def ticks(top: float, about: int = 4) -> list[float]:
    """Round values from 0 to at least ``top``: steps of 1, 2 or 5 times a power of ten."""
    rough = max(top, 1e-9) / about
    power = 10 ** floor(log10(rough))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough * (1 - 1e-9))
    return [k * step for k in range(ceil(top / step - 1e-9) + 1)] if top > 0 else [0.0, 1.0]
