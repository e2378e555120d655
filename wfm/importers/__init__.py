"""Outside files become nouns: contact histories in, with everything inferred, assumed or wrong told in the planner's words."""

from wfm.importers.formats import FORMATS
from wfm.importers.importer import Imported, Importer
from wfm.importers.own_form import write_history
from wfm.importers.reading import read_history, recognise

__all__ = ["FORMATS", "Imported", "Importer", "read_history", "recognise", "write_history"]
