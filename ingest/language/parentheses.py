"""What a parenthesis after a name tells: its English name, its ticker, its short form.

贵州茅台（600519.SH，下称“茅台”）, 诺和诺德（Novo Nordisk）, 世界黄金协会（WGC）.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from ingest.language.analysis import Candidate, Naming
from ingest.language.firms import LEGAL_NAME, ROLE
from ingest.language.patterns import name_start
from ingest.language.tagged import kind_by_ending
from ingest.language.words import GENERIC, NOT_NAMES, TITLE
from ingest.lexicon.tickers import PRINTED
from kg.records import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ingest.language.analysis import Analysis, Unit
    from ingest.lexicon import Lexicon
    from kg.records import EntityType

_PARENTHESIS = re.compile(r"[（(]([^（）()]{1,60})[）)]")
_PART = re.compile(r"[^，；、;]+")
_TICKER_LIST = re.compile(r",\s*(?=[A-Z0-9.]{1,10}\s*$)")
_FINANCE = frozenset({"financials", "banks", "brokerages", "insurance"})  # ids of sectors
_SHORT = re.compile(
    r"(?:以下|下称|下文|简称|又称|也称|即|下)+(?:简称|称|统称)?(?:为|作|[:：])?\s*[“‘\"「]?([^“”‘’\"「」]{2,20})[”’\"」]?$"
)
_ENGLISH = re.compile(r"[A-Z][A-Za-z0-9.,'’&+/ -]*[A-Za-z0-9.+]|[a-z]+[A-Z][A-Za-z0-9]*|[A-Z]{2,}")
_PERSON_NAME = re.compile(r"(?:[A-Z][\w.'’-]*\s){1,3}[A-Z][\w'’-]+")
_EXCHANGE_PREFIX = re.compile(
    r"(?:(?:NASDAQ|NYSE|HKEX|SSE|SZSE|LSE|纳斯达克|纳斯达克代码|纽交所|纽交所代码|港交所|股票代码|代码|美股代码|A股代码|港股代码)\s*[:：]?\s*)"
)
_QUOTES = '“”‘’"「」《》'
_COMPANY_WORD = re.compile(
    r"\b(?:Inc|Corp|Co|Ltd|LLC|PLC|Group|Holdings|AG|SA|NV|SE|Bank|Capital|Partners|Research|Securities)\b"
)


def find_parentheses(analysis: Analysis, lexicon: Lexicon) -> None:
    """Add the names before parentheses and what stands within to the candidates and namings."""
    related = frozenset(analysis.document.metadata.tickers) | _tickers_by_habit(analysis, lexicon)
    by_end: dict[int, list[Candidate]] = {}
    for candidate in analysis.candidates:
        by_end.setdefault(candidate.span.end, []).append(candidate)
    measures: set[str] = set()
    for unit in analysis.units:
        for match in _PARENTHESIS.finditer(analysis.text, unit.span.start, unit.span.end):
            inner = Span(match.start(1), match.end(1))
            parts = list(_parts(analysis.text, inner, lexicon, related))
            if not parts:
                continue
            name = _name_before(analysis.text, unit, match.start(), by_end, parts, lexicon)
            if name is None:
                if _MEASURE_END.search(analysis.text, unit.span.start, match.start()):
                    measures |= {span.of(analysis.text) for span, _ in parts}
                continue
            analysis.candidates.append(name)
            for span, how in parts:
                if span.of(analysis.text).isalpha():
                    how = _letters(name, span.of(analysis.text), how, analysis.text)
                analysis.namings.append(Naming(name.span, span, how))
    analysis.candidates = [
        c
        for c in analysis.candidates
        if c.entry is not None or c.span.of(analysis.text) not in measures
    ]


def _letters(
    name: Candidate, letters: str, how: Literal["alias", "ticker"], text: str
) -> Literal["alias", "ticker"]:
    """What bare letters in a parenthesis are: firms may and funds do go by a ticker, none else."""
    if name.type == "product" and _FUND_WORD.search(name.span.of(text)) is not None:
        return "ticker" if PRINTED.fullmatch(letters) else "alias"
    return how if name.type == "company" else "alias"


_FUND_WORD = re.compile("ETF|ETN|REIT|基金|信托", re.IGNORECASE)
_LETTERS = re.compile(r"[（(]([A-Z]{1,5})[)）]")
_CODE = re.compile(r"[（(](?:[A-Z]{1,5}\.[A-Z]{1,2}|\d{4,6}\.[A-Z]{1,2}|\d{6})[)），,；;]")
_MEASURE_END = re.compile(
    "(?:[比利益占周杠失转住缓解款]率|市[盈净销]率|加工费|收益率|收入|利润|价格|房价|均价|履约义务|价值|市值|成本|支出|金额|"
    '总额|余额|增加值|敞口|时长|用户数?|订单量?|生存期|应答率|天数|产能|装机量?|出货量|交易额|销售额|现金流|负债|准备金)[”’"]?$'
)
"""What a firm has: its abbreviation in a parenthesis (RPO, TVL, RevPAR) names nobody."""
_LATIN_TAIL = re.compile(r"[A-Z][A-Za-z0-9&.'-]+(?: [A-Z][A-Za-z0-9&.'-]+)*$")
_BODY_BEFORE = re.compile(
    r"(?:会|局|署|院|所|组织|委|部|行|同盟|联盟|中心|机构|指数|调查|报告|计划|协议|机制|摘要|系统|标准|模型|网|费|率|息|额|值|义务|掉期|互换|收入|房价|成本|法案)$"
)


def _tickers_by_habit(analysis: Analysis, lexicon: Lexicon) -> frozenset[str]:
    """Bare letters in parentheses that are tickers by the document's own habit.

    （NIO） may be a ticker or a name in short, as （UBS） is.  Where the document prints other
    tickers so, and no firm's English name, it is a ticker.  Letters that the firm is called by
    (ASML) need bare letters beside them that nobody is called by; codes of an exchange tell
    nothing of them.
    """
    text = analysis.text
    letters, called, sure, bare, names = set(), set(), 0, 0, 0
    for unit in analysis.units:
        sure += len(_CODE.findall(text, unit.span.start, unit.span.end))
        for match in _PARENTHESIS.finditer(text, unit.span.start, unit.span.end):
            before = text[unit.span.start : match.start()]
            inner = match[1]
            if _LETTERS.fullmatch(match[0]) is None:
                named = _ENGLISH.fullmatch(inner) and not _PERSON_NAME.fullmatch(inner)
                names += bool(named and not PRINTED.fullmatch(inner))
            elif _BODY_BEFORE.search(before) is None and inner not in NOT_NAMES:
                letters.add(inner)
                known = lexicon.by_ticker.get(inner)
                if known is not None and inner in known.names:
                    called.add(inner)
                bare += known is not None and inner not in known.names
    if sure + bare + (len(letters) > 1) <= names:
        return frozenset()
    return frozenset(letters if bare or len(called) > 1 else letters - called)


def _parts(
    text: str, inner: Span, lexicon: Lexicon, related: frozenset[str]
) -> Iterator[tuple[Span, Literal["alias", "ticker"]]]:
    """The names within a parenthesis, each ``alias`` or ``ticker``."""
    named = False  # an English name stands before: （Lakeshore Financial，LKSF）
    for part in _split(text, inner):
        words = part.of(text)
        if (short := _SHORT.fullmatch(words)) is not None:
            yield Span(part.start + short.start(1), part.start + short.end(1)), "alias"
            continue
        prefix = _EXCHANGE_PREFIX.match(words)
        code = Span(part.start + (prefix.end() if prefix else 0), part.end)
        printed = code.of(text)
        if PRINTED.fullmatch(printed):
            known = lexicon.by_ticker.get(printed.upper())
            is_name = known is not None and printed in known.names
            # A house of finance is called by its letters: 瑞银（UBS）.
            house = known is not None and is_name and not _FINANCE.isdisjoint(known.broader)
            if (
                prefix
                or (named and printed.isalpha())
                or (printed in related and not house)
                or any(c.isdigit() for c in printed)
                or "." in printed
                or (known is not None and not is_name)
            ):
                yield code, "ticker"
                continue
        if _ENGLISH.fullmatch(words) and words not in NOT_NAMES:
            named = not words.isupper()
            yield part, "alias"


def _split(text: str, inner: Span) -> Iterator[Span]:
    for match in _PART.finditer(text, inner.start, inner.end):
        start, end = match.span()
        comma = _TICKER_LIST.search(text[start:end])
        pieces = [(start, end)]
        if comma is not None:
            pieces = [(start, start + comma.start()), (start + comma.end(), end)]
        for begin, stop in pieces:
            while begin < stop and text[begin].isspace():
                begin += 1
            while begin < stop and text[stop - 1].isspace():
                stop -= 1
            if begin < stop:
                yield Span(begin, stop)


def _name_before(
    text: str,
    unit: Unit,
    end: int,
    by_end: dict[int, list[Candidate]],
    parts: Sequence[tuple[Span, str]],
    lexicon: Lexicon,
) -> Candidate | None:
    """The name that a parenthesis opening at *end* explains."""
    while end > unit.span.start and (text[end - 1] in _QUOTES or text[end - 1].isspace()):
        end -= 1
    english = next(
        (s.of(text) for s, how in parts if how == "alias" and s.of(text).isascii()), None
    )
    known = sorted(by_end.get(end, ()), key=lambda c: c.span.start)
    strong = [c for c in known if c.source == "lexicon" and not c.weak]
    funds = [c for c in known if c.type == "product" and _FUND_WORD.search(c.span.of(text))]
    if funds and all(funds[0].span.start <= c.span.start for c in known if c not in strong):
        if not strong or funds[0].span.start < strong[0].span.start:
            return funds[0]  # iShares|罗素2000ETF
    if strong:
        return _by_ticker(
            text, strong, [s.of(text) for s, how in parts if how == "ticker"], lexicon
        )
    if _MEASURE_END.search(text, unit.span.start, end):
        return None  # 市盈率（TTM）, 资本比率（CET1）
    begin = name_start(text, unit, end)
    if begin is not None and (foreign := _foreign_part(text, unit, begin, end)) is not None:
        begin = foreign
    known = [c for c in known if not c.weak and (begin is None or c.span.start <= begin)]
    titled = [m for m in TITLE.finditer(text, unit.span.start, end) if m.end() < end]
    if titled and end - titled[-1].end() <= 12 and (begin is None or begin <= titled[-1].end()):
        begin = titled[-1].end()
        if english and not _COMPANY_WORD.search(english):
            return Candidate(Span(begin, end), "person", "pattern", score=0.95)
    if known:
        best = known[0]
        kind = _kind(best.span.of(text), english, best.type)
        if best.entry is None and kind == "person" and any(how == "ticker" for _, how in parts):
            kind = "company"
        return Candidate(best.span, kind, best.source, best.entry, weak=False, score=0.95)
    if english is not None and english.isupper() and " " not in english:
        # An abbreviation stands for the whole phrase before it: 职位空缺和劳动力流动调查（JOLTS）.
        begin = _phrase_start(text, unit, end, begin)
    coded = any(how == "ticker" and any(c.isdigit() for c in s.of(text)) for s, how in parts)
    if coded and (begin is None or end - begin < 2):
        # Only a firm has a listing code, whatever word the tagger takes its name for.
        begin = next((t.span.start for t in unit.tokens if t.span.end == end), None)
    if begin is None or end - begin < 2 or GENERIC.fullmatch(text[begin:end]):
        return None
    while begin > unit.span.start and text[begin - 1].isascii() and text[begin - 1].isalpha():
        begin -= 1  # iShares罗素2000ETF
    if (role := ROLE.match(text, begin, end)) and LEGAL_NAME.fullmatch(text, role.end(), end):
        begin = role.end()
    name = text[begin:end]
    has_ticker = any(how == "ticker" for _, how in parts)
    kind = _kind(name, english, "company" if has_ticker else None)
    return Candidate(Span(begin, end), kind, "pattern", score=0.9)


def _by_ticker(
    text: str, known: Sequence[Candidate], tickers: Sequence[str], lexicon: Lexicon
) -> Candidate:
    """The longest of *known*, or what the printed ticker is of: Gemini（GEMI） is no model."""
    owners = [e for t in tickers if (e := lexicon.by_ticker.get(t.upper())) is not None]
    first = known[0]
    for owner in owners:
        same = [c for c in known if c.entry == owner.id]
        if same:
            return replace(same[0], score=2.0)
        if any(name.startswith(first.span.of(text)) for name in owner.names):
            return Candidate(first.span, owner.type, "lexicon", owner.id, score=2.0)
    return first


def _foreign_part(text: str, unit: Unit, begin: int, end: int) -> int | None:
    """Where the foreign name begins that a common noun only describes: 同行|Nebius."""
    latin = _LATIN_TAIL.search(text, begin, end)
    if latin is None or latin.start() == begin:
        return None
    described = [t for t in unit.tokens if begin <= t.span.start < latin.start()]
    return latin.start() if all(t.tag == "n" for t in described) else None


def _phrase_start(text: str, unit: Unit, end: int, begin: int | None) -> int | None:
    """As `name_start`, and on over 和 and 与 between nouns at the start of a clause."""
    clause = max(text.rfind(mark, unit.span.start, end) for mark in "，。；：、,;:]】］”\n")
    start = max(clause + 1, unit.span.start)
    while start < end and text[start].isspace():
        start += 1
    if begin is None or start >= begin:
        return begin
    between = [t for t in unit.tokens if start <= t.span.start < begin]
    joins = all(
        t.tag in ("n", "vn", "nz") or t.span.of(text) in ("和", "与", "及") for t in between
    )
    return start if joins and len(between) <= 4 else begin


def _kind(name: str, english: str | None, given: EntityType | None) -> EntityType:
    """The type of *name*: by the tagger, its ending, or the form of its English name."""
    ending = kind_by_ending(name)
    if "·" in name and ending is None and not (english and _COMPANY_WORD.search(english)):
        return "person"
    if given == "person" and (ending is None or "·" in name):
        return "person"
    if ending is not None:
        return ending
    if given is not None:
        return given
    if english is not None and english.isupper() and len(english) <= 6 and len(name) > 4:
        return "product"
    return "company"
