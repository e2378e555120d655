"""Every listed forecast method keeps the family's promises."""

from datetime import timedelta

import numpy as np
import pytest

from tests.forecast.histories import MONDAY, PHONE, constant, grid, noisy, usual_mean
from wfm.domain import Channel, ContactHistory, Opening
from wfm.forecast import METHODS, Calendar, Days, ForecastMethod, forecast

SPAIN = Calendar(country="ES-MD", closed=(MONDAY + timedelta(days=57),))
HORIZON = grid(21, MONDAY + timedelta(days=56))
KINDS = [method.kind for method in METHODS]

every_kind = pytest.mark.parametrize("kind", KINDS)


@pytest.fixture(scope="module")
def past() -> ContactHistory:
    return noisy(56)


@pytest.mark.parametrize("method", METHODS, ids=KINDS)
@pytest.mark.parametrize("days", [7, 30])
def test_the_answer_has_a_row_a_future_day_and_a_column_a_slot(method: ForecastMethod, days: int) -> None:
    dates = grid(days + 9).dates
    counts = np.arange(days * 48, dtype=float).reshape(days, 48)
    before = counts.copy()
    mean = method.expect(counts, Days.of(dates[:days], SPAIN), Days.of(dates[days:], SPAIN))
    assert mean.shape == (9, 48)
    assert not (mean < 0).any()
    assert (counts == before).all(), "the past was changed"


@every_kind
def test_it_never_looks_ahead(kind: str, past: ContactHistory) -> None:
    longer = noisy(77)
    changed = np.array(longer.offered, dtype=float)
    changed[: past.grid.count], changed[past.grid.count :] = past.offered, 1000.0
    future = longer.varied(offered=tuple(changed.tolist()))
    assert future.part(slice(0, past.grid.count)) == past
    with_future, without = (forecast(h, PHONE, HORIZON, SPAIN, kind) for h in (future, past))
    assert with_future.varied(notes=()) == without.varied(notes=())
    assert any("left out" in note for note in with_future.notes)


@every_kind
def test_constant_in_gives_constant_out(kind: str) -> None:
    predicted = forecast(constant(56), PHONE, HORIZON, method=kind)
    assert predicted.means() == pytest.approx(10)
    assert predicted.handle_times() == pytest.approx(300)


@every_kind
def test_quantiles_are_in_order_and_around_the_mean(kind: str, past: ContactHistory) -> None:
    predicted = forecast(past, PHONE, HORIZON, SPAIN, kind, (0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99))
    bands = np.array(predicted.bands)
    assert (np.diff(bands, axis=0) >= 0).all()
    busy = predicted.means() > 5
    assert (bands[1, busy] < predicted.means()[busy]).all()
    assert (bands[-2, busy] > predicted.means()[busy]).all()


@every_kind
def test_closed_stays_closed(kind: str, past: ContactHistory) -> None:
    shop = Channel(name="phone", opening=Opening.from_text("mon-sat 08:00-20:00"))
    predicted = forecast(past, shop, HORIZON, SPAIN, kind)
    closed = ~shop.opening.mask(HORIZON) | (HORIZON.day_index == 1)
    assert (np.array(predicted.open) == ~closed).all()
    assert not predicted.means()[closed].any()
    assert not np.array(predicted.bands)[:, closed].any()
    assert (predicted.means()[~closed] > 0).all()


@every_kind
def test_the_same_input_gives_the_same_bytes(kind: str) -> None:
    once, again = (forecast(noisy(56), PHONE, HORIZON, SPAIN, kind) for _ in range(2))
    assert once.model_dump_json() == again.model_dump_json()


@every_kind
def test_absent_days_do_not_lower_the_forecast(kind: str) -> None:
    steps = grid(56)
    counts = usual_mean(steps)
    absent = np.isin(steps.day_index, [32, 35, 46])
    holed = constant(56).varied(offered=tuple(None if gone else n for n, gone in zip(counts, absent, strict=True)))
    predicted = forecast(holed, PHONE, HORIZON, method=kind)
    assert predicted.means() == pytest.approx(usual_mean(HORIZON))


@pytest.mark.parametrize("method", METHODS, ids=KINDS)
def test_what_is_not_believed_teaches_nothing(method: ForecastMethod) -> None:
    dates, counts = grid(77).dates, noisy(56).counts().reshape(56, 48)
    weights = np.ones_like(counts)
    weights[[33, 40]], weights[47, 20:] = 0.0, 0.0
    past, future = Days.of(dates[:56], SPAIN), Days.of(dates[56:], SPAIN)
    absent = method.expect(np.where(weights > 0, counts, np.nan), past, future)
    absurd = method.expect(np.where(weights > 0, counts, 1e4), past, future, weights)
    assert absurd == pytest.approx(absent, nan_ok=True)


@every_kind
def test_it_says_in_a_sentence_what_it_does(kind: str) -> None:
    docs = next(method.docs for method in METHODS if method.kind == kind)
    assert docs.endswith(".")
    assert len(docs) > 20
