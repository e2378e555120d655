"""Interval counts: shapes of files, sparse and dense ones, and the two days a year on which clocks change."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from wfm.domain import ContactHistory, InputError, TimeGrid
from wfm.domain.time import local
from wfm.importers import read_history, recognise

Write = Callable[..., Path]
MONDAY = datetime(2026, 3, 2)  # noqa: DTZ001 - a wall clock
ODD_CLOCKS = {  # the part of an hour of UTC that lies in the own hour before
    "Asia/Kathmandu": 0.25,
    "Pacific/Chatham": 0.25,
    "Asia/Kolkata": 0.5,
    "Asia/Tehran": 0.5,
    "America/St_Johns": 0.5,
}


def times(days: int, first: int = 0, last: int = 48, step: int = 30, start: datetime = MONDAY) -> Iterator[datetime]:
    return (start + timedelta(days=day, minutes=step * k) for day in range(days) for k in range(first, last))


def counts_on(history: ContactHistory, day: date) -> list[float | None]:
    return list(history.offered[history.grid.within(day, day)])


def test_a_column_for_each_channel_becomes_a_channel_each(write: Write) -> None:
    rows = [f"{moment};{k % 5};{k % 3};{k % 2}" for k, moment in enumerate(times(14))]
    imported = read_history(write("\n".join(["Fecha hora;Llamadas;Chat web;Correo", *rows])), zone="Europe/Madrid")
    assert [(channel.name, channel.kind) for channel in imported.channels] == [
        ("llamadas", "voice"),
        ("chat-web", "chat"),
        ("correo", "deferred"),
    ]
    assert [np.nansum(history.counts()) for history in imported.histories] == [
        sum(k % n for k in range(14 * 48)) for n in (5, 3, 2)
    ]


def test_a_row_for_each_channel_carries_handle_time_handled_and_abandoned(write: Write) -> None:
    rows = [f"{moment}|{channel}|10|3:20|9|1" for moment in times(14) for channel in ("Ventas", "VENTAS 2")]
    imported = read_history(write("\n".join(["interval|queue|offered|AHT|handled|abandoned", *rows])))
    assert [channel.name for channel in imported.channels] == ["ventas", "ventas-2"]
    history = imported.histories[0]
    assert (set(history.offered), set(history.aht_seconds)) == ({10.0}, {200.0})
    assert (set(history.handled), set(history.abandoned)) == ({9.0}, {1.0})


def test_a_total_handle_time_is_divided_by_handled_contacts_and_parts_of_a_queue_add_up(write: Write) -> None:
    header = (
        "Interval Start UTC Date,Queue,Media Type,Language,Offered,Interactions Handled,Total Handle Time (Seconds)"
    )
    rows = [f"{moment}Z,Sales,voice,{language},10,8,1600" for moment in times(14) for language in ("en", "es")]
    imported = read_history(write("\n".join([header, *rows])), zone="UTC")
    assert (imported.channels[0].name, imported.channels[0].kind) == ("sales", "voice")
    assert set(imported.histories[0].offered) == {20.0}
    assert set(imported.histories[0].aht_seconds) == {200.0}


def test_a_date_and_a_clock_column_make_one_time(write: Write) -> None:
    rows = [f"{moment:%d/%m/%Y};{moment:%H:%M};7" for moment in times(14)]
    imported = read_history(write("\n".join(["fecha;hora;llamadas", *rows])))
    assert imported.histories[0].grid.dates[0] == MONDAY.date()
    assert set(imported.histories[0].offered) == {7.0}


def test_a_mapping_of_columns_overrules_the_guess(write: Write) -> None:
    path = write("\n".join(["start,offered,forecast", *(f"{moment},5,9" for moment in times(14))]))
    imported = read_history(path, columns={"start": "start", "offered": "forecast"})
    assert set(next(row for row in imported.histories if row.channel == "forecast").offered) == {9.0}


def test_a_mapping_to_an_unknown_column_says_which_was_meant(write: Write) -> None:
    with pytest.raises(InputError, match="Did you mean offered"):
        read_history(write("start,offered\n2026-03-02 08:00,1"), columns={"offered": "ofered"})


def test_listed_zeros_make_a_missing_interval_not_recorded(write: Write) -> None:
    rows = [f"{moment},{0 if moment.hour < 6 else 9}" for moment in times(14) if moment.hour != 12]
    history = read_history(write("\n".join(["start,calls", *rows]))).histories[0]
    assert not any(count == 0 for count in history.offered)
    noon = history.grid.minute_of_day // 60 == 12
    assert not history.open_mask()[
        noon
    ].any()  # never recorded at noon on any day: not open then, as far as the file tells


def test_a_hole_in_one_day_of_a_dense_file_is_not_recorded(write: Write) -> None:
    hole = MONDAY + timedelta(days=3, hours=10)
    rows = [f"{moment},9" for moment in times(14, 16, 40) if moment != hole]
    history = read_history(write("\n".join(["start,calls", *rows]))).histories[0]
    day = counts_on(history, hole.date())
    assert day[20] is None
    assert day[19] == day[21] == 9.0
    assert history.open[history.grid.within(hole.date(), hole.date())][20]


def test_a_file_that_lists_only_contacts_means_zero_between_them_and_lost_days_stay_lost(write: Write) -> None:
    lost = (MONDAY + timedelta(days=8)).date()
    rows = [f"{moment},4" for k, moment in enumerate(times(21)) if k % 3 and moment.date() != lost]
    imported = read_history(write("\n".join(["start,calls", *rows])))
    history = imported.histories[0]
    assert set(counts_on(history, lost)) == {None}
    assert set(counts_on(history, lost + timedelta(days=1))) == {0.0, 4.0}
    assert any(str(lost) in line for line in imported.findings)


def test_a_day_of_zeros_among_busy_days_is_not_recorded_instead_of_zero(write: Write) -> None:
    zero = (MONDAY + timedelta(days=9)).date()
    rows = [f"{moment},{0 if moment.date() == zero else 9}" for moment in times(21)]
    assert set(counts_on(read_history(write("\n".join(["start,calls", *rows]))).histories[0], zero)) == {None}


def test_intervals_of_six_minutes_are_summed_to_the_half_hour(write: Write) -> None:
    rows = [f"{moment},2" for moment in times(14, 0, 240, 6)]
    path = write("\n".join(["start,calls", *rows]))
    assert set(read_history(path).histories[0].offered) == {10.0}
    assert set(read_history(path, step_minutes=60).histories[0].offered) == {20.0}
    with pytest.raises(InputError, match="30 or 60"):
        read_history(path, step_minutes=15)


def test_the_hour_that_clocks_repeat_is_kept_twice(write: Write) -> None:
    autumn = datetime(2026, 10, 19)  # noqa: DTZ001 - a wall clock
    rows = []
    for moment in times(14, start=autumn):
        rows.append(f"{moment},3")
        if moment.date() == date(2026, 10, 25) and moment.hour == 2 and moment.minute == 30:
            rows += ["2026-10-25 02:00:00,8", "2026-10-25 02:30:00,8"]
    history = read_history(write("\n".join(["start,calls", *rows])), zone="Europe/Madrid").histories[0]
    assert counts_on(history, date(2026, 10, 25)) == [3.0] * 6 + [8.0] * 2 + [3.0] * 42
    assert len(counts_on(history, date(2026, 10, 25))) == 50


def test_the_hour_that_clocks_skip_is_counted_in_the_hour_after(write: Write) -> None:
    spring = datetime(2026, 3, 23)  # noqa: DTZ001 - a wall clock
    imported = read_history(
        write("\n".join(["start,calls", *(f"{t},3" for t in times(14, start=spring))])), zone="Europe/Madrid"
    )
    day = counts_on(imported.histories[0], date(2026, 3, 29))
    assert day == [3.0] * 4 + [6.0] * 2 + [3.0] * 40
    assert any("skipped" in line for line in imported.findings)


def test_times_with_an_offset_need_no_zone_to_be_exact(write: Write) -> None:
    rows = [f"{moment.isoformat()}+05:30,3" for moment in times(14)]
    history = read_history(write("\n".join(["start,calls", *rows])), zone="Asia/Kolkata").histories[0]
    assert history.grid.dates[0] == MONDAY.date()
    assert set(history.offered) == {3.0}


def test_an_interval_told_twice_is_a_fault_at_its_second_line(write: Write) -> None:
    rows = [f"{moment},3" for moment in times(7)]
    with pytest.raises(InputError) as caught:
        read_history(write("\n".join(["start,calls", *rows, rows[10]])))
    assert [(fault.line, fault.column) for fault in caught.value.faults] == [(7 * 48 + 2, "start")]
    assert "line 12" in str(caught.value)


def test_daily_counts_are_refused_because_days_say_nothing_about_intervals(write: Write) -> None:
    rows = [f"{MONDAY.date() + timedelta(days=day)},900" for day in range(30)]
    with pytest.raises(InputError, match="60 minutes or less"):
        read_history(write("\n".join(["date,calls", *rows])))


def test_few_contacts_teach_no_hours(write: Write) -> None:
    rows = [f"{moment},{int(moment.hour == 9)}" for moment in times(14)]
    imported = read_history(write("\n".join(["start,calls", *rows])))
    assert imported.channels[0].opening.is_always
    assert any("too few" in line for line in imported.assumed)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1"])
def test_encodings_of_spanish_headers_are_read(write: Write, encoding: str) -> None:
    rows = [f"{moment};3;4" for moment in times(7)]
    imported = read_history(write("\n".join(["Fecha;Teléfono;Atención chat", *rows]).encode(encoding)))
    assert [channel.name for channel in imported.channels] == ["telefono", "atencion-chat"]


def test_the_bank_of_2003_keeps_absent_days_apart_from_zero(shared_data: Path) -> None:
    imported = read_history(shared_data / "history/bank_calls/calls_5min.csv", zone="America/New_York")
    channel, history = imported.channels[0], imported.histories[0]
    assert str(channel.opening) == "mon-fri 07:00-21:05"
    assert history.grid.step_minutes == 5
    absent = [
        date(2003, 4, 4),
        date(2003, 4, 7),
        date(2003, 5, 26),
        date(2003, 7, 4),
        date(2003, 9, 1),
        date(2003, 10, 14),
    ]
    for day in absent:
        assert set(counts_on(history, day)) == {None}
        assert any(history.open[history.grid.within(day, day)])
    assert np.nansum(history.counts()) == 5_323_661
    assert not (history.counts() == 0).any()


def test_the_last_five_minutes_of_the_bank_count_in_a_half_hour(shared_data: Path) -> None:
    path = shared_data / "history/bank_calls/calls_5min.csv"
    history = read_history(path, zone="America/New_York", step_minutes=30).histories[0]
    assert counts_on(history, date(2003, 10, 24))[42] == 54
    assert np.nansum(history.counts()) == 5_323_661


def test_boston_lists_only_intervals_with_contacts_in_six_channels(shared_data: Path) -> None:
    path = shared_data / "history/boston_311_2011h2/contacts_15min_by_channel.csv"
    imported = read_history(path, zone="America/New_York")
    kinds = {channel.name: channel.kind for channel in imported.channels}
    assert kinds["constituent-call"] == "voice"
    assert kinds["citizens-connect-app"] == kinds["self-service"] == kinds["twitter"] == "deferred"
    calls = next(history for history in imported.histories if history.channel == "constituent-call")
    assert np.nansum(calls.counts()) == 28_136
    assert np.nansum(np.array(counts_on(calls, date(2011, 8, 28)), dtype=float)) == 707
    assert len(counts_on(calls, date(2011, 11, 6))) == 100


def test_a_year_of_six_minute_counts_keeps_the_sabbath(shared_data: Path) -> None:
    path = shared_data / "history/anonymous_bank_1999/calls_6min.csv"
    imported = read_history(path, zone="Asia/Jerusalem")
    opening = imported.channels[0].opening
    assert all(window.end == 1_440 for day in (0, 1, 2, 3, 5, 6) for window in opening.week[day])
    assert opening.week[4][-1].end < 1_080  # Friday ends before the Sabbath
    assert opening.week[5][0].start >= 1_020  # and Saturday opens after it


def test_daily_ambulance_responses_are_refused(shared_data: Path) -> None:
    with pytest.raises(InputError, match="60 minutes or less"):
        read_history(shared_data / "history/swast_daily/responses_daily_by_area.csv")


def test_each_real_history_is_recognised(shared_data: Path) -> None:
    assert recognise(shared_data / "history/smfr_911_2019/calls_events.csv").kind == "contacts"
    assert recognise(shared_data / "calls/anonymous_bank_1999_02/calls.csv").kind == "contacts"
    assert recognise(shared_data / "history/bank_calls/calls_5min.csv").kind == "interval_counts"


@pytest.mark.parametrize(
    "zone",
    [
        *ODD_CLOCKS,
        "UTC",
        "Europe/Madrid",
        "America/New_York",
        "Africa/Casablanca",
        "Pacific/Apia",
    ],
)
@pytest.mark.parametrize("written", ["local", "UTC"])
def test_no_contact_is_lost_between_clocks(write: Write, zone: str, written: str) -> None:
    hours = TimeGrid.of_days(date(2026, 3, 4), 36, 60, zone if written == "local" else "UTC")
    counts = [0, *(1 + hour % 7 for hour in range(hours.count - 2)), 0]
    rows = (f"{local(hours.instant(hour), hours.zone):%Y-%m-%d %H:%M},{count}" for hour, count in enumerate(counts))
    path = write("\n".join(["start,calls", *rows]))
    (history,) = read_history(path, zone=zone, file_zone=hours.zone, step_minutes=60).histories
    assert np.nansum(history.counts()) == sum(counts)


def test_clocks_that_change_by_half_an_hour_cost_no_more_than_that_hour(write: Write) -> None:
    zone = "Australia/Lord_Howe"
    hours = TimeGrid.of_days(date(2026, 3, 4), 36, 60, zone)
    rows = (f"{local(hours.instant(hour), zone):%Y-%m-%d %H:%M},{hour % 7}" for hour in range(36 * 24))
    imported = read_history(write("\n".join(["start,calls", *rows])), zone=zone)
    assert imported.inferred[0].startswith("The file counts contacts every 60 minutes")
    assert np.isnan(imported.histories[0].counts()).sum() <= 2


@pytest.mark.parametrize(("zone", "before"), ODD_CLOCKS.items())
def test_hours_of_another_clock_are_cut_where_the_own_hours_begin(write: Write, zone: str, before: float) -> None:
    rows = [f"{moment}Z,{40 if moment.hour % 2 else 0}" for moment in times(14, last=24, step=60)]
    imported = read_history(write("\n".join(["start,calls", *rows])), zone=zone)
    assert {40 * before, 40 * (1 - before)} >= set(imported.histories[0].offered) - {None}
    assert "equal parts, since they do not begin with the centre's" in imported.inferred[0]


def test_contacts_of_an_interval_known_in_part_are_left_out_and_told(write: Write) -> None:
    rows = [f"{moment}Z,4" for moment in times(14, last=24, step=60)]
    imported = read_history(write("\n".join(["start,calls", *rows])), zone="Asia/Kolkata")
    assert np.nansum(imported.histories[0].counts()) == 4 * (14 * 24 - 1)
    assert any("4 contacts came in intervals of which a part is not recorded" in line for line in imported.findings)
