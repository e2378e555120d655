"""All formats of roster instances, in alphabetical order."""

from wfm.importers.instance import InstanceFormat
from wfm.importers.instances.curtois import Curtois

INSTANCE_FORMATS: tuple[InstanceFormat, ...] = (Curtois(),)

__all__ = ["INSTANCE_FORMATS"]
