"""Pinned cells stay as they are."""

from datetime import date

from tests.schedule.tiny import worked
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rules import Pinned


def test_a_pinned_shift_and_a_pinned_day_off_are_kept(weekend: RosterProblem) -> None:
    assert not Pinned().breaches(weekend, worked(weekend, ann="nee", ben="-ne"))
    off, gone = Pinned().breaches(weekend, worked(weekend, ann="---", ben="e--"))
    assert (off.agent, off.first, off.words) == (
        "ann",
        date(2026, 10, 25),
        "ann works nothing on 2026-10-25; early 06:00-15:00 is pinned",
    )
    assert (gone.agent, gone.words) == ("ben", "ben works early 06:00-15:00 on 2026-10-24; nothing is pinned")


def test_a_second_shift_on_a_pinned_day_is_a_change(weekend: RosterProblem) -> None:
    twice = worked(weekend, ann="-e-", ben="---")
    more = twice.varied(assignments=(*twice.assignments, twice.assignments[0]))
    assert [row.words for row in Pinned().breaches(weekend, more)] == [
        "ann works early 06:00-15:00 and early 06:00-15:00 on 2026-10-25; early 06:00-15:00 is pinned"
    ]
