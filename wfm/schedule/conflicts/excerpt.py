"""A small model cut out of a large one: some constraints with only the variables that occur in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel, IntVar
    from ortools.sat.python.cp_model_helper import ConstraintProto, CpModelProto, repeated_scalar_int32_t

_WHERE = {
    "linear": ("vars",),
    "bool_or": ("literals",),
    "bool_and": ("literals",),
    "at_most_one": ("literals",),
    "exactly_one": ("literals",),
    "lin_max": ("target", "exprs"),
    "int_prod": ("target", "exprs"),
    "int_div": ("target", "exprs"),
    "int_mod": ("target", "exprs"),
    "all_diff": ("exprs",),
    "element": ("linear_index", "linear_target", "exprs"),
    "automaton": ("exprs",),
    "table": ("exprs",),
}
"""Where constraints of each kind refer to variables."""


def variables_of(constraint: ConstraintProto) -> list[int]:
    """The variables of a constraint, by their positions in its model; a literal and its negation are one variable."""
    return [place if place >= 0 else -place - 1 for part in _references(constraint) for place in part]


class Excerpt:
    """The model ``cp`` of some constraints of a whole one over some of its variables; all others are 0 in it."""

    def __init__(self, whole: CpModelProto, constraints: Iterable[int], variables: Iterable[int]) -> None:
        self.cp = _empty()
        zero = self.cp.new_constant(0).index
        self._place = {old: new for new, old in enumerate(variables, 1)}
        self.cp.proto.variables.extend([whole.variables[old] for old in self._place])
        place = self._place.get
        for number in constraints:
            constraint = self.cp.proto.constraints.add()
            constraint.copy_from(whole.constraints[number])
            for part in _references(constraint):
                moved = [place(old, zero) if old >= 0 else -place(-old - 1, zero) - 1 for old in part]
                part.clear()
                part.extend(moved)

    def variable(self, old: int) -> IntVar:
        """A variable of the whole model in this one."""
        return self.cp.get_int_var_from_proto_index(self._place[old])

    def fix(self, values: Mapping[int, int]) -> None:
        """Give variables of the whole model their values in this one."""
        for old, value in values.items():
            domain = self.cp.proto.variables[self._place[old]].domain
            domain.clear()
            domain.extend([value, value])


def _references(constraint: ConstraintProto) -> Iterator[repeated_scalar_int32_t]:
    """Every list of variables in a constraint."""
    yield constraint.enforcement_literal
    kind = next((kind for kind in _WHERE if getattr(constraint, f"has_{kind}")()), None)
    if kind is None:
        raise NotImplementedError(f"expected a constraint of one of the kinds {', '.join(_WHERE)}; came {constraint}")
    for name in _WHERE[kind]:
        part = getattr(getattr(constraint, kind), name)
        if name in {"vars", "literals"}:
            yield part
        else:
            yield from (expression.vars for expression in (part if name == "exprs" else [part]))


def _empty() -> CpModel:
    from ortools.sat.python.cp_model import CpModel

    return CpModel()
