"""The report room: nouns onto paper, into pictures and files, and an edited roster back."""

from wfm.report.compared import study_csv, study_html, study_text
from wfm.report.costs import CostLine, cost_lines, costs_text
from wfm.report.performance import intervals_csv, performance_text
from wfm.report.roster_file import read_roster_csv, read_shifts_csv, roster_csv, shifts_csv
from wfm.report.rosters import read_roster, scenario_of
from wfm.report.service import ChannelService, Promise, services
from wfm.report.view import View
from wfm.report.views import VIEWS
from wfm.report.write import replace_file, view_of, write

__all__ = [
    "VIEWS",
    "ChannelService",
    "CostLine",
    "Promise",
    "View",
    "cost_lines",
    "costs_text",
    "intervals_csv",
    "performance_text",
    "read_roster",
    "read_roster_csv",
    "read_shifts_csv",
    "replace_file",
    "roster_csv",
    "scenario_of",
    "services",
    "shifts_csv",
    "study_csv",
    "study_html",
    "study_text",
    "view_of",
    "write",
]
