"""Contacts that follow from others: as many as their shares say, in every run conserved, and never without the one they follow."""

import numpy as np
import pytest

from tests.simulate.centre import days, flat, people, round_the_clock
from wfm.domain import Channel, Escalation, External, InputError, Level, Roster
from wfm.domain.backlog import Backlog
from wfm.simulate import Redial, simulate
from wfm.simulate.arrivals import contacts
from wfm.simulate.floor import BEGUN, ENDED, LEFT, NOTHING

PHONE = Channel(name="phone", patience_seconds=100)
SECOND, THIRD, MAIL = Channel(name="second"), Channel(name="third"), Channel(name="mail", kind="deferred")
GRID = days(2)
LEVELS = (
    Level(name="third", sources=(Escalation(source="second", share=0.5),), aht_seconds=60, consult=True),
    Level(name="second", sources=(Escalation(source="phone", share=0.2),), aht_seconds=600),
    Level(name="vendor", sources=(Escalation(source="second", share=0.1),), external=External(responds_seconds=3_600)),
)


def test_each_level_gets_its_share_of_the_one_below() -> None:
    forecasts = [flat(GRID, name, mean=200) for name in ("phone", "second", "third")]
    drawn = contacts(forecasts, [PHONE, SECOND, THIRD], "lognormal", 1, 0, levels=LEVELS)
    phone, second, third = np.diff(drawn.first)
    assert abs(second - 0.2 * phone) < 4 * np.sqrt(0.16 * phone), "nothing by the forecast of the level"
    assert abs(third - 0.5 * second) < 4 * np.sqrt(0.25 * second)
    assert np.isinf(drawn.arrival[drawn.first[1] :]).all()
    own = drawn.follow[drawn.first[1] : drawn.first[2]]
    assert (own["when"] == ENDED).all()
    assert (drawn.channel[own["of"]] == 0).all()
    consults = drawn.follow[drawn.first[2] :]
    assert (consults["when"] == BEGUN).all()
    assert (consults["after"] <= drawn.handle[consults["of"]]).all()
    assert abs(drawn.handle[drawn.first[1] : drawn.first[2]].mean() - 600) < 4 * 1.2 * 600 / np.sqrt(second)


def test_every_follower_is_found_from_the_contact_that_it_follows() -> None:
    drawn = contacts(
        [flat(GRID), flat(GRID, "second"), flat(GRID, "third")],
        [PHONE, SECOND, THIRD],
        "lognormal",
        *(1, 0),
        levels=LEVELS,
        redial=Redial(0.8, 60),
    )
    found = []
    for contact in range(len(drawn.follow)):
        after = drawn.follow[contact]["then"]
        while after != NOTHING:
            assert drawn.follow[after]["of"] == contact
            found.append(after)
            after = drawn.follow[after]["too"]
    assert sorted(found) == np.flatnonzero(np.isinf(drawn.arrival)).tolist()
    assert {LEFT, ENDED, BEGUN} == set(drawn.follow["when"][found].tolist())


def test_redials_and_levels_change_nothing_for_who_comes_first() -> None:
    forecasts, channels = [flat(GRID), flat(GRID, "second")], [PHONE, SECOND]
    alone = contacts(forecasts[:1], channels[:1], "lognormal", 1, 0)
    followed = contacts(forecasts, channels, "lognormal", 1, 0, levels=LEVELS[1:2], redial=Redial(0.5, 60))
    for name in ("arrival", "handle", "patience", "due"):
        np.testing.assert_array_equal(getattr(followed, name)[: len(alone.arrival)], getattr(alone, name))


def test_without_staff_everybody_calls_again_as_often_as_the_share_says() -> None:
    share = 0.6
    staff = people(["phone"])
    nobody = simulate(
        *([flat(days(5), mean=100)], [PHONE], staff, Roster.of(days(5), [])),
        seed=1,
        replications=10,
        redial=Redial(share, 30),
    ).of("phone")
    first_calls = 5 * 48 * 100
    assert nobody.contacts.mean == pytest.approx(first_calls / (1 - share), rel=0.01)
    assert nobody.service_level.mean == 0


def test_redials_make_a_bad_day_worse() -> None:
    staff = people(*[["phone"]] * 2)
    plain, again = (
        simulate([flat(GRID)], [PHONE], staff, round_the_clock(GRID, staff), seed=1, replications=5, redial=redial)
        for redial in (None, Redial(0.9, 60))
    )
    assert again.of("phone").contacts.mean > plain.of("phone").contacts.mean
    assert again.of("phone").service_level.high < plain.of("phone").service_level.low


def test_a_backlog_is_worked_off_by_its_age() -> None:
    staff = people(["mail"])
    backlog = Backlog(contacts=(10.0, 5.5), age_seconds=(3_600.0, 200_000.0), aht_seconds=600.0)
    drawn = contacts([flat(GRID, "mail", mean=0)], [MAIL], "lognormal", 1, 0, backlogs={"mail": backlog})
    assert len(drawn.arrival) in {15, 16}
    assert (drawn.arrival == 0).all()
    assert sorted(set(drawn.due.tolist())) == [4 * 3_600 - 200_000, 3 * 3_600]
    worked = round_the_clock(GRID, staff)
    seen = simulate(
        [flat(GRID, "mail", mean=0)], [MAIL], staff, worked, seed=1, replications=4, backlogs={"mail": backlog}
    ).of("mail")
    assert seen.contacts.mean == pytest.approx(15.5, abs=0.51)
    assert seen.service_level.mean == pytest.approx(10 / seen.contacts.mean), "what was late before stays late"
    assert seen.waiting.mean == 0


def test_what_cannot_follow_is_refused_in_words() -> None:
    with pytest.raises(InputError, match=r"redial: expected a share 0\.\.1 of redials"):
        Redial(1.2, 60)
    staff = people(["phone"])
    level = Level(name="phone", sources=(Escalation(source="chat", share=0.1),), aht_seconds=60)
    with pytest.raises(InputError, match="phone: expected sources among the channels, came chat"):
        simulate([flat(GRID)], [PHONE], staff, round_the_clock(GRID, staff), seed=1, levels=[level])
