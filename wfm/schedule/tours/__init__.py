"""Exact tours of one agent: tables of rules, their product as chained rows, and the best way through it."""

from wfm.schedule.tours.chains import both, chained, kinds_of
from wfm.schedule.tours.gauges import best_gauged
from wfm.schedule.tours.joint import STEPS, Joiner, Joint, Part
from wfm.schedule.tours.machine import Choices, Costs, Machine, Scratch, best_of_kinds
from wfm.schedule.tours.prices import best_priced
from wfm.schedule.tours.stretch import stretched
from wfm.schedule.tours.sums import Gauge, Sum, gauge
from wfm.schedule.tours.tables import (
    NONE,
    Closed,
    Steps,
    Table,
    TooManyStates,
    idle,
    smallest,
    tallied_out,
    written_out,
)

__all__ = [
    "NONE",
    "STEPS",
    "Choices",
    "Closed",
    "Costs",
    "Gauge",
    "Joiner",
    "Joint",
    "Machine",
    "Part",
    "Scratch",
    "Steps",
    "Sum",
    "Table",
    "TooManyStates",
    "best_gauged",
    "best_of_kinds",
    "best_priced",
    "both",
    "chained",
    "gauge",
    "idle",
    "kinds_of",
    "smallest",
    "stretched",
    "tallied_out",
    "written_out",
]
