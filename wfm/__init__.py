"""Workforce management: from contact history to a roster people can live with, and what it does to service.

The front door for Python. Each name lives in a room of its own and is fetched when it is first asked for, so that importing
wfm costs nothing:

>>> import wfm
>>> wfm.size(volume=100, interval_seconds=1800, aht_seconds=240).agents
17
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"
__all__ = [
    "ContactHistory",
    "Forecast",
    "Limits",
    "Performance",
    "Plan",
    "Requirement",
    "Roster",
    "Scenario",
    "Solution",
    "Study",
    "StudyResult",
    "Variant",
    "WfmError",
    "__version__",
    "audit",
    "erlang_a",
    "erlang_b",
    "erlang_c",
    "forecast_all",
    "plan",
    "read_history",
    "read_scenario",
    "read_study",
    "require_all",
    "roster_problem",
    "run_study",
    "simulated",
    "size",
    "solve",
    "view_of",
    "write",
]
_ROOMS = ("domain", "importers", "staffing", "schedule", "study", "report")


def __getattr__(name: str) -> Any:
    """A name of the front door, from the room that it lives in."""
    if name in __all__:
        for room in _ROOMS:
            found = getattr(import_module(f"wfm.{room}"), name, None)
            if found is not None:
                return found
    raise AttributeError(f"module 'wfm' has no attribute {name!r}")
