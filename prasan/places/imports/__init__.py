"""Taking in villages, local governments and outlines from files: all or nothing, with a report."""

from prasan.places.imports.local_governments import import_local_governments
from prasan.places.imports.report import ImportReport
from prasan.places.imports.shapes import import_shapes
from prasan.places.imports.villages import import_villages

__all__ = ["ImportReport", "import_local_governments", "import_shapes", "import_villages"]
