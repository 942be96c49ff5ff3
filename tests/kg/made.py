"""A small article and its records, made by hand; also for processes that a test starts."""

from __future__ import annotations

import hashlib
from datetime import date
from decimal import Decimal

from kg.records import (
    Argument,
    Article,
    CitationMark,
    Document,
    Entity,
    Extraction,
    Figure,
    Line,
    Mention,
    Metadata,
    Office,
    Relation,
    Sentence,
    Span,
    Statement,
    Support,
)
from kg.ties import Operand, Tie

TEXT = (
    "台积电2025年第四季度利润达到约160亿美元,同比增长35%,𠮷田电器板块下跌3.64% [6]。\r\n\r\n"
    "首席执行官魏哲家表示“需求强劲😀”,预计毛利率为63%-65%。[6][10]"
)
SECTOR = "𠮷田电器板块"


def make(doc: str = "a", *, extra: str = "", path: str | None = None) -> Extraction:
    """The extraction of `TEXT` with *extra* behind it, under the name *doc*."""
    text = TEXT + extra
    first = Span(0, text.index("\r"))
    second = Span(text.index("首席"), len(text))
    one = Support(citations=("6",), scope="direct")
    two = Support(citations=("10", "6"), scope="direct")

    def at(words: str, begin: int = 0) -> Span:
        start = text.index(words, begin)
        return Span(start, start + len(words))

    def figure(words: str, value: str | None, unit: str, **changes: object) -> Figure:
        fields: dict[str, object] = {
            "span": at(words),
            "text": words,
            "value": None if value is None else Decimal(value),
            "low": None,
            "high": None,
            "unit": unit,
            "approximate": False,
            "subject": "台积电",
            "entity": "tsmc",
            "metric": "profit",
            "metric_words": "利润",
            "basis": None,
            "comparator": None,
            "modality": "reported",
            "speaker": None,
            "negated": False,
            "period": "2025年第四季度",
            "period_begin": date(2025, 10, 1),
            "period_end": date(2025, 12, 31),
            "sentence": 0,
            "support": one,
        }
        return Figure(**{**fields, **changes})  # type: ignore[arg-type]

    def mention(words: str, entity: str, how: str = "name") -> Mention:
        reference = "reference" if how == "reference" else "name"
        return Mention(span=at(words), text=words, entity=entity, how=reference, score=0.9)

    def mark(words: str, begin: int, covers: Span, entry: str | None) -> CitationMark:
        return CitationMark(
            span=at(words, begin), text=words, source=words[1:-1], covers=covers, reference=entry
        )

    wei = {"sentence": 1, "support": two}
    return Extraction(
        document=Document(
            article=Article(
                doc=doc,
                path=path or f"/articles/{doc}.txt",
                text=text,
                sha256=hashlib.sha256(text.encode()).hexdigest(),
                encoding="utf-8",
            ),
            metadata=Metadata(
                title=f"标题 {doc}", published=date(2026, 1, 17), tags=("b", "a"), tickers=("TSM",)
            ),
            lines=(
                Line(span=first, block=1, kind="paragraph"),
                Line(span=second, block=2, kind="bullet"),
            ),
            sentences=(
                Sentence(span=first, block=1, kind="paragraph", section="业绩", lead=None),
                Sentence(span=second, block=2, kind="bullet", section=None, lead=at("台积电")),
            ),
            marks=(
                mark("[6]", 0, first, "路透社"),
                mark("[6]", second.start, second, "路透社"),
                mark("[10]", 0, second, None),
            ),
        ),
        entities=(
            Entity(
                id="tsmc",
                name="台积电",
                aliases=("TSMC", "TSM"),
                type="company",
                ticker="TSM",
                first_start=0,
            ),
            Entity(
                id="x-1",
                name="魏哲家",
                aliases=(),
                type="person",
                ticker=None,
                first_start=at("魏哲家").start,
            ),
            Entity(
                id="x-2",
                name=SECTOR,
                aliases=(),
                type="sector",
                ticker=None,
                first_start=at(SECTOR).start,
            ),
        ),
        mentions=(mention("台积电", "tsmc"), mention(SECTOR, "x-2"), mention("魏哲家", "x-1")),
        figures=(
            figure("约160亿美元", "16000000000", "USD", approximate=True),
            figure("35%", "35.0", "percent", metric="growth_yoy", basis="同比"),
            figure(
                "3.64%",
                "-3.64",
                "percent",
                metric="price_change",
                subject=SECTOR,
                entity="x-2",
                period=None,
                period_begin=None,
                period_end=None,
            ),
            figure(
                "63%-65%",
                None,
                "percent",
                low=Decimal(63),
                high=Decimal(65),
                metric="forecast",
                metric_words="毛利率",
                modality="forecast",
                speaker="魏哲家",
                **wei,
            ),
        ),
        statements=(
            Statement(
                span=at("需求强劲😀"),
                text="需求强劲😀",
                speaker="x-1",
                quoted=True,
                cue="表示",
                sentence=1,
                support=two,
                addressee="tsmc",
                stance="positive",
            ),
        ),
        offices=(
            Office(
                span=at("首席执行官魏哲家"),
                person="x-1",
                title="首席执行官",
                organisation="tsmc",
                sentence=1,
                support=two,
            ),
        ),
        supports=(one, two),
        relations=(
            Relation(
                kind="performance",
                span=Span(0, at("3.64%").end),
                text=text[: at("3.64%").end],
                cue=at("下跌"),
                subject=Argument(span=at("台积电"), text="台积电", entity="tsmc"),
                object=Argument(span=at(SECTOR), text=SECTOR, entity="x-2"),
                amount=at("3.64%"),
                place=None,
                period="2025年第四季度",
                modality="reported",
                negated=False,
                speaker=None,
                sentence=0,
                support=one,
            ),
            Relation(
                kind="cause",
                span=Span(at("需求强劲😀").start, at("毛利率").end),
                text=text[at("需求强劲😀").start : at("毛利率").end],
                cue=at("预计"),
                subject=Argument(span=at("需求强劲😀"), text="需求强劲😀", entity=None),
                object=Argument(span=at("毛利率"), text="毛利率", entity="tsmc"),
                amount=None,
                place=Argument(span=at("台积电"), text="台积电", entity=None),
                period=None,
                modality="forecast",
                negated=True,
                speaker="x-1",
                sentence=1,
                support=two,
                extractor="model:openai:gpt",
            ),
        ),
        ties=(
            Tie(
                kind="move",
                cue=at("增长"),
                operands=(
                    Operand(role="to", span=at("约160亿美元")),
                    Operand(role="rate", span=at("35%")),
                ),
                sign="up",
                sentence=0,
            ),
            Tie(
                kind="sessions",
                cue=at("第四季度"),
                operands=(
                    Operand(
                        role="dates",
                        span=at("2025年第四季度"),
                        begin=date(2025, 10, 1),
                        end=date(2025, 12, 31),
                    ),
                ),
                sign=None,
                detail="XTAI",
                sentence=0,
            ),
        ),
    )
