"""Every kind of lever."""

from __future__ import annotations

from wfm.study.lever import Lever
from wfm.study.levers.aht import Aht
from wfm.study.levers.fairness import Fairness
from wfm.study.levers.headcount import Headcount
from wfm.study.levers.service_target import ServiceTarget
from wfm.study.levers.shrinkage import Shrinkage
from wfm.study.levers.volume import Volume

LEVERS: tuple[type[Lever], ...] = (Volume, Aht, Headcount, Shrinkage, ServiceTarget, Fairness)

__all__ = ["LEVERS", "Aht", "Fairness", "Headcount", "ServiceTarget", "Shrinkage", "Volume"]
