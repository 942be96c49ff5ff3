"""One sentence of a draft: what it says, with our figures in place of slots, and what it cites.

A fault is told in words that go back to the model.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.quantities import find_quantities
from kg.records import Quantity, Span
from qa.answering.references import Evidence
from qa.answering.text import fold
from qa.models.evidence import Item, Sheet, Slot, amount_of, spans_of
from qa.plain import printable

_SLOT = re.compile(r"[{｛]+\s*([FfＦｆ]\d{1,3})\s*[}｝]+")
_GROUP = re.compile(r"[\[［【〔〖⟦]([^\[\]［］【】〔〕〖〗⟦⟧]{0,40})[\]］】〕〗⟧]")
_NUMBERS = re.compile(r"\s*\d{1,3}(?:\s*[,，、]\s*\d{1,3})*\s*")
_MARKUP = re.compile(
    r"</?[A-Za-z!][^>]*>?|&#?\w+;|https?:|www\.|\w+://|\]\(|`|\bjavascript:|"
    r"\b(?:SELECT|INSERT|DELETE|CONSTRUCT|DROP)\b\s*[\w?*{]|[\[\]［］【】〔〕〖〗⟦⟧{}｛｝|\\<>^~$]"
)
_REFERENCE = re.compile(
    r"(?:来源|资料|证据|文献|参考|出处|引用|脚注|附注|注释|图表?|表格?|附录|链接)\s*[:：]?\s*[（(#№]?\s*"
    r"[0-9０-９一二三四五六七八九十]|第\s*[0-9０-９一二三四五六七八九十]+\s*(?:条|篇|段|句)"
)
_BULLET = re.compile(r"\s*(?:[-*+•·>#]+\s+|[（(]?\d{1,2}[.、)）](?!\d)\s*|#+\s*)+")
_OPENING = re.compile(
    r"(?:最终)?(?:答案|回答|答|结论)\s*[:：]\s*|"
    r"(?:根据|依据|基于)(?:上述|以上|所?提供的?|给出的|所给的?)?(?:证据|资料|材料|信息|原文|结论|内容)"
    r"(?:显示|可知)?[，,：:]\s*"
)
_TOKEN = re.compile(r"[A-Za-z0-9.,%‰:/+\-]*[0-9][A-Za-z0-9.,%‰:/+\-]*")
_APPROXIMATE = re.compile(r"约|大约|近|逾|超过?|至少|不到|最多")
_UNIT = re.compile(r"[^\d.,]+\Z")
_INNER_STOP = re.compile(r"[。！？!?](?![”’」』）)])(?=.)")
_ENDS = "。！？!?；;，, \t\n"
LONGEST = 300
_LEAST_HAN = 0.4  # of the letters of a sentence

_TYPED = "写了证据里没有的数字，数字要用槽位"

HEAD = re.compile(r"(是的|不对|一致|不一致)[，,：:]")


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a sentence cannot be said."""

    reason: str


@dataclass(frozen=True, slots=True, eq=False)
class Said:
    """A sentence that can be judged: *text* in print, without references and full stop."""

    text: str
    items: tuple[Item, ...]  # as the model cites them
    slots: tuple[Slot, ...]

    def supports(self, sheet: Sheet) -> Iterator[tuple[Evidence, ...]]:
        """What may stand behind it: what it cites first, then where its figures stand.

        Each holds every figure of the sentence. A model that names the wrong number is not
        followed: the judge takes none that does not bear the sentence out.
        """
        seen: list[frozenset[Evidence]] = []
        for items in self._choices(sheet):
            evidence = tuple(dict.fromkeys(e for item in items for e in item.evidence))
            if self.is_held(evidence, sheet) and frozenset(evidence) not in seen:
                seen.append(frozenset(evidence))
                yield evidence

    def is_held(self, evidence: Sequence[Evidence], sheet: Sheet) -> bool:
        """Whether *evidence* is some, and each figure of the sentence stands in it."""
        known = set(evidence)
        items = [item for item in sheet.items if known.issuperset(item.evidence)]
        return bool(known) and all(
            any(slot.name in item.slots for item in items) for slot in self.slots
        )

    def _choices(self, sheet: Sheet) -> Iterator[tuple[Item, ...]]:
        yield self.items
        wanted = {slot.name for slot in self.slots}
        if not wanted:
            return
        for item in sheet.items:
            if wanted <= set(item.slots):
                yield (item,)
        yield tuple(item for item in sheet.items if wanted & set(item.slots) and item.proved)
        yield tuple(item for item in sheet.items if wanted & set(item.slots))


def read(raw: str, sheet: Sheet) -> Said | Fault | None:
    """What the sentence *raw* of a draft says; None for one that says nothing."""
    text = _stripped(raw)
    cited: list[Item] = []
    for group in _GROUP.finditer(text):
        if not _NUMBERS.fullmatch(group[1]):
            return Fault("方括号里只能是证据编号")
        for number in re.findall(r"\d+", group[1]):
            item = sheet.item(int(number))
            if item is None:
                return Fault("所写的证据编号不存在")
            cited.append(item)
    text = " ".join(_GROUP.sub("", text).split()).strip(_ENDS)
    if not any(char.isalnum() for char in text):
        return None
    items = tuple(dict.fromkeys(cited))
    placed = _placed(text, sheet)
    return placed if isinstance(placed, Fault) else _checked(*placed, items=items, sheet=sheet)


def _stripped(raw: str) -> str:
    text = " ".join(printable(raw).replace("**", "").replace("__", "").split())
    text = _BULLET.sub("", text, count=1) if _BULLET.match(text) else text
    return _OPENING.sub("", text, count=1) if _OPENING.match(text) else text


def _placed(text: str, sheet: Sheet) -> tuple[str, list[tuple[Span, Slot]]] | Fault:
    """*text* with figures in place of slots, and where each stands."""
    parts: list[str] = []
    at = length = 0
    placed = []
    for found in _SLOT.finditer(text):
        slot = sheet.slots.get(unicodedata.normalize("NFKC", found[1]).upper())
        if slot is None:
            return Fault("所写的槽位不存在")
        before = _unless_repeated(text[at : found.start()], slot.text)
        length += len(before)
        placed.append((Span(length, length + len(slot.text)), slot))
        length += len(slot.text)
        parts += [before, slot.text]
        at = found.end() + _repeated_unit(text[found.end() :], slot.text)
    return "".join((*parts, text[at:])), placed


def _unless_repeated(before: str, figure: str) -> str:
    """*before* without the 约 that *figure* opens with as well."""
    word = _APPROXIMATE.match(figure)
    return before.removesuffix(word[0]) if word else before


def _repeated_unit(after: str, figure: str) -> int:
    """How many characters of *after* say the unit of *figure* once more."""
    unit = _UNIT.search(figure)
    whole = unit[0].strip() if unit else ""
    return max((n for n in range(1, len(whole) + 1) if after.startswith(whole[-n:])), default=0)


def _checked(
    text: str, placed: list[tuple[Span, Slot]], *, items: tuple[Item, ...], sheet: Sheet
) -> Said | Fault:
    if _MARKUP.search(_without(text, [span for span, _ in placed])):
        return Fault("含有标记、链接或代码")
    if _REFERENCE.search(text):
        return Fault("只能用方括号写证据编号")
    if len(text) > LONGEST or _INNER_STOP.search(text):
        return Fault("一次只写一句，不要太长")
    if not _is_chinese(text):
        return Fault("不是中文")
    bound = _bound(text, placed, sheet)
    if isinstance(bound, Fault):
        return bound
    text, slots = bound
    if _strange_number(text, slots, items or sheet.items):
        return Fault(_TYPED)
    return Said(text, items, slots)


def _bound(
    text: str, placed: Sequence[tuple[Span, Slot]], sheet: Sheet
) -> tuple[str, tuple[Slot, ...]] | Fault:
    """*text* with each figure that the model typed put as its slot has it."""
    kept = [slot for _, slot in placed]
    printed = [fold(item.printed) for item in sheet.items]
    for quantity in reversed(find_quantities(text, names=spans_of(sheet.names, text))):
        span = quantity.span
        touched = [place for place, _ in placed if _touch(span, place)]
        if touched:
            if not any(place.contains(span) for place in touched):
                return Fault("槽位前后不能再写数字、单位或“约”一类的词")
            continue
        if quantity.unit == "number":  # a list number, 一 of 一方面: held to the words themselves
            words = fold(quantity.text)
            if not any(words in item for item in printed) or _is_cut(words, sheet):
                return Fault(_TYPED)
            continue
        slot = _slot_of(quantity, sheet)
        if slot is None:
            return Fault(_TYPED)
        text = text[: span.start] + slot.text + text[span.end :]
        kept.append(slot)
    return text, tuple(dict.fromkeys(kept))


def _is_cut(number: str, sheet: Sheet) -> bool:
    """Whether *number* is a figure of the evidence without its unit."""
    return any(_stands(number, fold(slot.text)) for slot in sheet.slots.values())


def _slot_of(quantity: Quantity, sheet: Sheet) -> Slot | None:
    folded = fold(quantity.text)
    exact = [slot for slot in sheet.slots.values() if fold(slot.text) == folded]
    same = [slot for slot in sheet.slots.values() if slot.amount == amount_of(quantity)]
    return next(iter(exact or ([] if quantity.signed else same)), None)


def _touch(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _strange_number(text: str, slots: Sequence[Slot], items: Sequence[Item]) -> bool:
    """Whether a digit of any script stands in *text* that none of *items* prints."""
    known = "\n".join([*(item.known for item in items), *(fold(slot.text) for slot in slots)])
    folded = fold(text)
    if any(
        unicodedata.category(c)[0] == "N" and not c.isascii() and c not in known for c in folded
    ):
        return True
    return any(not _stands(token[0], known) for token in _TOKEN.finditer(folded))


def _stands(token: str, known: str) -> bool:
    token = token.strip(".,:/+-")
    return bool(re.search(rf"(?<![0-9a-z.,]){re.escape(token)}(?![0-9a-z%‰]|[.,][0-9])", known))


def _is_chinese(text: str) -> bool:
    letters = [char for char in text if unicodedata.category(char).startswith("L")]
    han = sum("\u3400" <= char <= "\u9fff" or char > "\U0001ffff" for char in letters)
    foreign = any(
        unicodedata.name(char, "").startswith(("HIRAGANA", "KATAKANA", "HANGUL", "CYRILLIC"))
        for char in letters
    )
    return bool(letters) and not foreign and han >= _LEAST_HAN * len(letters)


def _without(text: str, spans: Sequence[Span]) -> str:
    """*text* with blanks where *spans* are, its length unchanged."""
    kept = list(text)
    for span in spans:
        kept[span.start : span.end] = " " * (span.end - span.start)
    return "".join(kept)
