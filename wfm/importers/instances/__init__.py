"""All formats of roster instances, in alphabetical order."""

from wfm.importers.instance import InstanceFormat
from wfm.importers.instances.curtois import Curtois
from wfm.importers.instances.inrc2 import Inrc2

INSTANCE_FORMATS: tuple[InstanceFormat, ...] = (Curtois(), Inrc2())

__all__ = ["INSTANCE_FORMATS"]
