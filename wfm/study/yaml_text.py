"""Reads YAML (and so JSON) as plain data plus the place of every key, refusing whatever could surprise or harm."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from wfm.domain import Fault, InputError

MAX_BYTES = 2_000_000
MAX_DEPTH = 20
Path_ = tuple[str | int, ...]


@dataclass
class Document:
    """Plain data with the line (from 1) of every key and list item."""

    name: str
    data: Any
    lines: dict[Path_, int] = field(default_factory=dict)

    def line(self, path: Path_) -> int | None:
        """Line of the nearest known ancestor of a path."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path)


class _Loader(yaml.SafeLoader):
    """The safe loader without YAML 1.1's surprises: no sexagesimal 22:00, no yes/no/on/off, no implicit dates."""


_Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("tag:yaml.org,2002:bool", r"(?:true|false|True|False)", "tTfF"),
    ("tag:yaml.org,2002:int", r"[-+]?(?:0|[1-9][0-9]*)", "-+0123456789"),
    ("tag:yaml.org,2002:float", r"[-+]?(?:\d+\.\d*|\.\d+|\d+)(?:[eE][-+]?\d+)?", "-+.0123456789"),
    ("tag:yaml.org,2002:null", r"(?:~|null|Null|)", ["~", "n", "N", ""]),
):
    _Loader.add_implicit_resolver(_tag, re.compile(rf"^{_pattern}$"), list(_first))


def read_yaml(path: Path) -> Document:
    """The document in a file; raises InputError with line and column for anything that is not plain YAML."""
    if path.stat().st_size > MAX_BYTES:
        raise InputError(
            [Fault(f"a file of at most {MAX_BYTES:,} bytes", f"{path.stat().st_size:,} bytes", file=path.name)]
        )
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        fault = Fault("text in UTF-8", f"byte {error.start} that is not", "Save the file as UTF-8.", path.name)
        raise InputError([fault]) from None
    return parse_yaml(text, path.name)


def parse_yaml(text: str, name: str) -> Document:
    """The document in a text; ``name`` stands for the file in errors."""
    try:
        _refuse_aliases(text, name)
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise InputError([Fault("plain YAML", error.problem or "something else", _INDENT, name, line)]) from None
    except yaml.YAMLError as error:
        raise InputError([Fault("plain YAML", str(error).partition("\n")[0], file=name)]) from None
    document = Document(name, None)
    if node is not None:
        faults = list(_walk(node, (), document))
        if faults:
            raise InputError(faults)
        document.data = _data(node, name)
    return document


_INDENT = "Check indentation, colons and quotes."


def _refuse_aliases(text: str, name: str) -> None:
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            line = event.start_mark.line + 1 if event.start_mark else None
            raise InputError(
                [Fault("values written out", "an anchor or alias (& or *)", "Repeat the value.", name, line)]
            )


def _walk(node: yaml.Node, path: Path_, document: Document) -> Iterator[Fault]:
    """Records the line of every path; yields a fault for each repeated key, foreign tag or too deep nesting."""
    line = node.start_mark.line + 1
    document.lines.setdefault(path, line)
    if not node.tag.startswith("tag:yaml.org,2002:") or node.tag.rpartition(":")[2] not in _PLAIN:
        yield Fault("plain values", f"the tag {node.tag}", "Remove the tag.", document.name, line)
    elif len(path) > MAX_DEPTH:
        yield Fault(f"at most {MAX_DEPTH} levels", "deeper nesting", file=document.name, line=line)
    elif isinstance(node, yaml.SequenceNode):
        for position, item in enumerate(node.value):
            yield from _walk(item, (*path, position), document)
    elif isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            word = str(key.value)
            if word in seen or not isinstance(key, yaml.ScalarNode):
                yield Fault(
                    "every key once", f"{word} again", "Remove one of them.", document.name, key.start_mark.line + 1
                )
            seen.add(word)
            document.lines[(*path, word)] = key.start_mark.line + 1
            yield from _walk(value, (*path, word), document)


_PLAIN = {"str", "int", "float", "bool", "null", "seq", "map"}


def _data(node: yaml.Node, name: str) -> Any:
    if isinstance(node, yaml.SequenceNode):
        return [_data(item, name) for item in node.value]
    if isinstance(node, yaml.MappingNode):
        return {str(key.value): _data(value, name) for key, value in node.value}
    return _SCALARS.get(node.tag.rpartition(":")[2], str)(node.value)


_SCALARS: dict[str, Any] = {
    "int": int,
    "float": float,
    "bool": lambda word: word.lower() == "true",
    "null": lambda _: None,
}
