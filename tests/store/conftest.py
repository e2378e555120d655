"""A filing cabinet in a temporary folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from wfm.store import Leases, Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Return an empty store in a file of its own."""
    cabinet = Store.open(f"sqlite:///{tmp_path}/wfm.sqlite")
    yield cabinet
    cabinet.close()


@pytest.fixture
def leases(store: Store) -> Leases:
    """Return the same store as a worker sees it."""
    return Leases(store.database)
