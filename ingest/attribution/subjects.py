"""Which name a quantity is about, within its clause."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.attribution.cues import (
    DIRECTION_RE,
    LEVEL_VERBS,
    MEASURE_END_RE,
    MEASURE_RE,
    OWNING_END_RE,
    alternation,
)
from ingest.attribution.frames import LENGTHS, Frame
from ingest.attribution.names import COMPOUND, GENERIC, GOODS, WEAK, Name, sold_by
from ingest.attribution.naming import Namer
from ingest.attribution.nouns import (
    BARE_NOUNS,
    BUSINESS_RE,
    GOODS_END_RE,
    MARKET_RE,
    OF_MAKING_RE,
    PARTY_END_RE,
    QUALIFIERS_RE,
    TRAILING_RE,
)
from ingest.attribution.phrases import Clause, Phrase
from ingest.attribution.view import MENTION, NOMINAL, PERIOD, View

_TRANSITIVE = re.compile(
    alternation(
        """
收购 投资 贡献 供应 出售 增持 减持 买入 卖出 持有 入股 注资 获得 占 推出 销售 交付 生产 售出
购买 采购 回购 投入 净买入 开工 建设 向 售出 拿下 签署 签订 产出 挖出 开采
        """
    )
)
_STARTING = re.compile(
    r"(?:其中|同时|此外|另外|而|但|且|并|另据|分别|不过|与此同时|相比之下|相反|随后|当日|同期|整个|以及|和|与|就连|即便|其次是|尤其是|包括|首先是|来自|旗下|[，、；：])*"
)
_DEVOTED = re.compile("(?:将|已|拟)?(?:投向|用于|投入)")
_OF_WHOLE = re.compile(
    "(?:其中|另|另有|余下|其余|剩余|(?:募资|募集资金|资金|所募资金|投资|支出|开支)中)?的?[，]?"
)
_RATE_SETTING = re.compile("降息|加息|降准|缩表|扩表")
_CENTRAL_BANK = re.compile(
    "(?:央行|美联储|人民银行|日本银行|英格兰银行|金管局|中央银行|国家银行|储备银行)$"
)
_PARTY = re.compile(
    r"((?:(?!公司|该|其|本|各)[^，。；的在将把对从由]){2,14}?(?:客户|企业|用户|家庭|居民|厂商))(?=面临|需|则|将|因|获|的|支付|仍?有|达|"
    + MEASURE_RE.pattern
    + ")"
)
_OPENING = re.compile(
    r"(?!该|此|这|那|本|其|占|持|净|尽管|虽|如|若|每|各|已|将|仍|全)"
    rf"(?P<who>[^，。；：的在将把对从由比较]{{2,10}}?)(?:分别|合计|共计?|一共|[则也均已仅约])*"
    rf"(?:实现|贡献|录得|售出|卖出|占|{MEASURE_RE.pattern}|\\d|$)"
)
_CLASS_END = re.compile("[险药单]$|[A-Za-z]$")
_ADDRESSED = re.compile("(?:点名|约谈|处罚|警示|通报|调查|制裁|起诉|邀请|召集)了?$")
_SOLD = re.compile(f"[^，。的]{{0,6}}?(?:实现|贡献|录得|{MEASURE_RE.pattern})")
_ODDS = re.compile("的(?:概率|可能性|几率|胜率)")
_PART = re.compile("^占[^，。]{1,12}?(?:的?(?:比重|比例|份额|占比)|的)")
_SUMMED = re.compile("合计|共计|总计")
_FUNDS = re.compile("资金$|席位$")
_GOVERNED = (
    f"(?:{DIRECTION_RE.pattern}|{MEASURE_RE.pattern}|{alternation(LEVEL_VERBS)})[^，。的]{{0,6}}$"
)
_PREDICATE = re.compile(f"[^，。的]{{0,3}}(?:{_GOVERNED}|实现$)")
_OF_PREDICATE = re.compile(f"的[^，。的]{{2,8}}?{_GOVERNED}")  # 314Ah电芯的交货周期已拉长至


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
    if counted := _counted(view, clause, frame, namer):
        return counted
    if part := _part_of_whole(view, clause, frame, namer):
        return part
    if lasting := _lasting(view, clause, frame, namer):
        return lasting
    if stock := _stock(view, clause, frame, namer):
        return stock
    if devoted := _devoted(view, clause, frame, namer):
        return devoted
    before = [p for p in clause.phrases if p.end <= quantity.start and p.role in ("main", "object")]
    named = _heads(view, [(p, name) for p in before if (name := namer.of_phrase(view, p))])
    if named and _ODDS.search(frame.before) and named[0][1].strength >= WEAK:
        return named[0][1]  # 民主党夺回众议院的概率
    if named:
        chosen = _choose(view, clause, named)
        chosen = _with_coordinate(view, clause, chosen, namer)
        if chosen.strength > WEAK or (not has_topic and chosen.strength == WEAK):
            return chosen
        if (longer := _opening_class(view, clause, frame, namer)) is not None:
            return longer
        phrase = next((p for p, name in reversed(named) if name == chosen), named[-1][0])
        opens = chosen.strength == WEAK and _opens(view, clause, frame, phrase)
        handled = phrase.role == "object" and chosen.strength == WEAK  # 把全年新股募资额…上调至
        if chosen.entity is not None or opens or handled:
            return chosen
    opening = _opening_party(view, clause, frame, namer)
    return opening or _opening_class(view, clause, frame, namer)


def _opens(view: View, clause: Clause, frame: Frame, phrase: Phrase) -> bool:
    """Whether *phrase* opens its clause and the predicate of the quantity follows at once."""
    if phrase.end - phrase.start < 2:
        return False
    opened = _STARTING.fullmatch(_plain(view, clause.start, phrase.start))
    rest = _plain(view, phrase.end, frame.quantity.start)
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
    return _SUMMED.search(view.text, clause.start, clause.end) is not None


def _opening_party(view: View, clause: Clause, frame: Frame, namer: Namer) -> Name | None:
    """A party at the head of the clause whose words are no plain noun phrase: 高性能计算客户."""
    words = _plain(view, clause.start, frame.quantity.start)
    found = _PARTY.match(_STARTING.sub("", words, count=1))
    return namer.by_words(found.group(1)) if found else None


def _part_of_whole(view: View, clause: Clause, frame: Frame, namer: Namer) -> Name | None:
    """The part where a measure is a part of another: 非利息收入占总收入的比重升至36.5%."""
    head = view.text.find("占", clause.start, frame.quantity.start)
    if head < 0 or not _PART.search(view.text[head:], 0, frame.quantity.start - head):
        return None
    for phrase in clause.phrases:
        words = view.text[phrase.start : phrase.end]
        led = _STARTING.fullmatch(_plain(view, clause.start, phrase.start))
        if phrase.end == head and led and not view.within(phrase.start, phrase.end):
            measured = MEASURE_END_RE.search(words)
            if measured and QUALIFIERS_RE.sub("", words[: measured.start()], count=1):
                return namer.by_words(words)
    return None


def _opening_class(view: View, clause: Clause, frame: Frame, namer: Namer) -> Name | None:
    """A class of goods or parties at the head of the clause that the tagger cut: 仿制药, 人身险."""
    if view.within(clause.start, frame.quantity.start):
        return None
    words = _STARTING.sub("", _plain(view, clause.start, frame.quantity.start), count=1)
    found = _OPENING.match(words)
    if found is None:
        return None
    who = TRAILING_RE.sub("", found["who"])
    ends = OWNING_END_RE.search(who) or GOODS_END_RE.search(who) or _CLASS_END.search(who)
    plain = who in BARE_NOUNS or not QUALIFIERS_RE.sub("", who, count=1)
    if not ends or (plain and not MARKET_RE.fullmatch(who)):
        return None
    return namer.by_words(who)


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
        before = _plain(view, clause.start, phrase.start)
        if _STARTING.fullmatch(before) or before.endswith(("是", "为", "的")):
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


def _plain(view: View, start: int, end: int) -> str:
    return "".join(
        char
        for char, letter in zip(view.text[start:end], view.classes[start:end], strict=True)
        if letter != PERIOD
    )


def _choose(view: View, clause: Clause, named: Sequence[tuple[Phrase, Name]]) -> Name:
    """The best of the named phrases of one clause, which are in order."""
    objects = [(p, n) for p, n in named if p.role == "object" and n.strength >= COMPOUND]
    if objects:
        return objects[-1][1]
    for (left, maker), (right, _) in pairwise(named):
        made = OF_MAKING_RE.search(view.text[right.start : right.end])
        if made and PARTY_END_RE.search(maker.text) and _adjoining(view, left, right):
            return maker  # 钢厂日均铁水产量
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
    between = _plain(view, left.end, right.start)
    return not between or re.fullmatch(r"的|在|于|已|今年|全年|去年|[日月]均", between) is not None


def _owns(view: View, left: Phrase, right: Phrase) -> bool:
    return view.text[left.end : right.start] == "的"


def _counted(view: View, clause: Clause, frame: Frame, namer: Namer) -> Name | None:
    """The noun that a count at the head of its clause counts: 三名委员投下反对票."""
    quantity = frame.quantity
    if quantity.record.unit != "count" or frame.part != "level":
        return None
    before = re.sub(r"[^，]*?(?:有|共有|包括|中)$", "", frame.before)
    if re.search("[向对]$", frame.before):  # 向35名特定对象增发
        before = ""
    places = [m for m in view.within(quantity.start - len(before), quantity.start)]
    first = namer.by_mention(places[0].record) if places else None
    if first is not None and first.type == "place":
        located = re.compile(f"[{NOMINAL}{MENTION}]{{0,8}}").match(view.classes, places[0].start)
        end = located.end() if located else places[0].end
        before = view.text[quantity.start - len(before) : places[0].start]
        before += view.text[min(end, quantity.start) : quantity.start]
    if _STARTING.sub("", before).strip() and not _ADDRESSED.search(before):
        return None
    counted = next((p for p in clause.phrases if p.start == quantity.end), None)
    if counted is None or quantity.record.text[-1:].isdigit():
        return None
    words = view.text[counted.start : counted.end]
    return namer.by_words(words) if 2 <= len(words) <= 8 else None


def _lasting(view: View, clause: Clause, frame: Frame, namer: Namer) -> Name | None:
    """What a length of time is an attribute of: 为期两天的议息会议."""
    if frame.quantity.record.unit not in LENGTHS or not frame.after.startswith("的"):
        return None
    start = frame.quantity.end + 1
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


def _stock(view: View, clause: Clause, frame: Frame, namer: Namer) -> Name | None:
    """The stock of goods that lasts so long: 渠道库存仅够用三周."""
    if frame.quantity.record.unit not in LENGTHS:
        return None
    for phrase in reversed(clause.phrases):
        words = view.written(phrase.start, phrase.end)
        if phrase.end <= frame.quantity.start and words.endswith("库存") and len(words) > 2:
            return namer.by_words(words)
    return None


def _devoted(view: View, clause: Clause, frame: Frame, namer: Namer) -> Name | None:
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


def central_bank(view: View, position: int, namer: Namer) -> Name | None:
    """The central bank that the sentence names last before *position*."""
    for mention in reversed(view.mentions):
        if mention.end <= position:
            name = namer.by_mention(mention.record)
            if name is not None and is_central_bank(name):
                return name
    return None


def is_central_bank(name: Name) -> bool:
    """Whether *name* sets a policy rate."""
    return name.type == "institution" and bool(_CENTRAL_BANK.search(name.text))


def sets_a_rate(view: View, clause: Clause, frame: Frame) -> bool:
    """Whether the quantity says by how much or how often a central bank moves its rate."""
    behind = view.text[frame.quantity.end : clause.end]
    counted = re.match(r"次|的|幅度|[^，。的]{0,6}的", behind) or frame.quantity.record.noun == "次"
    return bool(
        _RATE_SETTING.search(frame.before[-10:])
        or (counted and _RATE_SETTING.search(behind[:20]))
        or (frame.quantity.record.noun == "次" and re.search("再?[降加]$", frame.before))
    )
