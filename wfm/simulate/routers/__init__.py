"""Every kind of router, listed once."""

from wfm.domain import NotFound
from wfm.simulate.router import Router
from wfm.simulate.routers.longest_wait import LongestWait
from wfm.simulate.routers.overflow import Overflow
from wfm.simulate.routers.reserved import Reserved
from wfm.simulate.routers.skill_order import SkillOrder
from wfm.simulate.routers.specialist_first import SpecialistFirst

ROUTERS: tuple[type[Router], ...] = (LongestWait, Overflow, Reserved, SkillOrder, SpecialistFirst)


def router_of(kind: str, overflow_seconds: float | None = None, reserve: int | None = None) -> Router:
    """The router of a kind; raises NotFound with the kinds that exist.

    ``overflow_seconds`` is how long a contact waits before it overflows, ``reserve`` how many agents stay free; each is for the one
    kind that knows it.
    """
    if kind == Overflow.kind and overflow_seconds is not None:
        return Overflow(overflow_seconds)
    if kind == Reserved.kind and reserve is not None:
        return Reserved(reserve)
    for router in ROUTERS:
        if router.kind == kind:
            return router()
    raise NotFound(f"expected a router among {', '.join(router.kind for router in ROUTERS)}, came {kind}")
