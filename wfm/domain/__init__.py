"""The cellar: the frozen nouns that every room takes and gives."""

from wfm.domain.backlog import Backlog
from wfm.domain.business_clock import BusinessClock
from wfm.domain.carried import Balance, Burden
from wfm.domain.channel import Channel, ChannelKind
from wfm.domain.errors import Fault, InputError, NoRosterInTime, NotFound, Refused, RulesConflict, WfmError
from wfm.domain.forecast import Forecast
from wfm.domain.history import ContactHistory
from wfm.domain.instance import Instance, RuleSheet
from wfm.domain.level import Escalation, External, Level
from wfm.domain.noun import Name, Noun
from wfm.domain.opening import Opening, Window
from wfm.domain.performance import ChannelPerformance, Estimate, Performance
from wfm.domain.requirement import Requirement
from wfm.domain.roster import Assignment, Breach, Pin, Roster
from wfm.domain.session import Session
from wfm.domain.shift import Activity, BreakTemplate, Shift, ShiftTemplate
from wfm.domain.target import Abandonment, AverageWait, Occupancy, ServiceLevel, Target, Turnaround
from wfm.domain.time import Day, Instant, Interval, TimeGrid, Zone
from wfm.domain.workforce import Agent, Availability, Contract, Request, Role, Skill, TimeOff, Wish, Workforce

__all__ = [
    "Abandonment",
    "Activity",
    "Agent",
    "Assignment",
    "Availability",
    "AverageWait",
    "Backlog",
    "Balance",
    "Breach",
    "BreakTemplate",
    "Burden",
    "BusinessClock",
    "Channel",
    "ChannelKind",
    "ChannelPerformance",
    "ContactHistory",
    "Contract",
    "Day",
    "Escalation",
    "Estimate",
    "External",
    "Fault",
    "Forecast",
    "InputError",
    "Instance",
    "Instant",
    "Interval",
    "Level",
    "Name",
    "NoRosterInTime",
    "NotFound",
    "Noun",
    "Occupancy",
    "Opening",
    "Performance",
    "Pin",
    "Refused",
    "Request",
    "Requirement",
    "Role",
    "Roster",
    "RuleSheet",
    "RulesConflict",
    "ServiceLevel",
    "Session",
    "Shift",
    "ShiftTemplate",
    "Skill",
    "Target",
    "TimeGrid",
    "TimeOff",
    "Turnaround",
    "WfmError",
    "Window",
    "Wish",
    "Workforce",
    "Zone",
]
