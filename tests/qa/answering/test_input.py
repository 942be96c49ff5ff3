"""Questions as they are typed: empty, long, in other characters, in another language."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kg.errors import InputError
from qa.answering import answer
from qa.knowledge_base import KnowledgeBase
from qa.records import Answer, Question

GR = "great-rotation-2026"
Asking: TypeAlias = Callable[..., Answer]


@pytest.mark.parametrize("text", ["", " ", "\t\n\r\n", "\u3000\u3000", "\u00a0"])
def test_an_empty_question_is_refused(kb: KnowledgeBase, text: str) -> None:
    with pytest.raises(InputError) as caught:
        answer(Question(text=text), kb)
    message = str(caught.value)
    assert message == "the question is empty: type one, for example 哪个板块跌得最惨?"


def test_a_question_of_2001_characters_is_refused_and_one_of_2000_is_not(
    kb: KnowledgeBase, check: Asking
) -> None:
    asked = "美光年初至今涨了多少？"
    with pytest.raises(InputError) as caught:
        answer(Question(text="𠮷" * 2001), kb)
    message = "the question has 2,001 characters; ask one of at most 2,000"
    assert str(caught.value) == message
    check(GR, " " * (2000 - len(asked)) + asked, ["18%"], "1")


def test_a_bad_question_says_so_before_an_unknown_document_does(kb: KnowledgeBase) -> None:
    with pytest.raises(InputError):
        answer(Question(text=" "), kb, docs=["nowhere"])


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("tsm今年涨了多少", "12%"),
        ("ｍｕ年初至今涨幅多少？", "18%"),
        ("ＴＳＭ年初至今涨了多少", "12%"),
        ("Mu年初至今涨幅多少？", "18%"),
        ("micron年初至今涨了多少？", "18%"),
        ("罗素２０００年初至今涨了多少？", "7.0%"),
        ("台积电２０２５年第四季度利润是多少？", "160亿美元"),
        ("台积电 2025 年 第四季度 利润 是 多少 ?", "160亿美元"),
        ("𠮷美光年初至今涨了多少？", "18%"),
        ("美光\u200b年初至今涨了多少？", "18%"),
        ("美光\t年初至今涨了多少？\r\n", "18%"),
        ("\ufeff美光年初至今涨了多少？", "18%"),
        ("美光年初至今涨了多少？？？", "18%"),
        ("请问，美光年初至今涨了多少？谢谢！", "18%"),
        ("美光科技年初至今漲了多少？", "18%"),
        ("臺積電2025年第四季度利潤是多少？", "160亿美元"),
        ("哪個板塊跌得最慘？", "3.64%"),
    ],
)
def test_the_same_question_in_other_characters(check: Asking, question: str, wanted: str) -> None:
    check(GR, question, [wanted])


def test_a_sentence_is_not_told_twice(check: Asking) -> None:
    got = check(GR, "美光年初至今涨了多少？", ["18%"])
    assert got.answer.count("18%") == 1


@pytest.mark.parametrize(
    "question", ["🚀美光年初至今涨了多少？🚀", "美光年初至今涨了多少？美光涨了多少？"]
)
def test_a_question_asked_twice_in_one_is_answered_once(check: Asking, question: str) -> None:
    got = check(GR, question, ["18%"], "1")
    assert got.answer.count("18%") == 1


@pytest.mark.parametrize(
    "question", ["\x1b[31m", "𠮷野家涨了多少？", "a" * 2000, "”多少“", "多少", "几个", "😀多少😀"]
)
def test_what_is_not_about_the_article_is_refused(ask: Asking, question: str) -> None:
    assert ask(GR, question).abstained


@pytest.mark.parametrize(
    "question",
    [
        "😀",
        "？",
        "。。。",
        "\0",
        "%s%n",
        "1",
        "[",
        "“”",
        '"; DROP ALL; #',
        "呢",
        "什么",
        "的" * 2000,
    ],
)
def test_what_names_nothing_is_refused(ask: Asking, question: str) -> None:
    assert ask(GR, question).abstained


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("How much did Micron rise year to date?", "18%"),
        ("What was TSMC's profit in Q4 2025?", "160亿美元"),
        ("Which sector fell the most?", "3.64%"),
        ("Who is the CEO of TSMC?", "魏哲家"),
    ],
)
def test_an_english_question_is_answered_right_or_refused(
    ask: Asking, question: str, value: str
) -> None:
    got = ask(GR, question)
    assert got.abstained or value in got.answer


def test_a_question_word_is_no_name(ask: Asking) -> None:
    got = ask(GR, "Who is the CEO of TSMC?")
    assert "没有提到Who" not in got.answer


WORDS = (
    "台积电 美光 哪个板块 涨 跌 最 多少 吗 ？ ， 呢 2025年 利润 35% [6] “ ” 比 和 分别 为什么"
    " 谁 总结 一致 那 它 13.5亿元 - 160亿美元 3%至10% 😀 𠮷 CEO TSM 青岚重工 小鹏汽车"
)
PIECES = st.sampled_from([*WORDS.split(), " ", "\n", "\0"])


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    text=st.one_of(st.text(max_size=40), st.lists(PIECES, max_size=9).map("".join)),
    history=st.lists(st.lists(PIECES, max_size=5).map("".join), max_size=2),
    doc=st.sampled_from([GR, "qinglan", "*"]),
)
@example(text="\ud7ff\U0010ffff多少", history=[], doc="*")
def test_any_text_is_answered_with_proof_refused_or_no_question(
    ask: Asking, text: str, history: list[str], doc: str
) -> None:
    try:
        ask(doc, text, history=history)  # which judges each claim
    except InputError:
        assert not text.strip()
