"""Which way words point: more or less, gain or loss, in or out; of a claim and of a figure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from qa.answering.text import fold
from qa.answering.view import Fact

Family: TypeAlias = Literal["more", "earn", "flow"]

# Nouns that are made of such words, and point nowhere themselves.
_NOUNS: Final = re.compile(
    r"[涨跌降增升减]幅|涨跌|增速|增长率|增长点|涨停|跌停|增持计划|高盛|上涨(?:家数|个股|股票)|下跌(?:家数|个股|股票)"
    r"|增值|减值|减产|增产|加速器|提供|提示|提出|提到|提醒|提前|减持|增持|降准|降息|加息|多数|多家|多个|多只|多种|多项"
    r"|最[高低大小多少]|上市|上调[前后]|多单|空单|多头|高端|高带宽|高层|低价|高管|高级|高分子|新高|新低|高达|至多|至少|不少|多少"
)
_WORDS: Final[dict[Family, tuple[str, str, str]]] = {
    "more": (
        r"上涨|大涨|暴涨|飙升|劲升|攀升|跳升|走高|走强|走阔|上升|提升|抬升|回升|上行|上调|上修|增长|增加|增至|增多|净增|大增|激增|提高|调高|扩大|扩张"
        r"|升值|放量|高开|收高|反弹|翻番|翻了?一番|新增|多增|升至|升到|涨至|涨到|高于|高出|高过|超过|超出|超预期|大于|多于|多出|好于|优于|强于|快于|跑赢|领先|胜过"
        r"|更[多高大快强好]|[多高大快强][了过]|[多高大](?=[约近逾]?\d)|(?:[比较][^，,]{1,12})[多高大快强](?=$|[，,。])|转正|[涨升增]了?|正增长|突破|逾|扩容|加快|改善",
        r"下跌|大跌|暴跌|重挫|走低|走弱|下降|下滑|滑落|下行|下调|下修|回落|回调|减少|缩减|减至|净减|锐减|降低|调低|缩小|收窄|收缩|萎缩|缩水|缩量|贬值"
        r"|低开|收低|负增长|转跌|转负|降至|降到|跌至|跌到|缩至|低于|不及|不如|未达|没达到|未达到|没到|小于|少于|差于|弱于|逊于|慢于|跑输|落后|输给"
        r"|更[少低小慢弱差]|[少低小慢弱差][了过]|[少低小](?=[约近逾]?\d)|(?:[比较][^，,]{1,12})[少低小慢弱](?=$|[，,。])|[跌降减缩]了?|放缓|恶化|不到|不足",
        r"持平|不变|维持在|相同|一致|企稳",
    ),
    "earn": (r"盈利|净赚|赚|扭亏|转盈|净利润?为", r"净亏损?|亏损|亏了|亏|由盈转亏", r"盈亏平衡"),
    "flow": (
        r"净流入|流入|净买入|净申购|获申购|买入|净投放|增持",
        r"净流出|流出|净卖出|净赎回|遭赎回|卖出|净回笼|减持",
        r"收支平衡",
    ),
}
_READ: Final = {
    family: re.compile(f"(?P<up>{up})|(?P<down>{down})|(?P<flat>{flat})")
    for family, (up, down, flat) in _WORDS.items()
}
_NOT: Final = re.compile(r"(?:没有|没|未能?|并不|并未|尚未|不会?|不再|否认|无意|停止|止)$")
_TURNED: Final = re.compile(r"不[降减跌]反|不[升增涨]反|止[跌升]|由(?:[涨升增]转|[跌降减]转)")
_SIGNED: Final = frozenset(
    {
        "price_change",
        "growth_yoy",
        "growth_qoq",
        "rate_change",
        "relative_return",
        "price_adjustment",
    }
)


@dataclass(frozen=True, slots=True)
class Stance:
    """A direction, 1 up, -1 down or 0 neither; *denied* by a word before it."""

    sign: Literal[-1, 0, 1]
    denied: bool = False

    def against(self, other: Stance) -> bool:
        """Whether both cannot hold of one thing."""
        if self.sign == other.sign:
            return self.denied != other.denied
        return not (self.denied or other.denied)


def stances(text: str, *, at: int | None = None) -> dict[Family, Stance]:
    """What folded *text* says of each family: nearest before *at*, else after it; or last."""
    plain = _NOUNS.sub(lambda m: "·" * len(m[0]), text)
    found: dict[Family, Stance] = {}
    for family, pattern in _READ.items():
        words = list(pattern.finditer(plain))
        if not words:
            continue
        if at is None:
            chosen = words[-1]
        else:
            before = [w for w in words if w.start() < at]
            chosen = before[-1] if before else words[0]
        sign: Literal[-1, 0, 1] = 1 if chosen["up"] else -1 if chosen["down"] else 0
        lead = plain[: chosen.start()]
        found[family] = Stance(sign, bool(_NOT.search(lead)) and not _TURNED.search(lead[-3:]))
    return found


def stances_of(fact: Fact) -> dict[Family, Stance]:
    """Which way a figure points, by its sign and by the words of its clause."""
    figure, clause = fact.figure, fact.near.split("|")[0]
    told = stances(clause, at=clause.find(fold(figure.text)))
    sign: Literal[-1, 0, 1] = 1 if fact.size > 0 else -1
    known = fact.size != 0
    if known and (figure.metric in _SIGNED or sign < 0):
        told["more"] = Stance(sign)
    if figure.metric == "flow" and known:
        told["flow"] = Stance(sign)
    if figure.metric == "profit" and known:
        told["earn"] = Stance(sign)
    return told


def contrary(claim: dict[Family, Stance], told: dict[Family, Stance]) -> bool:
    """Whether what is *told* points the other way than the *claim* in a family of both."""
    return any(claim[family].against(told[family]) for family in claim.keys() & told.keys())
