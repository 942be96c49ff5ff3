"""Extraction as a whole: exact spans on any text, and the gold of the annotated articles."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.extraction import REFERENCES, annotated, score
from ingest.extract import extract
from ingest.language import build_pipeline
from ingest.lexicon import load_lexicon
from ingest.reading import read_article
from ingest.structure import segment
from kg.convert import to_quads
from kg.errors import InputError
from kg.records import Article
from kg.shapes import violations

if TYPE_CHECKING:
    from spacy.language import Language

WORDS = """
推动 导致 因 由于 受 影响 等芯片股 跑赢 收购 旗下 的 公布财报
客户 向 供货 是主要原因 因此 若 （苹果、微软）
英伟达 𠮷野家 营收 上涨 3.2% １２．５亿元 ， 。 [1] （ ） 较 😀 由 降至 分别 、 和
比 同比 2026年 预计 的
"""
PIECES = st.sampled_from([*WORDS.split(), "\r\n", " "])


@pytest.fixture(scope="module")
def nlp() -> Language:
    return build_pipeline(load_lexicon())


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(pieces=st.lists(PIECES, min_size=1, max_size=40))
def test_every_span_is_exact_on_any_text(pieces: list[str], nlp: Language) -> None:
    text = "英伟达公布业绩。" + "".join(pieces)
    digest = hashlib.sha256(text.encode()).hexdigest()
    article = Article(doc="a", path="/a.txt", text=text, sha256=digest, encoding="utf-8")
    try:
        document = segment(article)
    except InputError:
        return
    extraction = extract(document, nlp)
    for record in (*extraction.figures, *extraction.mentions):
        assert record.span.of(text) == record.text
    for figure in extraction.figures:
        assert document.sentences[figure.sentence].span.contains(figure.span)
        assert figure.entity in {entity.id for entity in extraction.entities}
    for relation in extraction.relations:
        for part in (relation, relation.subject, relation.object):
            assert part.span.of(text) == part.text != ""
        assert relation.span.contains(relation.cue)
    assert violations(to_quads(extraction)) == ()
    assert len(extraction.supports) == len(document.sentences)
    assert violations(to_quads(extraction)) == ()


def test_the_graphs_of_the_annotated_articles_break_no_shape(nlp: Language, shared: Path) -> None:
    paths = sorted((shared / "devset").glob("*/article.txt"))
    assert len(paths) >= 6
    for path in paths:
        extraction = extract(segment(read_article(path)), nlp)
        assert violations(to_quads(extraction)) == (), path


def test_the_annotated_articles_are_read_as_their_annotators_read_them(
    nlp: Language, shared: Path
) -> None:
    cards = {card.kind: card.scores for card in score(annotated(shared / "devset"), nlp)}
    scores = cards["figures"]
    assert scores["span_recall"] >= 0.99
    assert scores["span_f1"] >= 0.98
    assert scores["value_unit_f1"] >= 0.98
    assert scores["subject_metric_f1"] >= 0.95
    assert scores["approximate"] >= 0.99
    assert scores["period"] >= 0.91
    assert scores["citations"] >= 0.98
    assert cards["references"]["accuracy"] >= 0.9
    assert cards["references"]["precision"] >= 0.95


def test_the_projects_own_article_is_read_as_annotated(nlp: Language, corpus: Path) -> None:
    cards = {card.kind: card.scores for card in score(annotated(corpus), nlp)}
    scores = cards["figures"]
    assert scores["span_recall"] >= 0.99
    assert scores["span_f1"] >= 0.96
    assert scores["subject_metric_f1"] >= 0.93
    assert scores["citations"] >= 0.98
    assert cards["references"]["accuracy"] >= 0.94
    assert cards["references"]["precision"] >= 0.94


def test_references_of_the_passages_are_resolved(nlp: Language) -> None:
    (references,) = score(annotated(REFERENCES), nlp)
    assert references.n >= 70
    assert references.scores["accuracy"] >= 0.85
    assert references.scores["precision"] >= 0.9
