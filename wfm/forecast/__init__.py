"""The forecast room: from contact history to expected contacts and handle time with bands, and how good they were."""

from wfm.forecast.accuracy import Accuracy, accuracy, score
from wfm.forecast.backtest import BacktestRow, backtest, backtest_rows
from wfm.forecast.calendar import Calendar
from wfm.forecast.cleaning import Cleaned, Finding, Ruling, clean, without_damage
from wfm.forecast.cold_start import (
    TYPICAL,
    Borrowed,
    Lent,
    borrowed_forecast,
    knows_enough,
    lent,
    no_history,
    template_history,
)
from wfm.forecast.day_totals import DayTotals
from wfm.forecast.days import Days
from wfm.forecast.decomposition import Change, DayKind, Decomposition, decompose
from wfm.forecast.event_effects import EventEffect, event_effects, learned_events
from wfm.forecast.events import Event, with_events, without_events
from wfm.forecast.explain import Explanation, explain_forecast
from wfm.forecast.forecaster import ForecastMethod
from wfm.forecast.grain import on_grid
from wfm.forecast.hierarchy import total
from wfm.forecast.intraday import UpdateStrength, update
from wfm.forecast.intraday_learning import learn_update
from wfm.forecast.methods import METHODS
from wfm.forecast.overrides import Override, with_overrides
from wfm.forecast.recipe import forecast, forecast_with_days
from wfm.forecast.rest_of_day import RestOfDay, rest_of_day
from wfm.forecast.snapshot import FrozenChange, LeadAccuracy, Snapshot, accuracy_by_lead
from wfm.forecast.training import Belief, Training, Weigh
from wfm.forecast.value_added import ValueAdded, value_added

__all__ = [
    "METHODS",
    "TYPICAL",
    "Accuracy",
    "BacktestRow",
    "Belief",
    "Borrowed",
    "Calendar",
    "Change",
    "Cleaned",
    "DayKind",
    "DayTotals",
    "Days",
    "Decomposition",
    "Event",
    "EventEffect",
    "Explanation",
    "Finding",
    "ForecastMethod",
    "FrozenChange",
    "LeadAccuracy",
    "Lent",
    "Override",
    "RestOfDay",
    "Ruling",
    "Snapshot",
    "Training",
    "UpdateStrength",
    "ValueAdded",
    "Weigh",
    "accuracy",
    "accuracy_by_lead",
    "backtest",
    "backtest_rows",
    "borrowed_forecast",
    "clean",
    "decompose",
    "event_effects",
    "explain_forecast",
    "forecast",
    "forecast_with_days",
    "knows_enough",
    "learn_update",
    "learned_events",
    "lent",
    "no_history",
    "on_grid",
    "rest_of_day",
    "score",
    "template_history",
    "total",
    "update",
    "value_added",
    "with_events",
    "with_overrides",
    "without_damage",
    "without_events",
]
