"""The fixtures of the store's tests."""

from tests.store.cabinets import leases, store

__all__ = ["leases", "store"]
