"""Subjects that a construction gives: counted nouns, lengths of time, stocks, parts of a sum."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ingest.attribution.cues import (
    MEASURE_END_RE,
    OWNING_END_RE,
)
from ingest.attribution.frames import LENGTHS, Frame
from ingest.attribution.measures import is_measure
from ingest.attribution.names import STRONG, WEAK, Name
from ingest.attribution.naming import Namer
from ingest.attribution.nouns import (
    BARE_NOUNS,
    QUALIFIERS_RE,
    SUFFIXED_MEASURE_RE,
)
from ingest.attribution.openings import STARTING, plain
from ingest.attribution.phrases import Clause
from ingest.attribution.times import measured_by
from ingest.attribution.view import MENTION, NOMINAL, View

_AMONG = re.compile("在[^，。]{0,12}的")  # 在当日披露业绩的|18家公司中
_LONGEST_CLASS = 12
_DEVOTED = re.compile("(?:将|已|拟)?(?:投向|用于|投入)")
_OF_WHOLE = re.compile(
    "(?:其中|另|另有|余下|其余|剩余|(?:募资|募集资金|资金|所募资金|投资|支出|开支)中)?的?[，]?"
)
_ADDRESSED = re.compile("(?:点名|约谈|处罚|警示|通报|调查|制裁|起诉|邀请|召集)了?$|[将把]$")
SUMMED = re.compile("合计|共计|总计|一共")
_SUM = re.compile(f"(?:[两二三四五六]?[者家项])?(?:{SUMMED.pattern})")
_HELD = re.compile("持有[^，。]{0,14}$|持股(?:比例)?[^，。]{0,6}$")
_HOLDERS = re.compile("(?:以上|以下)?的([\u3400-\u9fff]{0,4}?(?:债权人|股东|持有人|投资者))")
_DEALS = re.compile(
    "(?!.*[遭获被受将]净)([\u3400-\u9fff]{0,6}?(?:投资者|散户|资金|外资|机构|融资客))"
    "(?:[当全本上]?[日周月天]|累计|合计|再度|继续|转为)*净(?:买入|卖出|增持|减持|抛售|申购|赎回)"
)
_SHARE_OF = re.compile("(?!占)([\u3400-\u9fff]{2,8})的(?:占比|比重|份额|市占率)")  # 外国人的占比由
_IN_WHOLE = re.compile(  # 股票和基金在保险资金运用余额中的占比
    "(?!占)([\u3400-\u9fff]{2,8})在[^，。]{2,16}中的?(?:占比|比重|份额|权重)"
)
_PART = re.compile("^占[^，。]{1,12}?(?:的?(?:比重|比例|份额|占比)|的)")


def counted(view: View, clause: Clause, frame: Frame, namer: Namer) -> Name | None:
    """The noun that a count at the head of its clause counts: 三名委员投下反对票."""
    quantity = frame.quantity
    if quantity.record.unit != "count" or frame.part != "level":
        return None
    before = re.sub(r"[^，]*?(?:有|共有|包括|中|全市场|两市|两市合计)$", "", frame.before)
    if _AMONG.fullmatch(before):
        before = ""
    if re.search("[向对]$", frame.before):  # 向35名特定对象增发
        before = ""
    places = [m for m in view.within(quantity.start - len(before), quantity.start)]
    first = namer.by_mention(places[0].record) if places else None
    if first is not None and first.type == "place":
        located = re.compile(f"[{NOMINAL}{MENTION}]{{0,8}}").match(view.classes, places[0].start)
        end = located.end() if located else places[0].end
        before = view.text[quantity.start - len(before) : places[0].start]
        before += view.text[min(end, quantity.start) : quantity.start]
    if STARTING.sub("", before).strip() and not _ADDRESSED.search(before):
        return None
    noun = next((p for p in clause.phrases if p.start == quantity.end), None)
    if noun is None or quantity.record.text[-1:].isdigit():
        return None
    words = view.text[noun.start : noun.end]
    for left, right in pairwise(p for p in clause.phrases if p.start >= noun.start):
        if view.text[left.end : right.start] not in ("和", "与", "及"):
            break
        words = view.text[noun.start : right.end]  # 18家光模块及消费电子公司
    if is_measure(words):
        return None  # 9家|净利润增长
    return namer.by_words(words) if 2 <= len(words) <= _LONGEST_CLASS else None


def lasting(view: View, clause: Clause, frame: Frame, namer: Namer) -> Name | None:
    """What a length of time is an attribute of: 为期两天的议息会议."""
    if frame.quantity.record.unit not in LENGTHS or not frame.after.startswith("的"):
        return None
    start = frame.quantity.end + 1
    for period in view.periods:
        if period.start == start and measured_by(view, period):
            return namer.by_words(period.record.text)  # 7月1日至8月31日、为期62天的暑运
    for phrase in clause.phrases:
        if phrase.start == start:
            words = view.text[phrase.start : phrase.end]
            name = namer.of_phrase(view, phrase)
            if name is not None and name.strength < WEAK:
                return None  # 四个月的用量 is of whatever is used
            if name is None or name.strength == WEAK:
                return namer.by_words(words) if len(words) >= 3 else None
            return name
    return None


def stock_of(view: View, clause: Clause, frame: Frame, namer: Namer) -> Name | None:
    """The stock of goods that lasts so long: 渠道库存仅够用三周."""
    if frame.quantity.record.unit not in LENGTHS:
        return None
    for phrase in reversed(clause.phrases):
        words = view.written(phrase.start, phrase.end)
        if phrase.end <= frame.quantity.start and words.endswith("库存") and len(words) > 2:
            return namer.by_words(words)
    return None


def devoted(view: View, clause: Clause, frame: Frame, namer: Namer) -> Name | None:
    """What a part of a sum goes to: 其中逾六成投向海外基地建设."""
    found = _DEVOTED.match(view.text, frame.quantity.end)
    if found is None or not _OF_WHOLE.fullmatch(frame.lead_in):
        return None
    behind = [p for p in clause.phrases if p.start >= found.end()]
    if not behind or behind[0].start > found.end():
        return None
    end = behind[0].end
    for left, right in pairwise(behind):
        if view.text[left.end : right.start] not in ("与", "和", "及", "、"):
            break
        end = right.end
    return namer.by_words(view.written(behind[0].start, end))


def together(view: View, clause: Clause, frame: Frame) -> Name | None:
    """Both of two that were named and are taken together: 两家合计占."""
    if not SUMMED.search(frame.lead_in):
        return None
    for plural in reversed(view.plurals):
        inside = clause.start <= plural.start and plural.end <= frame.quantity.start
        bare = view.text[plural.start : plural.end] in ("两家", "两者", "二者")
        if inside and bare and len(plural.record.names) == 2:
            return Name("和".join(plural.record.names), None, STRONG)
    return None


def summed(view: View, frames: Sequence[Frame], parts: Sequence[Name], namer: Namer) -> Name | None:
    """What the last of *frames* sums up, of *parts* that were told before it.

    The firm whose they are (IBM：软件和咨询业务收入分别为A和B，合计C), or both of two firms.
    """
    texts = list(dict.fromkeys(name.text for name in parts))
    if len(texts) < 2 or not _SUM.match(frames[-1].lead_in):
        return None
    named = (namer.by_mention(m.record) for m in view.within(0, frames[0].quantity.start))
    firms = [n for n in named if n is not None and n.type == "company" and n.text not in texts]
    if firms:
        return firms[-1]
    both = len(texts) == 2 and all(name.type == "company" for name in parts)
    return Name("和".join(texts), None, STRONG) if both else None


def holder(view: View, frame: Frame, namer: Namer) -> Name | None:
    """Those who hold the share: 持有其境外债务本金81.6%的债权人."""
    if frame.quantity.record.unit != "percent" or not _HELD.search(frame.lead_in):
        return None
    found = _HOLDERS.match(view.text, frame.quantity.end)
    return namer.by_words(found[1]) if found else None


def dealer(view: View, clause: Clause, frame: Frame, namer: Namer) -> Name | None:
    """The class of investors that deals, unless it deals in one firm: 海外投资者净卖出国债."""
    words = plain(view, clause.start, frame.quantity.start)
    found = _DEALS.match(STARTING.sub("", words, count=1))
    if found is None:
        return None
    dealt = [namer.by_mention(m.record) for m in view.within(clause.start, frame.quantity.start)]
    if any(name is not None and name.type == "company" for name in dealt):
        return None
    return namer.by_words(found.group(1))


def part_of_whole(view: View, clause: Clause, frame: Frame, namer: Namer) -> Name | None:
    """The part where a measure is a part of another: 非利息收入占总收入的比重升至36.5%."""
    if (told := _SHARE_OF.match(STARTING.sub("", frame.lead_in, count=1))) is not None:
        if not view.within(clause.start, frame.quantity.start) and told[1] not in BARE_NOUNS:
            return namer.by_words(told[1])
    if within := _IN_WHOLE.match(STARTING.sub("", frame.lead_in, count=1)):
        return namer.by_words(within[1])
    head = view.text.find("占", clause.start, frame.quantity.start)
    if head < 0 or not _PART.search(view.text[head:], 0, frame.quantity.start - head):
        return None
    for phrase in clause.phrases:
        words = view.text[phrase.start : phrase.end]
        led = STARTING.fullmatch(plain(view, clause.start, phrase.start))
        if phrase.end == head and led and not view.within(phrase.start, phrase.end):
            measured = MEASURE_END_RE.search(words) or SUFFIXED_MEASURE_RE.search(words)
            if OWNING_END_RE.search(words) and words not in BARE_NOUNS:
                return namer.by_words(words)  # 未盈利公司占罗素2000指数成分股的
            if measured and QUALIFIERS_RE.sub("", words[: measured.start()], count=1):
                return namer.by_words(words)
    return None
