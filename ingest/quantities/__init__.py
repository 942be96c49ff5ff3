"""The grammar of quantities.

`find_quantities` reads running text, `read_cell` and `unit_of_header` text tables, and
`render` prints a value so that it reads back.
"""

from ingest.quantities.cells import UnitHint, read_cell, unit_of_header
from ingest.quantities.grammar import find_quantities
from ingest.quantities.rendering import render

__all__ = ["UnitHint", "find_quantities", "read_cell", "render", "unit_of_header"]
