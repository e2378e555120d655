"""More or less weight on fairness."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import Field

from wfm.schedule import Rule
from wfm.schedule import rules as schedule_rules
from wfm.study.fairness_price import FAIR
from wfm.study.lever import Lever
from wfm.study.scenario import Scenario


class Fairness(Lever):
    """The rules of kind fairness cost ``price`` contacts a unit (one is added where there is none); 0 takes them and spread out."""

    kind: Literal["fairness"] = "fairness"
    price: Annotated[float, Field(ge=0, le=1_000)] | None = None

    def apply(self, scenario: Scenario) -> Scenario:
        """The scenario with the rules at the price; None leaves it as it is."""
        return scenario if self.price is None else scenario.varied(rules=tuple(self._priced(scenario.rules)))

    def _priced(self, rules: tuple[Rule, ...]) -> Iterator[Rule]:
        if not self.price:
            yield from (rule for rule in rules if rule.kind not in FAIR)
            return
        yield from (rule.varied(price=self.price) if rule.kind == "fairness" else rule for rule in rules)
        if all(rule.kind != "fairness" for rule in rules):
            yield schedule_rules.Fairness(price=self.price)

    @classmethod
    def neutral(cls, scenario: Scenario) -> Self:  # noqa: ARG003 - neutral everywhere
        """No change."""
        return cls()

    @property
    def words(self) -> str:
        """As ``fairness at 0.5``."""
        if self.price is None:
            return "fairness as it is"
        return f"fairness at {self.price:g}" if self.price else "without fairness"
