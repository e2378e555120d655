"""How a forecast comes about, stage by stage: the method's own, then what each event, override and demand factor makes of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from wfm.domain import ContactHistory, Forecast
from wfm.forecast import Event, Override, ValueAdded, value_added, with_overrides
from wfm.forecast.overrides import override_notes
from wfm.study.scenario import Demand


class Stage(NamedTuple):
    """A forecast and what made it differ from the one of the stage before."""

    what: str
    forecast: Forecast


Course = tuple[Stage, ...]
"""The stages of one channel's forecast, the method's own first."""


def course(
    own: Forecast, events: Iterable[Event], overrides: Iterable[Override], demand: Iterable[Demand] = ()
) -> Course:
    """The stages from the method's own forecast to the last; what does not concern the channel makes no stage."""
    overrides = tuple(overrides)
    notes = override_notes(overrides, own.channel, own.grid, np.array(own.open))
    own = own.model_copy(update={"notes": (*own.notes, *notes)}) if notes else own
    made = [Stage(f"method {own.method}", own)]
    for event in events:
        _add(made, f"event {event}", event.applied(made[-1].forecast))
    for override in overrides:
        _add(made, str(override), with_overrides(made[-1].forecast, [override]))
    for row in demand:
        if row.channel == own.channel:
            _add(made, "demand factors of the scenario", made[-1].forecast.scaled(row.scale, row.aht_scale))
    return tuple(made)


def _add(made: list[Stage], what: str, forecast: Forecast) -> None:
    if forecast is not made[-1].forecast:
        made.append(Stage(what, forecast))


def worth(courses: Sequence[Course], histories: Sequence[ContactHistory]) -> tuple[ValueAdded, ...]:
    """What each stage after the method's own was worth, where the history knows what came; ``histories`` in the courses' order."""
    found = (
        value_added(after.what, before.forecast, after.forecast, history)
        for stages, history in zip(courses, histories, strict=True)
        for before, after in pairwise(stages)
        if history.grid.end > before.forecast.grid.start
    )
    return tuple(row for row in found if row is not None)
