"""Whole tours of agents as columns of a linear programme: certified bounds, and rosters from the best mix of tours."""

from wfm.schedule.columns.join import Standing, join
from wfm.schedule.columns.near import Free, Places
from wfm.schedule.columns.workbench import Workbench

__all__ = ["Free", "Places", "Standing", "Workbench", "join"]
