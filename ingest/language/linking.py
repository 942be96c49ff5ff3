"""From names to entities: which names in a document are one thing.

Names are one entity by the lexicon, by the text's own word (a parenthesis), by being the same
string, or as the short form of an unknown name that the document also gives in full.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from typing import TYPE_CHECKING

from ingest.language.tagged import kind_by_ending
from ingest.language.words import COMPANY_ENDING, CORPORATE_FORM
from ingest.lexicon.folding import fold
from kg.records import Entity, Mention, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ingest.language.analysis import Analysis, Candidate
    from ingest.lexicon import Lexicon
    from kg.records import EntityType

_MIDDLE_DOT = re.compile("[·•‧・]")
_QUOTES = "“”‘’\"'「」『』《》"
_FUND_TICKER = re.compile(r"[A-Z]{3,5}")
_FUND = re.compile(r"ETF|基金|信托")


class Names:
    """Union-find over the folded names of one document, each class one entity."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def root(self, key: str) -> str:
        """The representative of *key*'s class."""
        parent = self._parent.setdefault(key, key)
        while parent != key:
            key, parent = parent, self._parent[parent]
        return key

    def join(self, left: str, right: str) -> None:
        """Make two keys one entity; a key of the lexicon represents its class."""
        a, b = self.root(left), self.root(right)
        if a == b or (a.startswith("#") and b.startswith("#")):
            return  # two entries of the lexicon are two things, whatever the text's layout says
        if b.startswith("#"):
            a, b = b, a
        self._parent[b] = a


def link(analysis: Analysis, chosen: Sequence[Candidate], lexicon: Lexicon) -> None:
    """Fill *analysis* with the entities and the mentions by name."""
    text = analysis.text
    names = Names()
    chosen = [c for c in chosen if not _part_of_naming(c, analysis) and not _clashes(c, analysis)]
    declared = _declared(analysis, chosen)
    chosen = [c for c in chosen if declared.get(c.span.of(text), c.entry) == c.entry]
    keys = {c.span: _key(text, c) for c in chosen}
    _join_namings(analysis, chosen, keys, names)
    shortened = list(_short_forms(analysis, chosen, keys, names))
    mentions: list[tuple[Span, str, Candidate | None]] = [(c.span, keys[c.span], c) for c in chosen]
    mentions += [(span, key, None) for span, key in shortened]
    mentions += _inside(analysis, chosen, keys, mentions)
    mentions.sort(key=lambda m: m[0].start)

    classes: dict[str, list[tuple[Span, Candidate | None]]] = {}
    for span, key, candidate in mentions:
        classes.setdefault(names.root(key), []).append((span, candidate))
    tickers = _tickers(analysis, keys, names)
    for root, found in classes.items():
        entity = _entity(analysis, root, found, tickers.get(root, ()), lexicon)
        analysis.entities.append(entity)
        analysis.mentions += [
            Mention(
                span=span,
                text=span.of(text),
                entity=entity.id,
                how="name",
                score=candidate.score if candidate else 0.7,
            )
            for span, candidate in found
        ]
    analysis.entities.sort(key=lambda e: e.first_start)
    analysis.mentions.sort(key=lambda m: m.span.start)


def normal(name: str) -> str:
    """The form in which two names of one document are the same name."""
    return fold(name.strip(_QUOTES + " ")).replace(" ", "")


def _key(text: str, candidate: Candidate) -> str:
    return f"#{candidate.entry}" if candidate.entry else normal(candidate.span.of(text))


def _part_of_naming(candidate: Candidate, analysis: Analysis) -> bool:
    """Whether *candidate* is a ticker in a parenthesis, or a piece of a longer name in one."""
    return any(
        naming.other.contains(candidate.span)
        and (naming.how == "ticker" or naming.other != candidate.span)
        for naming in analysis.namings
    )


def _join_namings(
    analysis: Analysis, chosen: Sequence[Candidate], keys: dict[Span, str], names: Names
) -> None:
    for naming in analysis.namings:
        key = keys.get(naming.name)
        if key is None or naming.how == "ticker":
            continue
        for candidate in chosen:
            if candidate.span == naming.other:
                names.join(key, keys[candidate.span])
        names.join(key, normal(naming.other.of(analysis.text)))


def _clashes(candidate: Candidate, analysis: Analysis) -> bool:
    """Whether a known acronym in a parenthesis is that of another kind of body: 东亚银行（BEA）."""
    return candidate.entry is not None and any(
        naming.other == candidate.span
        and {kind_by_ending(naming.name.of(analysis.text)), candidate.type}
        == {"company", "institution"}
        for naming in analysis.namings
    )


def _declared(analysis: Analysis, chosen: Sequence[Candidate]) -> dict[str, str | None]:
    """Acronyms that the text gives to a body, and the entry of that: …工业与安全局（BIS）."""
    entries = {c.span: c.entry for c in chosen}
    return {
        naming.other.of(analysis.text): entries[naming.name]
        for naming in analysis.namings
        if naming.how == "alias"
        and naming.name in entries
        and naming.other.of(analysis.text).isupper()
        and entries.get(naming.other, entries[naming.name]) != entries[naming.name]
    }


def _inside(
    analysis: Analysis,
    chosen: Sequence[Candidate],
    keys: dict[Span, str],
    mentions: Sequence[tuple[Span, str, object]],
) -> list[tuple[Span, str, None]]:
    """The names within parentheses that no candidate covers: they are mentions, too."""
    taken = [span for span, _, _ in mentions]
    found: list[tuple[Span, str, None]] = []
    for naming in analysis.namings:
        key = keys.get(naming.name)
        if key is None or any(
            span.start < naming.other.end and naming.other.start < span.end for span in taken
        ):
            continue
        found.append((naming.other, key, None))
    return found


def _short_forms(
    analysis: Analysis, chosen: Sequence[Candidate], keys: dict[Span, str], names: Names
) -> Iterator[tuple[Span, str]]:
    """Further places of names that the document introduces: aliases, short forms, surnames."""
    text = analysis.text
    forms: dict[str, str] = {}
    clashing: set[str] = set()
    for naming in analysis.namings:
        key = keys.get(naming.name)
        # A ticker in letters stands for the firm later on: 将MPWR的目标价上调.
        if key is not None and (naming.how == "alias" or naming.other.of(text).isalpha()):
            forms.setdefault(naming.other.of(text), key)
    for candidate in chosen:
        for short in _shortenings(candidate.span.of(text), candidate.type):
            key = keys[candidate.span]
            if names.root(forms.setdefault(short, key)) != names.root(key):
                clashing.add(short)
        # A coined event is one where it is quoted (“大轮动”); elsewhere its words are plain words.
        if candidate.entry is None and candidate.type != "event":
            forms.setdefault(candidate.span.of(text), keys[candidate.span])
    _join_qualified(text, chosen, keys, names)
    for candidate in chosen:
        known = forms.get(candidate.span.of(text))
        if candidate.entry is None and known and candidate.span.of(text) not in clashing:
            names.join(known, keys[candidate.span])
    taken = [c.span for c in chosen]
    for form in sorted(forms, key=len, reverse=True):
        if form in clashing:
            continue
        for span in _places(analysis, form):
            if not any(span.start < t.end and t.start < span.end for t in taken):
                taken.append(span)
                yield span, forms[form]


def _join_qualified(
    text: str, chosen: Sequence[Candidate], keys: dict[Span, str], names: Names
) -> None:
    """比特币ETF is 美国现货比特币ETF, where it is the end of that one name only."""
    unknown = {
        c.span.of(text): c
        for c in chosen
        if c.entry is None
        and c.type in ("product", "institution")
        and not c.span.of(text).isascii()
    }
    for name, candidate in unknown.items():
        longer = [c for other, c in unknown.items() if other != name and other.endswith(name)]
        if len(longer) == 1 and longer[0].type == candidate.type and len(name) >= 4:
            names.join(keys[longer[0].span], keys[candidate.span])
        elif candidate.type == "institution":
            # 参议院 is 美国参议院, where the text names one only.
            full = {keys[c.span] for c in chosen if c.entry and c.span.of(text).endswith(name)}
            if len(full) == 1:
                names.join(full.pop(), keys[candidate.span])


def _shortenings(name: str, kind: EntityType) -> Iterator[str]:
    """What an unknown name may be shortened to: 中岳证券 → 中岳, 桑杰·梅赫罗特拉 → 梅赫罗特拉."""
    if kind == "person" and (parts := _MIDDLE_DOT.split(name)) and len(parts) > 1:
        if len(parts[-1]) > 1:
            yield parts[-1]
    elif kind == "company" and not name.isascii():
        plain = name
        while (form := CORPORATE_FORM.search(plain)) and form.end() == len(plain):
            plain = plain[: form.start()]
            if len(plain) >= 2:
                yield plain
        if (match := COMPANY_ENDING.search(plain)) and match.start() >= 2:
            yield plain[: match.start()]


def _places(analysis: Analysis, form: str) -> Iterator[Span]:
    """Where *form* stands as a whole word of the tagger, or as a Latin word of its own."""
    latin = form.isascii()
    pattern = re.escape(form)
    if latin:
        pattern = rf"(?<![A-Za-z0-9]){pattern}(?![A-Za-z0-9])"
    for unit in analysis.units:
        words = unit.span.of(analysis.text)
        if form not in words:
            continue
        starts = {t.span.start for t in unit.tokens}
        ends = {t.span.end for t in unit.tokens}
        for match in re.finditer(pattern, words):
            span = Span(unit.span.start + match.start(), unit.span.start + match.end())
            if latin or (span.start in starts and span.end in ends):
                yield span


def _tickers(
    analysis: Analysis, keys: Mapping[Span, str], names: Names
) -> dict[str, tuple[Span, ...]]:
    found: dict[str, tuple[Span, ...]] = {}
    for naming in analysis.namings:
        if naming.how == "ticker" and (key := keys.get(naming.name)) is not None:
            root = names.root(key)
            found[root] = (*found.get(root, ()), naming.other)
    return found


def _entity(
    analysis: Analysis,
    root: str,
    found: Sequence[tuple[Span, Candidate | None]],
    tickers: Sequence[Span],
    lexicon: Lexicon,
) -> Entity:
    text = analysis.text
    entry = lexicon.entries.get(root.removeprefix("#")) if root.startswith("#") else None
    surfaces = list(dict.fromkeys(span.of(text).strip(_QUOTES) for span, _ in found))
    listed = entry.ticker_forms if entry else ()
    printed = [(span.start, span.of(text)) for span in tickers]
    printed += [
        (s.start, s.of(text)) for s, _ in found if "." in s.of(text) and s.of(text) in listed
    ]
    # The page's block of related stocks comes after the article.
    related = (code for code in analysis.document.metadata.tickers if code in listed)
    codes = list(dict.fromkeys([*(code for _, code in sorted(printed)), *related]))
    named = [s for s in surfaces if s not in codes] or surfaces
    # A Chinese article knows a thing by its Chinese name; the foreign one is its alias.
    name = max(named, key=lambda s: (not s.isascii(), len(s)))
    kind = entry.type if entry else _type_named(text, name, found)
    if not codes and kind == "product" and _is_fund_ticker(text, name, found[0][0]):
        codes = [name]
    ticker = codes[0] if codes else None
    aliases = dict.fromkeys(s for s in (*surfaces, *codes) if s != name)
    return Entity(
        id=entry.id if entry else unknown_id(kind, name),
        name=name,
        aliases=tuple(aliases),
        type=kind,
        ticker=ticker,
        first_start=found[0][0].start,
    )


def _is_fund_ticker(text: str, name: str, place: Span) -> bool:
    """Whether *name* is a fund that is known by its ticker: 贝莱德旗下的IBIT, among funds."""
    around = text[max(0, place.start - 60) : place.end + 60]
    return bool(_FUND_TICKER.fullmatch(name) and _FUND.search(around))


def _type_named(text: str, name: str, found: Sequence[tuple[Span, Candidate | None]]) -> EntityType:
    """What the places of *name* are mostly taken for; those of all names, if none of it is."""
    candidates = [c for _, c in found if c is not None]
    full = [c for c in candidates if c.span.of(text).strip(_QUOTES) == name]
    if _MIDDLE_DOT.search(name) and any(c.type == "person" for c in full):
        return "person"
    return Counter(c.type for c in full or candidates).most_common(1)[0][0]


def unknown_id(kind: EntityType, name: str) -> str:
    """The id of an entity that the lexicon does not hold: a hash of type and normalised name."""
    digest = hashlib.sha256(f"{kind}\0{normal(name)}".encode()).hexdigest()
    return f"x-{digest[:16]}"
