"""`wfm forecast` prints what is expected, and how a day or an interval comes about."""

from pathlib import Path

import pytest

from tests.cli.conftest import Wfm
from wfm.domain import Forecast
from wfm.forecast import Explanation, LeadAccuracy


def test_a_forecast_is_a_line_a_day_or_nouns(scenario: Path, wfm: Wfm) -> None:
    lines = wfm("forecast", scenario).out.splitlines()
    assert [line[:10] for line in lines[1:]] == [f"2026-{day}" for day in ("11-30", *(f"12-0{k}" for k in range(1, 7)))]
    (row,) = wfm("forecast", scenario, "--json").json
    made = Forecast.model_validate(row)
    assert float(lines[1].split()[1]) == pytest.approx(sum(made.mean[:48]), abs=0.05)


def test_an_override_moves_the_forecast(scenario: Path, wfm: Wfm) -> None:
    base, more = (
        wfm("forecast", scenario, *change, "--json").json[0] for change in ((), ("-S", "demand.phone.scale=1.5"))
    )
    assert sum(more["mean"]) == pytest.approx(1.5 * sum(base["mean"]))


def test_training_may_end_earlier_and_the_horizon_follows(scenario: Path, wfm: Wfm) -> None:
    ran = wfm("forecast", scenario, "--train-until", "2026-11-15", "--weeks", "2")
    days = [line[:10] for line in ran.out.splitlines()[1:]]
    assert (days[0], days[-1], len(days)) == ("2026-11-16", "2026-11-29", 14)


def test_a_day_is_explained_with_the_events_that_move_it(scenario: Path, wfm: Wfm) -> None:
    event = "events=[{name: mailing, on: 2026-12-02, uplift: +40%, author: planning, reason: campaign 12}]"
    ran = wfm("forecast", scenario, "-S", event, "--explain", "2026-12-02")
    assert ran.code == 0
    lines = ran.out.splitlines()
    total = wfm("forecast", scenario, "-S", event).out.splitlines()[3].split()
    assert lines[0] == f"phone, Wednesday 2026-12-02: {total[1]} contacts expected"
    assert lines[-2].split()[1] == "1.400"
    assert lines[-2].endswith("event mailing: +40% on 2026-12-02, by planning (campaign 12)")
    assert lines[-1].endswith("with a chance of 90%")


def test_what_a_past_event_was_worth_is_said(scenario: Path, wfm: Wfm) -> None:
    event = "events=[{name: mailing, on: 2026-11-24, uplift: +40%, author: planning, reason: campaign 12}]"
    ran = wfm("forecast", scenario, "--train-until", "2026-11-22", "--weeks", "1", "-S", event)
    assert "phone, event mailing: +40% on 2026-11-24, by planning (campaign 12): assumed x 1.40, measured x" in ran.err
    assert "WAPE" in ran.err
    assert "assumed" not in wfm("forecast", scenario, "-S", event).err


def test_an_interval_is_explained_as_data_too(scenario: Path, wfm: Wfm) -> None:
    (row,) = wfm("forecast", scenario, "--explain", "2026-12-02 10:00", "--channel", "phone", "--json").json
    found = Explanation.model_validate(row)
    (made,) = wfm("forecast", scenario, "--json").json
    at = 2 * 48 + 20
    assert found.contacts == pytest.approx(made["mean"][at])
    assert found.band == ((0.05, made["bands"][0][at]), (0.95, made["bands"][-1][at]))


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--explain", "Christmas"), 3, "--explain: expected a date such as 2026-12-24"),
        (("--explain", "2027-12-24"), 3, "expected a time in the horizon 2026-11-30 to 2026-12-06"),
        (("--explain", "2026-12-02", "--channel", "fone"), 3, "There is no channel fone; the scenario has phone."),
        (("--channel", "phone"), 2, "--channel goes with --explain"),
    ],
)
def test_what_cannot_be_explained_is_said(
    arguments: tuple[str, ...], code: int, words: str, scenario: Path, wfm: Wfm
) -> None:
    ran = wfm("forecast", scenario, *arguments)
    assert ran.code == code
    assert words in ran.err


def test_frozen_forecasts_are_scored_by_days_ahead(scenario: Path, tmp_path: Path, wfm: Wfm) -> None:
    files = [tmp_path / "first.json", tmp_path / "second.json"]
    for file, until in zip(files, ("2026-11-15", "2026-11-20"), strict=True):
        ran = wfm("forecast", scenario, "--train-until", until, "--weeks", "1", "--save", file)
        assert ran.code == 0
        assert f"{file.name}: 1 forecast, seal " in ran.err
    scored = ("--score", files[0], "--score", files[1])
    data = wfm("forecast", scenario, *scored, "--json").json
    assert data["value_added"] == []
    rows = [LeadAccuracy.model_validate(row) for row in data["accuracy_by_lead"]]
    assert {row.lead_days for row in rows} <= set(range(1, 11))
    assert max(row.days for row in rows) == 2
    assert all(row.wape_interval is not None and 0 < row.wape_interval < 1 for row in rows)
    lines = wfm("forecast", scenario, *scored).out.splitlines()
    assert len(lines) == 1 + len(rows)


def test_a_frozen_forecast_is_neither_overwritten_nor_taken_when_changed(
    scenario: Path, tmp_path: Path, wfm: Wfm
) -> None:
    file = tmp_path / "frozen.json"
    assert wfm("forecast", scenario, "--save", file).code == 0
    again = wfm("forecast", scenario, "--save", file)
    assert again.code != 0
    assert "never overwritten" in again.err
    file.write_text(file.read_text().replace('"aht_seconds":[', '"aht_seconds":[1', 1))
    ran = wfm("forecast", scenario, "--score", file)
    assert ran.code == 3
    assert "changed afterwards" in ran.err
    other = wfm("forecast", scenario, "--score", scenario / "scenario.yaml")
    assert "scenario.yaml: expected a frozen forecast, came something else. Give a file as" in other.err
    missing = wfm("forecast", scenario, "--score", tmp_path / "none.json")
    assert missing.code == 3
    assert "There is no file none.json" in missing.err


def test_days_to_come_cannot_be_scored_yet(scenario: Path, tmp_path: Path, wfm: Wfm) -> None:
    file = tmp_path / "frozen.json"
    wfm("forecast", scenario, "--save", file)
    ran = wfm("forecast", scenario, "--score", file)
    assert ran.code == 3
    assert "Score again when it has reached them" in ran.err
    assert wfm("forecast", scenario, "--score", file, "--explain", "2026-12-01").code == 2


def test_a_frozen_forecast_is_scored_without_its_scenario_and_tells_what_changes_were_worth(
    scenario: Path, tmp_path: Path, wfm: Wfm
) -> None:
    file = tmp_path / "frozen.json"
    past = ("--train-until", "2026-11-22", "--weeks", "1")
    event = "events=[{name: mailing, on: 2026-11-24, uplift: +40%, author: planning, reason: campaign 12}]"
    assert wfm("forecast", scenario, *past, "-S", event, "--save", file).code == 0
    alone = wfm("forecast", "--score", file, "--actuals", scenario / "history.csv")
    assert alone.code == 0
    assert alone.out == wfm("forecast", scenario, "--score", file).out
    worth = alone.out.splitlines()[-1]
    assert worth.startswith(
        "phone, event mailing: +40% on 2026-11-24, by planning (campaign 12): assumed x 1.40, measured x"
    )
    data = wfm("forecast", "--score", file, "--actuals", scenario / "history.csv", "--json").json
    assert [row["what"] for row in data["value_added"]] == [
        "event mailing: +40% on 2026-11-24, by planning (campaign 12)"
    ]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--score", "frozen.json"), "--score needs SCENARIO, or --actuals"),
        ((), "forecast needs SCENARIO"),
        (("scenario", "--actuals", "today.csv"), "--actuals goes with --score"),
        (("scenario", "--findings", "--events"), "--explain, --findings, --events"),
    ],
)
def test_what_is_missing_from_the_call_is_said(arguments: tuple[str, ...], words: str, wfm: Wfm) -> None:
    ran = wfm("forecast", *arguments)
    assert ran.code == 2
    assert words in " ".join(ran.err.split())


def test_the_notes_of_each_forecast_are_said(scenario: Path, wfm: Wfm) -> None:
    assert "phone: Learned from 41 days until 2026-11-28 14:00 (Europe/Madrid)." in wfm("forecast", scenario).err
    cold = "channels.chat={kind: chat, like: phone, volume: 60 a day, open: mon-fri 09:00-17:00}"
    assert "chat: Nothing is known of chat yet: " in wfm("forecast", scenario, "-S", cold).err


def test_findings_are_listed_with_the_line_that_overrules_them(scenario: Path, wfm: Wfm) -> None:
    assert wfm("forecast", scenario, "--findings").out == "phone: no findings in the history\n"
    rows = (scenario / "history.csv").read_text().splitlines()
    doubled = [_tripled(row) if row.startswith("2026-11-10") else row for row in rows]
    (scenario / "history.csv").write_text("\n".join(doubled) + "\n")
    ran = wfm("forecast", scenario, "--findings")
    assert ran.out.splitlines()[0] == "phone: 1 finding in the history"
    line = ran.out.splitlines()[2].strip().removeprefix("- ")
    assert line == "{channel: phone, kind: multiple_day, on: 2026-11-10, verdict: overruled, author: , reason: }"
    ruled = line.replace("author: ", "author: Ana").replace("reason: ", "reason: a fair")
    stray = "{kind: outage, on: 2026-11-03, verdict: confirmed, author: Ana, reason: cable cut}"
    again = wfm("forecast", scenario, "--findings", "-S", f"findings=[{ruled}, {stray}]").out
    assert "where about" in again
    assert "they are believed. Overruled by Ana: a fair" in again
    assert "Ana confirmed a finding of kind outage on 2026-11-03, where there is none (cable cut)." in again
    (row,) = wfm("forecast", scenario, "--findings", "--json").json
    assert (row["channel"], row["findings"][0]["kind"], row["unmet"]) == ("phone", "multiple_day", [])


def _tripled(row: str) -> str:
    start, channel, offered, aht = row.split(",")
    return f"{start},{channel},{3 * int(offered)},{aht}"


def test_past_events_are_measured_with_their_uncertainty(scenario: Path, wfm: Wfm) -> None:
    assert wfm("forecast", scenario, "--events").out.startswith("No event of the scenario lies in its history")
    event = "events=[{name: mailing, on: 2026-11-17, uplift: +40%, author: planning, reason: campaign 12}]"
    ran = wfm("forecast", scenario, "-S", event, "--events")
    assert ran.out.startswith("phone, event mailing, 2026-11-17: assumed +40%, measured ")
    (row,) = wfm("forecast", scenario, "-S", event, "--events", "--json").json
    assert row["low"] < row["measured"] < row["high"]
