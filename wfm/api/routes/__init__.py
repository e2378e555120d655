"""The routes, one file a subject."""

from wfm.api.routes import about, calculators, plans, studies, versions

ROUTERS = (plans.router, versions.router, studies.router, calculators.router, about.router)

__all__ = ["ROUTERS"]
