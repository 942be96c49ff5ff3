"""Tables of figures as documents of their own: CSV with one figure a row.

The columns are entity, metric, period, value and unit, by these names or Chinese ones (实体, 指标,
期间, 数值, 单位), in any order; a source (来源) and a note (备注) may be beside them.  The stored
text is the file.  Every row is a block, a passage and a figure whose span is the value's; blocks
count rows as a spreadsheet does, the header being 1, so that [¶7] is its seventh row.
"""

from ingest.tabular.document import segment_table
from ingest.tabular.figures import extract_table

__all__ = ["extract_table", "segment_table"]
