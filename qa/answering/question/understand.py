"""A question's words → what it asks: kind, names, metric, period, unit, direction."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Final, Literal

from ingest.language.lexical import tagger
from ingest.periods import find_periods
from ingest.quantities import find_quantities
from kg.records import AGENTS, EntityType, Metric, Period, Quantity, Span
from qa.answering.question import cues
from qa.answering.question.kinds import Kind, kind_of, quoted_in
from qa.answering.question.rewording import plain_words
from qa.answering.question.wording import SUMS, metrics_in, named_quantity, units_in
from qa.answering.text import fold

_NOUNS: Final = frozenset({"n", "nz", "nw", "nt", "s", "vn", "an", "PER", "ORG", "LOC"})
_VERBS: Final = frozenset({"v", "vd", "a", "ad"})
_KINDS: Final = frozenset(kind for words, _ in cues.GROUP_WORDS for kind in words.split())
# 10年期和2年期美债 is 10年期美债和2年期美债.
_SHARED_HEAD = re.compile(
    r"(\d+年期)([和与、及跟])(\d+年期)(美国国债|美债|国债|[\u4e00-\u9fffA-Z]{2,6}?(?=收益率|利率))"
)
# 30年期国债收益率比10年期高 is 比10年期国债收益率高.
_SHORT_TENOR = re.compile(
    r"(\d+年期)((?:[美日德英法中]国?)?[国美日德]?[国债]{1,2}(?:收益率|利率)?)(.{0,4}?)比(\d+年期)(?![国美日德])"
)
_SHORT = re.compile(
    r"比((?:\d+[年月日天]期)?[\u4e00-\u9fff]{0,6}?)(?=的?(贵|便宜|高|低|多|少|快|慢|大|小))"
)
_ASKING = re.compile(r"多少|几|哪|谁|什么|何|怎么|怎样|如何|吗|呢$|多[久长大高快]|是不是|是否")
_BETWEEN = re.compile(r"^[从由自].*[了出]?(?:多少|几)")
_REACHED = re.compile(
    r"([上下]调|[上下]修|调[高低]|[提升降][高升低]?|上升|下降|回[升落]|[涨跌增减加]|增加|减少|扩大|收窄|恶化|改善)"
    r"(?=[到至为成]了?(?:多少|几|什么|哪|何))"
)
SOURCE: Final = re.compile(
    r"[\[【［]\s*(\d{1,3})\s*[\]】］]|来源\s*(\d{1,3})|第\s*(\d{1,3})\s*(?:个|条|号)?(?:来源|引用)"
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a question with the entities that bear it."""

    surface: str
    span: Span  # in the question
    entities: tuple[str, ...]  # Entity.id
    types: tuple[EntityType, ...]
    compared: bool = False  # 比X, 较X: what the answer is measured against


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """What one question asks for; offsets are those of *question*."""

    question: str
    kind: Kind
    names: tuple[Name, ...]
    metrics: tuple[tuple[str, tuple[Metric, ...]], ...]  # the cue word and its classes, in order
    periods: tuple[Period, ...]
    quantities: tuple[Quantity, ...]
    units: tuple[str, ...]  # the units that an answer may have; empty: any
    group: tuple[EntityType, ...]  # what a 哪个… ranges over
    forecast: bool
    direction: Literal[-1, 0, 1]
    quoted: tuple[str, ...]
    sources: tuple[str, ...]
    terms: tuple[str, ...]  # folded nouns that are none of the above: an answer speaks of them
    hints: tuple[str, ...]  # verbs and adjectives: an answer may put them in other words
    asks_number: bool
    owner: str | None  # the noun that the metric is said to be of, where it is no name
    reached: bool  # 升至多少: the later value of a change
    voice: Name | None  # whose view is asked for: 高盛 in 高盛对金价的预测
    answered: tuple[Name, ...] = ()  # what the answer named, where the question names nothing

    @property
    def entities(self) -> frozenset[str]:
        """The ids of all entities that are named."""
        return frozenset(e for name in self.names for e in name.entities)

    @property
    def metric_classes(self) -> frozenset[Metric]:
        """All classes of metric that the words ask for."""
        return frozenset(m for _, classes in self.metrics for m in classes)

    @property
    def words(self) -> tuple[str, ...]:
        """What is said beside names, times and amounts: nouns, verbs, and the metrics."""
        return (*self.terms, *self.hints, *(word for word, _ in self.metrics))


def understand(
    question: str,
    *,
    find_names: Callable[[str], Sequence[Name]],
    reference: date | None,
) -> Intent:
    """Read *question*; *reference* is the day that 今年 and 上月 are counted from."""
    quoted = quoted_in(question)
    text = question.strip()
    text = _SHARED_HEAD.sub(r"\1\4\2\3\4", plain_words(text))
    text = _SHORT_TENOR.sub(r"\1\2\3比\4\2", text)
    group, said = _group(text)
    names = tuple(_compared(text, name) for name in find_names(text))
    if (
        group
    ):  # 哪个行业新增就业最多: the quantity is what they are ranked by, not what is asked for
        names = tuple(n for n in names if "quantity" not in n.types and n.surface not in _KINDS)
    names += _elided(text, names, find_names)
    kind = kind_of(_plainly(text, names))
    masked = _mask(text, [name.span for name in names])
    quantities = tuple(
        q
        for q in find_quantities(text, names=[n.span for n in names])
        if q.unit != "number" and not q.text.endswith("处")  # 文中两处 are of the text itself
    )
    periods = _from_to(tuple(find_periods(masked, reference=reference)), masked, reference)
    sources = tuple(a or b or c for a, b, c in SOURCE.findall(text))
    if sources and kind in ("lookup", "how", "list", "summary") and not _has_number_word(masked):
        kind = "source"
    asked = [Span(*m.span()) for m in cues.ASKED_POINTS.finditer(masked)]
    reached = [Span(*m.span(1)) for m in _REACHED.finditer(masked)]
    metrics, rest = metrics_in(_mask(masked, [*(p.span for p in periods), *asked, *reached]))
    rest = _mask(rest, [q.span for q in quantities])
    rest = _mask(rest, [said] if said else [])
    for words in (cues.ASKED_WORDS, cues.SESSION):
        rest = words.sub(lambda m: " " * len(m[0]), rest)
    tokens = _tokens(text, names)
    loose = _compounded(text, names, tokens)
    names = tuple(name for name in names if name not in loose)
    rest = _unmask(rest, text, [name.span for name in loose])
    terms, hints = _terms(tokens, rest)
    sorts = {text[n.span.end :][:2] for n in names} & {"板块", "概念"}
    terms = tuple(term for term in terms if term not in sorts)  # 设备板块 is told of 设备
    units = units_in(text)
    if units == ("count",):  # 多少家公布了业绩 asks for no profit
        metrics = tuple(pair for pair in metrics if not set(pair[1]) <= SUMS)
    metrics, terms = named_quantity(metrics, terms)
    return Intent(
        question=text,
        kind=kind,
        names=names,
        metrics=metrics,
        periods=periods,
        quantities=quantities,
        units=units,
        group=group,
        forecast=bool(cues.FORECAST.search(masked)),
        direction=_direction(masked),
        quoted=quoted,
        sources=sources,
        terms=terms,
        hints=hints,
        asks_number=_has_number_word(masked),
        owner=_owner(text, terms, metrics),
        voice=_voice(text, names, terms),
        reached=bool(reached),
    )


def _plainly(text: str, names: Sequence[Name]) -> str:
    """*text* without the names that hold the cue of a kind: 经济预测摘要."""
    return _mask(text, [n.span for n in names if kind_of(n.surface) != "lookup"])


def split(question: str) -> tuple[str, ...]:
    """The parts of a question that ask one after another: 利润是多少,同比增长多少."""
    pieces = [p for p in re.split(r"[?？;；]\s*", plain_words(question)) if p.strip()]
    parts: list[str] = []
    for piece in pieces:
        start = 0
        for comma in re.finditer(r"[,，]\s*", piece):
            head, tail = piece[start : comma.start()], piece[comma.end() :]
            if _asks(head) and _asks(tail):
                parts.append(head)
                start = comma.end()
        parts.append(piece[start:])
    return tuple(parts)


def _asks(text: str) -> bool:
    return _ASKING.search(text) is not None


def _from_to(periods: tuple[Period, ...], text: str, reference: date | None) -> tuple[Period, ...]:
    """*periods* with the ends of 从A到B each for itself, where it is asked what changed."""
    if len(periods) != 1 or not _BETWEEN.search(text):
        return periods
    halves = [
        find_periods(half, reference=reference) for half in re.split("[到至]", periods[0].text)
    ]
    return tuple(h[0] for h in halves) if len(halves) == 2 and all(halves) else periods


def _compared(text: str, name: Name) -> Name:
    before = text[max(0, name.span.start - 4) : name.span.start]
    return replace(
        name, compared=bool(re.search(r"(相对于?|相较于?|对比|[比较]|跑[赢输])[“‘]?$", before))
    )


def _elided(
    text: str, names: Sequence[Name], find_names: Callable[[str], Sequence[Name]]
) -> tuple[Name, ...]:
    """The other name of a comparison that leaves its head out: 电池级碳酸锂…比工业级贵."""
    short = _SHORT.search(text)
    if (
        not short
        or len(short[1]) < 2
        or not names
        or any(n.span.start >= short.start() for n in names)
    ):
        return ()
    head = names[0].surface
    for cut in range(1, len(head) - 1):
        whole = short[1] + head[cut:]
        found = [n for n in find_names(whole) if n.surface == whole]
        if found:
            return (replace(found[0], span=Span(short.start(1), short.end(1)), compared=True),)
    return ()


def _has_number_word(text: str) -> bool:
    return bool(
        re.search(
            r"多少|(?<!哪)几(?!乎)|多大|多高|多长|多久|多快|涨跌如何|how (much|many)"
            r"|(什么|哪个|何种)(区间|范围|水平|位置|价位?(?!值)|点位)",
            text.lower(),
        )
    )


def _mask(text: str, spans: Sequence[Span]) -> str:
    chars = list(text)
    for span in spans:
        chars[span.start : span.end] = " " * (span.end - span.start)
    return "".join(chars)


def _tokens(text: str, names: Sequence[Name]) -> list[tuple[str, str]]:
    """The words of *text* with their tags; no word runs across the border of a name."""
    tokens = _tagged(text)
    borders = {at for name in names for at in (name.span.start, name.span.end)}
    starts = {0}
    for word, _ in tokens:
        starts.add(max(starts) + len(word))
    if borders <= starts:
        return list(tokens)
    cuts = sorted({0, len(text), *(at for at in borders if 0 < at < len(text))})
    return [token for one, other in pairwise(cuts) for token in _tagged(text[one:other])]


@lru_cache(maxsize=256)
def _tagged(text: str) -> tuple[tuple[str, str], ...]:
    """The words of *text* with their tags; each document asks for those of one question."""
    return tuple(tagger().words([text])[0])


def _group(text: str) -> tuple[tuple[EntityType, ...], Span | None]:
    """What a 哪个… ranges over, and where the word for it stands."""
    text = re.sub(r"[文表其当]中|文里|表里", "  ", text)
    for pattern in cues.GROUP_ASKED:
        for asked in pattern.finditer(text):
            part = "word" if "word" in pattern.groupindex else "end"
            word, start = asked[part], asked.start(part)
            for words, types in cues.GROUP_WORDS:
                for kind in words.split():
                    if part == "word" and kind in word[: len(kind) + 4]:
                        at = start + word.index(kind)
                        return types, Span(at, at + len(kind))
                    if part == "end" and word.endswith(kind):
                        return types, Span(asked.end(part) - len(kind), asked.end(part))
            if part == "end" and cues.FIRMS.search(word):
                return ("company",), None
    return (), None


def _compounded(text: str, names: Sequence[Name], tokens: Sequence[tuple[str, str]]) -> list[Name]:
    """Sectors that are but part of a longer noun: 游戏 in 国际市场游戏, 金融 in 金融企业."""
    taken = [name.span for name in names]
    nouns: list[Span] = []
    at = 0
    for word, tag in tokens:
        span = Span(at, at := at + len(word))
        free = not any(span.start < t.end and t.start < span.end for t in taken)
        if free and tag in _NOUNS and not _framing(word):
            nouns.append(span)
    return [
        name
        for name in names
        if set(name.types) == {"sector"}
        and any(n.end == name.span.start or n.start == name.span.end for n in nouns)
    ]


def _framing(word: str) -> bool:
    """Whether *word* names a metric or a kind of thing, or frames the question."""
    return word in _KINDS or bool(cues.FRAME.fullmatch(word)) or bool(metrics_in(word)[0])


def _unmask(masked: str, text: str, spans: Sequence[Span]) -> str:
    chars = list(masked)
    for span in spans:
        chars[span.start : span.end] = text[span.start : span.end]
    return "".join(chars)


def _owner(
    text: str, terms: Sequence[str], metrics: Sequence[tuple[str, tuple[Metric, ...]]]
) -> str | None:
    """国际市场游戏 of 国际市场游戏的收入."""
    folded = fold(text)
    for term in terms:
        if any(re.search(re.escape(term) + "的?" + re.escape(word), folded) for word, _ in metrics):
            return term
    return None


def _voice(text: str, names: Sequence[Name], terms: Sequence[str]) -> Name | None:
    """The agent that a question asks the view of, known by name or not."""
    for name in names:
        if set(name.types) & AGENTS and cues.OPINES.match(text[name.span.end :]):
            return name
    for term in terms:
        if text.startswith(term) and names and cues.OPINES.match(text[len(term) :]):
            return Name(term, Span(0, len(term)), (), ())
    return None


def _direction(text: str) -> Literal[-1, 0, 1]:
    words = re.sub(r"多少|多大|多高|多久|多长", " ", text)
    up, down = cues.UP.search(words), cues.DOWN.search(words)
    if up and not down:
        return 1
    if down and not up:
        return -1
    return 0


def _terms(tokens: Sequence[tuple[str, str]], rest: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The nouns and the verbs of *rest*: the text of *tokens*, what was understood blanked.

    Neighbouring nouns make one term: 居民 存款 are to be found together.
    """
    nouns: list[str] = []
    verbs: list[str] = []
    at, last, single = 0, -1, -1
    for word, tag in tokens:
        start, at = at, at + len(word)
        left = fold(rest[start:at])
        if left == "业务" and single == start:
            nouns.append(fold(rest[start - 1 : at]))  # 云业务
            last = at
        single = at if len(left) == 1 and tag in _NOUNS else -1
        if not left or cues.FRAME.fullmatch(left):
            continue
        if tag in _NOUNS or (left.isascii() and left.isalnum()):
            if last == start and nouns and not left.isascii():
                nouns[-1] += left
            elif len(left) > 1:
                nouns.append(left)
            last = at
        elif tag in _VERBS and len(left) > 1:
            verbs.append(left)
    return tuple(nouns), tuple(verbs)
