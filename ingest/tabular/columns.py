"""Which column of a table holds what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Literal, TypeAlias

from ingest.lexicon.folding import fold
from ingest.structure.lines import BLANK
from ingest.tabular.cells import DELIMITERS, BrokenTableError, Row, split_rows

Role: TypeAlias = Literal["entity", "metric", "period", "value", "unit", "source", "note"]

_NAMES: Final[dict[Role, str]] = {
    "entity": "entity name subject company 实体 主体 名称 对象 公司 企业 标的 证券 证券简称 简称",
    "metric": "metric indicator measure item 指标 项目 科目 度量 指标名称",
    "period": "period time date 期间 时间 日期 报告期 时期 期",
    "value": "value amount number 数值 值 数据 金额 数额",
    "unit": "unit units 单位 计量单位",
    "source": "source sources 来源 出处 数据来源 资料来源 信源",
    "note": "note notes remark remarks comment 备注 说明 注 附注",
}
_ROLE_OF: Final = {word: role for role, words in _NAMES.items() for word in words.split()}
_REQUIRED: Final[tuple[Role, ...]] = ("entity", "metric", "period", "value", "unit")
_MOST_ROWS: Final = 20_000


def read_table(text: str) -> tuple[Row, Mapping[Role, int], Sequence[Row]]:
    """The header row of a CSV *text*, the place of each column in it, and the rows below.

    The delimiter (comma, tab, semicolon or full-width comma) is the one by which the header has
    most of the columns.

    :raises BrokenTableError: for a header without the required columns, rows that do not have
        the header's number of cells, no rows, or too many.
    """
    header_line = text.lstrip(BLANK).partition("\n")[0]
    delimiter = max(DELIMITERS, key=lambda sign: len(_roles(header_line.split(sign))))
    rows = list(split_rows(text, delimiter))
    header = rows[0]
    roles = _roles([cell.of(text) for cell in header.cells])
    missing = [role for role in _REQUIRED if role not in roles]
    if missing:
        raise BrokenTableError(
            f"row {header.number} names no column {' or '.join(missing)}; a table of figures has "
            "the columns entity,metric,period,value,unit (实体,指标,期间,数值,单位)"
        )
    if len(rows) == 1:
        raise BrokenTableError("holds no rows below its header")
    if len(rows) > _MOST_ROWS:
        raise BrokenTableError(f"holds {len(rows) - 1} rows, more than {_MOST_ROWS}; split it")
    for row in rows[1:]:
        if len(row.cells) != len(header.cells):
            raise BrokenTableError(
                f"row {row.number} has {len(row.cells)} cells, the header {len(header.cells)}; "
                'put a value that holds a comma in quotes ("1,944")'
            )
    return header, roles, rows[1:]


def _roles(names: Sequence[str]) -> dict[Role, int]:
    """The first column of each role."""
    found: dict[Role, int] = {}
    for place, name in enumerate(names):
        role = _ROLE_OF.get(fold(name).strip(' "'))
        if role is not None:
            found.setdefault(role, place)
    return found
