"""What holds digits and is no figure: stretches of text in which no quantity may begin.

Dates and the like come from the grammar of periods; the rest is here: tenors, ordinals,
clock times, index names, product and security codes, citation marks, version numbers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.periods.patterns import TIME
from ingest.quantities.units import currency_words
from kg.records import Span

_N = r"(?:\d{1,4}|[一二两三四五六七八九十百]{1,4})"
_INDEX_FAMILIES = (
    r"标普|标准普尔|道琼斯|纳斯达克|纳指|罗素|威尔希尔|沪深|中证|上证|深证|深成|科创|创业板|北证|国证|万得|恒生|恒指|富时|日经|"
    r"斯托克|德国DAX|东证|印度Nifty|澳洲标普|路透|彭博|MSCI|STOXX|FTSE|CAC|DAX|IBEX|Nikkei|Nifty|S&P|Russell|"
    r"NASDAQ|Nasdaq|ASX|TOPIX|KOSPI|KOSDAQ|OMX|AEX|SMI|CSI|HSI|TSX"
)
_MARKS = (
    # citation marks, codes in brackets, tickers with their market, clock times, ratios
    r"[\[【]\d{1,3}(?:[,，、;\-—~]\d{1,3}){0,40}[\]】]"
    r"|\((?:[A-Z]{2,4}[:：]? ?)?\d{4,6}(?:\.[A-Z]{1,3})?\)"
    r"|(?<!\d)\d{4,6}\.[A-Z]{1,3}(?![A-Za-z])|代码[:：]? ?\d{4,6}"
    r"|(?<![\d.])\d{1,4}(?:\.\d{1,4})?(?:[:：]\d{1,4}(?:\.\d{1,4})?){1,2}(?!\d)"
    r"|(?<!\d)\d{1,2}点(?:\d{1,2}分|半|整|钟)"
    r"|(?:上午|下午|凌晨|清晨|早上?|晚上?|晚间|中午|傍晚|北京时间|当地时间|美东时间|当日|当天) ?"
    r"\d{1,2}(?:点|时)(?:\d{1,2}分|半)?"
    r"|(?<!\d)(?:19|20)\d\d(?=年)"
)
_TENORS = (
    # 5年期以上, 7天逆回购, 10年美国国债, 30日均线
    rf"{_N}(?: ?(?:[-—~至到]|、) ?{_N})? ?(?:个?月|年|天|日|周|个?交易日)"
    r"(?:期|(?:[美德英日中法意韩]国?)?(?:国|地方|国开|企业|公司)?债(?![务权台])|均线|移动|线"
    r"|定期|定存|存[单款]|目标价|远期|(?:质押式?)?[逆正]?回购|拆借|票据|国库券|按揭|房贷"
    r"|SHIBOR|HIBOR|LIBOR|Shibor|Hibor|Libor|SOFR|MLF|LPR)(?:以[上下])?"
)
_ORDINALS = (
    rf"第 ?{_N}(?:[-—~至到、]第?{_N})*|前{_N}(?=[大名强位家只个款项])"
    rf"|(?:分列|位列|位居|排名|名列|排行|排在)(?:全球|全国|行业)?{_N}(?:[、和]{_N})*"
    # 十四届全国人大四次会议, 二十届四中全会
    r"|(?<=[大协届会])[一二三四五六七八九十]{1,3}(?:次(?:全体)?会议|[次中]全会)"
)
_INDICES = (  # a level (上证3,500点) is no name
    rf"(?:{_INDEX_FAMILIES})(?:综合?指数?|成指?|全指|创新|港股通|[A-Za-z]{{1,8}})? ?"
    r"\d{2,4}(?![\d点,.%]|\.\d)"
)
_PRODUCTS = (  # H200, GPT-4.5, Q3, 1.2.3
    r"(?<![A-Za-z$])(?!(?:RMB|CNY|USD|HKD|EUR|JPY|GBP|US|HK|NT|EPS|AU|CA)(?![A-Za-z]))"
    r"[A-Za-z]{1,20}[A-Za-z+&/]{0,3}-?\d[\dA-Za-z]{0,20}(?!\d|\.?\d*[%‰])(?:\.\d{1,4})?"
    r"|(?<![\d.])\d+(?:\.\d+){2,10}(?![\d.])"
)
_PHRASES = (  # 每10股派2元, 1美元兑155日元: what is measured by is no figure
    rf"每\d{{1,4}}股|1 ?(?:{'|'.join(currency_words())})(?=兑|对|约?合)"
    r"|二次(?=元|探底|创业|加工|上市|冲|开发|供水|电池)|二手"
    r"|三元(?=锂|材料|正极|电池|前驱)|一次性"
    rf"|{_N}位(?=数(?![量额字值])|号码|密码|代码|小数|编码)"
)
_FIRST = (
    r"(?:(?<!\d)\d|[一二两三四五六七八九十第前上下凌早晚中清傍北当美标道纳分位排名代罗威沪深科创国万恒"
    r"富日斯德东印澳路彭A-Za-z\[【(每])"
)
_EXCLUSION = re.compile(
    rf"(?={_FIRST})(?:{_MARKS}|{_TENORS}|{_ORDINALS}|{_INDICES}|{_PRODUCTS}|{_PHRASES})"
)
_ONGOING = re.compile(r"(?:持续|历时|长达|为期|耗时|已|达|超|等待|用了)\Z")
_HOLDS_NUMERAL = re.compile(r"[\d一二两三四五六七八九十半]")


def find_exclusions(folded: str, names: Sequence[Span] = ()) -> list[tuple[int, int]]:
    """The stretches of *folded* in which nothing is a figure, by start, not overlapping.

    *names* are recognised names (罗素2000, 标普500, 三只松鼠); nothing in them is a figure.
    """
    spans = [(name.start, name.end) for name in names]
    spans += [match.span() for match in _EXCLUSION.finditer(folded)]
    for match in TIME.finditer(folded):
        start, end = match.span()
        if not _HOLDS_NUMERAL.search(folded, start, end):
            continue
        if match.lastgroup == "window" and _ONGOING.search(folded, max(0, start - 2), start):
            continue  # 持续近两周 is a length
        spans.append((start, end))
    spans.sort()
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
