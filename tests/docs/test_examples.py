"""Every example in the README, the documentation and the docstrings runs, and prints what it is said to print.

A page is run from top to bottom in a directory of its own that holds a copy of ``scenarios/``, briefly searched:

- a ``python`` block runs as it stands, or as a doctest where it contains ``>>>``; the blocks of a page share their names;
- in a ``console`` block each line that begins with ``$`` is run and must succeed; lines below it are its expected output, where
  ``...`` stands for anything; no lines below it: any output will do;
- ``<!-- not run: reason -->`` on the line above a block leaves it out, ``<!-- exits 3 -->`` expects this exit code.
"""

import doctest
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.study.folders import briefly

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
MODULES = [path for path in sorted((ROOT / "wfm").rglob("*.py")) if ">>>" in path.read_text(encoding="utf-8")]
BLOCK = re.compile(
    r"^(?:<!-- (?:(?P<not_run>not run: .+)|exits (?P<exits>\d+)) -->\n)?"
    r"(?P<fence>```+)(?P<language>python|console)\n(?P<text>.*?)^(?P=fence)$",
    re.MULTILINE | re.DOTALL,
)
COMMAND = re.compile(r"^\$ (?P<command>(?:.*\\\n)*.*)\n(?P<output>(?:(?!\$ ).*\n)*)", re.MULTILINE)
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
SECONDS = 300


def named(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def long(page: Path) -> bool:
    """Whether a page is left to continuous integration: those that run commands, for which the README stands."""
    return page.name != "README.md" and any(block.language == "console" for block in blocks(page))


class Block(NamedTuple):
    """One fenced example of a page."""

    language: str
    text: str
    line: int
    exits: int


def blocks(page: Path) -> Iterator[Block]:
    text = page.read_text(encoding="utf-8")
    for match in BLOCK.finditer(text):
        if not match["not_run"]:
            line = text.count("\n", 0, match.start("text"))
            yield Block(match["language"], match["text"], line, int(match["exits"] or 0))


def run_page(page: Path) -> None:
    names: dict[str, Any] = {"__name__": "__main__"}
    for block in blocks(page):
        if block.language == "console":
            run_console(block, f"{page.name}:{block.line}")
        else:
            run_python(block, page, names)


def run_python(block: Block, page: Path, names: dict[str, Any]) -> None:
    if ">>>" not in block.text:
        exec(compile("\n" * block.line + block.text, page, "exec"), names)  # the blank lines keep line numbers true
        return
    example = doctest.DocTestParser().get_doctest(block.text, names, page.name, str(page), block.line)
    said: list[str] = []
    doctest.DocTestRunner(optionflags=FLAGS).run(example, out=said.append, clear_globs=False)
    names.update(example.globs)
    assert not said, "".join(said)


def run_console(block: Block, where: str) -> None:
    commands = list(COMMAND.finditer(block.text))
    assert commands, f"{where}: a console block needs a line that begins with '$ '"
    for match in commands:
        code, output = run_command(match["command"])
        assert code == block.exits, f"{where}: {match['command']} ended with {code}, not {block.exits}:\n{output}"
        agrees = doctest.OutputChecker().check_output(match["output"], output, FLAGS)
        assert agrees or not match["output"].strip(), f"{where}: {match['command']} printed\n{output}"


def run_command(command: str) -> tuple[int, str]:
    """Run a command as a person would who has activated this environment; the streams come out in the order they were written."""
    surroundings = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "NO_COLOR": "1",
        "COLUMNS": "100",
        "PYTHONUNBUFFERED": "1",
    }
    done = subprocess.run(
        command,
        shell=True,
        env=surroundings,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    return done.returncode, done.stdout


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty directory with a copy of the scenarios, searched and simulated briefly, and work in it."""
    if (ROOT / "scenarios").is_dir():
        shutil.copytree(ROOT / "scenarios", tmp_path / "scenarios", ignore=shutil.ignore_patterns("runs"))
        for sheet in tmp_path.glob("scenarios/*/scenario.yaml"):
            briefly(sheet.parent)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize(
    "page",
    [pytest.param(page, marks=pytest.mark.slow if long(page) else ()) for page in PAGES],
    ids=map(named, PAGES),
)
def test_the_examples_of_a_page_run(page: Path) -> None:
    run_page(page)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_examples_of_a_docstring_run(path: Path) -> None:
    name = path.relative_to(ROOT).as_posix().removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    result = doctest.testmod(import_module(name), optionflags=FLAGS)
    assert result.attempted
    assert not result.failed


@pytest.mark.parametrize(
    "wrong",
    [
        "```python\nassert 1 == 2\n```\n",
        "```python\n>>> 1 + 1\n3\n```\n",
        "```console\n$ false\n```\n",
        "```console\n$ echo one\ntwo\n```\n",
        "<!-- exits 3 -->\n```console\n$ true\n```\n",
        "```console\nno command\n```\n",
    ],
)
def test_a_wrong_example_is_found(desk: Path, wrong: str) -> None:
    page = desk / "wrong.md"
    page.write_text(wrong, encoding="utf-8")
    with pytest.raises(AssertionError):
        run_page(page)


def test_a_right_example_passes(desk: Path) -> None:
    page = desk / "right.md"
    page.write_text(
        "```python\nn = 1\n```\n```python\n>>> n + 1\n2\n```\n```console\n$ echo one \\\n   two\none ...\n$ true\n```\n"
        "<!-- exits 1 -->\n```console\n$ false\n```\n<!-- not run: it would fail -->\n```python\n1 / 0\n```\n",
        encoding="utf-8",
    )
    assert len(list(blocks(page))) == 4
    run_page(page)
