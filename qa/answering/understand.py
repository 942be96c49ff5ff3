"""A question's words → what it asks: kind, names, metric, period, unit, direction."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal, TypeAlias

from ingest.language.lexical import tagger
from ingest.periods import find_periods
from ingest.quantities import find_quantities
from kg.records import EntityType, Metric, Period, Quantity, Span
from qa.answering import cues
from qa.answering.text import fold

Kind: TypeAlias = Literal[
    "advice",
    "small_talk",
    "source",
    "about",
    "summary",
    "consistency",
    "verify",
    "why",
    "who",
    "superlative",
    "comparison",
    "difference",
    "list",
    "when",
    "where",
    "how",
    "lookup",
]

_NOUNS: Final = frozenset({"n", "nz", "nw", "nt", "vn", "an", "PER", "ORG", "LOC"})
_VERBS: Final = frozenset({"v", "vd", "a", "ad"})
# 10年期和2年期美债 is 10年期美债和2年期美债.
_SHARED_HEAD = re.compile(
    r"(\d+年期)([和与、及跟])(\d+年期)(美国国债|美债|国债|[\u4e00-\u9fffA-Z]{2,6}?(?=收益率|利率))"
)
_SHORT = re.compile(r"比([\u4e00-\u9fff]{2,6}?)(?=的?(贵|便宜|高|低|多|少|快|慢|大|小))")
_FELL = re.compile(r"(?<![增下上提追])(降|减|加|升|调)(?=了?(多少|几))")
_MOVED = re.compile(
    r"(下行|上行|下调|上调|走低|走高|下跌|上涨|下降|下滑|增长|增加|减少|上升|回落|回升|萎缩|提高|缩水)(?=了?(多少|几)|得|更|最|幅)"
)
_QUOTED = re.compile(r"[“\"「『]([^”\"」』]{2,})[”\"」』]|[‘']([^’']{4,})[’']")
_SOURCE = re.compile(
    r"[\[【［]\s*(\d{1,3})\s*[\]】］]|来源\s*(\d{1,3})|第\s*(\d{1,3})\s*(?:个|条|号)?(?:来源|引用)"
)

# Read from the top: the first that is found tells the kind.
_KINDS: Final[tuple[tuple[Kind, str], ...]] = (
    ("small_talk", r"^(你好|您好|嗨|hi|hello|谢谢|多谢|再见|你是谁|你能做什么)[!！。.?？\s]*$"),
    (
        "advice",
        r"(该|应该|能|可以|可不可以|值得|要不要|适合|能不能|建议我|推荐我?)(现在|继续|再)?"
        r"(不该|不要|不)?(买|卖|加仓|减仓|抄底|持有|入手|投资哪|配置哪|上车|清仓)"
        r"|推荐.{0,6}(股票|个股|基金|标的)|(明天|下周|下个?月|明年|以后|未来)(还)?会(涨|跌)",
    ),
    (
        "about",
        r"(这篇|本文|文章|(这|该)份?报告)的?(标题|题目|作者|发布|日期|来源|出处|是?谁写)"
        r"|有(几|多少|哪些)篇?(文章|文档|报告)[?？]?$",
    ),
    (
        "consistency",
        r"一致[吗么]?|对得上|对不上|相符|吻合|矛盾|匹配[吗么]|自洽|算得对|算错|算得准|说得通"
        r"|(落在|都在|一直在|处于).{2,30}(之间|区间|范围|以内).{0,4}(吗|么|对不对)",
    ),
    (
        "summary",
        r"概括|总结|概述|归纳|摘要|简述|综述|要点|主要内容|讲了(些)?什么|主要情况|核心观点|主要观点",
    ),
    (
        "verify",
        r"对吗|对么|对不对|是吗|是么|是不是|是否|属实|正确[吗么]|是真的|是这样|没错吧|对吧|是吧"
        r"|吗[?？。\s]*$|(?<![什怎那多])么[?？。\s]*$|有没有",
    ),
    (
        "why",
        r"怎么(会|就|比|反|还|突然|这么|那么)|怎么来的|怎么形成|如何形成|怎么产生|为什么|为何|为啥|原因|主因|怎么会|由于什么|因何|缘何|凭什么|受什么|因为什么|驱动因素|靠什么|why",
    ),
    ("superlative", cues.MOST.pattern),
    (
        "who",
        r"哪[一几]?[家个些](机构|公司|券商|投行|银行|企业|单位|部门|国家)?.{0,12}?"
        r"(?<!得)(分析|认为|预计|表示|指出|提示|预测|看好|看空|主张|公布|发布|统计|建议|警告)"
        r"|谁(?!的)(?!.{0,12}(更|多|高|低|大|小)[?？]?$)|哪位|何人|出自|(?<![a-z])who(?![a-z])",
    ),
    (
        "comparison",
        r"(哪|谁|孰).{0,24}(更|较)|(哪|谁|孰).{0,10}(得|的)多|更.{1,4}的?是(哪|谁)|.还是."
        r"|(改善|恶化|变好|变差|加快|放缓|上升|下降)了?还是",
    ),
    (
        "difference",
        r"相差|差多少|差距|差(了|几|出)|[多少](涨|跌|赚|增|降|卖|交付)了?(多少|几)|(好|强|弱)了?(多少|几)|(高|低|多|少|贵|便宜|快|慢|大|小)(出|了)?(多少|几)"
        r"|(比|较|与|从).{0,16}(下降|上升|缩小|扩大|收窄|提高|回升|回落|下滑|减少|增加|变化|上涨|下跌)"
        r"(了|出)?(多少|几)|(下调|上调|下修|上修|调整)(了|出)?(多少|几)",
    ),
    (
        "list",
        r"哪些|分别|列出|列举|各(自)?(是|为|占|增|涨|跌|有)?多少|哪几|都有(谁|哪|什么)|各.{0,6}(如何|怎样|怎么样)",
    ),
    ("when", r"什么时候|何时|哪一?天|哪一?年|几月|什么时间|when"),
    ("where", r"哪里|哪儿|在哪|何地|什么地方|where"),
    ("how", r"如何|怎么|怎样|咋|有何|有什么|how(?! (much|many))"),
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

    @property
    def entities(self) -> frozenset[str]:
        """The ids of all entities that are named."""
        return frozenset(e for name in self.names for e in name.entities)

    @property
    def metric_classes(self) -> frozenset[Metric]:
        """All classes of metric that the words ask for."""
        return frozenset(m for _, classes in self.metrics for m in classes)


def understand(
    question: str,
    *,
    find_names: Callable[[str], Sequence[Name]],
    reference: date | None,
) -> Intent:
    """Read *question*; *reference* is the day that 今年 and 上月 are counted from."""
    quoted = tuple(a or b for a, b in _QUOTED.findall(question))
    text = question.strip()
    text = _SHARED_HEAD.sub(r"\1\4\2\3\4", text)
    names = tuple(_compared(text, name) for name in find_names(text))
    names += _elided(text, names, find_names)
    kind = _kind(text)
    masked = _mask(text, [name.span for name in names])
    quantities = tuple(
        q for q in find_quantities(text, names=[n.span for n in names]) if q.unit != "number"
    )
    periods = tuple(find_periods(masked, reference=reference))
    sources = tuple(a or b or c for a, b, c in _SOURCE.findall(text))
    if sources and kind in ("lookup", "how", "list", "summary") and not _has_number_word(masked):
        kind = "source"
    metrics, rest = _metrics(_mask(masked, [p.span for p in periods]))
    rest = _mask(rest, [q.span for q in quantities])
    group, said = _group(text)
    rest = _mask(rest, [said] if said else [])
    rest = cues.ASKED_WORDS.sub(lambda m: " " * len(m[0]), rest)
    tokens = tagger().run(text)
    loose = _compounded(text, names, tokens)
    names = tuple(name for name in names if name not in loose)
    rest = _unmask(rest, text, [name.span for name in loose])
    terms, hints = _terms(tokens, rest)
    return Intent(
        question=text,
        kind=kind,
        names=names,
        metrics=metrics,
        periods=periods,
        quantities=quantities,
        units=_units(text),
        group=group,
        forecast=bool(cues.FORECAST.search(masked)),
        direction=_direction(masked),
        quoted=quoted,
        sources=sources,
        terms=terms,
        hints=hints,
        asks_number=_has_number_word(masked),
        owner=_owner(text, terms, metrics),
    )


def split(question: str) -> tuple[str, ...]:
    """The parts of a question that ask one after another: 利润是多少,同比增长多少."""
    pieces = [p for p in re.split(r"[?？;；]\s*", question) if p.strip()]
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
    return bool(re.search(r"多少|几|哪|谁|什么|何|怎么|怎样|如何|吗|多久|多长|是不是|是否", text))


def _compared(text: str, name: Name) -> Name:
    before = text[max(0, name.span.start - 4) : name.span.start]
    return replace(name, compared=bool(re.search(r"(相对于?|相较于?|对比|[比较])[“‘]?$", before)))


def _elided(
    text: str, names: Sequence[Name], find_names: Callable[[str], Sequence[Name]]
) -> tuple[Name, ...]:
    """The other name of a comparison that leaves its head out: 电池级碳酸锂…比工业级贵."""
    short = _SHORT.search(text)
    if not short or not names or any(n.span.start >= short.start() for n in names):
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
        re.search(r"多少|几(?!乎)|多大|多高|多长|多久|多快|涨跌如何|how (much|many)", text.lower())
    )


def _kind(text: str) -> Kind:
    folded = fold(_QUOTED.sub("", text)) or fold(text)
    for kind, pattern in _KINDS:
        if re.search(pattern, folded):
            return kind
    return "lookup"


def _mask(text: str, spans: Sequence[Span]) -> str:
    chars = list(text)
    for span in spans:
        chars[span.start : span.end] = " " * (span.end - span.start)
    return "".join(chars)


def _metrics(text: str) -> tuple[tuple[tuple[str, tuple[Metric, ...]], ...], str]:
    words = sorted(
        ((word, classes) for row, classes in cues.METRIC_CUES for word in row.split()),
        key=lambda pair: -len(pair[0]),
    )
    lowered = text.lower()
    found: list[tuple[int, str, tuple[Metric, ...]]] = []
    for word, classes in words:
        at = lowered.find(word)
        if at >= 0:
            found.append((at, word, classes))
            lowered = lowered.replace(word, "\0" * len(word))
    found.sort()
    found = _moves_of_amounts(found, text)
    rest = "".join(" " if c == "\0" else t for c, t in zip(lowered, text, strict=True))
    return tuple((word, classes) for _, word, classes in found), rest


def _moves_of_amounts(
    found: list[tuple[int, str, tuple[Metric, ...]]], text: str
) -> list[tuple[int, str, tuple[Metric, ...]]]:
    """营业收入降幅 asks for the growth of an amount, not for the move of a price."""
    if not found and (fell := _FELL.search(text)):
        return [(fell.start(), fell[1], ("rate_change", "price_change", "price_adjustment"))]
    amounts = {"profit", "revenue", "volume", "count", "market_value"}
    moved = _MOVED.search(text)
    if moved and any("level" in classes for _, _, classes in found):
        return [*found, (moved.start(), moved[1], ("rate_change", "price_change"))]
    if not any(set(classes) & amounts for _, _, classes in found):
        return found
    growth: tuple[Metric, ...] = ("growth_yoy", "growth_qoq")
    if moved and not any(set(classes) & set(growth) for _, _, classes in found):
        own = tuple(m for _, _, classes in found for m in classes)
        found = [*found, (moved.start(), moved[1], (*growth, "other", *own))]
    return [
        (at, word, growth if classes == ("price_change",) else classes)
        for at, word, classes in found
    ]


def _units(text: str) -> tuple[str, ...]:
    folded = fold(text)
    for pattern, units in cues.ASKED_UNITS:
        if re.search(pattern, folded):
            return units
    if cues.ASKED_MONEY.search(folded):
        return ("money",)
    if cues.ASKED_COUNT.search(folded):
        return ("count",)
    return ()


def _group(text: str) -> tuple[tuple[EntityType, ...], Span | None]:
    """What a 哪个… ranges over, and where the word for it stands."""
    text = re.sub(r"[文表其当]中|文里|表里", "  ", text)
    for pattern in cues.GROUP_ASKED:
        for asked in pattern.finditer(text):
            part = "word" if "word" in pattern.groupindex else "end"
            word, start = asked[part], asked.start(part)
            for words, types in cues.GROUP_WORDS:
                for kind in words.split():
                    if part == "word" and word.startswith(kind):
                        return types, Span(start, start + len(kind))
                    if part == "end" and word.endswith(kind):
                        return types, Span(asked.end(part) - len(kind), asked.end(part))
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
    kinds = {kind for words, _ in cues.GROUP_WORDS for kind in words.split()}
    return word in kinds or bool(cues.FRAME.fullmatch(word)) or bool(_metrics(word)[0])


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
    at, last = 0, -1
    for word, tag in tokens:
        start, at = at, at + len(word)
        left = fold(rest[start:at])
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
