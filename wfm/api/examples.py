"""The examples of the API's documentation: small, whole, and executed by the tests as they stand."""

from __future__ import annotations

from typing import Any

HOURS = range(9, 15)
COUNTS = (12, 18, 21, 16, 14, 10)


def _history() -> str:
    """Two weeks of telephone calls, Monday to Wednesday, 09:00 to 15:00 UTC."""
    rows = [
        f"2026-11-{day:02d}T{hour:02d}:00:00+00:00,phone,{count + day % 3},240"
        for day in (9, 10, 11, 16, 17, 18)
        for hour, count in zip(HOURS, COUNTS, strict=True)
    ]
    return "\n".join(["start,channel,offered,aht_seconds", *rows, ""])


SCENARIO: dict[str, Any] = {
    "apiVersion": "wfm/v1",
    "name": "tiny",
    "timezone": "UTC",
    "horizon": {"start": "2026-11-23", "days": 3, "step": "60m"},
    "channels": {"phone": {"patience": "3m", "open": "mon-wed 09:00-15:00", "target": {"answer": "80% in 20s"}}},
    "contracts": {"full": {"week": "20h", "cost_hour": 18}},
    "shifts": {"day": {"start": "09:00", "length": "6h"}},
    "rules": [{"kind": "availability"}, {"kind": "week_minutes"}, {"kind": "coverage"}],
    "simulate": {"replications": 5},
    "solve": {"steps": 20, "seed": 1},
}
FILES = {
    "history.csv": _history(),
    "agents.csv": "id,name,contract,skills\nA1,Ada,full,phone\nB2,Bruno,full,phone\nC3,Chloe,full,phone\n",
}
PLAN: dict[str, Any] = {"scenario": SCENARIO, "files": FILES}
STUDY: dict[str, Any] = {
    "study": {
        "apiVersion": "wfm/v1",
        "name": "growth",
        "depth": "staffing",
        "variants": [
            {"name": "as planned"},
            {"name": "growth", "levers": [{"kind": "volume", "channel": "phone", "by": "+20%"}]},
        ],
    },
    **PLAN,
}
ERLANG: dict[str, Any] = {
    "volume": 120,
    "interval_seconds": 1800,
    "aht_seconds": 240,
    "targets": [{"kind": "service_level", "share": 0.8, "within_seconds": 20}],
    "patience_seconds": 180,
    "shrinkage": 0.3,
}
ERLANG_CALLED_AGAIN: dict[str, Any] = {**ERLANG, "wrap_up_seconds": 30, "minimum": 3, "redial": 0.4, "repeat": 0.1}
WEEK: list[float] = [0, 0, 0, 0, 0, 0, 0, 2, 9, 14, 16, 15, 12, 13, 14, 12, 10, 7, 3, 0, 0, 0, 0, 0] * 7
FORECAST: dict[str, Any] = {
    "history": {
        "channel": "phone",
        "grid": {"start": "2026-11-16T00:00:00Z", "step_minutes": 60, "count": 168, "zone": "UTC"},
        "offered": WEEK,
        "open": [True] * 168,
    },
    "channel": {"name": "phone", "targets": [{"kind": "service_level", "share": 0.8, "within_seconds": 20}]},
    "horizon": {"start": "2026-11-23T00:00:00Z", "step_minutes": 60, "count": 24, "zone": "UTC"},
    "method": "ewma_day_type",
    "aht_seconds": 240,
}
PUBLISH: dict[str, Any] = {"by": "Ada", "note": "as agreed on Monday"}
JOB: dict[str, Any] = {
    "id": "0f3a9c51d2b84e67a0c1d2e3",
    "kind": "plan",
    "name": "tiny",
    "state": "running",
    "created": "2026-11-21T09:00:00Z",
    "started": "2026-11-21T09:00:01Z",
    "attempt": 1,
    "standing": {"phase": "search", "tier": 1, "best": 41.2, "bound": 39.8, "gap": 0.034},
    "request": "8d969eef6ecad3c29a3a629280e686cf0c3f5d5a86aff3ca12020c923adc6c92",
}
PROBLEM: dict[str, Any] = {
    "type": "urn:wfm:problem:invalid-input",
    "title": "The input cannot be used",
    "status": 422,
    "detail": "agents.csv:3: contract: expected a contract of the scenario, came 'fulll'. Did you mean full?",
    "errors": [
        {
            "pointer": "/files/agents.csv",
            "detail": "agents.csv:3: contract: expected a contract of the scenario, came 'fulll'. Did you mean full?",
            "expected": "a contract of the scenario",
            "came": "'fulll'",
            "fix": "Did you mean full?",
            "file": "agents.csv",
            "line": 3,
            "column": "contract",
        }
    ],
}
