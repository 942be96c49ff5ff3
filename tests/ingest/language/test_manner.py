"""How words are said: to whom, with what stance, denied, foreseen, from hearsay."""

from __future__ import annotations

import pytest

from ingest.language.manner import stance_of
from kg.records import Statement
from tests.ingest.language.conftest import Read


def said(text: str, read: Read) -> Statement:
    _, recognition = read(text)
    assert recognition.statements, text
    return recognition.statements[0]


@pytest.mark.parametrize(
    ("cue", "words", "stance"),
    [
        ("看好", "半导体板块的长期前景", "positive"),
        ("表示", "对全年业绩有信心", "positive"),
        ("称", "对前景并不乐观", "negative"),
        ("认为", "不必悲观，估值仍低", "positive"),
        ("警告", "估值过高", "negative"),
        ("表示", "维持中性评级", "neutral"),
        ("表示", "营收增长3%", None),
        ("认为", "短期谨慎，长期乐观", None),
        ("指出", "", None),
    ],
)
def test_stance_is_told_by_words_alone(cue: str, words: str, stance: str | None) -> None:
    assert stance_of(cue, words) == stance


def test_whom_it_is_said_to(read: Read) -> None:
    statement = said("英伟达首席执行官黄仁勋向路透社表示，需求依然强劲。", read)
    _, recognition = read("英伟达首席执行官黄仁勋向路透社表示，需求依然强劲。")
    names = {entity.id: entity.name for entity in recognition.entities}
    assert names[statement.addressee or ""] == "路透社"
    assert said("黄仁勋表示，需求依然强劲。", read).addressee is None


@pytest.mark.parametrize(
    ("text", "negated", "modality"),
    [
        ("高盛表示，需求依然强劲。", False, "reported"),
        ("高盛预计，需求将会下降两成。", False, "forecast"),
        ("高盛否认，公司计划裁员两成。", True, "reported"),
        ("高盛并未表示，公司计划裁员。", True, "reported"),
        ("据知情人士称，高盛表示，需求依然强劲。", False, "hearsay"),
    ],
)
def test_denied_foreseen_or_from_hearsay(
    text: str, negated: bool, modality: str, read: Read
) -> None:
    statement = said(text, read)
    assert (statement.negated, statement.modality) == (negated, modality)
