"""What the server is and can do: kinds, schemas, version, and whether it is well."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

import wfm
from wfm.api.deps import TheStore
from wfm.domain import Noun
from wfm.report.catalogue import Kind, catalogue
from wfm.study import ScenarioSheet

router = APIRouter(tags=["about"])


class Health(Noun):
    """That the server is well; where it is not, it answers a problem or nothing."""

    status: str = "ok"


class Version(Noun):
    """The version of wfm."""

    version: str = wfm.__version__


@router.get("/v1/catalogue")
def kinds() -> tuple[Kind, ...]:
    """Every kind of every family: what it does, and its parameters as JSON Schema."""
    return catalogue()


@router.get("/v1/schema")
def scenario_schema() -> dict[str, Any]:
    """The JSON Schema of scenario.yaml."""
    return ScenarioSheet.model_json_schema(by_alias=True)


@router.get("/v1/version")
def version() -> Version:
    """The version of wfm that answers."""
    return Version()


@router.get("/healthz")
def alive() -> Health:
    """The server runs."""
    return Health()


@router.get("/readyz")
def ready(store: TheStore) -> Health:
    """The server runs and its database answers."""
    store.check()
    return Health()
