"""How words are said: to whom, with what stance, denied, foreseen or from hearsay."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.language.clauses import clause_start
from kg.records import Span

if TYPE_CHECKING:
    from collections.abc import Collection

    from ingest.language.analysis import Analysis, Unit
    from ingest.records import Token
    from kg.records import Modality, Stance

HEARSAY = re.compile("据传|传闻|据悉|知情人士|消息人士|市场传言|传言|据称|有消息称")
"""Sources that stay without a name."""

_TO = re.compile("(?:向|对|致信|告诉|告知)$")
_SAID_TO = re.compile(
    "(?:等|方面|的?[\u4e00-\u9fff]{0,6}(?:记者|投资者|股东|员工|客户))?(?:公开|书面|明确|再次)?"
)
_FORESEES = re.compile("预计|预期|预测")
_DENIED = re.compile("(?:不|未|没有|拒绝|并非|从未|不再|未曾|并不|并未)[一-龥]?$")
_STANCES: dict[Stance, re.Pattern[str]] = {
    "positive": re.compile(
        "看好|看多|乐观|买入|增持|超配|推荐|跑赢大市|利好|有信心|信心十足|支持|赞成|上调(?=[^，。]{0,8}(?:评级|目标价))|积极信号"
    ),
    "negative": re.compile(
        "看空|看淡|悲观|卖出|减持|低配|回避|跑输大市|利空|担心|担忧|忧虑|警告|警惕|反对|批评|谴责|谨慎|"
        "下调(?=[^，。]{0,8}(?:评级|目标价))|泡沫"
    ),
    "neutral": re.compile("中性|观望|持有评级|标配|不置可否|不予置评"),
}
_OPPOSITE: dict[Stance, Stance] = {
    "positive": "negative",
    "negative": "positive",
    "neutral": "neutral",
}
_NOT = re.compile("不|未|没有?|无需|无须|难言|并非")


def stance_of(cue: str, words: str) -> Stance | None:
    """The stance that the verb *cue* and the *words* said show, if they show one and no other.

    A denied judgement is its opposite: 不乐观 is negative.
    """
    said = f"{cue}：{words}"
    shown: set[Stance] = set()
    for stance, pattern in _STANCES.items():
        for found in pattern.finditer(said):
            denied = _NOT.search(said, max(0, found.start() - 3), found.start())
            shown.add(_OPPOSITE[stance] if denied else stance)
    return shown.pop() if len(shown) == 1 else None


def addressee_of(
    analysis: Analysis, unit: Unit, cue: Token, *, speakers: Collection[str]
) -> str | None:
    """Whom the words are said to: a name of *speakers* behind 向 or 对, before the verb."""
    text = analysis.text
    start = clause_start(text, unit, cue.span.start)
    for mention in analysis.mentions_in(Span(start, cue.span.start)):
        led = _TO.search(text[start : mention.span.start])
        said = _SAID_TO.fullmatch(text, mention.span.end, cue.span.start)
        if led and said and mention.entity in speakers:
            return mention.entity
    return None


def modality_of(text: str, unit: Unit, cue: Token) -> Modality:
    """Whether the verb *cue* foresees, or what it says comes from hearsay."""
    if HEARSAY.search(text, unit.span.start, cue.span.start):
        return "hearsay"
    return "forecast" if _FORESEES.fullmatch(cue.span.of(text)) else "reported"


def is_denied(text: str, cue: Token) -> bool:
    """Whether it is denied, or told not to have been said: 否认, 并未表示."""
    before = text[max(0, cue.span.start - 4) : cue.span.start]
    return cue.span.of(text) == "否认" or _DENIED.search(before) is not None
