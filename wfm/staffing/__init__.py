"""Staffing: how many agents a load needs, what each agent is worth, and the working behind it."""

from wfm.staffing.ages import AgeProfile
from wfm.staffing.changing import require_changing
from wfm.staffing.chat import ChatMetrics, chat, smallest_chat_agents
from wfm.staffing.conversations import ChatPace
from wfm.staffing.deferred import DeferredService, DeferredWork, serve_deferred
from wfm.staffing.deferred_chance import Chance, expect_deferred
from wfm.staffing.deferred_curve import smallest_heads, smoothest_heads
from wfm.staffing.erlang import erlang_a, erlang_b, erlang_c
from wfm.staffing.explain import explain
from wfm.staffing.inside_deferred import inside_deferred
from wfm.staffing.levelling import Windows, levelled
from wfm.staffing.levels import LevelFlow, level_flows
from wfm.staffing.mix_change import Effects, Reach, cheapest_change
from wfm.staffing.models import MODELS
from wfm.staffing.offered_load import OfferedLoad, lagged_load, offered_load
from wfm.staffing.pooled_bound import MixBound, pooled_bound, pooled_need
from wfm.staffing.queue import QueueMetrics
from wfm.staffing.redials import load_with_redials
from wfm.staffing.require import require
from wfm.staffing.rostered import inside_when_rostered
from wfm.staffing.shrinkage import gross_agents, paid_agents
from wfm.staffing.sizing import Sizing, SizingRow, size
from wfm.staffing.skill_groups import CallType, SkillCentre, SkillGroup
from wfm.staffing.smallest import fractional_agents, smallest_agents, smallest_lines
from wfm.staffing.staffing_model import Demand, StaffingModel
from wfm.staffing.table import erlang_table
from wfm.staffing.time_varying import time_varying_agents
from wfm.staffing.transient import PredictedService, predict_service
from wfm.staffing.uncertain import require_uncertain
from wfm.staffing.wait_quantile import wait_quantile
from wfm.staffing.way import Staffing

__all__ = [
    "MODELS",
    "AgeProfile",
    "CallType",
    "Chance",
    "ChatMetrics",
    "ChatPace",
    "DeferredService",
    "DeferredWork",
    "Demand",
    "Effects",
    "LevelFlow",
    "MixBound",
    "OfferedLoad",
    "PredictedService",
    "QueueMetrics",
    "Reach",
    "Sizing",
    "SizingRow",
    "SkillCentre",
    "SkillGroup",
    "Staffing",
    "StaffingModel",
    "Windows",
    "chat",
    "cheapest_change",
    "erlang_a",
    "erlang_b",
    "erlang_c",
    "erlang_table",
    "expect_deferred",
    "explain",
    "fractional_agents",
    "gross_agents",
    "inside_deferred",
    "inside_when_rostered",
    "lagged_load",
    "level_flows",
    "levelled",
    "load_with_redials",
    "offered_load",
    "paid_agents",
    "pooled_bound",
    "pooled_need",
    "predict_service",
    "require",
    "require_changing",
    "require_uncertain",
    "serve_deferred",
    "size",
    "smallest_agents",
    "smallest_chat_agents",
    "smallest_heads",
    "smallest_lines",
    "smoothest_heads",
    "time_varying_agents",
    "wait_quantile",
]
