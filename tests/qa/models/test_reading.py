"""What one sentence of a draft says, and what is wrong with it."""

from __future__ import annotations

import pytest

from qa.knowledge_base import KnowledgeBase
from qa.models.evidence import Sheet
from qa.models.reading import Fault, Said, read
from tests.qa.models.conftest import WORST, sheet_of


@pytest.fixture(scope="module")
def sheet(kb: KnowledgeBase) -> Sheet:
    return sheet_of(WORST, kb)


def slot(sheet: Sheet, figure: str) -> str:
    return next(f"{{{s.name}}}" for s in sheet.slots.values() if s.text == figure)


def said(raw: str, sheet: Sheet) -> Said:
    found = read(raw, sheet)
    assert isinstance(found, Said), found
    return found


def test_the_evidence_is_numbered_and_holds_no_mark_of_the_article(sheet: Sheet) -> None:
    assert [item.number for item in sheet.items] == list(range(1, len(sheet.items) + 1))
    assert sheet.items[0].proved
    assert not any(item.proved for item in sheet.items[1:])
    for item in sheet.items:
        assert "[" not in item.shown and "%" not in item.shown and "\n" not in item.shown
        for name in item.slots:
            assert f"{{{name}}}" in item.shown and sheet.slots[name].text in item.printed


def test_a_slot_is_printed_as_the_source_has_it(sheet: Sheet) -> None:
    found = said(f"公用事业板块表现最差，跌幅{slot(sheet, '约3.64%')}[1]。", sheet)
    assert found.text == "公用事业板块表现最差，跌幅约3.64%"
    assert [item.number for item in found.items] == [1]


@pytest.mark.parametrize("typed", ["约3.64%", "3.64%", "３．６４％", "约3.64％", "3.640%"])
def test_a_figure_that_is_typed_right_becomes_the_sources(typed: str, sheet: Sheet) -> None:
    assert said(f"公用事业板块跌幅{typed}[2]", sheet).text == "公用事业板块跌幅约3.64%"


@pytest.mark.parametrize("form", ["｛F1｝", "{{F1}}", "{ F1 }", "{f1}", "约{F1}", "{F1}%"])
def test_slots_are_read_however_they_are_put(form: str, sheet: Sheet) -> None:
    assert sheet.slots["F1"].text == "约3.64%"
    assert said(f"公用事业板块跌幅{form}[1]", sheet).text == "公用事业板块跌幅约3.64%"


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        ("公用事业板块跌幅{F99}[1]", "槽位不存在"),
        ("公用事业板块跌幅{F1}[99]", "编号不存在"),
        ("公用事业板块跌幅{F1}[0]", "编号不存在"),
        ("公用事业板块跌幅{F1}[¶15]", "只能是证据编号"),
        ("公用事业板块跌幅{F1}[great-rotation-2026:0]", "只能是证据编号"),
        ("公用事业板块跌幅{F1}【98】", "编号不存在"),
        ("公用事业板块跌幅{F1}[^1]", "只能是证据编号"),
        ("公用事业板块跌幅{F1}[[97]]", "编号不存在|标记"),
        ("公用事业板块跌幅{F1}（来源3）", "方括号写证据编号"),
        ("公用事业板块跌幅{F1}，见附录二[1]", "方括号写证据编号"),
        ("公用事业板块跌幅3.46%[1]", "证据里没有的数字"),
        ("公用事业板块跌幅3.64个百分点[1]", "证据里没有的数字"),
        ("公用事业板块跌幅百分之九十[1]", "证据里没有的数字"),
        ("公用事业板块跌幅九成[1]", "证据里没有的数字"),
        ("公用事业板块跌幅٨٧%[1]", "证据里没有的数字"),
        ("公用事业板块跌幅②[1]", "证据里没有的数字"),
        ("公用事业板块2031年跌幅{F1}[1]", "证据里没有的数字"),
        ("公用事业板块跌幅1{F1}[1]", "证据里没有的数字|槽位前后"),
        ("公用事业板块跌幅{F1}5[1]", "证据里没有的数字|槽位前后"),
        ("公用事业板块跌幅-3.64%[1]", "证据里没有的数字"),
        ("公用事业板块<b>跌幅</b>{F1}[1]", "标记"),
        ("公用事业板块[跌幅](http://a.example){F1}[1]", "证据编号|标记"),
        ("详见 https://a.example/x 公用事业板块[1]", "标记"),
        ("SELECT * WHERE { ?s ?p ?o } 公用事业板块[1]", "标记"),
        ("公用事业板块{跌幅}[1]", "标记"),
        ("Utilities fell {F1} [1].", "不是中文"),
        ("公益事業セクターは{F1}下落した[1]", "不是中文"),
        ("公用事业板块跌幅{F1}。通信服务板块下跌{F2}[1]", "一次只写一句"),
        ("公用事业板块" + "跌" * 300 + "[1]", "不要太长"),
    ],
)  # fmt: skip
def test_faults_are_told(raw: str, fault: str, sheet: Sheet) -> None:
    found = read(raw, sheet)
    assert isinstance(found, Fault)
    assert any(words in found.reason for words in fault.split("|"))


@pytest.mark.parametrize("raw", ["", "   ", "[1]", "。。。", "- ", "**", "[1][2]。"])
def test_nothing_is_nothing(raw: str, sheet: Sheet) -> None:
    assert read(raw, sheet) is None


@pytest.mark.parametrize(
    "raw",
    [
        "- **公用事业**板块跌幅{F1}[1]。",
        "1. 公用事业板块跌幅{F1}[1]。",
        "答：公用事业板块跌幅{F1}[1]。",
        "根据证据，公用事业板块跌幅{F1}[1]。",
    ],
)
def test_what_a_model_puts_around_is_taken_off(raw: str, sheet: Sheet) -> None:
    assert said(raw, sheet).text == "公用事业板块跌幅约3.64%"


def test_no_control_character_comes_through(sheet: Sheet) -> None:
    found = read("公用事业板块\u202e跌幅\u200b{F1}\u0007[1]。", sheet)
    assert isinstance(found, Said) and found.text == "公用事业板块跌幅约3.64%"


def test_evidence_that_lacks_a_figure_is_not_taken_for_it(sheet: Sheet) -> None:
    house = next(item for item in sheet.items if "房地产板块" in item.printed)
    found = said(f"公用事业板块跌幅{{F1}}[{house.number}]", sheet)
    for evidence in found.supports(sheet):
        assert any("公用事业板块跌幅约3.64%" in e.span.of(e.view.text) for e in evidence)
