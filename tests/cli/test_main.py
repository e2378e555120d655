"""Exit codes, and errors in the planner's words: never a traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.core import TyperGroup
from typer.main import get_command

import wfm.cli.app as door
from tests.cli.conftest import ROOT, Wfm
from wfm.cli.exits import Exit
from wfm.cli.main import main, run
from wfm.domain import Fault, InputError, NoRosterInTime, NotFound, Refused, RulesConflict

HEAVY = ("fastapi", "numpy", "ortools", "pydantic", "scipy", "sqlalchemy", "uvicorn", "yaml")
COMMANDS = (
    *("init", "import", "forecast", "staff", "roster", "simulate", "check", "explain", "plan", "study", "report"),
    *("erlang", "backtest", "serve", "schema", "doctor", "version", "groups", "intraday"),
    *("fairness", "requests", "publish", "diff", "cover", "swap"),
)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (InputError([Fault("a number", "x")]), Exit.INVALID_INPUT),
        (NotFound("There is no such thing."), Exit.INVALID_INPUT),
        (Refused("Not now."), Exit.INVALID_INPUT),
        (FileNotFoundError(2, "No such file or directory", "x.csv"), Exit.INVALID_INPUT),
        (RulesConflict(["min_rest and coverage"]), Exit.CONFLICT),
        (NoRosterInTime("No roster in 1 s."), Exit.NO_ROSTER),
        (KeyboardInterrupt(), Exit.INTERRUPTED),
    ],
    ids=lambda value: type(value).__name__,
)
def test_every_error_has_its_exit_code(
    error: BaseException, code: Exit, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("wfm.cli.commands.forecast.forecast", fails)
    assert run(["forecast", "anywhere"]) == code
    told = capsys.readouterr()
    assert not told.out
    assert str(error) in told.err or isinstance(error, OSError)


def test_a_defect_of_wfm_itself_is_not_blamed_on_the_planner(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("wfm.cli.commands.forecast.forecast", fails)
    assert run(["forecast", "anywhere"]) == Exit.DEFECT
    told = capsys.readouterr().err
    assert "Traceback" in told
    assert "defect" in told


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["plan"],
        ["plan", "x", "--fail-on", "mondays"],
        ["plan", "x", "--weeks", "0"],
        ["plan", "x", "--train-until", "yesterday"],
        ["check", "x"],
        ["check", "x", "--roster", "y", "--fail-on", "sometimes"],
        ["init", "x"],
        ["init", "."],
        ["init", "x", "--template", "phone-small", "--history", "y.csv"],
        ["init", "x", "--history", "y.csv"],
        ["init", "x", "--history", "y.csv", "--agents", "3", "--staff", "z.csv"],
        ["init", "x", "--history", "y.csv", "--agents", "0"],
        ["erlang"],
        ["erlang", "--volume", "-1", "--aht", "4m"],
        ["explain", "requirement"],
        ["schema", "roster"],
        ["study", "x", "--workers", "0"],
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_2_and_prints_no_data(arguments: list[str], wfm: Wfm) -> None:
    ran = wfm(*arguments)
    assert ran.code == Exit.USAGE
    assert not ran.out
    assert "--help" in ran.err


def test_every_command_has_its_help(wfm: Wfm) -> None:
    whole = get_command(door.app)
    assert isinstance(whole, TyperGroup)
    assert set(COMMANDS) <= set(whole.commands)
    for command in whole.commands:
        ran = wfm(command, "--help")
        assert ran.code == Exit.OK
        assert ran.out
        assert not ran.err


def test_help_imports_no_library_that_is_slow() -> None:
    program = (
        "import sys; from wfm.cli.main import run; code = run(['--help'])\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], code)"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    assert ran.stdout.splitlines()[-1] == "[] 0"


def test_no_colour_is_written_where_none_is_wanted() -> None:
    surroundings = {**os.environ, "NO_COLOR": "1", "FORCE_COLOR": ""}
    command = [sys.executable, "-m", "wfm", "--help"]
    ran = subprocess.run(command, capture_output=True, text=True, check=True, env=surroundings, cwd=ROOT)
    assert "\x1b" not in ran.stdout + ran.stderr


def test_the_console_script_exits_with_the_code_of_its_command(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "wfm", "forecast", str(tmp_path)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert ran.returncode == Exit.INVALID_INPUT
    assert not ran.stdout
    assert "wfm init" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_reader_that_has_enough_is_no_error() -> None:
    wfm = f'"{sys.executable}" -m wfm'
    first = f"{wfm} schema | head -n 1; exit ${{PIPESTATUS[0]}}"
    ran = subprocess.run(["bash", "-c", first], capture_output=True, text=True, check=False, cwd=ROOT)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "{\n", "")


def test_a_closed_stdout_or_stderr_is_no_defect() -> None:
    wfm = f'"{sys.executable}" -m wfm'
    for closed in (">&-", "2>&-"):
        ran = subprocess.run(["bash", "-c", f"{wfm} version {closed}"], capture_output=True, check=False, cwd=ROOT)
        assert (ran.returncode, ran.stderr) == (0, b"")


def test_data_is_utf_8_whatever_the_locale() -> None:
    program = "import sys\nimport wfm.cli\ndoor = sys.modules['wfm.cli.main']\ndoor.run = lambda _: print('\u00b1')\ndoor.main()"
    surroundings = {**os.environ, "PYTHONIOENCODING": "ascii"}
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, env=surroundings, cwd=ROOT)
    assert ran.stdout == "\u00b1\n".encode()


def test_ctrl_c_before_the_work_is_told_in_a_word() -> None:
    program = (
        "import os, signal, sys\nfrom wfm.cli import main\n"
        "class Importing:\n    def find_spec(self, *_):\n        os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.meta_path.insert(0, Importing())\nmain()\n"
    )
    ran = subprocess.run([sys.executable, "-c", program, "version"], capture_output=True, check=False, cwd=ROOT)
    assert (ran.returncode, ran.stdout, ran.stderr) == (Exit.INTERRUPTED, b"", b"Interrupted.\n")


def test_a_command_may_end_its_own_way_at_ctrl_c() -> None:
    program = (
        "import os, signal, sys\nimport wfm.cli\ndoor = sys.modules['wfm.cli.main']\n"
        "def run(_):\n    try:\n        os.kill(os.getpid(), signal.SIGINT)\n    except KeyboardInterrupt:\n        return 7\n"
        "door.run = run\ndoor.main()\n"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False, cwd=ROOT)
    assert (ran.returncode, ran.stderr) == (7, b"Interrupted.\n")


class TestFaults:
    """Each names its file, line and key or column, and all are told at once."""

    def test_of_a_scenario(self, wfm: Wfm, scenario: Path) -> None:
        file = scenario / "scenario.yaml"
        text = file.read_text().replace("week: 40h", "week: 40").replace("kind: wishes", "kind: whishes")
        file.write_text(text)
        ran = wfm("staff", scenario)
        assert ran.code == Exit.INVALID_INPUT
        for word in ("week: 40", "whishes"):
            line = next(number for number, row in enumerate(text.splitlines(), start=1) if word in row)
            assert f"scenario.yaml:{line}: " in ran.err
        assert "Did you mean wishes?" in ran.err

    def test_of_a_csv_file(self, wfm: Wfm, scenario: Path) -> None:
        rows = (scenario / "history.csv").read_text().splitlines()
        busy = next(k for k, row in enumerate(rows) if k > 0 and "closed" not in row)
        cells = rows[busy].split(",")
        rows[busy] = ",".join([*cells[:2], "many", *cells[3:]])
        (scenario / "history.csv").write_text("\n".join(rows))
        ran = wfm("forecast", scenario)
        assert ran.code == Exit.INVALID_INPUT
        assert f"history.csv:{busy + 1}: offered: " in ran.err
        assert "'many'" in ran.err

    def test_of_an_override(self, wfm: Wfm, scenario: Path) -> None:
        ran = wfm("forecast", scenario, "-S", "demand.phone.scal=1.4")
        assert ran.code == Exit.INVALID_INPUT
        assert ran.err.startswith("-S: ")
        assert "Did you mean scale?" in ran.err


@pytest.mark.parametrize(("said", "taken"), [({}, "1"), ({"OMP_NUM_THREADS": "3"}, "3")])
def test_algebra_keeps_to_one_core_unless_the_user_says_otherwise(
    said: dict[str, str], taken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "environ", said)
    monkeypatch.setattr(sys, "argv", ["wfm", "version"])
    with pytest.raises(SystemExit):
        main()
    assert said["OMP_NUM_THREADS"] == taken
