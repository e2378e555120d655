"""The routes, one file a subject."""

from wfm.api.routes import about, calculators, plans, studies

ROUTERS = (plans.router, studies.router, calculators.router, about.router)

__all__ = ["ROUTERS"]
