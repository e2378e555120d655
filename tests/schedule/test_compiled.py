"""Loops become machine code wherever wfm is installed."""

from collections.abc import Callable
from typing import cast

from wfm.schedule.compiled import compiled


def test_without_a_folder_to_write_to_a_loop_is_compiled_all_the_same() -> None:
    scope: dict[str, object] = {}
    exec("def twice(number):\n    return 2 * number", scope)
    assert compiled(cast("Callable[[int], int]", scope["twice"]))(21) == 42
