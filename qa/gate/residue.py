"""What is left of a clause when all words are taken out that could be about anything."""

from __future__ import annotations

import re
from functools import lru_cache

from ingest.attribution.cues import AUTONOMOUS, MEASURE_RE
from qa.gate.words import BASES, CERTAIN, HEDGE, NEGATION, POLAR, PRONOUN, SPEECH

_LIGHT = re.compile(
    "每[股桶吨瓶份]|意味着|相当于|对应|其中|此外|同时|另外|因此|所以|不过|但是|然而|而且|并且|以及|目前|当前|分别|依次|各自|均|都|也|又|则|却|仍|还|"
    "已经?|正|再|就|只|仅|约|近|逾|超过?|大约|左右|累计|合计|总计|共计|共|整体|总体|全部|平均|"
    "为|是|有|达到?|至|到|报|录得|实现|取得|保持|维持|处于|位于|来到|触及|收于|收报|报收|"
    "的|了|着|过|在|于|从|由|自|对|向|把|将|被|使|令|让|与|和|及|或|并|而|以|按|因|其|这|那|该|此|每|"
    "全天|全日|前?一[天日周月年]|原先|原为|原来|此前|先前|之前|其后|随后|里|"
    "首席执行官|首席财务官|首席|CEO|CFO|ceo|cfo|董事长|总裁|行长|主席|分析师|经济学家|策略师|总经理|"
    "央行|相同|持平|不变|相若|一样|"
    "大幅|小幅|明显|显著|进一步|继续|持续|同期|幅度|水平|规模|金额|数据|数字|数量|数|额|率|比例|比重|"
    "创|新|较|比|相比|个|家|只|名|人|次|第|上|下|前|后|内|外|中|期|末|初|底|间|出|来|去|起|得|地|很|更|最|"
    "归属于?|归母|扣非|母公司|上市公司|股东|同一|当周|当日|全周|周内|"
    "方面|情况|表现|结果|报告|公司|企业|市场|行业|板块|指数|业务|同样|相对|相应|主要|其他|之一"
)
_RUN = re.compile(r"[A-Za-z][A-Za-z0-9.&\-]*|[㐀-鿿]{2,}")
_THINGS = frozenset(word for word in AUTONOMOUS.split() if len(word) > 3) | {"失业率", "中间价"}
_SIGN = re.compile("[NPQ]")
_MASK = "\N{IDEOGRAPHIC SPACE}"


def residue(words: str) -> list[str]:
    """The runs of *words*, masked, that name something: 规模以上企业 of 规模以上企业同比下降."""
    left = _SIGN.sub(_MASK, words)
    for _, pattern in BASES:
        left = pattern.sub(_MASK, left)
    left = MEASURE_RE.sub(_unless_a_thing, left)
    for pattern in (HEDGE, CERTAIN, SPEECH, NEGATION, PRONOUN, POLAR, _LIGHT):
        left = pattern.sub(_MASK, left)
    return _RUN.findall(left)


def _unless_a_thing(measure: re.Match[str]) -> str:
    """外汇储备 is a thing of its own, 净利润 is always somebody's."""
    word = measure.group()
    return word if word in _THINGS else _MASK


@lru_cache(maxsize=4096)
def abbreviated(short: str) -> re.Pattern[str]:
    """What *short* may be short for: its characters in order, 派现 of 派发现金."""
    return re.compile("[^，。；]{0,3}".join(map(re.escape, short)))
