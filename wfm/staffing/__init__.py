"""Staffing: how many agents a load needs, what each agent is worth, and the working behind it."""

from wfm.staffing.erlang import erlang_a, erlang_b, erlang_c
from wfm.staffing.models import MODELS
from wfm.staffing.queue import QueueMetrics
from wfm.staffing.require import require
from wfm.staffing.shrinkage import gross_agents, paid_agents
from wfm.staffing.smallest import smallest_agents
from wfm.staffing.staffing_model import Demand, StaffingModel

__all__ = [
    "MODELS",
    "Demand",
    "QueueMetrics",
    "StaffingModel",
    "erlang_a",
    "erlang_b",
    "erlang_c",
    "gross_agents",
    "paid_agents",
    "require",
    "smallest_agents",
]
