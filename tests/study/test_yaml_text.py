"""YAML is read as plain data with the place of every key; whatever could surprise or harm is told with its line."""

from pathlib import Path
from typing import Any

import pytest

from wfm.domain import Fault, InputError
from wfm.study.yaml_text import MAX_BYTES, MAX_DEPTH, Document, parse_yaml, read_yaml


def data(text: str) -> Any:
    return parse_yaml(text, "a.yaml").data


def fault(text: str) -> Fault:
    with pytest.raises(InputError) as caught:
        parse_yaml(text, "a.yaml")
    (only,) = caught.value.faults
    return only


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("22:00", "22:00"),
        ("1:30:00", "1:30:00"),
        ("2026-11-30", "2026-11-30"),
        ("yes", "yes"),
        ("no", "no"),
        ("on", "on"),
        ("off", "off"),
        ("NO", "NO"),
        ("010", "010"),
        ("0x10", "0x10"),
        ("1_000", "1_000"),
        ("+20%", "+20%"),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("-", "-"),
        ("١", "١"),
        ("'1'", "1"),
        ("12", 12),
        ("-5", -5),
        ("0.5", 0.5),
        (".5", 0.5),
        ("1e3", 1000.0),
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
    ],
)
def test_a_word_is_read_as_it_looks(text: str, value: object) -> None:
    read = data(f"key: {text}" if text != "-" else "key: '-'")["key"]
    assert read == value
    assert type(read) is type(value)


def test_a_number_of_thousands_of_digits_is_read_without_an_error() -> None:
    assert data(f"a: {'9' * 5_000}") == {"a": float("inf")}


def test_json_is_yaml() -> None:
    assert data('{"a": [1, 2.5, true, null, "x"], "b": {}}') == {"a": [1, 2.5, True, None, "x"], "b": {}}


@pytest.mark.parametrize("text", ["", "# only a comment", "---\n...\n"])
def test_an_empty_text_is_nothing(text: str) -> None:
    assert data(text) is None


def test_a_list_at_the_top_is_data() -> None:
    assert data("- 1\n- 2") == [1, 2]


def test_every_key_and_item_has_its_line() -> None:
    document = parse_yaml("a: 1\nb:\n  - x\n  - {c: 2,\n     d: 3}\n", "a.yaml")
    lines = {path: line for path, (_, line) in document.places.items()}
    assert lines == {(): 1, ("a",): 1, ("b",): 2, ("b", 0): 3, ("b", 1): 4, ("b", 1, "c"): 4, ("b", 1, "d"): 5}


def test_a_place_that_is_missing_is_that_of_its_nearest_ancestor() -> None:
    document = parse_yaml("a:\n  b: 1\n", "a.yaml")
    assert document.place(("a", "x", "y")) == ("a.yaml", 1)
    assert document.place(("z",)) == ("a.yaml", None)
    assert Document("b.yaml", None).fault(("k", 0), "one", "two") == Fault("one", "two", "", "b.yaml", None, "k.0")


def test_a_key_may_not_come_twice() -> None:
    twice = fault("a: 1\nb: 2\na: 3")
    assert (twice.line, twice.came) == (3, "a again, as on line 1")
    assert fault("1: a\n'1': b").line == 2


def test_all_repeated_keys_are_told_at_once() -> None:
    with pytest.raises(InputError) as caught:
        parse_yaml("a: 1\na: 2\nb: {c: 1, c: 2}", "a.yaml")
    assert [fault.line for fault in caught.value.faults] == [2, 3]


def test_a_key_is_a_word() -> None:
    assert fault("? [a]\n: b").expected == "a word as key"


LAUGHS = "a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True))


@pytest.mark.parametrize(
    ("text", "line", "expected"),
    [
        ("a: 1\nb: &x 2", 2, "values written out"),
        ("b: *x", 1, "values written out"),
        (LAUGHS, 1, "values written out"),
        ("a: !!python/object/apply:os.system [x]", 1, "plain values"),
        ("a: 1\nb: !!int x", 2, "plain values"),
        ("a: ! b", 1, "plain values"),
        ("\n" + "[" * 100_000, 2, f"at most {MAX_DEPTH} levels"),
        ("\n".join(f"{' ' * k}a:" for k in range(40)), 21, f"at most {MAX_DEPTH} levels"),
        ("a: 1\n\tb: 2", 2, "plain YAML"),
        ("a: [1, 2", 1, "plain YAML"),
        ("a: b: c", 1, "plain YAML"),
        ("a: 1\n---\nb: 2", 2, "plain YAML"),
        ("{a: 1}}", 1, "plain YAML"),
        ("a: 1\nb: \x00", 2, "printable text"),
        ("a: \ud800", 1, "printable text"),
    ],
)
def test_what_could_surprise_or_harm_is_told_with_its_line(text: str, line: int, expected: str) -> None:
    told = fault(text)
    assert (told.file, told.line, told.expected) == ("a.yaml", line, expected)
    assert told.came


def test_a_tab_is_told_as_a_tab() -> None:
    assert fault("a:\n\t- b").fix == "Indent with spaces, not tabs."


def test_a_tag_is_named_as_it_is_written() -> None:
    assert fault("a: !!python/name:os.system").came == "the tag !!python/name:os.system"


def test_a_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes(b"\xef\xbb\xbfa: 1\n")
    assert read_yaml(file).data == {"a": 1}


def test_bytes_that_are_no_utf8_are_told_with_their_line(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes(b"a: 1\nb: caf" + b"\xe9\n")
    with pytest.raises(InputError, match=r"^a\.yaml:2: expected text in UTF-8, came the byte 0xe9"):
        read_yaml(file)


def test_a_huge_file_is_not_parsed(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes(b"a" * (MAX_BYTES + 1))
    with pytest.raises(InputError, match="a file of at most"):
        read_yaml(file)
