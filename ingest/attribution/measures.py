"""The measure that a quantity is a value of, and what it is compared with."""

from __future__ import annotations

import re

from ingest.attribution.cues import (
    COMPARING_RE,
    DIRECTION_RE,
    MEASURE_OF,
    MEASURE_RE,
    QUARTER_ON_QUARTER_RE,
    YEAR_ON_YEAR_RE,
    alternation,
    last_match,
)
from ingest.attribution.frames import Frame
from kg.records import Metric

# Words that hold a measure's name and are none: 投资者 is no 投资, 价值 no 价.
_NO_MEASURE = re.compile(
    alternation(
        """投资者 价值型 价格带 计价 标价 代价 等价物 现金等价 投资银行 投资组合 融资融券
        融资环境 资金面 贷款市场报价利率 销售费用 回购利率 逆回购利率 逆回购操作利率 自有资金
        流动资金 自筹资金 应收款 收益凭证"""
    )
    + "|(?<!新业务)(?<!内含)价值|(?<!现金)(?<!派发)(?<!分配)红利"
)
_ATTACHED = re.compile(r"^[^，。；、的]{0,8}")
_TENOR = re.compile(r"^\d+(?:年|天|个?月|日|周)期")
_SPENDING = frozenset("斥资 耗资 动用 投入 出资".split())  # on what is told behind the sum
_BESIDE = re.compile(r"^的?[^，。、；]{0,10}")
_OUTDONE = re.compile(r"(?:跑赢|跑输|领先|落后于?|优于|逊于)([^，]{2,16}?)(?:约|近|逾|超过?|达)?$")
_BASE = re.compile(
    r"((?:较|比|相较于?)[^，]*?)的?(?=[大小]幅|明显|继续|再|[下上增减提回高低多少扩收降升缩折涨跌])"
)


def beside(frame: Frame) -> str:
    """The noun right behind a quantity: 的温和涨幅 after 1.9%, 净利润 after 20亿元."""
    if frame.after.startswith("的"):
        found = _BESIDE.match(frame.after)
        return found.group() if found else ""
    found = _ATTACHED.match(frame.after)
    words = _TENOR.sub("", found.group() if found else "")
    first = MEASURE_RE.search(words)
    return words[: first.end()] if first and first.start() <= 2 else ""


def measure_of(frame: Frame) -> tuple[Metric | None, str | None]:
    """The class and the words of the measure nearest to a quantity, before it or right behind."""
    right = measure_in(beside(frame))
    left = measure_in(frame.before) or measure_in(frame.lead_in)
    spent = left is not None and left[1] in _SPENDING
    if spent and right is not None and right[1] == "买入":
        right = None  # 斥资8亿美元买入
    chosen = right or left if spent or frame.after.startswith("的") else left or right
    return chosen or (None, None)


def measure_in(words: str) -> tuple[Metric, str] | None:
    """The last measure that *words* name."""
    hidden = _NO_MEASURE.sub(lambda found: "＿" * len(found.group()), words)
    found = last_match(MEASURE_RE, hidden)
    return None if found is None else (MEASURE_OF[found.group()], found.group())


def is_measure(words: str) -> bool:
    """Whether *words* are the name of a measure with at most a short qualifier."""
    found = measure_in(words)
    return found is not None and words.endswith(found[1]) and len(words) <= len(found[1]) + 3


def basis_of(frame: Frame) -> str | None:
    """What a change is measured against, in the clause's own words: 同比, 较上周."""
    for pattern in (YEAR_ON_YEAR_RE, QUARTER_ON_QUARTER_RE):
        if found := last_match(pattern, frame.before):
            return found.group()
    if frame.part == "change" and (found := _BASE.search(frame.before)):
        return found.group(1)
    if frame.part == "baseline":
        found = re.search(f"(?:{COMPARING_RE.pattern})(.+?)的?$", frame.before)
        return found.group().rstrip("的") if found else None
    return None


def outdone(frame: Frame) -> str | None:
    """Whom an out- or underperformance is measured against: 跑赢大盘股约400个基点."""
    found = _OUTDONE.search(frame.before)
    if found is None or DIRECTION_RE.search(found.group(1)):
        return None
    return found.group(1)
