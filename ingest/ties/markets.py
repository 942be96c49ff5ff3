"""Which exchange a text speaks of."""

from __future__ import annotations

import re
from collections import Counter

_MARKETS = {
    "XNYS": "美股|纽约|纽交所|华尔街|标普|纳斯达克|纳指|道琼斯|道指|罗素|美国股市|NYSE|NASDAQ",
    "XSHG": "A股|沪深|沪指|上证|深证|深成指|创业板|科创|沪市|深市|北交所|两市|上交所|深交所",
    "XHKG": "港股|恒生|恒指|港交所|香港股市|南向资金|南下资金",
    "XTKS": "日股|日经|东证|东京股市",
    "XKRX": "韩股|KOSPI|韩国综合指数|韩国股市",
    "XTAI": "台股|加权指数|台湾股市",
    "XLON": "英股|富时100|伦敦股市",
    "XFRA": "德股|DAX|法兰克福股市",
    "XPAR": "CAC|巴黎股市",
    "XBOM": "印度股市|Sensex|Nifty",
}
_FORMS = {code: re.compile(words) for code, words in _MARKETS.items()}


def market_of(*texts: str) -> str | None:
    """The exchange (ISO 10383) that the first of *texts* which speaks of one alone speaks of.

    Texts come from near to far: the sentence, the paragraph, the article.  Of the last the one that
    it speaks of by far most.
    """
    for place, text in enumerate(texts):
        found = Counter({code: len(form.findall(text)) for code, form in _FORMS.items()})
        (first, most), (_, next_) = found.most_common(2)
        if most and (not next_ or (place == len(texts) - 1 and most > 3 * next_)):
            return first
    return None
