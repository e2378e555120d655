"""The fixtures of the jobs' tests."""

from tests.store.conftest import leases, store

__all__ = ["leases", "store"]
