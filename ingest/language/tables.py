"""Names in a text table: the first cell of a row is of the kind that its column's header says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.language.analysis import Candidate
from ingest.structure import cell_spans

if TYPE_CHECKING:
    from ingest.language.analysis import Analysis
    from kg.records import EntityType

_KINDS: tuple[tuple[re.Pattern[str], EntityType], ...] = (
    (
        re.compile("公司|企业|车企|厂商|券商|银行|机构|酒企|房企|发行人|证券简称|股票|品牌"),
        "company",
    ),
    (re.compile("指数|指标"), "index"),
    (re.compile("板块|行业"), "sector"),
    (re.compile("品种|商品|币种|金属"), "commodity"),
    (re.compile("国家|地区|省份|城市|市场"), "place"),
    (re.compile("产品|基金|车型|ETF|债券|期限"), "product"),
)
_NAME = re.compile(r"[^\d\s%+\-—.,:：][^%:：\[\]【】]{1,19}")
_TOTAL = re.compile(r"合计|总计|小计|平均|其他|其它|均值|中位数|单位|数据来源|注")


def find_in_tables(analysis: Analysis) -> None:
    """Add the names in the first column of text tables to the candidates."""
    text = analysis.text
    for unit in analysis.units:
        header = unit.sentence is not None and analysis.document.sentences[unit.sentence].table
        if not header or header.contains(unit.span):
            continue
        heads, cells = cell_spans(text, header), cell_spans(text, unit.span)
        if not heads or len(cells) < 2 or not _NAME.fullmatch(cells[0].of(text)):
            continue
        kind = next((k for words, k in _KINDS if words.search(heads[0].of(text))), None)
        if kind is not None and not _TOTAL.match(cells[0].of(text)):
            analysis.candidates.append(Candidate(cells[0], kind, "pattern", score=0.8))
