"""Every kind of every family in one list: what the product can do, in the words of the code itself."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from functools import cache
from typing import Any

from wfm.domain import Name, Noun
from wfm.forecast import METHODS
from wfm.importers import FORMATS, INSTANCE_FORMATS
from wfm.report.views import VIEWS
from wfm.schedule import PACKS, RULES, pack
from wfm.schedule.law import TEMPLATE
from wfm.simulate import ROUTERS
from wfm.staffing import MODELS
from wfm.study import LEVERS


class Kind(Noun):
    """One kind: its family, the word that a scenario uses for it, what it does, and its parameters as JSON Schema."""

    family: str
    kind: Name
    words: str
    documentation: str
    source: str = ""
    parameters: dict[str, Any] | None = None


FAMILIES: dict[str, tuple[Any, ...]] = {
    "importer": FORMATS,
    "instance format": INSTANCE_FORMATS,
    "forecast method": METHODS,
    "staffing model": MODELS,
    "roster rule": RULES,
    "router": ROUTERS,
    "lever": LEVERS,
    "view": VIEWS,
}


@cache
def catalogue() -> tuple[Kind, ...]:
    """All kinds, family by family, each in its family's own order; then the legal packs and their rules.

    Made once: writing down every kind's parameters takes a third of a second.
    """
    return (*_kinds(), *_legal())


def _kinds() -> Iterator[Kind]:
    for family, members in FAMILIES.items():
        for member in members:
            cls: type[Any] = member if isinstance(member, type) else type(member)
            text = inspect.getdoc(cls) or ""
            noun = issubclass(cls, Noun)
            yield Kind(
                family=family,
                kind=cls.model_fields["kind"].default if noun else cls.kind,
                words=text.partition("\n\n")[0].replace("\n", " "),
                documentation=text,
                source=getattr(cls, "source", ""),
                parameters=cls.model_json_schema() if noun else None,
            )


def _legal() -> Iterator[Kind]:
    for one in map(pack, PACKS):
        rules = "\n".join(f"{rule.id}: {rule.words}" for rule in one.rules)
        words = f"{one.text}, {TEMPLATE}."
        yield Kind(
            family="legal pack", kind=one.name, words=words, documentation=f"{words}\n\n{rules}", source=one.text
        )
        for rule, line in zip(one.rules, one.lines, strict=True):
            documentation = f"{rule.words}\n\nA scenario says: {line}"
            yield Kind(
                family="legal rule", kind=rule.id, words=rule.words, documentation=documentation, source=rule.laid_down
            )
