"""Says what a sheet refuses in the planner's words: where it stands, what was expected, what came, what was likely meant."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any, TypeVar, get_args

from pydantic import ValidationError

from wfm.domain import Fault, InputError, Noun
from wfm.study.yaml_text import Document, KeyPath

Sheet = TypeVar("Sheet", bound=Noun)
_MINUTES = "_minutes"

_EXPECTED: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "string_type": lambda _: "text",
    "string_pattern_mismatch": lambda _: "a name of letters, digits, dot, hyphen and underscore",
    "string_too_short": lambda limit: f"at least {limit['min_length']} characters",
    "string_too_long": lambda limit: f"at most {limit['max_length']} characters",
    "literal_error": lambda limit: limit["expected"].replace("'", ""),
    "greater_than": lambda limit: f"more than {_shown(limit['gt'])}",
    "greater_than_equal": lambda limit: f"at least {_shown(limit['ge'])}",
    "less_than": lambda limit: f"less than {_shown(limit['lt'])}",
    "less_than_equal": lambda limit: f"at most {_shown(limit['le'])}",
    "too_short": lambda limit: f"at least {limit['min_length']} of them",
    "too_long": lambda limit: f"at most {limit['max_length']} of them",
    "finite_number": lambda _: "a finite number",
    "union_tag_not_found": lambda _: "the key kind",
    "union_tag_invalid": lambda limit: f"one of the kinds {limit['expected_tags'].replace(chr(39), '')}",
}
_EXPECTED_TYPE = {
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "date": "a date such as 2026-11-30",
    "tuple": "a list",
    "dict": "keys with values",
    "model": "keys with values",
}
"""By the first word of pydantic's type of error: int_type, int_parsing, int_from_float ... all want a whole number."""


def validated(kind: type[Sheet], document: Document) -> Sheet:
    """The document as a sheet; raises InputError with the line of every fault and, for an unknown word, the likely one."""
    try:
        return kind.model_validate(document.data)
    except ValidationError as error:
        raise InputError(list(faults(kind, error, document))) from None


def faults(kind: type[Noun], error: ValidationError, document: Document, path: KeyPath = ()) -> Iterator[Fault]:
    """Every fault of a refused ``kind`` that stands at ``path`` of the document."""
    rows = error.errors()
    for row in rows:
        if row["type"] == "too_short" and any(_below(other["loc"], row["loc"]) for other in rows):
            continue  # pydantic counts only the items without a fault
        inside = (*path, *_path_in(document.at(path), row))
        expected, came = halves(row)
        yield document.fault(inside, expected, came, _fix(kind, row))


def _below(location: KeyPath, above: KeyPath) -> bool:
    return len(location) > len(above) and location[: len(above)] == above


def halves(row: Mapping[str, Any]) -> tuple[str, str]:
    """What was expected and what came, of one of pydantic's errors."""
    kind, context, came = row["type"], row.get("ctx", {}), _shown(row["input"])
    if kind == "missing":
        return f"the key {row['loc'][-1]}", "nothing"
    if kind == "extra_forbidden":
        return "a known key", repr(str(row["loc"][-1]))
    if isinstance(context.get("error"), ValidationError):
        return halves(context["error"].errors()[0])
    if kind == "value_error":
        return split(str(context["error"]), came)
    if kind == "union_tag_invalid":
        came = context["tag"]
    if kind in {"too_short", "too_long"}:
        came = str(context["actual_length"])
    by_type = _EXPECTED_TYPE.get(kind.partition("_")[0], row["msg"].removeprefix("Input should be "))
    expected = _EXPECTED[kind](context) if kind in _EXPECTED else by_type
    return expected, "nothing" if kind == "union_tag_not_found" else came


def split(message: str, came: str) -> tuple[str, str]:
    """The halves of a message ``expected X, came Y`` (``came`` where it does not tell)."""
    expected, told, rest = re.sub("^expected ", "", message).partition("; came " if "; came " in message else ", came ")
    return expected, rest if told else came


def likely(word: str, known: Iterable[str]) -> str:
    """``Did you mean ...?`` for a misspelt word, or what there is to choose from."""
    choices = list(dict.fromkeys(known))
    if word in choices:
        return "It is there already, with its unit in the key."
    close = get_close_matches(word, choices, n=1)
    return f"Did you mean {close[0]}?" if close else f"Here belong {', '.join(choices)}." if choices else ""


def _shown(value: object) -> str:
    """A value as the planner wrote it, in short."""
    if value is None:
        return "nothing"
    if isinstance(value, Mapping | Noun):
        return "keys with values"
    if isinstance(value, list | tuple):
        return "a list"
    if isinstance(value, float):
        return f"{value:g}"
    return repr(value[:80]) if isinstance(value, str) else str(value)[:80].lower()


def _fix(kind: type[Noun], row: Mapping[str, Any]) -> str:
    error, context = row["type"], row.get("ctx", {})
    if error == "missing":
        return "Add it; `wfm schema` tells what it means."
    if error == "extra_forbidden":
        return likely(str(row["loc"][-1]), _keys_at(kind, row["loc"])) or "Remove it."
    if error == "union_tag_not_found":
        return "`wfm schema` lists the kinds."
    if error in {"union_tag_invalid", "literal_error"}:
        known, came = context.get("expected_tags") or context["expected"], context.get("tag", row["input"])
        close = get_close_matches(str(came), re.findall(r"'([^']+)'", known), n=1)
        return f"Did you mean {close[0]}?" if close else ""
    if error == "string_type" and isinstance(row["input"], int | float):
        return "Put it in quotes."
    return ""


def _path_in(data: Any, row: Mapping[str, Any]) -> KeyPath:
    """The part of an error's location that stands in the data: kinds of rules are left out, minutes may be short (``rest``)."""
    path: list[str | int] = []
    last = len(row["loc"]) - 1
    for position, part in enumerate(row["loc"]):
        keys = data if isinstance(data, dict) else range(len(data)) if isinstance(data, list) else ()
        found = next((word for word in (part, str(part).removesuffix(_MINUTES)) if word in keys), None)
        if found is not None:
            path.append(found)
            data = data[found]
        elif row["type"] == "missing" and position == last:
            path.append(part)
    return tuple(path)


def _keys_at(kind: type[Noun], location: KeyPath) -> list[str]:
    """The keys that may stand where the last part of a location stands."""
    kinds = [kind]
    for part in location[:-1]:
        tagged = [
            each for each in kinds if part in get_args(getattr(each.model_fields.get("kind"), "annotation", None))
        ]
        fields = [info for each in kinds for name, info in each.model_fields.items() if part in (name, info.alias)]
        kinds = tagged or [found for info in fields for found in _nouns_in(info.annotation)] or kinds
    return [info.alias or name.removesuffix(_MINUTES) for each in kinds for name, info in each.model_fields.items()]


def _nouns_in(annotation: Any) -> Iterator[type[Noun]]:
    if isinstance(annotation, type) and not get_args(annotation) and issubclass(annotation, Noun):
        yield annotation
    for inner in get_args(annotation):
        yield from _nouns_in(inner)
