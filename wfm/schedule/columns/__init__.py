"""Whole tours of agents as columns of a linear programme: certified bounds, and rosters from the best mix of tours."""

from wfm.schedule.columns.join import Company, descend, refine
from wfm.schedule.columns.near import Free, Places
from wfm.schedule.columns.stretch import Stretch, Stretches
from wfm.schedule.columns.workbench import Workbench

__all__ = ["Company", "Free", "Places", "Stretch", "Stretches", "Workbench", "descend", "refine"]
