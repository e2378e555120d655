"""Reads YAML (and so JSON) as plain data plus the place of every key, refusing whatever could surprise or harm."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, cast

import yaml

from wfm.domain import Fault, InputError

MAX_BYTES = 200_000
MAX_DEPTH = 20
_STANDARD = "tag:yaml.org,2002:"
KeyPath = tuple[str | int, ...]


@dataclass
class Document:
    """Plain data with the place, file and line (from 1), of every key and list item."""

    name: str
    data: Any
    places: dict[KeyPath, tuple[str, int | None]] = field(default_factory=dict)

    def place(self, path: KeyPath) -> tuple[str, int | None]:
        """File and line of a path, or of its nearest known ancestor; no line for the document as a whole."""
        while path:
            if path in self.places:
                return self.places[path]
            path = path[:-1]
        return self.name, None

    def at(self, path: KeyPath) -> Any:
        """The data at a path that exists."""
        data = self.data
        for part in path:
            data = data[part]
        return data

    def fault(self, path: KeyPath, expected: str, came: str, fix: str = "") -> Fault:
        """A fault at a path."""
        file, line = self.place(path)
        return Fault(expected, came, fix, file, line, ".".join(map(str, path)))


class _Loader(yaml.SafeLoader):
    """The safe loader without YAML 1.1's surprises: no sexagesimal 22:00, no yes/no/on/off, no octal 010, no implicit dates.

    It stops, before anything is built of it, at the first alias or anchor, tag, or too deep level.
    """

    def __init__(self, text: str, name: str) -> None:
        super().__init__(text)
        self.name, self._depth = name, 0

    def get_event(self) -> yaml.Event:
        """The next event, which no surprise may be."""
        event: Any = super().get_event()  # type: ignore[no-untyped-call]  # PyYAML's types leave it out
        self._depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            fault = Fault("values written out", "an anchor or alias (& or *)", "Repeat the value.")
        elif getattr(event, "tag", None):
            fault = Fault("plain values", f"the tag {event.tag.replace(_STANDARD, '!!')}", "Remove the tag.")
        elif self._depth > MAX_DEPTH:
            fault = Fault(f"at most {MAX_DEPTH} levels", "deeper nesting")
        else:
            return cast(yaml.Event, event)
        raise InputError([replace(fault, file=self.name, line=event.start_mark.line + 1)])


_Loader.yaml_implicit_resolvers = {}
_WHOLE = r"(?:0|[1-9][0-9]*)"
for _tag, _pattern, _first in (
    ("bool", r"(?:true|false|True|False)", "tTfF"),
    # Whole numbers of more digits are read as floats: int() refuses thousands of them, and nothing here counts so far.
    ("int", r"[-+]?(?:0|[1-9][0-9]{0,17})", "-+0123456789"),
    ("float", rf"[-+]?(?:{_WHOLE}(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?", "-+.0123456789"),
    ("null", r"(?:~|null|Null|)", ["~", "n", "N", ""]),
):
    _Loader.add_implicit_resolver(_STANDARD + _tag, re.compile(rf"{_pattern}\Z"), list(_first))


def read_yaml(path: Path) -> Document:
    """The document in a file; raises InputError with file and line for anything that is not plain YAML."""
    raw = path.read_bytes()
    if len(raw) > MAX_BYTES:
        raise InputError([Fault(f"a file of at most {MAX_BYTES:,} bytes", f"{len(raw):,} bytes", file=path.name)])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        came = f"the byte 0x{raw[error.start]:02x}, which is none"
        raise InputError([Fault("text in UTF-8", came, "Save the file as UTF-8.", path.name, line)]) from None
    return parse_yaml(text, path.name)


def parse_yaml(text: str, name: str) -> Document:
    """The document in a text; ``name`` stands for the file in errors."""
    try:
        node = _Loader(text, name).get_single_node()
    except yaml.YAMLError as error:
        raise InputError([_syntax_fault(error, text, name)]) from None
    document = Document(name, None)
    if node is not None:
        faults = list(_walk(node, (), document))
        if faults:
            raise InputError(faults)
        document.data = _data(node)
    return document


def _syntax_fault(error: yaml.YAMLError, text: str, name: str) -> Fault:
    """What the YAML library says about a text, in a planner's words as far as it goes."""
    if isinstance(error, yaml.reader.ReaderError):
        line = text.count("\n", 0, error.position) + 1
        return Fault("printable text", f"the character U+{error.character:04X}", "Remove it.", name, line)
    mark = getattr(error, "problem_mark", None)
    problem = _FOUND.sub("", getattr(error, "problem", None) or "something else")
    fix = "Indent with spaces, not tabs." if r"'\t'" in problem else "Check indentation, colons and quotes."
    return Fault("plain YAML", problem, fix, name, mark.line + 1 if mark else None)


_FOUND = re.compile(r"^(found|.*but (found|got)) ")
"""The library's own expectation, which names its grammar; only what it found helps a planner."""


def _walk(node: yaml.Node, path: KeyPath, document: Document) -> Iterator[Fault]:
    """Records the place of every path; yields a fault for each repeated key and each key that is no word."""
    document.places.setdefault(path, (document.name, node.start_mark.line + 1))
    if isinstance(node, yaml.SequenceNode):
        for position, item in enumerate(node.value):
            yield from _walk(item, (*path, position), document)
    elif isinstance(node, yaml.MappingNode):
        first: dict[str, int] = {}
        for key, value in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode):
                yield Fault("a word as key", "a list or mapping", file=document.name, line=line)
            elif key.value in first:
                came = f"{key.value} again, as on line {first[key.value]}"
                yield Fault("every key once", came, "Remove one of them.", document.name, line)
            else:
                first[key.value] = line
                document.places[(*path, key.value)] = document.name, line
                yield from _walk(value, (*path, key.value), document)


def _data(node: yaml.Node) -> Any:
    if isinstance(node, yaml.SequenceNode):
        return [_data(item) for item in node.value]
    if isinstance(node, yaml.MappingNode):
        return {key.value: _data(value) for key, value in node.value}
    return _SCALARS.get(node.tag.removeprefix(_STANDARD), str)(node.value)


_SCALARS: dict[str, Any] = {
    "int": int,
    "float": float,
    "bool": lambda word: word.lower() == "true",
    "null": lambda _: None,
}
