"""Every kind of view."""

from __future__ import annotations

from wfm.report.view import View
from wfm.report.views.icalendar import Icalendar
from wfm.report.views.plan_json import PlanJson
from wfm.report.views.requirement_csv import RequirementCsv
from wfm.report.views.roster_csv import RosterCsv
from wfm.report.views.roster_xlsx import RosterXlsx

VIEWS: tuple[View, ...] = (RosterCsv(), RosterXlsx(), Icalendar(), PlanJson(), RequirementCsv())

__all__ = ["VIEWS", "Icalendar", "PlanJson", "RequirementCsv", "RosterCsv", "RosterXlsx"]
