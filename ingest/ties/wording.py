"""Words of rising and falling that are said of figures whose sign is printed or told elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from ingest.ties.skeleton import Skeleton, pattern
from ingest.ties.words import is_point
from kg.records import Figure
from kg.ties import Tie

_UPWARDS = "收涨|上涨|走高|收红|飘红|上扬|翻红|走强|收高|上行|录得上涨|上升"
_DOWNWARDS = "收跌|下跌|走低|飘绿|收绿|回落|走弱|收低|翻绿|下挫|下行|下滑"
_ALL = pattern(
    rf"(?:集体|悉数|全线|全部|均|齐齐?|双双|一致|无一例外地?|全数)(?:大幅|小幅|录得|以|高开|震荡)?"
    rf"(?:(?P<up>{_UPWARDS})|(?P<down>{_DOWNWARDS}))"
)
_SIGNED = pattern(
    r"(?:(?P<up>上涨|大涨|收涨|上升|反弹|走高|攀升|增加|净流入|净买入)"
    r"|(?P<down>下跌|大跌|收跌|下降|回落|走低|下滑|减少|净流出|净卖出))(?:了|约|逾|近|至|为)?(?P<f>#)"
)
_BRACKETED = pattern(
    r"\((?P<f>#)\)(?:~{0,3}?(?P<up>领涨|涨幅|走强|上涨|收涨|走高)|~{0,3}?(?P<down>领跌|跌幅|走弱|下跌|收跌|走低))"
)
_MOVES = ("price_change", "growth_yoy", "growth_qoq", "rate_change", "price_adjustment", "flow")


def wordings(skeletons: Sequence[Skeleton], number: int) -> Iterator[Tie]:
    """What sentence *number* calls a rise or a fall."""
    skeleton = skeletons[number]
    for match in _ALL.finditer(skeleton.text):
        values = _said_of(skeletons, skeleton, match)
        if values:
            yield skeleton.tie(
                "worded",
                match.span(),
                [("value", figure) for figure in values],
                sign="up" if match["up"] else "down",
                detail=match.group(),
            )
    for match in chain(_SIGNED.finditer(skeleton.text), _BRACKETED.finditer(skeleton.text)):
        figure = skeleton.figure(match, "f")
        printed = figure.text.lstrip("约逾近超")[:1]
        if figure.metric in _MOVES and (
            (match["up"] and printed in "-−－") or (match["down"] and printed in "+＋")
        ):
            yield skeleton.tie(
                "worded",
                match.span(),
                [("value", figure)],
                sign="up" if match["up"] else "down",
                detail=match["up"] or match["down"],
            )


def _said_of(
    skeletons: Sequence[Skeleton], skeleton: Skeleton, match: re.Match[str]
) -> list[Figure]:
    """The moves of the sentence, from the words on to a break; else the two before them."""
    tail = skeleton.text[match.end() :]
    stop = re.search("[;。]|但|不过|而|仅|唯|只有|除", tail)
    end = match.end() + (stop.start() if stop else len(tail))
    after = [f for f in skeleton.after(match.end() - 1) if skeleton.place(f) < end and _is_move(f)]
    begin = max(skeleton.text.rfind(mark, 0, match.start()) for mark in ";。") + 1
    before = [
        f for f in skeleton.before(match.start()) if skeleton.place(f) >= begin and _is_move(f)
    ]
    near = before if len(before) > 1 and not after else after
    metrics = {f.metric for f in near}
    return near if len(metrics) == 1 and len(near) > 1 else []


def _is_move(figure: Figure) -> bool:
    return figure.metric in ("price_change", "growth_yoy", "growth_qoq") and is_point(figure)
