"""Every kind of roster rule, in the order in which a certificate lists them."""

from __future__ import annotations

from wfm.schedule.rule import Rule
from wfm.schedule.rules.apart import Apart
from wfm.schedule.rules.availability import Availability
from wfm.schedule.rules.break_after import BreakAfter
from wfm.schedule.rules.change_cost import ChangeCost
from wfm.schedule.rules.cost import Cost
from wfm.schedule.rules.coverage import Coverage
from wfm.schedule.rules.day_minutes import DayMinutes
from wfm.schedule.rules.days_off_together import DaysOffTogether
from wfm.schedule.rules.fairness import Fairness
from wfm.schedule.rules.forbidden_successions import ForbiddenSuccessions
from wfm.schedule.rules.handover import Handover
from wfm.schedule.rules.late_change import LateChange
from wfm.schedule.rules.max_consecutive_days import MaxConsecutiveDays
from wfm.schedule.rules.max_consecutive_days_off import MaxConsecutiveDaysOff
from wfm.schedule.rules.max_consecutive_nights import MaxConsecutiveNights
from wfm.schedule.rules.max_nights import MaxNights
from wfm.schedule.rules.max_weekends import MaxWeekends
from wfm.schedule.rules.min_consecutive_days import MinConsecutiveDays
from wfm.schedule.rules.min_consecutive_days_off import MinConsecutiveDaysOff
from wfm.schedule.rules.min_consecutive_nights import MinConsecutiveNights
from wfm.schedule.rules.min_rest import MinRest
from wfm.schedule.rules.minimum_heads import MinimumHeads
from wfm.schedule.rules.minimum_on_shift import MinimumOnShift
from wfm.schedule.rules.night_minutes import NightMinutes
from wfm.schedule.rules.no_nights import NoNights
from wfm.schedule.rules.no_single_dependency import NoSingleDependency
from wfm.schedule.rules.on_call_cover import OnCallCover
from wfm.schedule.rules.overlap import Overlap
from wfm.schedule.rules.overtime import Overtime
from wfm.schedule.rules.period_minutes import PeriodMinutes
from wfm.schedule.rules.period_shifts import PeriodShifts
from wfm.schedule.rules.pinned import Pinned
from wfm.schedule.rules.reference_minutes import ReferenceMinutes
from wfm.schedule.rules.role_cover import RoleCover
from wfm.schedule.rules.role_hours import RoleHours
from wfm.schedule.rules.role_rotation import RoleRotation
from wfm.schedule.rules.rolling_minutes import RollingMinutes
from wfm.schedule.rules.rolling_shifts import RollingShifts
from wfm.schedule.rules.seats import Seats
from wfm.schedule.rules.sessions import Sessions
from wfm.schedule.rules.shift_cover import ShiftCover
from wfm.schedule.rules.shift_form import ShiftForm
from wfm.schedule.rules.shift_variety import ShiftVariety
from wfm.schedule.rules.shifts_week import ShiftsWeek
from wfm.schedule.rules.split_shifts import SplitShifts
from wfm.schedule.rules.spread import Spread
from wfm.schedule.rules.start_stability import StartStability
from wfm.schedule.rules.time_off import TimeOff
from wfm.schedule.rules.together import Together
from wfm.schedule.rules.week_minutes import WeekMinutes
from wfm.schedule.rules.weekends_in import WeekendsIn
from wfm.schedule.rules.weekly_days_off import WeeklyDaysOff
from wfm.schedule.rules.weekly_rest import WeeklyRest
from wfm.schedule.rules.whole_weekends import WholeWeekends
from wfm.schedule.rules.wishes import Wishes

RULES: tuple[type[Rule], ...] = (
    ShiftForm,
    Availability,
    TimeOff,
    Pinned,
    LateChange,
    MinRest,
    WeekMinutes,
    PeriodMinutes,
    ReferenceMinutes,
    Overtime,
    DayMinutes,
    RollingMinutes,
    RollingShifts,
    NightMinutes,
    NoNights,
    BreakAfter,
    ShiftsWeek,
    PeriodShifts,
    SplitShifts,
    WeeklyDaysOff,
    WeeklyRest,
    DaysOffTogether,
    MaxConsecutiveDays,
    MaxConsecutiveDaysOff,
    MinConsecutiveDays,
    MinConsecutiveDaysOff,
    MaxConsecutiveNights,
    MinConsecutiveNights,
    MaxNights,
    MaxWeekends,
    WeekendsIn,
    WholeWeekends,
    ForbiddenSuccessions,
    StartStability,
    ShiftVariety,
    RoleCover,
    RoleHours,
    RoleRotation,
    Sessions,
    MinimumHeads,
    MinimumOnShift,
    ShiftCover,
    OnCallCover,
    NoSingleDependency,
    Handover,
    Seats,
    Apart,
    Together,
    Overlap,
    Coverage,
    Spread,
    Fairness,
    Wishes,
    ChangeCost,
    Cost,
)

__all__ = [
    "RULES",
    "Apart",
    "Availability",
    "BreakAfter",
    "ChangeCost",
    "Cost",
    "Coverage",
    "DayMinutes",
    "DaysOffTogether",
    "Fairness",
    "ForbiddenSuccessions",
    "Handover",
    "LateChange",
    "MaxConsecutiveDays",
    "MaxConsecutiveDaysOff",
    "MaxConsecutiveNights",
    "MaxNights",
    "MaxWeekends",
    "MinConsecutiveDays",
    "MinConsecutiveDaysOff",
    "MinConsecutiveNights",
    "MinRest",
    "MinimumHeads",
    "MinimumOnShift",
    "NightMinutes",
    "NoNights",
    "NoSingleDependency",
    "OnCallCover",
    "Overlap",
    "Overtime",
    "PeriodMinutes",
    "PeriodShifts",
    "Pinned",
    "ReferenceMinutes",
    "RoleCover",
    "RoleHours",
    "RoleRotation",
    "RollingMinutes",
    "RollingShifts",
    "Seats",
    "Sessions",
    "ShiftCover",
    "ShiftForm",
    "ShiftVariety",
    "ShiftsWeek",
    "SplitShifts",
    "Spread",
    "StartStability",
    "TimeOff",
    "Together",
    "WeekMinutes",
    "WeekendsIn",
    "WeeklyDaysOff",
    "WeeklyRest",
    "WholeWeekends",
    "Wishes",
]
