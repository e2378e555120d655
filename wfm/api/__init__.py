"""The API: front door 2, over HTTP; ``uvicorn wfm.api:app --factory`` serves it."""

from wfm.api.application import app, create_app
from wfm.api.settings import Settings, check_exposure

__all__ = ["Settings", "app", "check_exposure", "create_app"]
