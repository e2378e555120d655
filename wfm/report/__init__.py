"""The report room: nouns onto paper, into pictures and files, and an edited roster back."""

from wfm.report.neutral import neutral
from wfm.report.roster_file import read_roster_csv
from wfm.report.view import View
from wfm.report.views import VIEWS
from wfm.report.write import view_of, write

__all__ = ["VIEWS", "View", "neutral", "read_roster_csv", "view_of", "write"]
