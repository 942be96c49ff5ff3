"""What part a name plays in its sentence, as far as reference asks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.language.clauses import (
    clause_start,
    clauses_before,
    heads_clause,
    in_parentheses,
    without_parentheses,
)
from ingest.language.words import CUE, TITLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.language.analysis import Unit
    from kg.records import Mention, Span

_ANALYST = re.compile(r"分析师|策略师|经济学家|研究员")
_RATES = re.compile(
    r"[^，。；]{0,4}(?:上调|下调|维持|给予|首次覆盖|重申|[把将])[^，。；]{0,20}(?:评级|目标价)"
)
_HOUSE = re.compile(r"(?:券商|机构|投行)$")
_REPORTS = re.compile(rf"{CUE.pattern}|发布|公布|宣布|显示|统计|测算|[把将给]|维持|上调|下调")
_ANNOUNCES = re.compile(
    r"(?:\d{1,2}月\d{1,2}日|[今昨]日|近日|日前|[早午晚盘]间?后?|再次|也|则|此前)*"
    r"(?:公告|披露|公布|预告|发布[^，。；]{0,16}(?:公告|业绩|财报|[年季]报|预案|报告书|快报)|收到|接到|获悉)"
)
# 新华社北京1月29日电, 财联社讯, 格隆汇11月12日丨: the agency is no part of the news.
_DATELINE = re.compile(
    r"[^，。；：“\d与和、及]{0,8}(?:(?:\d{1,2}月)?\d{1,2}日[^，。；：“]{0,4}[电讯](?=[\s（(：:，,])|"
    r"(?:(?:\d{1,2}月)?\d{1,2}日)?[丨｜]|讯(?=[\s（(：:，,]|\d{1,2}[月日]))"
)
_REPORTER = re.compile(r"[（(](?:[^（）()]{0,6})?(?:记者|编辑|通讯员|作者|摄影|责编)[^（）()]*$")
# What deals in shares: in 甲持有公司股份 the company is not 甲.
_HOLDS = re.compile(
    r"(?:持有?|质押|减持|增持|收购|购买|转让|出售|买入|卖出|认购|举牌)了?(?:[\d.,，]+[万亿]*股)?的?$"
)
_SHARES = re.compile(r"(?:[\d.,，]+[万亿]*股|的?股[份票])")
_SHARE_OF = re.compile(r"(?:发行在外)?(?:已发行)?总?股(?:本|份|票)")
_OF_SHARES = re.compile(r"的?[^，。；]{0,14}?(?:股|%|％)")
_READ_IN = re.compile(r"(?:根?据|按照?|从)(?=$)")
_SHOWS = re.compile(r"^[^，。；]{0,12}(?:显示|统计|数据|测算|报道|消息|了解)")
_NOMINAL = frozenset("n nz vn nw a b an".split())
# What a topic has (毛利率, 年报) and who speaks of it leave the topic in place.
_OF_TOPIC = re.compile(
    r"(?:率|价|额|量|值|润|入|利|比|数据|公告|年报|季报|财报|报告|书|业绩|规模|比重|指引|表现|原因|增速|[涨跌降增]幅|"
    r"管理层|股东|市场|消息|资金|业务|师|家|者|员|方|人)$"
)
_FRONTED = re.compile(r"(?:对于|至于|关于|针对)[^，,。；]+[，,]|在[^，,。；]+方面[，,]")


def is_byline(text: str, unit: Unit, mention: Mention) -> bool:
    """Whether *mention* tells who reports: an agency before its dateline, a reporter."""
    start = unit.span.start
    if mention.text.endswith("讯") and mention.span.start - start <= 6:
        return True
    if mention.span.start - start <= 6 and _DATELINE.match(text, mention.span.end, unit.span.end):
        return True
    return _REPORTER.search(text[start : mention.span.start]) is not None


def only_judges(text: str, mention: Mention) -> bool:
    """东陆证券分析师认为…该公司: the analyst's house is not the company that is spoken of.

    Nor is who rates it.
    """
    after = without_parentheses(text[mention.span.end : mention.span.end + 60])
    if _RATES.match(after):
        return True
    title = TITLE.match(after[:14])
    return title is not None and _ANALYST.search(title[0]) is not None


def is_called_house(mention: Mention) -> bool:
    """Whether *mention* speaks of a company as of one that judges others: 该券商."""
    return mention.how == "reference" and _HOUSE.search(mention.text) is not None


def is_source(text: str, unit: Unit, mention: Mention) -> bool:
    """据Choice金融终端显示: whether what is told is only read in what *mention* offers."""
    if _READ_IN.search(text[unit.span.start : mention.span.start]) is None:
        return False
    return _SHOWS.search(text[mention.span.end : mention.span.end + 16]) is not None


def is_house(text: str, unit: Unit, mention: Mention) -> bool:
    """Whether *mention* is a house that judges: its analyst or a verb of speech comes after."""
    after = without_parentheses(text[mention.span.end : unit.span.end])[:20]
    return TITLE.match(after) is not None or _REPORTS.search(after) is not None


def announces(text: str, unit: Unit, mention: Mention) -> bool:
    """Whether *mention* is who makes the announcement: 中际旭创（300308.SZ）1月28日晚间公告."""
    after = without_parentheses(text[mention.span.end : unit.span.end])
    return _ANNOUNCES.match(after) is not None


def holds_shares(text: str, unit: Unit, holder: Mention, reference: Span) -> bool:
    """Whether *holder* deals in the shares of the company that *reference* stands for."""
    if clause_start(text, unit, reference.start) > holder.span.start:
        return False
    between = text[holder.span.end : reference.start]
    return (
        _HOLDS.search(between) is not None
        and _OF_SHARES.match(text, reference.end, unit.span.end) is not None
    )


def whose_shares(text: str, mentions: Sequence[Mention], reference: Span) -> Mention | None:
    """Whose shares were told of before 公司总股本: 质押8565万股苏农银行股票，占公司总股本…."""
    if _SHARE_OF.match(text, reference.end) is None:
        return None
    named = [m for m in mentions if m.how == "name" and m.span.end <= reference.start]
    return next((m for m in reversed(named) if _SHARES.match(text, m.span.end)), None)


def leads(text: str, unit: Unit, mention: Mention) -> bool:
    """Whether no verb stands before *mention* in its clause: 日本前首相村山富市批评…."""
    if in_parentheses(text, unit, mention.span.start):
        return False
    start = clause_start(text, unit, mention.span.start)
    return not any(
        token.tag.startswith("v") and token.tag != "vn"
        for token in unit.tokens
        if start <= token.span.start < mention.span.start
    )


def last_subject(text: str, unit: Unit, mentions: Sequence[Mention]) -> Mention | None:
    """The last of *mentions* at the front of its clause, else the last."""
    subjects = [m for m in mentions if heads_clause(text, unit, m)]
    return next(reversed(subjects or mentions), None)


def is_of_fronted(text: str, unit: Unit, position: int) -> bool:
    """Whether *position* takes up what was put in front: 对于欧元升值，她表示已将其影响…."""
    start = max((text.rfind(mark, unit.span.start, position) for mark in "；;。"), default=-1)
    return _FRONTED.match(text, max(start + 1, unit.span.start), position) is not None


def has_other_subject(text: str, unit: Unit, position: int, *, after: int) -> bool:
    """Whether a clause between is about what is no name: 轮动尚处于早期,其可持续性…."""
    for start, end in clauses_before(text, unit, position):
        if start < after:
            return False
        noun = ""
        for token in unit.tokens:
            if not start <= token.span.start < end:
                continue
            if token.tag in _NOMINAL:
                noun = text[token.span.start : token.span.end + 1]
                noun = noun if noun.endswith("比") else noun[:-1]  # 金银比 is cut before 比
            elif noun or token.tag in ("v", "r", "m"):
                break
        if noun and not _OF_TOPIC.search(noun):
            return True
    return False
