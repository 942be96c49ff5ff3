from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, NamedNode, Store

from kg.convert import to_quads
from kg.errors import ShapeError
from kg.iris import document_key, entity_id, entity_node
from kg.records import (
    Argument,
    Article,
    CitationMark,
    Document,
    Encoding,
    Entity,
    EntityType,
    Extraction,
    Figure,
    Line,
    LineKind,
    MediaType,
    Mention,
    Metadata,
    Metric,
    Modality,
    Office,
    Relation,
    RelationKind,
    Scope,
    Sentence,
    Span,
    Stance,
    Statement,
    Support,
)
from kg.registry import RegistryEntry, registry_entries, registry_quads
from kg.restore import from_quads
from kg.shapes import violations
from kg.vocabulary import RDF, YZ

Make = Callable[..., Extraction]

texts = st.text(
    st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60
) | st.sampled_from(["𠮷涨３％\r\n", "😀" * 9, '"\\\x00\x0b', "全角　空格"])
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
optional = st.none() | words
names = st.lists(words, max_size=3).map(tuple)
numbers = st.decimals(-(10**15), 10**15, allow_nan=False, allow_infinity=False, places=6)
days = st.dates(date(1990, 1, 1), date(2100, 1, 1))
supports = st.builds(
    Support,
    citations=st.lists(st.sampled_from(["0", "2", "10", "A1"]), max_size=3).map(tuple),
    scope=st.sampled_from(get_args(Scope)),
)
ids = st.sampled_from(["tsmc", "x-0a", "sk海力士/b", "a b"])
entries = {"0": None, "2": "路透社", "10": "", "A1": "[5] 彭博"}


@st.composite
def extractions(draw: st.DrawFn) -> Extraction:
    text = draw(texts)

    def spans() -> st.SearchStrategy[Span]:
        ends = st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))
        return ends.map(lambda pair: Span(min(pair), max(pair)))

    def many(strategy: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
        return st.lists(strategy, max_size=3).map(tuple)

    sentences = draw(
        st.lists(
            st.builds(
                Sentence,
                span=spans(),
                block=st.integers(1, 9),
                kind=st.sampled_from(get_args(LineKind)),
                section=optional,
                lead=st.none() | spans(),
                table=st.none() | spans(),
            ),
            min_size=1,
            max_size=3,
        ).map(tuple)
    )
    places = st.integers(0, len(sentences) - 1)

    def amount(figure: Figure) -> st.SearchStrategy[Figure]:
        low, high = st.none() | numbers, st.none() | numbers
        bounds = st.tuples(low, high).filter(any)
        return numbers.map(lambda value: replace(figure, value=value)) | bounds.map(
            lambda pair: replace(figure, value=None, low=pair[0], high=pair[1])
        )

    figures = spans().flatmap(
        lambda span: st.builds(
            Figure,
            span=st.just(span),
            text=st.just(span.of(text)),
            value=st.none(),
            low=st.none(),
            high=st.none(),
            unit=st.sampled_from(["percent", "USD", "USD/ounce", "basis_point", "GWh"]),
            approximate=st.booleans(),
            subject=words,
            entity=st.none() | ids,
            metric=st.sampled_from(get_args(Metric)),
            metric_words=optional,
            basis=optional,
            comparator=optional,
            modality=st.sampled_from(get_args(Modality)),
            speaker=optional,
            negated=st.booleans(),
            period=optional,
            period_begin=st.none() | days,
            period_end=st.none() | days,
            sentence=places,
            support=supports,
        ).flatmap(amount)
    )

    def quoting(
        make: Callable[[Span, str], st.SearchStrategy[object]],
    ) -> st.SearchStrategy[object]:
        return spans().flatmap(lambda span: make(span, span.of(text)))

    def mark(span: Span, quote: str) -> st.SearchStrategy[object]:
        def build(source: str, covers: Span) -> CitationMark:
            return CitationMark(
                span=span, text=quote, source=source, covers=covers, reference=entries[source]
            )

        return st.builds(build, st.sampled_from(list(entries)), spans())

    def argument(span: Span, quote: str) -> st.SearchStrategy[object]:
        return st.builds(Argument, span=st.just(span), text=st.just(quote), entity=st.none() | ids)

    article = Article(
        doc=draw(words),
        path=draw(words),
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        encoding=draw(st.sampled_from(get_args(Encoding))),
        media=draw(st.sampled_from(get_args(MediaType))),
    )
    metadata = st.builds(
        Metadata,
        title=words,
        published=st.none() | days,
        publisher=optional,
        author=optional,
        category=optional,
        tags=names,
        tickers=names,
    )
    line = st.builds(
        Line, span=spans(), block=st.integers(1, 9), kind=st.sampled_from(get_args(LineKind))
    )
    entity = st.builds(
        Entity,
        id=ids,
        name=words,
        aliases=names,
        type=st.sampled_from(get_args(EntityType)),
        ticker=optional,
        first_start=st.integers(0, 99),
    )
    return Extraction(
        document=Document(
            article=article,
            metadata=draw(metadata),
            lines=draw(many(line)),
            sentences=sentences,
            marks=draw(many(quoting(mark))),
        ),
        entities=draw(many(entity)),
        mentions=draw(
            many(
                quoting(
                    lambda span, quote: st.builds(
                        Mention,
                        span=st.just(span),
                        text=st.just(quote),
                        entity=ids,
                        how=st.sampled_from(["name", "reference"]),
                        score=st.floats(0, 1),
                    )
                )
            )
        ),
        figures=draw(many(figures)),
        statements=draw(
            many(
                quoting(
                    lambda span, quote: st.builds(
                        Statement,
                        span=st.just(span),
                        text=st.just(quote),
                        speaker=ids,
                        quoted=st.booleans(),
                        cue=words,
                        sentence=places,
                        support=supports,
                        addressee=st.none() | ids,
                        stance=st.none() | st.sampled_from(get_args(Stance)),
                        negated=st.booleans(),
                        modality=st.sampled_from(get_args(Modality)),
                    )
                )
            )
        ),
        offices=draw(
            many(
                st.builds(
                    Office,
                    span=spans(),
                    person=ids,
                    title=words,
                    organisation=st.none() | ids,
                    sentence=places,
                    support=supports,
                )
            )
        ),
        supports=tuple(draw(supports) for _ in sentences),
        relations=draw(
            many(
                quoting(
                    lambda span, quote: st.builds(
                        Relation,
                        kind=st.sampled_from(get_args(RelationKind)),
                        span=st.just(span),
                        text=st.just(quote),
                        cue=spans(),
                        subject=quoting(argument),
                        object=quoting(argument),
                        amount=st.none() | spans(),
                        place=st.none() | quoting(argument),
                        period=optional,
                        modality=st.sampled_from(get_args(Modality)),
                        negated=st.booleans(),
                        speaker=st.none() | ids,
                        sentence=places,
                        support=supports,
                        extractor=st.sampled_from(["rules", "model:a/b: c", "model:😀"]),
                    )
                )
            )
        ),
    )


@settings(max_examples=120, deadline=None)
@given(extractions())
def test_records_come_back_from_a_store_as_they_went_in(extraction: Extraction) -> None:
    store = Store()
    store.extend(to_quads(extraction))
    assert from_quads(store) == extraction


def test_a_graph_from_before_relations_is_read(make: Make) -> None:
    made = make()
    new = {YZ.negated, YZ.modality, YZ.addressee, YZ.stance}
    statements = {
        q.subject for q in to_quads(made) if q.predicate == RDF.type and q.object == YZ.Statement
    }
    old = [
        q
        for q in to_quads(replace(made, relations=()))
        if not (q.subject in statements and q.predicate in new)
    ]
    (statement,) = from_quads(old).statements
    assert statement == replace(made.statements[0], addressee=None, stance=None)
    assert violations(old) == ()


def test_the_graph_is_one_named_graph_without_blank_nodes(make: Make) -> None:
    quads = to_quads(make())
    assert len({quad.graph_name for quad in quads}) == 1
    assert not [
        q for q in quads if isinstance(q.subject, BlankNode) or isinstance(q.object, BlankNode)
    ]
    assert len(quads) == len(set(quads))


def test_iris_come_from_content(make: Make) -> None:
    assert to_quads(make("a")) == to_quads(make("a"))
    key = hashlib.sha256(f"a\0{make().document.article.sha256}".encode()).hexdigest()[:20]
    assert document_key("a", make().document.article.sha256) == key
    graphs = {to_quads(make(doc, extra=extra))[0].graph_name for doc in "ab" for extra in "xy"}
    assert len(graphs) == 4


def test_an_entity_is_one_node_in_all_documents(make: Make) -> None:
    node = entity_node("tsmc")
    for doc in ("a", "b"):
        assert any(quad.object == node for quad in to_quads(make(doc)))


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_entity_id_makes_an_iri_and_comes_back(identifier: str) -> None:
    assert entity_id(NamedNode(entity_node(identifier).value)) == identifier


def test_another_base_names_all_nodes_of_ours(make: Make) -> None:
    base = "https://kb.example/"
    values = {q.subject.value for q in to_quads(make(), base=base)}  # type: ignore[union-attr]
    assert all(value.startswith(base) for value in values)
    assert from_quads(to_quads(make(), base=base)) == make()


def test_a_fall_is_signed_and_goes_down(make: Make) -> None:
    store = Store()
    store.extend(to_quads(make()))
    rows = store.query(
        "PREFIX yz: <https://yinzheng.example/ns#> SELECT ?low ?high ?direction WHERE "
        '{ ?f yz:lexical "3.64%" ; yz:low ?low ; yz:high ?high ; yz:direction ?direction }',
        use_default_graph_as_union=True,
    )
    assert [(r["low"].value, r["high"].value, r["direction"].value[-4:]) for r in rows] == [  # type: ignore[union-attr]
        ("-3.64", "-3.64", "down")
    ]


def test_two_figures_at_one_place_stay_two(make: Make) -> None:
    made = make()
    double = replace(made.figures[1], subject="联电", entity="umc")
    extraction = replace(made, figures=(*made.figures, double))
    assert from_quads(to_quads(extraction)) == extraction
    assert violations(to_quads(extraction)) == ()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"sentence": 7}, "sentence 7 of .* is not there"),
        ({"low": Decimal(1)}, "'约160亿美元' has both a value and bounds; give one"),
        ({"unit": "美元"}, "'约160亿美元': '美元' is no unit"),
    ],
)
def test_contradicting_records_are_refused(
    make: Make, changes: dict[str, object], message: str
) -> None:
    made = make()
    broken = replace(made, figures=(replace(made.figures[0], **changes),))  # type: ignore[arg-type]
    with pytest.raises(ShapeError, match=message):
        to_quads(broken)


def test_a_support_for_each_sentence_is_asked_for(make: Make) -> None:
    with pytest.raises(ShapeError, match="a: 1 supports for 2 sentences"):
        to_quads(replace(make(), supports=make().supports[:1]))


def test_foreign_quads_are_refused() -> None:
    with pytest.raises(ShapeError, match="holds one article, this one 0"):
        from_quads([])


def test_registry_entries_come_back() -> None:
    entries = (
        RegistryEntry(
            id="tsmc",
            type="company",
            zh="台积电",
            en="TSMC",
            aliases=("Taiwan Semiconductor", "台湾积体电路"),
            ambiguous=("台积",),
            tickers=("XTAI 2330", "XNYS TSM"),
            broader=("semiconductors",),
            country="TW",
        ),
        RegistryEntry(id="x", type="group", zh="七巨头", members=("tsmc", "apple")),
    )
    quads = registry_quads(entries)
    assert registry_entries(quads) == entries
    assert max(Counter(quads).values()) == 1
