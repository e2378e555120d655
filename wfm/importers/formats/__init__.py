"""All import formats, in the order in which they are asked."""

from wfm.importers.formats.contacts import Contacts
from wfm.importers.formats.interval_counts import IntervalCounts
from wfm.importers.importer import Importer

FORMATS: tuple[Importer, ...] = (IntervalCounts(), Contacts())

__all__ = ["FORMATS"]
