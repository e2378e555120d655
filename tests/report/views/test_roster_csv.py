"""The roster file holds the plan's roster."""

from pathlib import Path

from tests.report.tiny_plan import tiny_plan
from wfm.report import read_roster_csv
from wfm.report.views import RosterCsv


def test_the_file_of_the_view_reads_back_as_the_roster(tmp_path: Path) -> None:
    plan = tiny_plan()
    file = tmp_path / "roster.csv"
    file.write_bytes(RosterCsv().render(plan)["roster.csv"])
    assert read_roster_csv(file, plan.scenario).assignments == plan.solution.roster.assignments
