"""Noun phrases and clauses of a view."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import Literal, TypeAlias

from ingest.attribution.cues import (
    AUTONOMOUS_END_RE,
    CAUSING_RE,
    COMPARING_RE,
    DIRECTION_RE,
    LISTING_RE,
    MEASURE_END_RE,
    QUARTER_ON_QUARTER_RE,
    RELATIVE_RE,
    REPORTING_RE,
    YEAR_ON_YEAR_RE,
    alternation,
)
from ingest.attribution.view import (
    MENTION,
    MODIFIER,
    NOMINAL,
    OTHER,
    PERIOD,
    POINT,
    QUANTITY,
    View,
)

Role: TypeAlias = Literal["main", "object", "compared", "aside"]

_BOUNDARY = re.compile(r"[，；：。！？—（）]")
# Adverbs that taggers take for nouns.
_ADVERBS = re.compile(
    alternation(
        "连续 合计 累计 总计 其中 此外 方面 大约 目前 当前 整体 全周 单周 单日 全天 全日 旗下 "
        "日均 月均 定向增发 非公开发行 增发 配售"
    )
    + "|(?:业绩|财报|[季年]报|公告|数据)(?=(?:公布|发布|披露)?之?后)"
    + "|净(?:买入|卖出|流入|流出|申购|赎回|增持|减持)"
)
_AFTER_VERB = re.compile(r"(?:了|至|到|为|达|约|近|逾|超过?|不足|仅|幅度)*$")
_PREPOSITION_WORDS = """
在 于 从 因 因为 由于 随 随着 按 按照 据 根据 受 为了
向 针对 凭借 通过 以 自 用于 除了 除 面对 关于 对于
围绕 来自 鉴于 扣除 剔除 不含 包括 遭 遭到 获 获得 被
"""
_PREPOSITIONS = re.compile(f"(?:{alternation(_PREPOSITION_WORDS)})$")
_OBJECT_MARKERS = re.compile(r"(?:将|把)$")
_MULTIPLE = re.compile("市盈率|市净率|市销率|PE|PB")  # 预测市盈率 is one measure
_OF_COUNTED = re.compile("[^，。：；]{1,6}的[\\d一两二三四五六七八九十百]+[家只名位款项个]")
_COMPARED_OWNER = re.compile("(?<![占同环对之])(?:比|较)[^，。、的\\d]{1,6}的$")
_MEETING = re.compile("(?:不及|逊于|符合|超出?|超过|好于|优于|弱于|低于|高于|[达未]到|不达|市场)$")
_MUTUAL = re.compile("洽谈|商谈|谈判|磋商|签[署订约下]|达成|合作|合资|对赌|协商")
_TRANSPARENT = re.compile(
    r"(?:同期|其|该|整个|整体|目前|此前|当前|近期|已|仍|也|则|全年|去年|今年)+$"
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase; *role* is what its preposition makes of it."""

    start: int
    end: int
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A stretch between two points, or after a verb of saying or causing.

    *opener* is the point that stands before it, ``>`` after a verb of saying
    (whose clause is then *framed* by it) and ``^`` after a verb of causing.
    """

    start: int
    end: int
    opener: str
    phrases: tuple[Phrase, ...]


def clauses_of(view: View) -> tuple[Clause, ...]:
    """The clauses of a view, in order; together they cover it."""
    cuts: list[tuple[int, int, str]] = [(0, 0, "")]
    for found in _BOUNDARY.finditer(view.text):
        if view.classes[found.start()] in (POINT, OTHER):
            cuts.append((found.start(), found.end(), found.group()))
    for pattern, opener in ((REPORTING_RE, ">"), (CAUSING_RE, "^")):
        for found in pattern.finditer(view.text):
            if _is_verb(view, found.start(), found.end()):
                cuts.append((found.end(), found.end(), opener))
    cuts.sort()
    phrases = phrases_of(view)
    clauses = []
    ends = [start for start, _, _ in cuts[1:]] + [len(view.text)]
    said = False
    for (_, start, opener), end in zip(cuts, ends, strict=True):
        if start >= end:
            said = said or opener == ">"
            continue
        if said and opener in ("，", "："):  # 他表示，…
            opener = ">"
        said = False
        first = bisect_left(phrases, start, key=lambda phrase: phrase.start)
        last = bisect_left(phrases, end, key=lambda phrase: phrase.start)
        clauses.append(Clause(start=start, end=end, opener=opener, phrases=phrases[first:last]))
    return tuple(clauses)


def phrases_of(view: View) -> tuple[Phrase, ...]:
    """The noun phrases of a view: runs of names and nouns, with their modifiers before them."""
    classes = list(view.classes)
    for pattern in (YEAR_ON_YEAR_RE, QUARTER_ON_QUARTER_RE, LISTING_RE, _ADVERBS):
        for found in pattern.finditer(view.text):
            _clear(classes, found.start(), found.end())
    for found in RELATIVE_RE.finditer(view.text):  # 跑|赢纳指
        _clear(classes, found.start(), found.end())
    for found in DIRECTION_RE.finditer(view.text):
        if _governs_a_number(view, found.end()):
            _clear(classes, found.start(), found.end())
    for found in REPORTING_RE.finditer(view.text):
        if _is_verb(view, found.start(), found.end()):
            _clear(classes, found.start(), found.end())
    letters = "".join(classes)
    found_phrases = []
    for run in re.finditer(f"[{NOMINAL}{MODIFIER}{MENTION}]*[{NOMINAL}{MENTION}]", letters):
        found_phrases.append(Phrase(run.start(), run.end(), _role(view, run.start(), run.end())))
    return tuple(found_phrases)


def _clear(classes: list[str], start: int, end: int) -> None:
    for index in range(start, end):
        if classes[index] in (NOMINAL, MODIFIER):
            classes[index] = "X"


def _governs_a_number(view: View, end: int) -> bool:
    """Whether a number follows at *end*, at most light words between."""
    following = view.classes.find(QUANTITY, end, end + 6)
    return following >= 0 and bool(_AFTER_VERB.fullmatch(view.text[end:following]))


def _is_verb(view: View, start: int, end: int) -> bool:
    """Whether the word at *start* is a verb with a clause after it, not part of a noun phrase."""
    if MENTION in view.classes[start:end] or end >= len(view.text):
        return False
    following = view.text[end]
    if following in "的值目由为中则" or _MULTIPLE.match(view.text, end):
        return False
    if _OF_COUNTED.match(view.text, end):
        return False  # 公布业绩的12家公司
    before = view.text[max(0, start - 6) : start]
    if _MEETING.search(before):
        return False  # 营收不及预期
    if MEASURE_END_RE.search(before) or AUTONOMOUS_END_RE.search(before):
        return False  # 资本支出预计为…: the measure is foreseen, nobody speaks
    letters = view.classes[start:end]
    before = view.classes[start - 1] if start else ""
    nominal = letters == NOMINAL * len(letters)
    if nominal and before == MENTION and following in "，：称说":
        return True  # 隆基绿能公告，…
    return not (nominal and before in (NOMINAL, MENTION))


def _role(view: View, start: int, end: int) -> Role:
    """What the words around a phrase make of it."""
    if view.text[start - 1 : start] == "某" or view.text[start] == "某":
        return "aside"  # 某北美客户: nobody in particular
    if view.text[start - 1 : start] in "与跟同和" and _MUTUAL.match(view.text, end):
        return "aside"
    before = _TRANSPARENT.sub("", view.text[max(0, start - 12) : start])
    before_periods = start
    while before_periods and view.classes[before_periods - 1] == PERIOD:
        before_periods -= 1
    if before_periods < start:
        before = view.text[max(0, before_periods - 12) : before_periods]
    if _COMPARED_OWNER.search(before):
        return "compared"  # 比居次席的小鹏汽车多交付
    if before.endswith("的"):
        return "main"
    if _OBJECT_MARKERS.search(before):
        return "object"
    if re.search(f"(?:{COMPARING_RE.pattern})$", before):
        return "compared"
    if _PREPOSITIONS.search(before) or before.endswith("占"):
        return "aside"
    return "main"
