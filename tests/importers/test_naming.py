"""Names of channels: one for each thing the file names, and honest about guesses."""

import numpy as np

from wfm.domain import Opening
from wfm.importers.naming import named, named_rows, only


def test_a_known_word_gives_the_kind_and_an_unknown_one_an_assumption() -> None:
    assert (named("Chat web").kind, named("Chat web").name) == ("chat", "chat-web")
    assert named("Sales", "email").kind == "deferred"
    guess = named("Sales")
    assert guess.kind == "voice"
    assert "set kind" in guess.assumed[0]


def test_a_file_without_channels_has_one_and_says_so() -> None:
    assert (only("calls", "history.csv").name, only("calls").kind) == ("phone", "voice")
    assert (only("count", "tickets.csv").name, only("count", "tickets.csv").kind) == ("tickets", "deferred")
    assert "without a name" in only("count").assumed[0]


def test_labels_that_differ_in_case_or_accents_are_one_channel() -> None:
    codes = {"channel": np.array([0, 1, 2, 0])}
    channels, position = named_rows(codes, {"channel": ["Ventas", "VENTÁS ", "Soporte"]}, 4)
    assert [channel.name for channel in channels] == ["ventas", "soporte"]
    assert position.tolist() == [0, 0, 1, 0]


def test_nobody_abandons_deferred_work() -> None:
    assert named("Tickets").channel(Opening.always(), 300).patience_seconds is None
    assert named("Calls").channel(Opening.always(), 300).patience_seconds == 300
