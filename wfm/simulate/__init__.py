"""The simulation room: what service a roster gives, contact by contact, without a queueing formula."""

from wfm.simulate.following import Redial
from wfm.simulate.head_counts import Skills, Stream, answered_inside
from wfm.simulate.pools import Calls, PoolService, Window, draw_calls, group_ranks, serve_pools, simulate_pools
from wfm.simulate.replicate import simulate
from wfm.simulate.router import Router
from wfm.simulate.routers import ROUTERS, router_of
from wfm.simulate.times import HandleTimes, Observed

__all__ = [
    "ROUTERS",
    "Calls",
    "HandleTimes",
    "Observed",
    "PoolService",
    "Redial",
    "Router",
    "Skills",
    "Stream",
    "Window",
    "answered_inside",
    "draw_calls",
    "group_ranks",
    "router_of",
    "serve_pools",
    "simulate",
    "simulate_pools",
]
