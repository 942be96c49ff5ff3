"""The corpus and its gold: bytes as received, spans exact, records well formed."""

from __future__ import annotations

import hashlib
import itertools
import json
import re
import unicodedata
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any, get_args

import pytest

from kg.records import EntityType, Metric, RelationKind, Scope

Record = dict[str, Any]

CORPUS = Path(__file__).parents[1] / "corpus"
SEED = Path(__file__).parents[1].parent / "shared" / "seed"
STEM = "great-rotation-2026"
KINDS = ("figures", "entities", "citations", "references", "questions")
MARK = re.compile(r"\[(\d+)\]")
QUESTION_TYPES = {
    "lookup",
    "superlative",
    "comparison",
    "difference",
    "list",
    "who",
    "why",
    "verify",
    "summary",
    "followup",
    "unanswerable",
}
UNITS = {"percent", "basis_point", "USD", "trading_day", "week", "month"}
SAID_OUTRIGHT = {"lookup", "superlative", "comparison", "list", "who", "why"}


def read_gold(kind: str) -> list[Record]:
    lines = (CORPUS / "gold" / STEM / f"{kind}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_relations_are_told_where_they_stand() -> None:
    text = (CORPUS / "articles" / f"{STEM}.txt").read_bytes().decode()
    names = {entity["name"] for entity in read_gold("entities")}
    relations = read_gold("relations")
    assert {relation["kind"] for relation in relations} <= set(get_args(RelationKind))
    for relation in relations:
        assert text[relation["start"] : relation["end"]] == relation["text"]
        for part in ("cue", "subject", "object"):
            stretch = text[relation[f"{part}_start"] : relation[f"{part}_end"]]
            assert stretch == relation[part] != ""
        if relation["amount"] is not None:
            assert text[relation["amount_start"] : relation["amount_end"]] == relation["amount"]
        for side in ("subject_entity", "object_entity"):
            assert relation[side] is None or relation[side] in names, relation[side]
    assert len({(r["kind"], r["subject_start"], r["object_start"]) for r in relations}) == len(
        relations
    )


def fold(text: str) -> str:
    """*text* without spaces, case, width and kinds of dash, as answers are compared."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[-‐-―~〜−]", "-", re.sub(r"\s", "", folded))


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Sentences of the article: this one closes every sentence with 。 after its marks."""
    return [m.span() for m in re.finditer(r"[^。\n]+(?:。|$)", text, re.MULTILINE)]


def sources_of(stretch: str) -> list[str]:
    return MARK.findall(stretch)


@pytest.fixture(scope="module")
def manifest() -> list[Record]:
    listed: list[Record] = json.loads((CORPUS / "manifest.json").read_text("utf-8"))["articles"]
    return listed


@pytest.fixture(scope="module")
def text() -> str:
    return (CORPUS / "articles" / f"{STEM}.txt").read_bytes().decode("utf-8")


@pytest.fixture(scope="module")
def furniture(text: str) -> list[tuple[int, int]]:
    """What the page says: log-in prompt, self-advertisement, and all below the last paragraph."""
    prompt = text.index("解锁更多功能"), text.index("答案。请使用") + len("答案。")
    return [prompt, (text.index("相关阅读推荐"), len(text))]


@pytest.fixture(scope="module")
def figures() -> list[Record]:
    return read_gold("figures")


@pytest.fixture(scope="module")
def entities() -> list[Record]:
    return read_gold("entities")


@pytest.fixture(scope="module")
def citations() -> list[Record]:
    return read_gold("citations")


@pytest.fixture(scope="module")
def questions() -> list[Record]:
    return read_gold("questions")


def test_manifest_lists_every_article_with_its_checksum(manifest: list[Record]) -> None:
    listed = {article["file"] for article in manifest}
    assert listed == {f"articles/{path.name}" for path in (CORPUS / "articles").iterdir()}
    for article in manifest:
        content = (CORPUS / article["file"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == article["sha256"]
        assert len(content) == article["bytes"]
        assert len(content.decode(article["encoding"])) == article["characters"]
        assert article["stem"] == Path(article["file"]).stem
        assert (CORPUS / article["gold"]).is_dir()
        assert article["provenance"] and article["licence"]


def test_manifest_says_what_the_page_says(manifest: list[Record], text: str) -> None:
    (article,) = manifest
    assert text.startswith(article["title"] + "\n")
    assert f"关于我们:{article['publisher']} 是" in text
    year, month, day = map(int, article["published"].split("-"))
    assert f"\n{year}年{month}月{day}日\n" in text
    assert f"\n{article['category']}\n" in text


def test_article_is_the_source_byte_for_byte(manifest: list[Record]) -> None:
    if not SEED.is_dir():
        pytest.skip("the shared source article is not beside this checkout")
    received = {hashlib.sha256(path.read_bytes()).hexdigest() for path in SEED.glob("*.txt")}
    assert {article["sha256"] for article in manifest} == received


def test_gold_holds_what_the_readme_promises(
    figures: list[Record],
    entities: list[Record],
    citations: list[Record],
    questions: list[Record],
) -> None:
    assert (len(figures), len(entities), len(citations)) == (33, 39, 38)
    by_type = Counter(question["type"] for question in questions)
    assert set(by_type) == QUESTION_TYPES
    assert len(questions) == 104
    assert by_type["unanswerable"] == 21
    readme = (CORPUS / "README.md").read_text("utf-8")
    assert "33 figures, 39 entities, 38 citation marks and 104 questions, 21" in readme


@pytest.mark.parametrize("kind", KINDS)
def test_every_record_names_the_document_and_stands_once(kind: str) -> None:
    records = read_gold(kind)
    assert all(record["doc"] == STEM for record in records)
    assert len({json.dumps(record, sort_keys=True) for record in records}) == len(records)


def test_figure_spans_are_exact_ordered_and_apart(figures: list[Record], text: str) -> None:
    for figure in figures:
        assert text[figure["start"] : figure["end"]] == figure["text"]
    for left, right in itertools.pairwise(figures):
        assert left["end"] <= right["start"]


def test_figure_fields_hold_allowed_values(figures: list[Record], text: str) -> None:
    for figure in figures:
        assert figure["unit"] in UNITS
        assert figure["metric"] in get_args(Metric)
        assert figure["citation_scope"] in get_args(Scope)
        assert figure["approximate"] is figure["text"].startswith("约")
        assert figure["subject"] in text
        period = figure["period"]
        assert period is None or period in text
        if figure["value"] is None:
            assert figure["low"] < figure["high"]
        else:
            assert figure["low"] is figure["high"] is None


def test_figure_values_are_the_printed_digits_with_their_sign(
    figures: list[Record], text: str
) -> None:
    for figure in figures:
        digits = [float(number) for number in re.findall(r"\d+(?:\.\d+)?", figure["text"])]
        factor = 10**8 if "亿" in figure["text"] else 1
        stated = [figure["value"]] if figure["value"] is not None else []
        stated = stated or [figure["low"], figure["high"]]
        printed = [number * factor for number in digits] or [2.0]  # 两周
        assert sorted(map(abs, stated)) == sorted(printed)
        before = text[figure["start"] - 4 : figure["start"]]
        falls = re.search(r"跌|低$", before) is not None
        assert falls is all(number < 0 for number in stated)


def test_every_printed_number_with_a_unit_is_a_figure(figures: list[Record], text: str) -> None:
    unit = r"(?:%|亿美元|个基点|个交易日|个月)"
    printed = [m.end() for m in re.finditer(rf"\d(?:\.\d+)?{unit}(?![至-]\d)", text)]
    known = {figure["end"] for figure in figures}
    assert set(printed) <= known
    assert len(known - set(printed)) == 1  # 两周 has no digit


def test_figure_citations_follow_the_marks(
    figures: list[Record], citations: list[Record], text: str
) -> None:
    for figure in figures:
        start, end = figure["start"], figure["end"]
        direct = [m for m in citations if m["covers_start"] <= start and end <= m["covers_end"]]
        if figure["citation_scope"] == "direct":
            assert figure["citations"] == [m["source"] for m in direct]
            continue
        assert not direct
        line_start, line_end = text.rfind("\n", 0, start) + 1, text.index("\n", start)
        earlier = [m for m in citations if line_start <= m["start"] < start]
        later = [m for m in citations if end <= m["start"] < line_end]
        nearest = earlier[-1] if earlier else later[0]
        sentence = [m["source"] for m in citations if m["covers_start"] == nearest["covers_start"]]
        assert (figure["citation_scope"], figure["citations"]) == ("paragraph", sentence)


def test_every_mark_is_recorded_with_its_sentence(citations: list[Record], text: str) -> None:
    assert [(m["start"], m["end"], m["text"], m["source"]) for m in citations] == [
        (m.start(), m.end(), m[0], m[1]) for m in MARK.finditer(text)
    ]
    sentences = sentence_spans(text)
    for mark in citations:
        assert (mark["covers_start"], mark["covers_end"]) in sentences
        assert mark["covers_start"] <= mark["start"] < mark["end"] <= mark["covers_end"]
        assert mark["reference"] is None  # the article prints no list of sources


def test_entities_are_named_in_the_text(entities: list[Record], text: str) -> None:
    names = [entity["name"] for entity in entities]
    assert len(set(names)) == len(names)
    for entity in entities:
        known = [entity["name"], *entity["aliases"]]
        assert len(set(known)) == len(known)
        assert all(name in text for name in known)
        assert any(text.startswith(name, entity["first_start"]) for name in known)
        assert entity["type"] in get_args(EntityType)
        assert entity["ticker"] is None or entity["ticker"] in entity["aliases"]
        assert not re.search(r"[‘’“”《》]", entity["name"])
    assert [e["first_start"] for e in entities] == sorted(e["first_start"] for e in entities)


def test_references_stand_for_entities(entities: list[Record], text: str) -> None:
    names = {entity["name"] for entity in entities}
    references = read_gold("references")
    assert [r["start"] for r in references] == sorted(r["start"] for r in references)
    for reference in references:
        assert text[reference["start"] : reference["end"]] == reference["text"]
        assert set(reference["antecedent"]) <= names
    assert len(references) == 20
    assert sum(not reference["antecedent"] for reference in references) == 3


def test_tickers_are_those_of_the_related_stocks(entities: list[Record], text: str) -> None:
    block = text[text.index("相关个股") : text.index("综合分析")]
    tickers = {entity["ticker"] for entity in entities} - {None}
    assert tickers == set(re.findall(r"^[A-Z]+$", block, re.MULTILINE)) == {"MU", "TSM"}


def test_furniture_holds_no_figure_and_no_entity(
    figures: list[Record], entities: list[Record], furniture: list[tuple[int, int]]
) -> None:
    places = [record["start"] for record in figures]
    places += [record["first_start"] for record in entities]
    for start, end in furniture:
        assert not [place for place in places if start <= place < end]
    assert "Ginlix AI" not in {entity["name"] for entity in entities}


def test_questions_have_unique_ids_and_all_fields(questions: list[Record]) -> None:
    assert len({question["id"] for question in questions}) == len(questions)
    asked = [(*question["history"], question["question"]) for question in questions]
    assert len(set(asked)) == len(asked)
    for question in questions:
        assert question["type"] in QUESTION_TYPES
        assert question["answerable"] is (question["type"] != "unanswerable")
        assert question["question"].strip() == question["question"] != ""
        if question["type"] == "followup":
            assert question["history"]


def test_answerable_questions_say_what_a_right_answer_holds(questions: list[Record]) -> None:
    for question in questions:
        if not question["answerable"]:
            assert not question["must_include"] and not question["must_not_include"]
            assert not question["citations"] and not question["evidence"]
            continue
        assert question["must_include"] and question["evidence"]
        for group in question["must_include"]:
            assert group and all(option.strip() for option in group)
        for banned in question["must_not_include"]:
            assert [banned] not in question["must_include"]


def test_what_the_article_says_outright_is_in_the_evidence(questions: list[Record]) -> None:
    for question in questions:
        if question["type"] in SAID_OUTRIGHT:
            evidence = fold("".join(question["evidence"]))
            for group in question["must_include"]:
                assert any(fold(option) in evidence for option in group), question["id"]


def test_evidence_is_whole_sentences_verbatim(questions: list[Record], text: str) -> None:
    sentences = {text[start:end] for start, end in sentence_spans(text)}
    for question in questions:
        assert set(question["evidence"]) <= sentences, question["id"]
        assert len(set(question["evidence"])) == len(question["evidence"])


def test_question_citations_come_from_the_evidence(questions: list[Record], text: str) -> None:
    sources = set(sources_of(text))
    for question in questions:
        may_cite = question.get("may_cite", [])
        assert set(question["citations"]) | set(may_cite) <= sources
        assert not set(question["citations"]) & set(may_cite)
        near: set[str] = set()
        for evidence in question["evidence"]:
            place = text.index(evidence)
            line = text[text.rfind("\n", 0, place) + 1 : text.index("\n", place)]
            near |= set(sources_of(evidence) or sources_of(line))
        assert set(question["citations"]) <= near, question["id"]
        if question["answerable"] and not question["citations"]:
            assert not near, question["id"]


def test_computed_answers_agree_with_the_figures(
    figures: list[Record], questions: list[Record]
) -> None:
    moves = {f["subject"]: f["value"] for f in figures if f["metric"] == "price_change"}
    gaps = {
        ("罗素2000指数", "标普500"): "5.1",
        ("美光科技", "台积电"): "6",
        ("房地产板块", "公用事业板块"): "4.44",
        ("标普500", "华丽七巨头"): "3.3",
        ("罗素2000指数", "华丽七巨头"): "8.4",
    }
    computed = [q["must_include"][0] for q in questions if q["type"] == "difference"]
    for (higher, lower), gap in gaps.items():
        assert round(moves[higher] - moves[lower], 2) == float(gap)
        assert any(option.startswith(gap) for options in computed for option in options)


def test_new_york_had_eleven_sessions_between_new_year_and_the_article(
    questions: list[Record],
) -> None:
    """1 January is the only holiday until Martin Luther King Day, 19 January 2026."""
    days = [date(2026, 1, 2) + timedelta(days=n) for n in range(15)]  # until Friday the 16th
    sessions = sum(day.weekday() < 5 for day in days)
    (asked,) = [q for q in questions if "美股真有14个交易日吗" in q["question"]]
    assert any(option.startswith(str(sessions)) for option in asked["must_include"][1])
