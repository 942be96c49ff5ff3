from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.iris import document_key
from kg.records import Entity, Extraction, Mention, Span
from qa.index.passages import passage_id, passages_of, split_id

Make = Callable[..., Extraction]

TSMC = Entity(
    id="tsmc", name="台积电", aliases=("TSM",), type="company", ticker="TSM", first_start=0
)


def reference(text: str, words: str, *, entity: str = "tsmc") -> Mention:
    start = text.index(words)
    return Mention(
        span=Span(start, start + len(words)), text=words, entity=entity, how="reference", score=1.0
    )


def test_one_passage_for_each_sentence_named_by_version_and_number(make: Make) -> None:
    extraction = make("甲涨。乙跌。", doc="日报")
    first, second = passages_of(extraction)
    key = document_key("日报", extraction.document.article.sha256)
    assert (first.indexed, second.indexed) == ("甲涨。", "乙跌。")
    assert (first.id, first.doc, first.version, first.sentence) == (f"{key}/0", "日报", key, 0)
    assert second.id == f"{key}/1"


def test_references_are_indexed_by_the_name_they_stand_for(make: Make) -> None:
    text = "台积电公布业绩。该公司将提价，其客户包括英伟达。"
    mentions = [reference(text, "其"), reference(text, "该公司")]
    (_, passage) = passages_of(make(text, entities=[TSMC], mentions=mentions))
    assert passage.indexed == "台积电将提价，台积电客户包括英伟达。"


def test_a_plural_is_indexed_by_all_the_names_it_stands_for(make: Make) -> None:
    text = "台积电与美光合作。两家公司涨价，其利润大增。"
    micron = replace(TSMC, id="micron", name="美光科技")
    mentions = [
        reference(text, "两家公司"),
        reference(text, "其"),
        reference(text, "两家公司", entity="micron"),
    ]
    (_, passage) = passages_of(make(text, entities=[TSMC, micron], mentions=mentions))
    assert passage.indexed == "台积电、美光科技涨价，台积电利润大增。"


def test_names_stay_as_they_are_written(make: Make) -> None:
    text = "TSM上涨。"
    named = Mention(span=Span(0, 3), text="TSM", entity="tsmc", how="name", score=1.0)
    (passage,) = passages_of(make(text, entities=[TSMC], mentions=[named]))
    assert passage.indexed == "TSM上涨。"


def test_a_reference_within_a_reference_is_not_replaced_twice(make: Make) -> None:
    text = "这位首席执行官表示乐观。"
    person = Entity(
        id="x-wei", name="魏哲家", aliases=(), type="person", ticker=None, first_start=0
    )
    mentions = [
        reference(text, "这位首席执行官", entity="x-wei"),
        reference(text, "首席执行官", entity="x-wei"),
    ]
    (passage,) = passages_of(make(text, entities=[person], mentions=mentions))
    assert passage.indexed == "魏哲家表示乐观。"


def test_section_table_header_and_run_in_heading_come_along(make: Make) -> None:
    text = "公司 市盈率\n估值差异\n是主因。"
    extraction = make("是主因。", section="轮动的原因")
    (plain,) = passages_of(extraction)
    assert plain.indexed == "轮动的原因 是主因。"
    sentence = replace(
        extraction.document.sentences[0], span=Span(12, 16), lead=Span(7, 11), table=Span(0, 6)
    )
    article = replace(extraction.document.article, text=text)
    document = replace(extraction.document, article=article, sentences=(sentence,))
    (whole,) = passages_of(replace(extraction, document=document))
    assert whole.indexed == "轮动的原因 公司 市盈率 估值差异是主因。"


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("一、业绩总览", "业绩总览"),
        ("（十二）展望", "展望"),
        ("01 合约价：服务器领涨", "合约价：服务器领涨"),
        ("■ 光伏：需求空窗", "光伏：需求空窗"),
        ("【股东回报】", "股东回报"),
        ("3.5万亿元的去向", "3.5万亿元的去向"),
        ("2026年展望", "2026年展望"),
        ("一汽解放的转型", "一汽解放的转型"),
    ],
)
def test_a_heading_is_indexed_without_what_sets_it_off(
    make: Make, heading: str, words: str
) -> None:
    (passage,) = passages_of(make("涨。", section=heading))
    assert passage.indexed == f"{words} 涨。"


def test_the_list_of_sources_is_no_passage(make: Make) -> None:
    assert passages_of(make("路透社。", kind="references")) == ()


def test_offsets_are_code_points_beyond_the_basic_plane(make: Make) -> None:
    text = "𠮷野家🍚涨价。该公司回应。"
    shop = Entity(id="x-y", name="𠮷野家", aliases=(), type="company", ticker=None, first_start=0)
    mentions = [reference(text, "该公司", entity="x-y")]
    (_, passage) = passages_of(make(text, entities=[shop], mentions=mentions))
    assert passage.indexed == "𠮷野家回应。"


def test_the_digest_tells_whether_the_indexed_text_differs(make: Make) -> None:
    (plain,) = passages_of(make("甲涨。"))
    (again,) = passages_of(make("甲涨。", doc="another"))
    (other,) = passages_of(make("甲涨。", section="一月"))
    assert plain.digest == again.digest != other.digest


@given(st.text(min_size=1), st.integers(min_value=0))
def test_ids_come_apart_as_they_were_put_together(version: str, sentence: int) -> None:
    assert split_id(passage_id(version, sentence)) == (version, sentence)
