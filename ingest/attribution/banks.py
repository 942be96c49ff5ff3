"""Central banks, and what is told of the rates that they set."""

from __future__ import annotations

import re

from ingest.attribution.frames import Frame
from ingest.attribution.names import Name
from ingest.attribution.naming import Namer
from ingest.attribution.phrases import Clause
from ingest.attribution.view import View

_RATE_SETTING = re.compile("降息|加息|降准|缩表|扩表")
_CENTRAL_BANK = re.compile(
    "(?:央行|[美洲亚兰]联储|人民银行|日本银行|英格兰银行|金管局|中央银行|国家银行|储备银行)$"
)


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
