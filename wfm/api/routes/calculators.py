"""Small work that is answered at once: the Erlang calculator and the forecast of one channel."""

from __future__ import annotations

from fastapi import APIRouter

from wfm.api.requests import ErlangRequest, ForecastRequest
from wfm.domain import Forecast
from wfm.forecast import forecast
from wfm.staffing import Sizing, size

router = APIRouter(tags=["calculators"])


@router.post("/v1/erlang")
def erlang(asked: ErlangRequest) -> Sizing:
    """The least number of agents that meets the targets, and what more and fewer would give."""
    return size(**dict(asked))


@router.post("/v1/forecasts")
def forecasts(asked: ForecastRequest) -> Forecast:
    """Expected contacts and handle time of a channel, with bands."""
    return forecast(
        asked.history, asked.channel, asked.horizon, asked.calendar, asked.method, aht_seconds=asked.aht_seconds
    )
