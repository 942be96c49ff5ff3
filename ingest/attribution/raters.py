"""Who sets a target price, and of what company."""

from __future__ import annotations

import re

from ingest.attribution.frames import Frame
from ingest.attribution.names import Name
from ingest.attribution.naming import Namer
from ingest.attribution.phrases import Clause
from ingest.attribution.view import View

_RATING = re.compile("(?:对|给予|予以?|维持|重申|覆盖|上调|下调|调升|调降|看好)$")
_RATES = re.compile(
    "(?:把|将|给予|予以|给出|维持|重申|设定|上调|下调|调升|调降)[^，]*目标(?:价|位)"
)


def is_rater(view: View, clause: Clause, frame: Frame, own: Name, namer: Namer) -> bool:
    """Whether *own* only sets the target price of another: 高盛把该股目标价上调至….."""
    if own.type not in ("company", "person", "institution"):
        return False
    for mention in view.within(clause.start, frame.quantity.start):
        name = namer.by_mention(mention.record)
        if name is not None and name.entity == own.entity:
            start = clause.start if mention.record.how == "reference" else mention.end
            return _RATES.search(view.text, start, frame.quantity.start) is not None
    return False


def rated_company(view: View, frame: Frame, namer: Namer) -> Name | None:
    """The company that the sentence rates: 维持对春秋航空“买入”评级，目标价65元."""
    for mention in reversed(view.mentions):
        if mention.end <= frame.quantity.start:
            name = namer.by_mention(mention.record)
            before = view.text[max(0, mention.start - 4) : mention.start]
            if name is not None and name.type == "company" and _RATING.search(before):
                return name
    return None
