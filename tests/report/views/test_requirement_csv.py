"""The table of intervals adds up to the plan."""

import csv
import io

import pytest

from tests.report.tiny_plan import GRID, tiny_plan
from wfm.report.views import RequirementCsv


def rows_of(simulated: bool) -> list[dict[str, str]]:
    text = RequirementCsv().render(tiny_plan(simulated=simulated))["requirement.csv"].decode()
    return list(csv.DictReader(io.StringIO(text)))


def test_every_interval_of_every_channel_has_its_row() -> None:
    rows = rows_of(simulated=True)
    assert len(rows) == 2 * GRID.count
    assert len({(row["channel"], row["start"]) for row in rows}) == len(rows)


def test_its_sums_are_those_of_the_plan() -> None:
    plan, phone = tiny_plan(), [row for row in rows_of(simulated=True) if row["channel"] == "phone"]
    assert sum(float(row["forecast"]) for row in phone) == pytest.approx(sum(plan.forecasts[0].mean))
    assert sum(float(row["gross"]) for row in phone) == pytest.approx(sum(plan.requirements[0].gross), abs=1e-4)


def test_what_was_not_simulated_stays_empty() -> None:
    assert {row["simulated_inside"] for row in rows_of(simulated=False)} == {""}
