"""The study room: the corridor from a scenario to a plan, and what-ifs over it."""

from wfm.study.comparison import StudyResult, VariantRow
from wfm.study.course import Course, Stage, worth
from wfm.study.folder import read_scenario
from wfm.study.lever import Lever
from wfm.study.levers import LEVERS
from wfm.study.past import effects_of, weigh_of
from wfm.study.pipeline import explained, forecast_all, forecast_course, plan, require_all, roster_problem, simulated
from wfm.study.plan import CostLine, Plan
from wfm.study.scenario import Demand, Scenario
from wfm.study.sheet import ScenarioSheet
from wfm.study.study import Study, StudySheet, Variant, read_study, run_study

__all__ = [
    "LEVERS",
    "CostLine",
    "Course",
    "Demand",
    "Lever",
    "Plan",
    "Scenario",
    "ScenarioSheet",
    "Stage",
    "Study",
    "StudyResult",
    "StudySheet",
    "Variant",
    "VariantRow",
    "effects_of",
    "explained",
    "forecast_all",
    "forecast_course",
    "plan",
    "read_scenario",
    "read_study",
    "require_all",
    "roster_problem",
    "run_study",
    "simulated",
    "weigh_of",
    "worth",
]
