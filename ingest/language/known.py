"""Names that the lexicon knows, and everyday words that sometimes are such names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.language.analysis import Candidate
from ingest.language.clauses import clause_start
from ingest.language.words import (
    COMPANY_ENDING,
    CORPORATE_FORM,
    GOODS_AFTER,
    GOODS_BEFORE,
    GOODS_BESIDE,
    TITLE,
)
from ingest.lexicon import NameIndex
from ingest.lexicon.folding import fold
from kg.records import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.language.analysis import Analysis, Unit
    from ingest.lexicon import Lexicon, LexiconEntry

_SECTOR_END = re.compile(r"(?:板块|行业|产业|概念股|类股|股(?![市票价东份指权息]))")
_OTHER_NOUN = re.compile(
    r"价格|成本|需求|供应|产品|业务|市场|客户|技术|服务商|公司|企业|机构|消费|收入|支出"
)
_MORE_OF_LIST = re.compile(
    r"(?:、[^、，。；：\s]{1,8}?){0,8}(?:[、和与及以]{1,2}[^、，。；：\s]{1,8}?)?(?:板块|行业)"
)
_POSITIONING = re.compile(
    r"关注|看好|配置|增配|超配|低配|标配|布局|推荐|加仓|减仓|回避|轮动至|切换[至到]|转向"
)
_PHRASE_END = re.compile(r"[，。；、和与及等]|以及|方向|领域|龙头|$")
_MOVED = re.compile(r"[（(][+-]?\d+(?:\.\d+)?[%％]")  # 煤炭（-2.85%）
_BY_SECTOR = re.compile(
    r"(?:行业|板块)(?:层面|方面|表现|上看?|来看|看)?[，,](?:[^，。；、]{2,6}[、和与及])*(?:以及)?$"
)
_LIST_MARK = re.compile(r"[、和与及]|以及")
# Weighted voting rights and the like, as Hong Kong prints them: 小米集团-W.
_SHARE_CLASS = re.compile(r"[-－](?:SWR|SW|WR|W|S|B|R)(?![A-Za-z])")
# 特斯拉中国（TSLA）, 星巴克中国的门店: the firm in one country, by its own name.
_BRANCH = re.compile(
    r"((?:大?中华区|中国|香港|台湾|亚洲|亚太|北美|欧洲|日本|印度))(?=[（(的，、]|\d|通过|拟|持有|收购|借壳|方面|一案|筹划|宣布|表示|称|公布|首席|总裁|CEO|董事长|将|已|则|也)"
)
LONGEST_PLAIN = 2
"""Characters of a name that 股份 makes the short name of a share of: 华帝|股份."""

_HELD = re.compile(r"(?:持有?的?|买入|卖出|购买|出售|[增减]持)$")  # 持有中行|股份
_OWNS = re.compile(r"控股(?:子公司|股东|孙公司|的|下属|公司|企业)")
_SPLIT_WORD = re.compile(r"通[胀缩]")  # words of economics that the tagger may split
_OUTPUT = re.compile(r"原油|原煤|煤炭|天然气|粗钢|钢材|水泥|口罩|鸡蛋")  # 日产|原油: a day's output
_HELD_BY_PERSON = re.compile(
    "(?:总统|总理|首相|主席|师|学家|官|总裁|董事长|行长|理事|长|创始人|经理|大臣)$"
)
_OF_PLACE = re.compile("航线|经济体")
_LINE_END = re.compile("品牌|系列(?!化)")
_DECIMAL = re.compile(r"[.,]\d")
_INDEX_END = re.compile(r"指数")

# What stands before or after an everyday word when it is the company of that name (苹果 CEO).
_COMPANY_AFTER = re.compile(
    r"(?:公司|集团|汽车|股份|股价|财报|市值|首席|CEO|CFO|总裁|董事长|创始人|方面|高管|[（(](?:[A-Z]{1,5}|\d{4,6})[.)）A-Z])"
    r"|(?:发布|宣布|公布|推出|披露|表示|预计|计划|将|已|于)"
    r"|(?:今[日天早晚]|昨[日天晚]|晚间|近日|日前|此次|再次|首次|拟|先)*"
    r"(?:公告|收购(?!价)|出售|增持|减持|中标|停牌|复牌|涨停|跌停|回购|借壳|重组|并购|\d[\d.,]*[亿万]?股|\d[\d.]*[%％]的?股[权份])"
)


class KnownNames:
    """Matches the lexicon in text. Built once a lexicon; safe to share between threads."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        names = [(name, e.id) for e in lexicon.entries.values() for name in e.names]
        # Traditional forms are names of their own here: to simplify every text costs more.
        traditional = _traditional([name for name, _ in names])
        self._simple = {fold(form): fold(name) for form, name in traditional}
        ids: dict[str, list[str]] = {}
        for name, identifier in names:
            ids.setdefault(name, []).append(identifier)
        names += [(form, identifier) for form, name in traditional for identifier in ids[name]]
        names += [(form, e.id) for form, e in lexicon.by_ticker.items() if "." in form]
        self._index = NameIndex(names, simplify=False)

    def candidates(self, text: str, unit: Unit) -> list[Candidate]:
        """The known names in *unit* of *text*, overlapping ones included."""
        words = unit.span.of(text)
        edges = {edge for t in unit.tokens for edge in (t.span.start, t.span.end)}
        found = []
        for inner, ids in self._index.find_all(words):
            span = Span(unit.span.start + inner.start, unit.span.start + inner.end)
            name = span.of(text)
            if name.isascii() and name.islower() and not self._printed_lower(name, ids):
                continue
            if name[-1:].isdigit() and _DECIMAL.match(text, span.end):
                continue  # 618.50元
            if len(name) == 1 or edges.isdisjoint((span.start, span.end)):
                continue  # 资|金价|格 cuts two words
            if _is_cut(text, unit, span):
                continue
            for identifier in ids:
                entry = self._lexicon.entries[identifier]
                folded = fold(name)
                weak = (self._simple.get(folded, folded), identifier) in self._lexicon.weak
                candidate = _candidate(text, unit, span, entry, weak=weak)
                if candidate is not None:
                    found.append(candidate)
        return found

    def _printed_lower(self, name: str, ids: tuple[str, ...]) -> bool:
        return any(name in self._lexicon.entries[identifier].names for identifier in ids)


def _traditional(names: Sequence[str]) -> list[tuple[str, str]]:
    """The traditional forms of *names*, each with its simplified one: (台積電, 台积电)."""
    import opencc

    plain = [name for name in dict.fromkeys(names) if not name.isascii()]
    if not plain:
        return []
    found: dict[str, str] = {}
    for script in ("s2t", "s2tw", "s2hk"):
        forms = opencc.OpenCC(script).convert("\n".join(plain)).split("\n")
        found |= {form: name for form, name in zip(forms, plain, strict=True) if form != name}
    return list(found.items())


def _candidate(
    text: str, unit: Unit, span: Span, entry: LexiconEntry, *, weak: bool
) -> Candidate | None:
    after = text[span.end : unit.span.end]
    if entry.type == "sector":
        ending = _SECTOR_END.match(after)
        if ending is not None:
            span, weak = Span(span.start, span.end + ending.end()), False
        elif after.startswith("链") and not after.startswith(("链条", "链上")):
            span, weak = Span(span.start, span.end + 1), False  # 算力链: the chain of its firms
        elif (
            _heads_list(text, unit, span)
            or _is_topic(text, unit, span)
            or _MOVED.match(after)
            or _BY_SECTOR.search(text, unit.span.start, span.start)
        ):
            weak = False
        elif _OTHER_NOUN.match(after):
            return None  # 能源价格 is a price, not the sector
    elif entry.type == "place" and _OF_PLACE.match(after) is not None:
        return None  # 欧洲航线 is a line, 南欧经济体 are states
    elif entry.type == "product" and (line := _LINE_END.match(after)) is not None:
        span = Span(span.start, span.end + line.end())
    elif entry.type == "index" and (ending := _INDEX_END.match(after)) is not None:
        span = Span(span.start, span.end + ending.end())
    elif entry.type == "company" and (share := _SHARE_CLASS.match(after)) is not None:
        span, weak = Span(span.start, span.end + share.end()), False
    elif entry.type == "company" and (form := _corporate_form(text, span, after)):
        span, weak = Span(span.start, span.end + form), False
    elif entry.type == "company" and (branch := _BRANCH.match(after)) is not None:
        span, weak = Span(span.start, span.end + branch.end(1)), False
    elif weak and entry.type != "commodity" and is_goods(text, unit, span):
        return None  # 苹果价格, 长江流域
    elif entry.type == "company" and _is_person(text, unit, span):
        return None  # 前总统|福特
    elif entry.type == "company" and weak and _COMPANY_AFTER.match(after):
        weak = False
    return Candidate(span, entry.type, "lexicon", entry.id, weak, 0.6 if weak else 1.0)


def _corporate_form(text: str, span: Span, after: str) -> int:
    """The length of the corporate form behind the name at *span*, 0 if none belongs to it."""
    form = CORPORATE_FORM.match(after)
    if form is None:
        return 0
    name = span.of(text)
    # A short name has four characters at most: 云南白药|股份 are shares of it.
    full = len(name) > LONGEST_PLAIN or COMPANY_ENDING.search(name) is not None
    if form[0] == "股份" and (full or _HELD.search(text, max(span.start - 4, 0), span.start)):
        return 0
    if form[0] == "控股" and _OWNS.match(after):
        return 0  # 维维股份|控股子公司
    return form.end()


def is_goods(text: str, unit: Unit, span: Span) -> bool:
    """Whether the word at *span* is sold, grown or made there: 苹果价格, 种植苹果, 日产原油."""
    after = text[span.end : unit.span.end]
    before = text[max(unit.span.start, span.start - 4) : span.start]
    return any(
        (
            GOODS_AFTER.match(after),
            GOODS_BESIDE.match(after),
            GOODS_BEFORE.search(before),
            _OUTPUT.match(after),
        )
    )


def _is_person(text: str, unit: Unit, span: Span) -> bool:
    """Whether a title stands right before the short name at *span*."""
    if span.end - span.start > 3 or span.of(text).isascii():
        return False
    start = max(unit.span.start, span.start - 8)
    titles = TITLE.finditer(text, start, span.start)
    return any(m.end() == span.start and _HELD_BY_PERSON.search(m[0]) for m in titles)


def _is_cut(text: str, unit: Unit, span: Span) -> bool:
    """Whether 高|通胀 stands where the two characters of 高通 do, or a surname before the name."""
    if any(
        t.tag == "PER" and t.span.start < span.start and t.span.end == span.end for t in unit.tokens
    ):
        return True  # 李|宏利
    if span.end - span.start != 2:
        return False
    inner = span.start + 1
    if text[span.end : span.end + 1].isascii():
        return False  # 极|氪7X: a model's number is no part of a word
    return _SPLIT_WORD.match(text, inner) is not None or any(
        t.span.start == inner and t.span.end > span.end for t in unit.tokens
    )


def _is_topic(text: str, unit: Unit, span: Span) -> bool:
    """Whether the sector at *span* is one to buy or to sell: 看好公用事业，以及煤炭."""
    start = clause_start(text, unit, span.start)
    if start > unit.span.start and text.startswith(("以及", "和"), start):
        start = clause_start(text, unit, start - 1)
    before = text[start : span.start]
    return _POSITIONING.search(before) is not None and _PHRASE_END.match(text, span.end) is not None


def _heads_list(text: str, unit: Unit, span: Span) -> bool:
    """Whether the word at *span* is a member of a list of sectors: 房地产、工业和金融板块."""
    after = text[span.end : unit.span.end]
    return bool(_LIST_MARK.match(after) and _MORE_OF_LIST.match(after))


def find_known(analysis: Analysis, names: KnownNames) -> None:
    """Add the lexicon's names to the candidates."""
    for unit in analysis.units:
        analysis.candidates += names.candidates(analysis.text, unit)
