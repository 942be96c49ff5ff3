"""The unit of a bare number: an exchange rate's or an index's."""

from __future__ import annotations

import re

from ingest.attribution.names import Name
from ingest.quantities.units import match_unit
from kg.records import Quantity

BARE = "number"

_PAIR = re.compile(
    "^(?:离岸|在岸)?([^兑对]{2,4})[兑对](?:离岸|在岸)?([^兑对]{2,4}?)(?:汇率|中间价|即期)?$"
)
_INDEX = re.compile("指数|PMI|景气|信心|斯达克|道指|恒指|综指|成指")
# Markets quote a currency of this list in units of those behind it.
_QUOTED = ("EUR", "GBP", "AUD", "NZD", "USD", "CAD", "CHF", "CNY", "HKD", "TWD", "JPY", "KRW")


def unit_of_bare(quantity: Quantity, name: Name) -> str | None:
    """The unit that *quantity* has because of what it is about; none if that has no unit."""
    if pair := _PAIR.match(name.text):
        first, second = (match_unit(words, 0) for words in pair.groups())
        if first is None or second is None:
            return None
        base, counter = first[0].name, second[0].name
        value = quantity.value if quantity.value is not None else quantity.low
        if value is not None and value > 1 and base in _QUOTED and counter in _QUOTED:
            base, counter = sorted((base, counter), key=_QUOTED.index)
        return f"{counter}/{base}"
    if own := match_unit(name.text.removeprefix("离岸").removeprefix("在岸"), 0):
        if (
            own[1] == len(name.text.removeprefix("离岸").removeprefix("在岸"))
            and own[0].name in _QUOTED
        ):
            return f"{own[0].name}/USD" if own[0].name != "USD" else None
    return "index_point" if name.type == "index" or _INDEX.search(name.text) else None
