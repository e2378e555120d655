"""People who are not on shift together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from wfm.domain import Agent, ShiftTemplate, Workforce
from wfm.schedule.only import Names, Only
from wfm.schedule.rules._at_most import AtMostRule


class Apart(AtMostRule):
    """Of ``people`` at most ``at_most`` are on shift at once, throughout ``hours``; a breach is minutes of more of them."""

    kind: Literal["apart"] = "apart"
    people: Annotated[Names, Field(min_length=2)]
    at_most: Annotated[int, Field(ge=1)] = 1
    unit: ClassVar[str] = "minutes together"
    source: ClassVar[str] = "what people agreed: parents who take turns, a car or a headset that is shared, a quarrel"

    @property
    def name(self) -> str:
        """Named by the people, as ``apart:ann+ben``."""
        return f"{self.kind}:{'+'.join(self.people)}"

    def check(self, workforce: Workforce, templates: Sequence[ShiftTemplate]) -> None:
        """The people must be there."""
        super().check(workforce, templates)
        Only(agents=self.people).check(workforce)

    def counts(self, agent: Agent) -> bool:
        """The people."""
        return agent.id in self.people

    def whom(self, heads: float) -> str:  # noqa: ARG002 - the same of any number
        """The people by name."""
        return f"of {', '.join(self.people)}"
