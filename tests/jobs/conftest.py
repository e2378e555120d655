"""The fixtures of the jobs' tests."""

from tests.store.cabinets import leases, store

__all__ = ["leases", "store"]
