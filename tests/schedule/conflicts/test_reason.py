"""A conflict in words: agents and dates in a sentence, a rule's own sentence once, amounts in the singular where they are one."""

from datetime import date

from wfm.schedule.conflicts.reason import Conflict, Part, Repair, in_words, relaxed_words

DAY, NEXT = date(2026, 12, 5), date(2026, 12, 6)


def part(day: date, *agents: str) -> Part:
    return Part(rule="time_off", kind="time_off", words="Nobody works then.", agents=agents, first=day, last=day)


def test_a_place_is_rule_agents_and_dates() -> None:
    assert part(DAY, "ann").place == "time_off of ann on 2026-12-05"
    assert part(DAY).varied(last=NEXT).place == "time_off from 2026-12-05 to 2026-12-06"
    assert part(DAY).varied(first=None, last=None).place == "time_off"


def test_one_of_a_unit_is_told_in_the_singular() -> None:
    days = [(DAY, DAY)]
    assert relaxed_words("time_off", ["ann"], 1, "days of time off worked", days).endswith(
        "by 1 day of time off worked"
    )
    assert relaxed_words("min_rest", ["ann"], 90, "minutes of rest missing", days).endswith(
        "by 90 minutes of rest missing"
    )


def test_of_many_dates_the_first_are_told() -> None:
    dates = [(date(2026, 12, day), date(2026, 12, day)) for day in range(1, 10)]
    assert relaxed_words("cover", [], 9, "minutes short", dates).endswith("on 2026-12-06 and 3 more by 9 minutes short")


def test_the_sentence_of_a_rule_is_told_once_and_repairs_follow() -> None:
    repair = Repair(
        kind="relax", words="relax it", rule="time_off", agents=(), amount=1, unit="days", hours=8, lawful=False
    )
    first, second = Conflict(parts=(part(DAY, "ann"),), repairs=(repair,)), Conflict(parts=(part(NEXT, "ann"),))
    assert in_words([first, second]) == [
        "time_off of ann on 2026-12-05: Nobody works then.",
        "repair: relax it",
        "time_off of ann on 2026-12-06",
    ]
