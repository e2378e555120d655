"""A forecast's story tells its parts, its days, its findings and its events, and agrees with the forecast itself."""

from datetime import date

import numpy as np
import pytest

from tests.study.folders import PHONE_SMALL
from tests.study.test_past import MAILING, changed
from wfm.study import Scenario, read_scenario
from wfm.study.telling import ForecastStory, made, story

OVERRIDE = "overrides=[{channel: phone, on: 2026-12-03, change: +50%, author: Ana, reason: bills, made: 2026-11-20}]"
STRAY = "findings=[{kind: outage, on: 2026-11-03, verdict: overruled, author: Ana, reason: it was real}]"


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return changed(read_scenario(PHONE_SMALL, [MAILING, OVERRIDE, STRAY]), date(2026, 11, 10), 3.0)


def test_a_story_tells_all_there_is(scenario: Scenario) -> None:
    told = made(scenario, scenario.histories[0])
    found = story(scenario, told)
    assert [row.kind for row in found.findings] == ["multiple_day"]
    assert [row.kind for row in found.unmet] == ["outage"]
    assert [row.event.name for row in found.effects] == ["mailing"]
    assert [row.what for row in found.parts.changes] == ["override of phone, 2026-12-03: x 1.5, by Ana (bills)"]
    last = told.course[-1].forecast
    by_day = np.bincount(last.grid.day_index, last.means())
    assert found.days.mean == pytest.approx(by_day)
    assert np.array(found.parts.own) + found.parts.changes[0].contacts == pytest.approx(by_day)
    assert ForecastStory.model_validate_json(found.model_dump_json()) == found
