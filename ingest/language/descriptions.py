"""Nouns that describe what they stand for: 该协会, 该股东, 这位分析师, 行长."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.language.words import TITLE_HEAD

if TYPE_CHECKING:
    from ingest.language.discourse import Discourse
    from ingest.language.references import Reference
    from kg.records import Mention

_FAR = 40  # sentences back; what stands farther off is no longer spoken of
_GENERAL = re.compile(r"公司|企业|集团|机构|部门|行|平台|巨头|龙头|股|产品")
# Of two indices the noun 指数 tells nothing: the one that is the topic is meant.
_BY_CENTRE = (("index",), ("sector",), ("place",))
# How a noun tells the names that it can stand for, where they do not end with it.
_NAMED_LIKE = {
    "券商": re.compile(r"证券$"),
    "银行": re.compile(r"(?:银行|商行)$"),
    "央行": re.compile(r"(?:央行|中央银行|储备银行|联储|人民银行|英格兰银行)$"),
    "基金": re.compile(r"(?:基金|ETF)$"),
    "指数": re.compile(r"(?:指数|[综成]指|\d)$"),
}


def described(
    discourse: Discourse, position: int, reference: Reference, *, within_block: bool
) -> str | None:
    """The last entity that the noun of *reference* describes, by its name or beside it.

    该协会 is a body called …协会, 该股东 the one that 股东 stands before, 这位分析师 one so titled.
    """
    noun = reference.noun
    if not noun or _GENERAL.fullmatch(noun) or reference.types in _BY_CENTRE:
        return None
    block = discourse.units[position].block
    for back, mentions in discourse.backwards(position, reference.span.start, most=_FAR):
        if within_block and discourse.units[position - back].block != block:
            return None
        for mention in reversed(mentions):
            if _describes(discourse, position - back, reference, mention):
                return mention.entity
    return None


def is_called(discourse: Discourse, noun: str, mention: Mention) -> bool:
    """Whether a name of the entity that *mention* speaks of ends like *noun*."""
    like = _NAMED_LIKE.get(noun) or re.compile(f"{re.escape(noun)}$")
    return any(like.search(name) for name in discourse.names[mention.entity])


def _describes(discourse: Discourse, position: int, reference: Reference, mention: Mention) -> bool:
    kind = discourse.types[mention.entity]
    if kind not in reference.types if reference.types else kind == "place":
        return False
    before = discourse.text[discourse.units[position].span.start : mention.span.start]
    if reference.kind in ("holder", "title"):
        heads = TITLE_HEAD.findall(reference.noun)
        return bool(heads) and before.endswith(heads[-1])
    return before.endswith(reference.noun) or is_called(discourse, reference.noun, mention)
