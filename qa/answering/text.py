"""Folding and comparing of Chinese text for matching.

Nothing folded is ever shown or stored: folded text is for comparing only, as its
offsets are not those of the source.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from ingest.lexicon.name_index import simplified
from ingest.structure import without_markup

_QUOTES = str.maketrans(dict.fromkeys("‘’“”'\"「」『』《》〈〉", ""))
_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9.&+%/-]*")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")

# Words that mean the same in a question and in an article.  Each row is a set of
# equals; the rows are of the language of markets, not of any one article.
_SYNONYMS = (
    ("ceo", "首席执行官", "行政总裁", "掌门人", "一把手"),
    ("cfo", "首席财务官", "财务总监"),
    ("董事长", "主席", "董事会主席"),
    ("涨价", "提价", "价格上调", "上调价格", "提高价格"),
    ("降价", "价格下调", "下调价格"),
    ("纳指", "纳斯达克综合指数", "纳斯达克指数", "纳斯达克"),
    ("道指", "道琼斯工业平均指数", "道琼斯"),
    ("标普", "标普500", "标准普尔500"),
    ("降息", "下调利率", "利率下调"),
    ("加息", "上调利率", "利率上调"),
    ("建厂", "建设工厂", "开工建设", "超级工厂", "工厂"),
    (
        "下滑",
        "下降",
        "下跌",
        "减少",
        "回落",
        "走低",
        "走弱",
        "大跌",
        "暴跌",
        "重挫",
        "降低",
        "收窄",
        "下行",
        "负增长",
        "降至",
        "降到",
    ),
    (
        "上升",
        "上涨",
        "增长",
        "增加",
        "提高",
        "走高",
        "走强",
        "大涨",
        "暴涨",
        "飙升",
        "回升",
        "上行",
        "扩大",
        "正增长",
        "升至",
        "增至",
    ),
    ("营收", "营业收入", "营业总收入", "收入", "销售额", "净销售额"),
    ("净利润", "归母净利润", "归属于上市公司股东的净利润", "利润", "盈利", "净利", "业绩"),
    ("销量", "交付", "交付量", "销售量", "交车"),
    ("净卖出", "抛", "抛售", "甩卖"),
    ("净买入", "抢筹", "扫货"),
    ("净流入", "吸金"),
    ("净流出", "失血"),
    ("市盈率", "pe", "p/e"),
    ("市净率", "pb", "p/b"),
    ("资本开支", "资本支出", "capex"),
    ("毛利率", "利润率"),
    ("占比", "比重", "份额", "占"),
    ("回报", "涨幅", "涨跌幅"),
    ("预计", "预期", "预测", "目标", "指引", "展望"),
    ("美债", "美国国债"),
    ("推迟", "延迟", "延后", "延期"),
    ("成因", "原因", "主因", "因为", "由于"),
    ("买入", "购买", "增持", "净购"),
    ("说", "称", "表示", "指出", "认为", "强调", "提示", "提醒"),
    ("新增", "增加"),
    ("流向", "转向", "涌向"),
    ("分红", "派息", "现金红利", "股息", "派发"),
    ("股市", "美股", "a股", "港股"),
    ("金价", "黄金价格", "黄金"),
    ("油价", "原油价格", "原油"),
    ("靠", "依赖", "依靠", "取决于"),
    ("芯片", "半导体"),
    ("包括", "包含", "涵盖", "有"),
    ("概率", "可能性", "押注", "机率", "几率"),
    ("订单", "单子"),
    ("改善", "好转", "转好"),
    ("买方", "买家"),
    ("卖方", "卖家"),
    ("高峰", "峰值", "顶峰"),
    ("降准", "下调金融机构存款准备金率", "下调存款准备金率", "存款准备金率"),
    ("扣非净利润", "扣除非经常性损益的净利润"),
    ("研发费用", "研发投入", "研发支出", "研发开支"),
    ("节省", "省下", "节约", "削减"),
    ("零售", "卖出", "售出"),
    ("不良率", "不良贷款率"),
    ("回购", "购回"),
    ("ipo", "首次公开发行", "首发上市", "首发"),
    ("垫底", "最差", "最弱", "末位"),
    ("居首", "最高", "最大", "榜首", "第一"),
    ("裁员", "裁减", "裁撤"),
    ("派息", "股息", "分红", "每股股息", "末期息"),
    ("反对票", "反对", "异议"),
)
_EQUALS: dict[str, tuple[str, ...]] = {
    word: tuple(other for row in _SYNONYMS if word in row for other in row if other != word)
    for word in {w for row in _SYNONYMS for w in row}
}


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """*text* in half width, lower case and simplified characters.

    Quotation marks, white space and inline markup are gone.
    """
    text = simplified(without_markup(text))
    return "".join(unicodedata.normalize("NFKC", text).translate(_QUOTES).lower().split())


def equals_of(word: str) -> tuple[str, ...]:
    """The words that mean the same as folded *word*."""
    return _EQUALS.get(word, ())


def bigrams(text: str) -> list[str]:
    """The two-character pieces of the Han runs of *text*, and its Latin words."""
    pieces = [run[i : i + 2] for run in _HAN.findall(text) for i in range(max(1, len(run) - 1))]
    return pieces + _WORD.findall(text)


def term_coverage(term: str, context: str) -> float:
    """How far folded *context* holds folded *term*, 0 to 1.

    A whole term, or an equal of it, counts 1; else the share of its two-character
    pieces that stand in *context*, those with an equal in *context* included.  A
    Latin word or a number must be there as it is.
    """
    if not term or stands(term, context):
        return 1.0
    if term in context:
        return 0.0
    if any(other in context for other in equals_of(term)):
        return 1.0
    parts = _parts(term)
    if any(word not in context for word in parts.words):
        return 0.0
    if parts.apart is not None and parts.apart.search(context):
        return 0.8  # 境内公开债 holds 境内债
    spent = term
    for word in parts.synonyms:
        if word in spent and any(other in context for other in (word, *_EQUALS[word])):
            spent = spent.replace(word, " ")
    left = [p for run in _HAN.findall(spent) for p in _pairs(run) if p not in context]
    return 1.0 - len(left) / parts.pieces if parts.pieces else 1.0


@dataclass(frozen=True, slots=True)
class _Parts:
    """What `term_coverage` asks of a term, whatever the context."""

    words: tuple[str, ...]  # Latin words and numbers
    apart: re.Pattern[str] | None  # its characters with a little between them, if it is short
    synonyms: tuple[str, ...]  # that stand in it, the longest first
    pieces: int


@lru_cache(maxsize=4096)
def _parts(term: str) -> _Parts:
    synonyms = (word for word in _EQUALS if len(word) > 1 and word in term)
    between = "[^,，;；。]{0,2}".join(map(re.escape, term))
    return _Parts(
        words=tuple(_WORD.findall(term)),
        apart=re.compile(between) if 3 <= len(term) <= 5 else None,
        synonyms=tuple(sorted(synonyms, key=len, reverse=True)),
        pieces=sum(len(_pairs(run)) for run in _HAN.findall(term)),
    )


def stands(term: str, context: str) -> bool:
    """Whether *term* stands in *context* without a 非 before it."""
    at = context.find(term)
    while at >= 0:
        if at == 0 or context[at - 1] != "非":
            return True
        at = context.find(term, at + 1)
    return False


def coverage(terms: Iterable[str], context: str) -> float:
    """The mean of `term_coverage`, terms weighing by length; 1 where there are no terms."""
    weighed = [(len(term), term_coverage(term, context)) for term in terms]
    total = sum(weight for weight, _ in weighed)
    return sum(w * c for w, c in weighed) / total if total else 1.0


def _pairs(run: str) -> list[str]:
    return [run[i : i + 2] for i in range(len(run) - 1)] or [run]
