"""The study room: the corridor from a scenario to a plan, and what-ifs over it."""

from wfm.study.calibrate import certified_plan
from wfm.study.comparison import StudyResult, VariantRow
from wfm.study.course import Course, Stage, worth
from wfm.study.cover import Candidate, Cover, cover, swapped
from wfm.study.diff import CellChange, differences
from wfm.study.edit import Edit, Weighed
from wfm.study.folder import read_scenario
from wfm.study.instance import read_instance, read_solution
from wfm.study.intraday import intraday
from wfm.study.lever import Lever
from wfm.study.levers import LEVERS
from wfm.study.past import effects_of, weigh_of
from wfm.study.pipeline import (
    ends,
    explained,
    forecast_all,
    forecast_course,
    frozen,
    plan,
    require_all,
    requirements_of,
    roster_problem,
    simulated,
    simulation,
)
from wfm.study.plan import CostLine, Plan
from wfm.study.published import Published
from wfm.study.replan import replanning
from wfm.study.scenario import Demand, Scenario
from wfm.study.service_certificate import ServiceCertificate
from wfm.study.sheet import ScenarioSheet
from wfm.study.study import Study, StudySheet, Variant, read_study, run_study
from wfm.study.telling import ForecastStory, stories

__all__ = [
    "LEVERS",
    "Candidate",
    "CellChange",
    "CostLine",
    "Course",
    "Cover",
    "Demand",
    "Edit",
    "ForecastStory",
    "Lever",
    "Plan",
    "Published",
    "Scenario",
    "ScenarioSheet",
    "ServiceCertificate",
    "Stage",
    "Study",
    "StudyResult",
    "StudySheet",
    "Variant",
    "VariantRow",
    "Weighed",
    "certified_plan",
    "cover",
    "differences",
    "effects_of",
    "ends",
    "explained",
    "forecast_all",
    "forecast_course",
    "frozen",
    "intraday",
    "plan",
    "read_instance",
    "read_scenario",
    "read_solution",
    "read_study",
    "replanning",
    "require_all",
    "requirements_of",
    "roster_problem",
    "run_study",
    "simulated",
    "simulation",
    "stories",
    "swapped",
    "weigh_of",
    "worth",
]
