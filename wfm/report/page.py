"""Fills the page templates: escaping always on, nothing fetched from anywhere."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from wfm.report import wording


def page(template: str, **content: object) -> bytes:
    """A whole page from a template of this package, in UTF-8; every text in it is escaped."""
    return (_environment().get_template(template).render(**content) + "\n").encode()


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("wfm.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    for words in (wording.percent, wording.count, wording.hours, wording.money, wording.day_text, wording.seconds_text):
        environment.filters[words.__name__] = words
    return environment
