"""The whole plan as JSON, to be read back into the same noun."""

from __future__ import annotations

from typing import ClassVar

from wfm.study import Plan


class PlanJson:
    """``plan.json``: every noun of the corridor, the scenario included."""

    kind: ClassVar[str] = "plan_json"
    media_type: ClassVar[str] = "application/json"

    def render(self, plan: Plan) -> dict[str, bytes]:
        """One file; ``Plan.model_validate_json`` reads it back."""
        return {"plan.json": plan.model_dump_json().encode()}
