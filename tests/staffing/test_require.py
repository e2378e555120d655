"""From a forecast to a requirement: agents, the price of being short, and the words that say how."""

import numpy as np
import pytest

from tests.staffing.cases import forecast
from wfm.domain import Abandonment, Channel, InputError, NotFound, Occupancy, Requirement, ServiceLevel, Turnaround
from wfm.staffing import erlang_a, require
from wfm.staffing.smallest import meets

PHONE = Channel(
    name="phone",
    patience_seconds=180,
    targets=(ServiceLevel(share=0.8, within_seconds=20), Abandonment(share=0.05), Occupancy(share=0.88)),
)
MAIL = Channel(name="mail", kind="deferred", targets=(Turnaround(share=0.9, within_seconds=7200),))
DAY = 40 + 38 * np.sin(np.arange(48) / 48 * 2 * np.pi)
ANY = [
    PHONE,
    Channel(name="hotline"),
    Channel(name="chat", kind="chat", concurrency=2),
    MAIL,
]


@pytest.mark.parametrize(
    ("channel", "kind"), list(zip(ANY, ["erlang_a", "erlang_c", "concurrent", "workload"], strict=True))
)
def test_each_channel_gets_the_model_of_its_nature_and_is_told_why(channel: Channel, kind: str) -> None:
    requirement = require(forecast(channel, DAY), channel)
    assert requirement.model == kind
    assert requirement.notes[0].startswith(f"Staffing model {kind}: chosen for a {channel.kind} channel")


@pytest.mark.parametrize("channel", ANY, ids=lambda channel: channel.name)
def test_a_requirement_comes_back_from_its_json(channel: Channel) -> None:
    requirement = require(forecast(channel, DAY), channel, shrinkage=0.3)
    assert Requirement.model_validate_json(requirement.model_dump_json()) == requirement


def test_the_net_requirement_meets_every_target_and_one_fewer_does_not() -> None:
    requirement = require(forecast(PHONE, DAY), PHONE)
    net, load = np.array(requirement.net), requirement.load_erlangs()
    assert meets(PHONE.targets, load, net, 300.0, 180.0).all()
    assert not meets(PHONE.targets, load, net - 1, 300.0, 180.0)[net > 1].any()


def test_each_agent_is_worth_the_contacts_that_the_formula_gives() -> None:
    requirement = require(forecast(PHONE, DAY), PHONE)
    for step in (0, 12, 36):
        row = np.array(requirement.served[step])
        queue = erlang_a(requirement.load_erlangs()[step], np.arange(row.size), 300.0, 180.0, 20.0)
        np.testing.assert_allclose(row, DAY[step] * queue.service_level(), atol=1e-6)


@pytest.mark.parametrize("channel", ANY, ids=lambda channel: channel.name)
def test_the_price_of_being_short_is_told_until_hardly_anything_is_left(channel: Channel) -> None:
    requirement = require(forecast(channel, DAY), channel)
    for net, row, volume in zip(requirement.net, requirement.served, requirement.volume, strict=True):
        assert len(row) >= net + 3
        assert row[0] == 0
        assert volume * 0.999 - 1e-6 <= row[-1] <= volume + 1e-6
        if len(row) > net + 3:
            assert row[-2] < volume * 0.999 + 1e-6


def test_closed_and_quiet_intervals_need_nobody() -> None:
    volume = DAY.copy()
    volume[:10], volume[10:12] = np.nan, 0.0
    requirement = require(forecast(PHONE, volume), PHONE, shrinkage=0.3)
    assert requirement.net[:12] == (0,) * 12
    assert requirement.gross[:12] == (0.0,) * 12
    assert requirement.served[:12] == ((0.0,),) * 12


def test_gross_agents_make_up_for_shrinkage() -> None:
    requirement = require(forecast(PHONE, DAY), PHONE, shrinkage=0.3)
    np.testing.assert_allclose(requirement.gross, np.array(requirement.net) / 0.7)


def test_a_live_channel_without_targets_is_held_to_eighty_in_twenty_and_told_so() -> None:
    bare, explicit = Channel(name="c"), Channel(name="c", targets=(ServiceLevel(share=0.8, within_seconds=20),))
    default, given = require(forecast(bare, DAY), bare), require(forecast(explicit, DAY), explicit)
    assert default.net == given.net
    assert "the default" in " ".join(default.notes)
    assert "the default" not in " ".join(given.notes)


def test_a_named_model_is_used_and_said_to_be_asked_for() -> None:
    requirement = require(forecast(PHONE, DAY), PHONE, model="erlang_c")
    assert requirement.model == "erlang_c"
    assert "asked for" in requirement.notes[0]
    assert max(requirement.net) > max(require(forecast(PHONE, DAY), PHONE).net)


def test_a_model_that_does_not_fit_is_refused_in_words() -> None:
    with pytest.raises(InputError, match="it has no patience"):
        require(forecast(ANY[1], DAY), ANY[1], model="erlang_a")
    with pytest.raises(InputError, match="wait live"):
        require(forecast(PHONE, DAY), PHONE, model="workload")
    with pytest.raises(NotFound, match="erlang_a, erlang_c, concurrent, workload"):
        require(forecast(PHONE, DAY), PHONE, model="erlang_x")


def test_a_forecast_of_another_channel_is_refused() -> None:
    with pytest.raises(InputError, match="forecast of channel phone"):
        require(forecast(MAIL, DAY), PHONE)


def test_more_agents_than_any_centre_has_are_refused_with_the_interval() -> None:
    storm = np.where(np.arange(48) == 1, 1e6, DAY)
    with pytest.raises(InputError, match=r"at most 10,000 agents at once on channel phone, came .* in interval 2"):
        require(forecast(PHONE, storm), PHONE)
