"""The staffing models that exist, in the order in which a channel is offered to them."""

from wfm.staffing.models.concurrent import Concurrent
from wfm.staffing.models.erlang_a import ErlangA
from wfm.staffing.models.erlang_c import ErlangC
from wfm.staffing.models.workload import Workload

__all__ = ["MODELS", "Concurrent", "ErlangA", "ErlangC", "Workload"]

MODELS = (ErlangA, ErlangC, Concurrent, Workload)
