"""The compliance certificate as JSON, for whoever archives or inspects it."""

from __future__ import annotations

from typing import ClassVar

from pydantic import TypeAdapter

from wfm.report.compliance import compliance
from wfm.schedule import Clause
from wfm.study import Plan


class ComplianceJson:
    """``compliance.json``: a list with a clause for each rule: id, words, source, where it was checked, closest call, breaches."""

    kind: ClassVar[str] = "compliance_json"
    media_type: ClassVar[str] = "application/json"

    def render(self, plan: Plan) -> dict[str, bytes]:
        """One file."""
        clauses = TypeAdapter(tuple[Clause, ...]).dump_json(compliance(plan), indent=1)
        return {"compliance.json": clauses}
