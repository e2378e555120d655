"""Every kind of view."""

from __future__ import annotations

from wfm.report.view import View
from wfm.report.views.compliance_json import ComplianceJson
from wfm.report.views.html import Html
from wfm.report.views.icalendar import Icalendar
from wfm.report.views.plan_json import PlanJson
from wfm.report.views.requirement_csv import RequirementCsv
from wfm.report.views.roster_csv import RosterCsv
from wfm.report.views.roster_xlsx import RosterXlsx
from wfm.report.views.summary import Summary

VIEWS: tuple[View, ...] = (
    Summary(),
    Html(),
    RosterCsv(),
    RosterXlsx(),
    Icalendar(),
    PlanJson(),
    RequirementCsv(),
    ComplianceJson(),
)

__all__ = [
    "VIEWS",
    "ComplianceJson",
    "Html",
    "Icalendar",
    "PlanJson",
    "RequirementCsv",
    "RosterCsv",
    "RosterXlsx",
    "Summary",
]
