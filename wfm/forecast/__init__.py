"""The forecast room: from contact history to expected contacts and handle time with bands, and how good they were."""

from wfm.forecast.calendar import Calendar
from wfm.forecast.days import Days
from wfm.forecast.forecaster import ForecastMethod
from wfm.forecast.grain import on_grid
from wfm.forecast.methods import METHODS
from wfm.forecast.recipe import forecast

__all__ = ["METHODS", "Calendar", "Days", "ForecastMethod", "forecast", "on_grid"]
