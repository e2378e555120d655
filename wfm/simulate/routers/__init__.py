"""Every kind of router, listed once."""

from wfm.domain import NotFound
from wfm.simulate.router import Router
from wfm.simulate.routers.longest_wait import LongestWait
from wfm.simulate.routers.overflow import Overflow
from wfm.simulate.routers.skill_order import SkillOrder
from wfm.simulate.routers.specialist_first import SpecialistFirst

ROUTERS: tuple[type[Router], ...] = (LongestWait, Overflow, SkillOrder, SpecialistFirst)


def router_of(kind: str) -> Router:
    """The router of a kind; raises NotFound with the kinds that exist."""
    for router in ROUTERS:
        if router.kind == kind:
            return router()
    raise NotFound(f"expected a router among {', '.join(router.kind for router in ROUTERS)}, came {kind}")
