"""The report as one page that needs nothing but a browser."""

from __future__ import annotations

from typing import ClassVar

from wfm.report.burden import burdens
from wfm.report.certification import KeptRow, paid_text, proof_text, robustness_lines, verdict_text
from wfm.report.compliance import closest_words, compliance, verdict_words
from wfm.report.off_queue import off_queue
from wfm.report.page import page
from wfm.report.ranking import ranked, rule_totals
from wfm.report.remarks import remarks
from wfm.report.sections import forecast_sections, largest, roster_weeks, service_calendar, staffing_section
from wfm.report.service import headlines, services
from wfm.report.shades import shades
from wfm.study import Plan
from wfm.study.comparison import fairness

MOST_BREACHES = 40
"""Priced breaches told one by one; the totals by rule tell of the rest."""


class Html:
    """``report.html``: headline, forecast, staffing, roster, service, fairness, breaches, rules, cost, and what it was built on."""

    kind: ClassVar[str] = "html"
    media_type: ClassVar[str] = "text/html"

    def render(self, plan: Plan) -> dict[str, bytes]:
        """One file without outside references; pictures are part of it."""
        rows, people = services(plan), burdens(plan)
        ordered = ranked(plan.solution.breaches)
        priced = [breach for breach in ordered if not breach.forbidden]
        content = page(
            "report.html",
            plan=plan,
            services=rows,
            remarks=remarks(plan),
            headlines=headlines(rows),
            forecasts=list(forecast_sections(plan)),
            staffing=staffing_section(plan, rows),
            weeks=roster_weeks(plan),
            shades=shades(plan.scenario),
            other_work=any(
                activity.kind not in {"break", "on_call"}
                for row in plan.solution.roster.assignments
                for activity in row.shift.activities
            ),
            calendars={row.channel.name: service_calendar(row) for row in rows},
            off_queue=off_queue(plan),
            burdens=people,
            largest=largest(people),
            fairness=fairness(plan.scenario.workforce, plan.solution.roster),
            totals=rule_totals(plan.solution.breaches),
            compliance=compliance(plan),
            closest_words=closest_words,
            verdict_words=verdict_words,
            forbidden=[breach for breach in ordered if breach.forbidden],
            certified=plan.certified,
            kept=[KeptRow.of(row) for row in plan.certified.kept] if plan.certified else [],
            verdict_text=verdict_text,
            paid_text=paid_text,
            proof_text=proof_text,
            robustness_lines=robustness_lines,
            priced=priced[:MOST_BREACHES],
            unshown=max(0, len(priced) - MOST_BREACHES),
        )
        return {"report.html": content}
