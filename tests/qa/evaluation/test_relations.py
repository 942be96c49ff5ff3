from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.extract import extract
from ingest.language import build_pipeline
from ingest.lexicon import load_lexicon
from ingest.reading import read_article
from ingest.structure import segment
from kg.interchange import RelationRow, relation_rows
from kg.records import Extraction
from qa.evaluation import read_annotations, score_relations

Extracted = Callable[[Path, str], Extraction]

TEXT = "油价上涨推高成本，关税可能拖累出口。"
FOLDER = Path(__file__).with_name("devset")


@pytest.fixture(scope="module")
def extracted() -> Extracted:
    """Reads a file as the document of a name."""
    nlp = build_pipeline(load_lexicon())
    return lambda path, doc: extract(segment(replace(read_article(path), doc=doc)), nlp)


def row(subject: str, cue: str, object: str, **changes: object) -> RelationRow:
    start, end = TEXT.index(subject), TEXT.index(object) + len(object)
    fields: dict[str, object] = {
        "doc": "a", "kind": "cause", "start": start, "end": end, "text": TEXT[start:end],
        "cue": cue, "cue_start": TEXT.index(cue), "cue_end": TEXT.index(cue) + len(cue),
        "subject": subject, "subject_start": start, "subject_end": start + len(subject),
        "subject_entity": None, "object": object, "object_start": TEXT.index(object),
        "object_end": end, "object_entity": None, "amount": None, "amount_start": None,
        "amount_end": None, "place": None, "period": None, "modality": "reported",
        "negated": False, "speaker": None, "extractor": "rules", "citations": (),
        "citation_scope": "none",
    }  # fmt: skip
    return RelationRow(**{**fields, **changes})  # type: ignore[arg-type]


GOLD = [row("油价上涨", "推高", "成本"), row("关税", "拖累", "出口", modality="forecast")]


def test_the_same_relations_score_perfectly() -> None:
    card = score_relations(GOLD, GOLD, texts={"a": TEXT})
    assert {name for name, score in card.scores.items() if score != 1.0} == set()
    assert card.errors == ()


def test_missing_and_spurious_count_by_kind() -> None:
    card = score_relations(GOLD, [GOLD[0], replace(GOLD[1], kind="event")], texts={"a": TEXT})
    assert (card.scores["precision"], card.scores["recall"]) == (0.5, 0.5)
    assert (card.scores["cause_recall"], card.scores["cause_precision"]) == (0.5, 1.0)
    assert (card.scores["event_precision"], card.scores["event_recall"]) == (0.0, None)
    assert [error.problem for error in card.errors] == ["missing", "spurious"]
    assert "⟦关税可能拖累出口⟧" in card.errors[0].context


def test_a_side_may_differ_by_less_than_half() -> None:
    near = replace(GOLD[0], subject="价上涨", subject_start=1)
    far = replace(GOLD[0], subject="涨", subject_start=3)
    card = score_relations(GOLD, [near])
    assert (card.scores["recall"], card.scores["sides"]) == (0.5, 0.0)
    assert score_relations(GOLD, [far]).scores["recall"] == 0.0


def test_what_is_told_of_a_pair_is_compared() -> None:
    got = [GOLD[0], replace(GOLD[1], modality="reported", speaker="高盛", negated=True)]
    card = score_relations(GOLD, got)
    assert card.scores["f1"] == 1.0
    assert [card.scores[name] for name in ("modality", "speaker", "negated")] == [0.5, 0.5, 0.5]
    (error,) = card.errors
    assert error.problem == "modality, negated, speaker"


def test_turned_about_it_is_another_relation() -> None:
    turned = row("成本", "推高", "成本")
    assert score_relations(GOLD[:1], [turned]).scores["f1"] == 0.0


def test_other_documents_are_passed_over() -> None:
    assert score_relations(GOLD, [*GOLD, replace(GOLD[0], doc="b")]).scores["precision"] == 1.0


@pytest.mark.parametrize("name", ["B6-europe-ecb", "B8-jobs-retail"])
def test_the_relations_of_annotated_articles(name: str, shared: Path, extracted: Extracted) -> None:
    read = extracted(shared / "devset" / name / "article.txt", name)
    gold = read_annotations([FOLDER / name / "relations.jsonl"]).relations
    text = read.document.text
    for record in gold:
        assert text[record.start : record.end] == record.text
    card = score_relations(gold, relation_rows(read), texts={name: text})
    assert (card.scores["precision"] or 0) >= 0.9
    assert (card.scores["recall"] or 0) >= 0.8


def test_the_relations_of_the_projects_own_article(corpus: Path, extracted: Extracted) -> None:
    name = "great-rotation-2026"
    read = extracted(corpus / "articles" / f"{name}.txt", name)
    gold = read_annotations([corpus / "gold" / name / "relations.jsonl"]).relations
    card = score_relations(gold, relation_rows(read))
    assert (card.scores["precision"] or 0) >= 0.95
    assert (card.scores["recall"] or 0) >= 0.95
