"""What clients send, as nouns; the nouns of the domain wherever there is one."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import ConfigDict, Field, field_validator

from wfm.api import examples
from wfm.domain import Channel, ContactHistory, Noun, Target, TimeGrid
from wfm.domain.quantity import Seconds, Share
from wfm.forecast import METHODS, Calendar
from wfm.study.written import FileName

DOCUMENTS = {"scenario": "scenario.yaml", "study": "study.yaml"}
"""The parts of a request that wfm.study reads as files of these names."""
MAX_FILES = 20
MAX_STEPS = 35_136
"""Steps of a forecast that is answered at once: a year of quarter hours."""


class PlanRequest(Noun):
    """A scenario as it stands in scenario.yaml (GET /v1/schema describes it), and the text of each CSV file that it names."""

    model_config = ConfigDict(json_schema_extra={"examples": [examples.PLAN]})

    scenario: dict[str, Any]
    files: Annotated[dict[FileName, str], Field(max_length=MAX_FILES)] = Field(default_factory=dict)


class StudyRequest(PlanRequest):
    """A study as it stands in study.yaml, and the scenario whose variants it compares."""

    model_config = ConfigDict(json_schema_extra={"examples": [examples.STUDY]})

    study: dict[str, Any]


# Not deferred, here and below: FastAPI silences what pydantic says of its own bodies only while it declares a route.
class ErlangRequest(Noun, defer_build=False):
    """One interval: contacts, handle time and what was promised. Without a patience nobody abandons.

    The fields are the arguments of :func:`wfm.staffing.size`: ``redial`` is the share of those who abandon that calls again, ``repeat``
    that of the answered; ``minimum`` the fewest agents on duty.
    """

    model_config = ConfigDict(json_schema_extra={"examples": [examples.ERLANG, examples.ERLANG_CALLED_AGAIN]})

    volume: Annotated[float, Field(ge=0, le=1e7)]
    interval_seconds: Annotated[Seconds, Field(ge=1, le=604_800)]
    aht_seconds: Annotated[Seconds, Field(gt=0, le=604_800)]
    targets: Annotated[tuple[Target, ...], Field(max_length=5)] = ()
    patience_seconds: Annotated[Seconds, Field(ge=1, le=604_800)] | None = None
    shrinkage: Annotated[Share, Field(le=0.95)] = 0.0
    wrap_up_seconds: Annotated[Seconds, Field(le=604_800)] = 0.0
    minimum: Annotated[int, Field(ge=0, le=100_000)] = 0
    redial: Annotated[Share, Field(le=0.95)] = 0.0
    repeat: Annotated[Share, Field(le=0.95)] = 0.0


class ForecastRequest(Noun, defer_build=False):
    """The past of a channel and the steps to forecast; ``aht_seconds`` where the history knows no handle time."""

    model_config = ConfigDict(json_schema_extra={"examples": [examples.FORECAST]})

    history: ContactHistory
    channel: Channel
    horizon: TimeGrid
    calendar: Calendar = Calendar()
    method: Annotated[str, Field(json_schema_extra={"enum": [method.kind for method in METHODS]})] = "auto"
    aht_seconds: Annotated[Seconds, Field(gt=0, le=604_800)] | None = None

    @field_validator("method")
    @classmethod
    def _known(cls, method: str) -> str:
        known = [kind.kind for kind in METHODS]
        if method not in known:
            raise ValueError(f"expected one of {', '.join(known)}, came {method!r}")
        return method

    @field_validator("horizon")
    @classmethod
    def _short(cls, horizon: TimeGrid) -> TimeGrid:
        if horizon.count > MAX_STEPS:
            raise ValueError(f"expected at most {MAX_STEPS} steps, came {horizon.count}; forecast a part at a time")
        return horizon


class PublishRequest(Noun, defer_build=False):
    """Who publishes a roster, what agents are told about it, and the digest of the version that it follows (none: it is the first).

    A roster that breaks forbidden rules is published only ``anyway``.
    """

    model_config = ConfigDict(json_schema_extra={"examples": [examples.PUBLISH]})

    by: Annotated[str, Field(min_length=1, max_length=200)]
    note: Annotated[str, Field(max_length=2_000)] = ""
    after: Annotated[str, Field(pattern="^[0-9a-f]{64}$")] | None = None
    anyway: bool = False
