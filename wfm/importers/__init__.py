"""Outside files become nouns: contact histories in, with everything inferred, assumed or wrong told in the planner's words."""

from wfm.importers.backlog import Waiting, read_backlog
from wfm.importers.burdens import BURDEN_COLUMNS, read_burdens, write_burdens
from wfm.importers.formats import FORMATS
from wfm.importers.holidays import Holiday, read_holidays
from wfm.importers.importer import Imported, Importer
from wfm.importers.instance import InstanceFormat, SolutionFormat
from wfm.importers.instances import INSTANCE_FORMATS
from wfm.importers.own_form import write_history
from wfm.importers.people import (
    read_agents,
    read_balances,
    read_requests,
    read_time_off,
    read_wishes,
    write_agents,
    write_balances,
    write_time_off,
    write_wishes,
)
from wfm.importers.pins import read_pins
from wfm.importers.reading import read_history, recognise
from wfm.importers.records import line_of
from wfm.importers.requirement import read_requirement
from wfm.importers.roster_rows import ROSTER_COLUMNS, read_assignments
from wfm.importers.roster_sheet import SHIFTS_SHEET, read_roster_sheet
from wfm.importers.staff import read_staff
from wfm.importers.words import name_of

__all__ = [
    "BURDEN_COLUMNS",
    "FORMATS",
    "INSTANCE_FORMATS",
    "ROSTER_COLUMNS",
    "SHIFTS_SHEET",
    "Holiday",
    "Imported",
    "Importer",
    "InstanceFormat",
    "SolutionFormat",
    "Waiting",
    "line_of",
    "name_of",
    "read_agents",
    "read_assignments",
    "read_backlog",
    "read_balances",
    "read_burdens",
    "read_history",
    "read_holidays",
    "read_pins",
    "read_requests",
    "read_requirement",
    "read_roster_sheet",
    "read_staff",
    "read_time_off",
    "read_wishes",
    "recognise",
    "write_agents",
    "write_balances",
    "write_burdens",
    "write_history",
    "write_time_off",
    "write_wishes",
]
