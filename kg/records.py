"""The records that cross the borders between `kg`, `ingest` and `qa`.

All are frozen.  Every offset counts Unicode code points of the stored text of
one document, from 0, end exclusive: ``text[start:end]`` is the source's own
wording, always.  Numbers are `Decimal`, never float.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

if TYPE_CHECKING:
    from kg.ties import Tie

Scope: TypeAlias = Literal["direct", "paragraph", "none"]
"""How far a figure is from the citation mark that supports it."""

LineKind: TypeAlias = Literal[
    "title",  # the article's title, and its repetition
    "meta",  # tags, category, date, related tickers
    "furniture",  # what the page, not the article, says
    "heading",  # a section's title
    "run_in",  # a heading that is the grammatical subject of the next line
    "paragraph",
    "bullet",
    "table",  # one row of a text table, its header included
    "caption",  # a table's title or its line of sources
    "references",  # an entry of the article's own list of sources
]

EntityType: TypeAlias = Literal[
    "company",
    "index",
    "sector",
    "person",
    "institution",
    "place",
    "commodity",
    "policy",
    "product",
    "event",
    "group",
    # Subjects of figures that the interchange format counts among no entities:
    "quantity",  # 失业率, 10年期国债收益率
    "currency",  # 日元, 离岸人民币
]

AGENTS: Final[frozenset[EntityType]] = frozenset({"company", "institution", "person"})
"""The types of what speaks, decides and owns."""

Metric: TypeAlias = Literal[
    "price_change",
    "relative_return",
    "profit",
    "revenue",
    "growth_yoy",
    "growth_qoq",
    "margin",
    "price_adjustment",
    "investment",
    "valuation",
    "level",
    "rate_change",
    "share",
    "volume",
    "flow",
    "market_value",
    "duration",
    "count",
    "forecast",
    "other",
]

Modality: TypeAlias = Literal["reported", "forecast", "hearsay"]

Stance: TypeAlias = Literal["positive", "negative", "neutral"]

RelationKind: TypeAlias = Literal[
    "membership",  # subject is of the group, sector or house that object is
    "cause",  # subject brings object about, helps or hinders it
    "product",  # subject makes or brings out object
    "supply",  # subject sells to object
    "investment",  # subject puts money into, buys or builds object
    "performance",  # subject does better than object
    "event",  # subject does, or undergoes, object
]


Encoding: TypeAlias = Literal["utf-8", "gb18030", "big5"]
"""How the bytes of a file were decoded; a PDF, which tells its characters itself, has utf-8."""

MediaType: TypeAlias = Literal[
    "text/plain", "text/markdown", "text/html", "application/pdf", "text/csv"
]
"""What kind of file a text was read from. Of web pages and PDFs the extracted text is stored."""


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open stretch of the stored text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words at this span of *text*."""
        return text[self.start : self.end]

    def contains(self, other: Span) -> bool:
        """Whether *other* lies within this span."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One file as it was read: decoded, a leading byte order mark dropped, nothing else changed.

    Of a web page or a PDF, what was extracted from it.
    """

    doc: str  # file stem
    path: str  # absolute path
    text: str  # the stored text; line ends untouched
    sha256: str  # of the stored text's UTF-8 bytes, hex
    encoding: Encoding
    media: MediaType = "text/plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What the article says about itself."""

    title: str
    published: date | None = None
    publisher: str | None = None
    author: str | None = None
    category: str | None = None
    tags: tuple[str, ...] = ()  # without '#'
    tickers: tuple[str, ...] = ()  # of the related-stocks block, in order, once each


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the text, without its line end and outer white space."""

    span: Span
    block: int  # number of its block, from 1; blocks are what blank lines divide
    kind: LineKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence, or a bullet, heading-free table row or caption.

    The closing marks, the quote and bracket after the full stop belong to it.
    """

    span: Span
    block: int
    kind: LineKind
    section: str | None  # the nearest heading above
    lead: Span | None  # the run-in heading that is this sentence's subject
    table: Span | None = None  # the header row, for a row of a text table


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationMark:
    """One source number of one marker; ``[1,4]`` gives two records with the same span."""

    span: Span
    text: str
    source: str
    covers: Span  # the sentence, or the part of it, that the marker covers directly
    reference: str | None  # the entry in the article's own list of sources


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """An article with its structure."""

    article: Article
    metadata: Metadata
    lines: tuple[Line, ...]
    sentences: tuple[Sentence, ...]  # of facts and retrieval: no title, meta, furniture, heading
    marks: tuple[CitationMark, ...]

    @property
    def doc(self) -> str:
        """The file stem."""
        return self.article.doc

    @property
    def text(self) -> str:
        """The stored text."""
        return self.article.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """The sources that stand behind a stretch of text."""

    citations: tuple[str, ...]
    scope: Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """One thing that a document speaks of."""

    id: str  # registry id ("tsmc") or "x-" + hash of type and normalised name
    name: str  # longest name in the document, without quotation marks
    aliases: tuple[str, ...]  # its other names in the document, ticker included
    type: EntityType
    ticker: str | None
    first_start: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A place where a document speaks of an entity, by a name or by reference."""

    span: Span
    text: str
    entity: str  # Entity.id
    how: Literal["name", "reference"]  # 该公司, 其, 这位首席执行官 are references
    score: float  # 0 to 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A numeric expression as the grammar reads it, before anyone knows what it is about.

    *value*, *low* and *high* carry the printed sign only; one of *value* or the
    bounds is set (a range has bounds, an open bound has one of them).
    """

    span: Span
    text: str
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    unit: str  # as in the interchange format: percent, USD, USD/ounce, count …
    approximate: bool
    signed: bool = False  # a sign is printed
    kind: Literal["point", "range", "at_least", "at_most"] = "point"
    noun: str | None = None  # the measure word of a count: 家, 名, 个


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A time expression, with the interval that it stands for where that is known.

    *begin* and *end* are inclusive days.
    """

    span: Span
    text: str
    kind: str  # day, week, month, quarter, half, year, fiscal_year, range, to_date, relative
    begin: date | None
    end: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One numeric claim as one mention in one document."""

    span: Span
    text: str
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    unit: str
    approximate: bool
    subject: str  # the subject's name in the document
    entity: str | None  # Entity.id of the subject
    metric: Metric
    metric_words: str | None  # the source's own words for the metric: 涨幅, 利润
    basis: str | None  # 同比, 环比, 较上周, or what a discount is measured against
    comparator: str | None  # whom an out- or underperformance is measured against
    modality: Modality
    speaker: str | None  # who forecasts, guides or reports, by name in the document
    negated: bool
    period: str | None  # as written
    period_begin: date | None
    period_end: date | None
    sentence: int  # index into Document.sentences
    support: Support


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Somebody's words, quoted or reported."""

    span: Span  # the quoted words, or the reported clause
    text: str
    speaker: str  # Entity.id
    quoted: bool
    cue: str  # 表示, 认为, 强调 …
    sentence: int
    support: Support
    addressee: str | None = None  # Entity.id of whom it is said to
    stance: Stance | None = None  # None where no words tell
    negated: bool = False  # what is said not to have been said, or is denied
    modality: Modality = "reported"


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """A person's office, as one sentence tells it."""

    span: Span
    person: str  # Entity.id
    title: str  # 首席执行官
    organisation: str | None  # Entity.id
    sentence: int
    support: Support


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """One side of a relation: a name, a phrase or a clause of the text."""

    span: Span  # in the relation's sentence, or the run-in heading or block that leads to it
    text: str
    entity: str | None  # Entity.id of what it is, or of whom it speaks


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """How one thing bears on another, as one sentence tells it.

    The direction is that of `RelationKind`, whatever the voice of the sentence:
    in X受Y拖累 the subject is Y, in X跑输Y it is Y too.
    """

    kind: RelationKind
    span: Span  # of the sentence: from the first of its parts to the last
    text: str
    cue: Span  # the words that tell it: 推动, 旗下, 跑赢
    subject: Argument
    object: Argument
    amount: Span | None  # of a figure of the sentence: how much
    place: Argument | None
    period: str | None  # as written
    modality: Modality
    negated: bool
    speaker: str | None  # Entity.id of whose words it is told in
    sentence: int  # index into Document.sentences
    support: Support
    extractor: str = "rules"  # or "model:NAME"


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """Everything that one document asserts."""

    document: Document
    entities: tuple[Entity, ...]
    mentions: tuple[Mention, ...]
    figures: tuple[Figure, ...]
    statements: tuple[Statement, ...]
    offices: tuple[Office, ...]
    supports: tuple[Support, ...]  # one for each sentence of the document
    relations: tuple[Relation, ...] = ()
    ties: tuple[Tie, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One inconsistency of a document, or between documents."""

    docs: tuple[str, ...]  # where; *spans* has a list for each
    kind: str  # as in the interchange format: difference, containment, conflict, calendar …
    severity: Literal["error", "note"]
    rule: str
    sentences: tuple[str, ...]  # verbatim, in the order of the documents and their texts
    spans: tuple[tuple[Span, ...], ...]  # of the figures involved, by place
    explanation: str  # one sentence, with the arithmetic
