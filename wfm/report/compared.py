"""A study on paper: its variants side by side as text, CSV and a page, each with the difference to the first."""

from __future__ import annotations

from collections.abc import Iterator

from wfm.report.cells import Cell, csv_bytes
from wfm.report.charts.whiskers import whiskers
from wfm.report.measures import known_measures, measures, service_level, status_text
from wfm.report.page import page
from wfm.report.textual import table
from wfm.study import StudyResult


def study_text(result: StudyResult) -> str:
    """The comparison as a table of plain text; below each variant its differences to the first."""
    first, shown = result.rows[0], known_measures(result)
    body = []
    for row in result.rows:
        body.append([row.variant, *(measure.text(row) for measure in shown), status_text(row)])
        changes = [measure.difference_text(row, first) for measure in shown]
        if any(changes):
            body.append(["  " + ", ".join(row.levers), *changes, ""])
    header = ["variant", *(measure.name for measure in shown), "status"]
    note = "Service is the share inside target; ± is the spread between agents; below each variant what it moved and changed."
    return "\n".join(
        [f"{result.study} on {result.scenario}", "", *table(header, body, "l" + "r" * len(shown) + "l"), "", note]
    )


def study_csv(result: StudyResult) -> bytes:
    """One row a variant: every figure, and its difference to the first variant in a column ``<figure>_change``."""
    channels = [channel.channel for channel in result.rows[0].channels]
    keys = [key for measure in measures(result) for key in (measure.key, f"{measure.key}_change")]
    errors = [f"service_level_{name}_half_width" for name in channels]
    header = ["variant", "levers", *keys, *errors, "status", "forbidden_breaches", "plan_digest"]
    return csv_bytes(header, _csv_rows(result, channels))


def study_html(result: StudyResult) -> bytes:
    """The comparison as one page that needs nothing but a browser."""
    channels = [channel.channel for channel in result.rows[0].channels]
    charts = [
        (name, whiskers([(row.variant, service_level(row, name)) for row in result.rows], name)) for name in channels
    ]
    return page("study.html", result=result, measures=known_measures(result), charts=charts, status=status_text)


def _csv_rows(result: StudyResult, channels: list[str]) -> Iterator[list[Cell]]:
    first = result.rows[0]
    for row in result.rows:
        figures = [
            cell
            for measure in measures(result)
            for cell in (_cell(measure.value(row)), _cell(measure.difference(row, first)))
        ]
        errors = [_cell(service_level(row, name).half_width) for name in channels]
        yield [
            row.variant,
            ", ".join(row.levers),
            *figures,
            *errors,
            row.status,
            row.forbidden_breaches,
            row.plan_digest,
        ]


def _cell(value: float | None) -> Cell:
    """Six decimals at most: more would be noise."""
    return None if value is None else round(value, 6)
