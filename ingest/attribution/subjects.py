"""Which name a quantity is about, within its clause."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.attribution.constructions import (
    SUMMED,
    counted,
    dealer,
    devoted,
    holder,
    lasting,
    part_of_whole,
    stock_of,
    together,
)
from ingest.attribution.cues import (
    DIRECTION_RE,
    LEVEL_VERBS,
    MEASURE_RE,
    alternation,
)
from ingest.attribution.frames import Frame
from ingest.attribution.names import COMPOUND, GENERIC, GOODS, WEAK, Name, sold_by
from ingest.attribution.naming import Namer
from ingest.attribution.nouns import (
    BUSINESS_RE,
    GOODS_END_RE,
    OF_MAKING_RE,
    PARTY_END_RE,
    TRADED_RE,
)
from ingest.attribution.openings import (
    STARTING,
    opening_class,
    opening_party,
    opening_whole,
    plain,
)
from ingest.attribution.phrases import Clause, Phrase
from ingest.attribution.view import QUANTITY, View

_TRANSITIVE = re.compile(
    alternation(
        """
收购 投资 贡献 供应 出售 增持 减持 买入 卖出 持有 入股 注资 获得 占 推出 销售 交付 生产 售出
购买 采购 回购 投入 净买入 开工 建设 向 售出 拿下 签署 签订 产出 挖出 开采
        """
    )
)
_SOLD = re.compile(f"[^，。的]{{0,6}}?(?:实现|贡献|录得|{MEASURE_RE.pattern})")
_VIEWED = re.compile("的?(?:预测|预期|目标|指引|预估)")
_FORECAST_OF = re.compile("(?:预测|预估)值?$")  # 折叠屏手机出货预测; a 目标 is the speaker's own
_SELLS = re.compile(
    "(?:销售|交付|生产|产出|售出|卖出|出货|发货|出口|装车|开采|运送|发送|承运|接待|输送)了?$"
)
_ODDS = re.compile("的(?:概率|可能性|几率|胜率)")
_FUNDS = re.compile("资金$|席位$")
_GOVERNED = (
    f"(?:{DIRECTION_RE.pattern}|{MEASURE_RE.pattern}|{alternation(LEVEL_VERBS)})[^，。的]{{0,6}}$"
)
_PREDICATE = re.compile(f"[^，。的]{{0,3}}(?:{_GOVERNED}|实现$|获得?$|遭到?$)")
_OF_PREDICATE = re.compile(  # 314Ah电芯的交货周期已拉长至, 颗粒的均价由周一的
    f"的(?:[^，。的]{{2,8}}?{_GOVERNED}|[^，。的]{{0,4}}(?:{MEASURE_RE.pattern})[由从]的?$)"
)


def subject_in(
    view: View, clause: Clause, frame: Frame, namer: Namer, *, has_topic: bool
) -> Name | None:
    """The subject that the clause itself gives the quantity; none if it is left out.

    *has_topic* tells that a subject is in force from an earlier clause, which
    then wins over a measure without a modifier of its own.
    """
    quantity = frame.quantity
    if frame.part == "baseline":
        compared = [p for p in clause.phrases if p.role == "compared" and p.end <= quantity.start]
        if compared:
            name = namer.of_phrase(view, compared[-1])
            return name if name is not None and name.strength >= GOODS else None
    if found := counted(view, clause, frame, namer):
        return found
    if part := part_of_whole(view, clause, frame, namer):
        return part
    if found := lasting(view, clause, frame, namer):
        return found
    if found := stock_of(view, clause, frame, namer):
        return found
    if found := devoted(view, clause, frame, namer) or dealer(view, clause, frame, namer):
        return found
    if found := together(view, clause, frame) or holder(view, frame, namer):
        return found
    if found := opening_whole(view, clause, frame, namer):
        return found
    before = [p for p in clause.phrases if p.end <= quantity.start and p.role in ("main", "object")]
    named = _heads(view, [(p, name) for p in before if (name := namer.of_phrase(view, p))])
    named = _without_sold(view, frame, named, has_topic=has_topic)
    if named and _ODDS.search(frame.before) and named[0][1].strength >= WEAK:
        return named[0][1]  # 民主党夺回众议院的概率
    if named:
        chosen = _choose(view, clause, named)
        chosen = _with_coordinate(view, clause, chosen, namer)
        if chosen.strength > WEAK or (not has_topic and chosen.strength == WEAK):
            return chosen
        if (longer := opening_class(view, clause, frame, namer)) is not None:
            return longer
        phrase = next((p for p, name in reversed(named) if name == chosen), named[-1][0])
        opens = chosen.strength == WEAK and _opens(view, clause, frame, phrase)
        handled = phrase.role == "object" and chosen.strength == WEAK  # 把全年新股募资额…上调至
        if chosen.entity is not None or opens or handled:
            return chosen
    opening = opening_party(view, clause, frame, namer)
    return opening or opening_class(view, clause, frame, namer)


def _without_sold(
    view: View, frame: Frame, named: Sequence[tuple[Phrase, Name]], *, has_topic: bool
) -> list[tuple[Phrase, Name]]:
    """*named* without the goods that somebody else sells or makes: 销售新能源汽车45.8万辆."""
    if frame.is_sum:
        return list(named)
    kept = [
        (phrase, name)
        for phrase, name in named
        if not (
            phrase.end == frame.quantity.start
            and _SELLS.search(view.text, max(0, phrase.start - 4), phrase.start)
        )
    ]
    return kept if kept or has_topic else list(named)


def _opens(view: View, clause: Clause, frame: Frame, phrase: Phrase) -> bool:
    """Whether *phrase* opens its clause and the predicate of the quantity follows at once."""
    if phrase.end - phrase.start < 2:
        return False
    opened = STARTING.fullmatch(plain(view, clause.start, phrase.start))
    rest = plain(view, phrase.end, frame.quantity.start)
    predicate = _PREDICATE.match(rest) or _OF_PREDICATE.match(rest)
    return opened is not None and predicate is not None


def bare_measure(view: View, clause: Clause, frame: Frame, namer: Namer) -> Name | None:
    """The measure itself, where nothing says what it is a measure of."""
    before = [p for p in clause.phrases if p.end <= frame.quantity.start and p.role == "main"]
    names = [name for p in before if (name := namer.of_phrase(view, p))]
    return names[-1] if names else None


def _with_coordinate(view: View, clause: Clause, name: Name, namer: Namer) -> Name:
    """Both parties of 特斯拉和比亚迪合计…, of which one figure is told."""
    for left, right in pairwise(clause.phrases):
        joined = view.text[left.end : right.start] in ("和", "与", "及", "或")
        last = namer.of_phrase(view, right)
        first = namer.of_phrase(view, left) if joined and left.role == "main" else None
        if first and last == name and first.entity and name.entity and _together(view, clause):
            return Name(f"{first.text}和{name.text}", None, name.strength)
        if joined and last == name and last.strength < COMPOUND and left.role == "main":
            words = view.text[left.start : right.end]
            stem = words.rfind(name.text)
            both = namer.by_words(words[: stem + len(name.text)] if stem >= 0 else words)
            return both if both.entity else replace(both, strength=name.strength)
    return name


def _together(view: View, clause: Clause) -> bool:
    return SUMMED.search(view.text, clause.start, clause.end) is not None


def _heads(view: View, named: Sequence[tuple[Phrase, Name]]) -> list[tuple[Phrase, Name]]:
    """*named* without what modifies another name: GDP in 计算GDP的控制组销售额."""
    kept = []
    for index, (phrase, name) in enumerate(named):
        follows = named[index + 1] if index + 1 < len(named) else None
        modifies = (
            follows is not None
            and view.text[phrase.end : follows[0].start] == "的"
            and follows[1].strength >= COMPOUND
        )
        if not modifies:
            kept.append((phrase, name))
    return kept


def topic_of(view: View, clause: Clause, namer: Namer) -> Name | None:
    """The grammatical subject of a clause that holds no figure."""
    for phrase in clause.phrases:
        if phrase.role not in ("main", "object"):
            continue
        name = namer.of_phrase(view, phrase)
        if name is None or name.strength < GENERIC:
            continue
        if name.type == "person":
            return None
        if view.text[phrase.end : phrase.end + 1] == "的" and _names_head(
            view, clause, phrase, namer
        ):
            continue
        before = plain(view, clause.start, phrase.start)
        if STARTING.fullmatch(before) or before.endswith(("是", "为", "的")):
            return name
        return None
    return None


def _names_head(view: View, clause: Clause, phrase: Phrase, namer: Namer) -> bool:
    """Whether what *phrase* modifies by 的 has a name itself."""
    for head in clause.phrases:
        if head.start == phrase.end + 1:
            name = namer.of_phrase(view, head)
            return name is not None and name.strength >= GOODS
    return False


def _choose(view: View, clause: Clause, named: Sequence[tuple[Phrase, Name]]) -> Name:
    """The best of the named phrases of one clause, which are in order."""
    objects = [
        (p, n)
        for p, n in named
        if p.role == "object"
        and (n.strength >= COMPOUND or (n.strength >= WEAK and _is_viewed(view, p)))
    ]
    if objects:
        return objects[-1][1]
    for (left, maker), (right, _) in pairwise(named):
        made = OF_MAKING_RE.search(view.text[right.start : right.end])
        if made and PARTY_END_RE.search(maker.text) and _adjoining(view, left, right):
            return maker  # 钢厂日均铁水产量
        trades = TRADED_RE.fullmatch(view.text, left.end, right.start)
        if trades and maker.type == "place" and view.classes[right.end : right.end + 1] == QUANTITY:
            return maker  # 印度进口棕榈油61.2万吨
    strong = [(p, n) for p, n in named if n.strength >= GOODS]
    if strong:
        first, last = strong[0], strong[-1]
        if _FUNDS.search(first[1].text) and last[1].type == "company":
            return last[1]  # 主力资金净流出立讯精密
        if first is not last and _TRANSITIVE.search(view.text[first[0].end : last[0].start]):
            return first[1]
        if (
            first[1].type == "company"
            and first is not last
            and _adjoining(view, first[0], last[0])
            and sold_by(last[1], _behind_name(view, last[0]))
        ):
            return first[1]
        after = [(p, n) for p, n in named if p.start > last[0].start]
        if last[1].type == "company" and (line := _line_of(view, last[0], after)):
            return line
        if (
            after
            and after[-1][1].strength == COMPOUND
            and not _adjoining(view, last[0], after[-1][0])
        ):
            if view.text[last[0].end : after[-1][0].start] in ("与", "和"):
                return after[-1][1]
            if last[1].type in ("institution", "person", "place") and not _owns(
                view, last[0], after[-1][0]
            ):
                return after[-1][1]
        return last[1]
    best = max(name.strength for _, name in named)
    return [name for _, name in named if name.strength == best][-1]


def _is_viewed(view: View, phrase: Phrase) -> bool:
    """Whether a forecast of what *phrase* names is told: 将面板出货预测由A下调至B."""
    told = _VIEWED.match(view.text, phrase.end) or _FORECAST_OF.search(
        view.text, phrase.start, phrase.end
    )
    return told is not None


def _line_of(view: View, owner: Phrase, after: Sequence[tuple[Phrase, Name]]) -> Name | None:
    """The goods or business that a firm owns by 的: 恒瑞的创新药实现收入."""
    if not after or not _owns(view, owner, after[0][0]) or after[0][1].strength != GENERIC:
        return None
    name = after[0][1]
    held = GOODS_END_RE.search(name.text) or BUSINESS_RE.fullmatch(name.text)
    return name if held and _SOLD.match(view.text, after[0][0].end) else None


def _behind_name(view: View, phrase: Phrase) -> str:
    """The words of a phrase behind the last name that it holds."""
    mentions = view.within(phrase.start, phrase.end)
    return view.text[mentions[-1].end if mentions else phrase.start : phrase.end]


def _adjoining(view: View, left: Phrase, right: Phrase) -> bool:
    """Whether nothing but a period and light words stands between two phrases."""
    between = plain(view, left.end, right.start)
    return not between or re.fullmatch(r"的|在|于|已|今年|全年|去年|[日月]均", between) is not None


def _owns(view: View, left: Phrase, right: Phrase) -> bool:
    return view.text[left.end : right.start] == "的"
