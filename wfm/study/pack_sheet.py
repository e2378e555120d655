"""A legal pack as a planner asks for it among the rules of a scenario."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Literal, Self, TypeAlias, Union

from pydantic import Field, model_validator

from wfm.domain import Name
from wfm.schedule import PACKS, RULES, Rule, pack
from wfm.schedule.only import Only
from wfm.study.written import Section

if TYPE_CHECKING:
    PackName: TypeAlias = str
else:
    PackName = Literal[PACKS]


class PackSheet(Section):
    """The rules of a legal pack, all but those of ``except``: forbidden to break, or at a ``price`` where they shall only advise.

    ``only`` narrows them to some agents, such as those of one site.
    """

    kind: Literal["pack"] = "pack"
    name: PackName
    left_out: tuple[Name, ...] = Field(
        default=(), alias="except", description="ids of rules that shall not hold", examples=[["DAY9"]]
    )
    price: Annotated[float, Field(ge=0)] | None = None
    tier: Annotated[int, Field(ge=1, le=9)] = 1
    only: Only | None = None

    @model_validator(mode="after")
    def _known(self) -> Self:
        ids = [rule.id for rule in pack(self.name).rules]
        for name in self.left_out:
            if name not in ids:
                raise ValueError(f"expected rules of {self.name} under except, which has {', '.join(ids)}; came {name}")
        return self

    def rules(self) -> Iterator[Rule]:
        """The rules of the pack as this scenario holds them."""
        for rule in pack(self.name).rules:
            if rule.id not in self.left_out:
                yield rule.varied(price=self.price, tier=self.tier, only=_narrowed(rule.only, self.only))


def _narrowed(own: Only | None, further: Only | None) -> Only | None:
    """The agents who fit both; what the pack says about whom it protects stands."""
    if own is None or further is None:
        return own or further
    return further.varied(**{key: value for key in Only.model_fields if (value := getattr(own, key)) is not None})


if TYPE_CHECKING:
    RuleRow: TypeAlias = Rule | PackSheet
else:
    RuleRow = Annotated[Union[(*RULES, PackSheet)], Field(discriminator="kind")]
