"""Channels for what a file calls its queues, columns and media: a name, a guessed kind, and sentences about both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from wfm.domain import Channel, ChannelKind, Opening
from wfm.importers.values import Integers
from wfm.importers.words import kind_of, name_of

PLAIN_NAMES: dict[ChannelKind, str] = {"voice": "phone", "chat": "chat", "deferred": "tickets"}


@dataclass(frozen=True)
class Named:
    """A channel's name and kind with what was inferred and assumed about them."""

    name: str
    kind: ChannelKind
    inferred: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()

    def channel(self, opening: Opening, patience_seconds: float | None = None) -> Channel:
        """The channel with its learned opening; nobody abandons deferred work."""
        patience = None if self.kind == "deferred" else patience_seconds
        return Channel(name=self.name, kind=self.kind, opening=opening, patience_seconds=patience)


def named(label: str, media: str = "") -> Named:
    """The channel that a file calls ``label``."""
    kind, name = kind_of(media, label), name_of(label) or "phone"
    called = f"{name} (in the file {label!r})" if name != label else name
    if kind is None:
        return Named(name, "voice", (), (f"{called}: live calls assumed; set kind to voice, chat or deferred.",))
    return Named(name, kind, (f"{called}: taken as {kind} from its name.",), _assumed(name, kind))


def only(*labels: str) -> Named:
    """The one channel of a file that does not name its channels."""
    kind = kind_of(*labels) or "voice"
    name = PLAIN_NAMES[kind]
    said = f"One channel in the file, without a name: assumed {kind} and named {name}."
    return Named(name, kind, (), (said, *_assumed(name, kind)))


def _assumed(name: str, kind: ChannelKind) -> tuple[str, ...]:
    return (f"{name}: one chat at a time assumed; set concurrency.",) if kind == "chat" else ()


def named_rows(
    codes: Mapping[str, Integers], labels: Mapping[str, Sequence[str]], size: int, *hints: str
) -> tuple[list[Named], Integers]:
    """The channels of a file's rows and each row's position among them, from its coded channel (and media) column.

    Labels that differ only in case, accents or spaces are one channel; without a channel column there is one, named by ``hints``.
    """
    if "channel" not in codes:
        return [only(*hints)], np.zeros(size, dtype=np.int64)
    found: dict[str, Named] = {}
    positions = []
    first_rows = np.unique(codes["channel"], return_index=True)[1]
    for label, row in zip(labels["channel"], first_rows, strict=True):
        channel = named(label, labels["media"][int(codes["media"][row])] if "media" in codes else "")
        positions.append(list(found).index(channel.name) if channel.name in found else len(found))
        found.setdefault(channel.name, channel)
    return list(found.values()), np.array(positions, dtype=np.int64)[codes["channel"]]
