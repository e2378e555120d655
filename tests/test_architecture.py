"""The house keeps its shape: small files, curated doors, libraries in their rooms, every kind listed and documented."""

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted((ROOT / "wfm").rglob("*.py"))
DOORS = sorted({ROOT / "wfm" / "__init__.py", *(ROOT / "wfm").glob("*/__init__.py")})

LONGEST_FILE = 300
VAGUE_NAMES = {"base", "common", "helper", "helpers", "manager", "misc", "util", "utils"}
SLOW_TO_IMPORT = {"numba", "ortools", "scipy"}
ONLY_IN = {
    "alembic": "wfm.store",
    "fastapi": "wfm.api",
    "ortools": "wfm.schedule",
    "sqlalchemy": "wfm.store",
    "starlette": "wfm.api",
    "zoneinfo": "wfm.domain.time",
}
FAMILIES = {
    "forecast/methods": "forecast_method",
    "importers/formats": "importer",
    "importers/instances": "instance",
    "report/views": "view",
    "schedule/rules": "roster_rule",
    "simulate/routers": "router",
    "staffing/models": "staffing_model",
    "study/levers": "lever",
}
"""The folder of each family and its page in docs/adding."""


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def dotted(path: Path) -> str:
    return relative(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(tree: ast.AST) -> Iterator[str]:
    """Yield each imported module below a node, inside functions too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def imported_at_once(tree: ast.Module | ast.ClassDef) -> Iterator[str]:
    """Yield each module whose import runs with the file itself: neither in a function nor for type checkers only."""
    for node in tree.body:
        if isinstance(node, ast.Import | ast.ImportFrom | ast.Try | ast.With):
            yield from imported(node)
        elif isinstance(node, ast.ClassDef):
            yield from imported_at_once(node)


def test_a_file_is_short_and_opens_with_what_it_holds() -> None:
    assert MODULES
    lengths = {relative(path): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert not {name: length for name, length in lengths.items() if length > LONGEST_FILE}
    assert not [relative(path) for path in MODULES if not ast.get_docstring(tree_of(path))], (
        "its first line is no docstring"
    )


def test_a_name_says_what_is_inside() -> None:
    assert not [dotted(path) for path in MODULES if VAGUE_NAMES & set(dotted(path).split("."))]


def test_a_library_stays_in_its_room() -> None:
    strays = {
        (relative(path), library, ONLY_IN[library])
        for path in MODULES
        for library in (name.split(".")[0] for name in imported(tree_of(path)))
        if library in ONLY_IN and not f"{dotted(path)}.".startswith(f"{ONLY_IN[library]}.")
    }
    assert not strays, "file, library, room that it belongs to"


def test_a_slow_library_is_imported_only_when_used() -> None:
    early = {
        (relative(path), library)
        for path in MODULES
        for library in (name.split(".")[0] for name in imported_at_once(tree_of(path)))
        if library in SLOW_TO_IMPORT
    }
    assert not early, "import it inside the function that needs it"


@pytest.mark.parametrize("door", DOORS, ids=relative)
def test_a_door_opens_on_everything_it_promises(door: Path) -> None:
    room = import_module(dotted(door))
    names = room.__all__
    assert names
    assert len(set(names)) == len(names)
    assert not [name for name in names if not hasattr(room, name)]


def listed_kinds(family: Path) -> set[str]:
    """Return the kinds in a family's one tuple: its class names in snake case."""
    tree = tree_of(family / "__init__.py")
    tuples = [
        node.value
        for node in tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Tuple)
    ]
    assert len(tuples) == 1, f"{relative(family)}/__init__.py lists its kinds in exactly one tuple"
    named = [item.func if isinstance(item, ast.Call) else item for item in tuples[0].elts]
    return {snake_case(item.id) for item in named if isinstance(item, ast.Name)}


def snake_case(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()


@pytest.mark.parametrize(("folder", "page"), FAMILIES.items(), ids=FAMILIES)
def test_a_family_lists_and_documents_every_kind(folder: str, page: str) -> None:
    family, told = ROOT / "wfm" / folder, (ROOT / "docs" / "adding" / f"{page}.md").read_text(encoding="utf-8")
    kinds = {path.stem for path in family.glob("*.py") if not path.stem.startswith("_")}
    assert listed_kinds(family) == kinds
    assert not [kind for kind in sorted(kinds) if f"`{kind}`" not in told], f"not told in docs/adding/{page}.md"


def test_no_file_names_a_machine_or_a_registry() -> None:
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True).stdout
    files = [ROOT / name for name in listing.split("\0") if name]
    machine = re.compile(
        rb"(?<![\w.:/~})-])/(home|mnt|opt|root|tmp|Users|work)/|\b(pypi|pythonhosted|npmjs|anaconda)\.(org|com)\b"
    )
    assert files
    assert not [relative(path) for path in files if path.is_file() and machine.search(path.read_bytes())]


def test_a_lock_carries_no_address() -> None:
    locks = sorted((ROOT / "locks").glob("*.lock"))
    assert [lock.name for lock in locks] == ["dev.lock", "run.lock"]
    assert not [lock.name for lock in locks if "://" in lock.read_text(encoding="utf-8")]


def test_what_runs_is_what_was_tested() -> None:
    run, dev = (
        set((ROOT / "locks" / f"{name}.lock").read_text(encoding="utf-8").splitlines()) for name in ("run", "dev")
    )
    assert not {line for line in run - dev if not line.startswith("    --hash")}
