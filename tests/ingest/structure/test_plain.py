"""The plain text: markup out, wrapped lines joined, characters simplified, places kept."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.structure import segment, without_markup
from ingest.structure.plain import plain_text
from kg.records import Article, Document, MediaType, Span


def article(text: str, media: MediaType = "text/markdown") -> Article:
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Article(doc="a", path="/a.md", text=text, sha256=digest, encoding="utf-8", media=media)


def read(text: str, media: MediaType = "text/markdown") -> Document:
    return segment(article(text, media))


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("**罗素2000指数**上涨**1.32%**。", "罗素2000指数上涨1.32%。"),
        ("*纳指*上涨_强劲_。", "纳指上涨_强劲_。"),
        ("纳指 _强劲_ 上涨。", "纳指 强劲 上涨。"),
        ("#small_caps #value_stocks", "#small_caps #value_stocks"),
        ("据[路透社](https://reuters.com/a_(b)?x=1)报道。", "据路透社报道。"),
        ('见[公告](/notice.html "标题")。', "见公告。"),
        ("上涨7%[1](https://reuters.com/x)。", "上涨7%[1]。"),
        ("上涨7%[[1]](https://reuters.com/x)。", "上涨7%[1]。"),
        ("上涨7%[1]。", "上涨7%[1]。"),
        ("上涨7%<sup>[1]</sup>。", "上涨7%[1]。"),
        ("上涨7%<sup>2</sup>。", "上涨7%[2]。"),
        ("上涨7%[^1]。", "上涨7%[^1]。"),
        (r"上涨7% \[1\]。", "上涨7% [1]。"),
        ("![图](a.png)纳指`上涨`~~下跌~~。", "纳指上涨下跌。"),
        ("> 引文说上涨。\n> > 再引。", "引文说上涨。\n再引。"),
        ("- [x] 房地产上涨。", "- 房地产上涨。"),
        ("<!-- 注 -->纳指<br/>上涨。", "纳指上涨。"),
        ("涨幅为3 * 4 * 5。", "涨幅为3 * 4 * 5。"),
        ("[1]: https://reuters.com/x", "[1]: https://reuters.com/x"),
    ],
)
def test_markdown(written: str, plain: str) -> None:
    assert plain_text(article(written)).text == plain


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("**罗素2000指数**上涨[详情](https://x.cn/a)。", "罗素2000指数上涨详情。"),
        ("*ST海航上涨，*ST金科下跌。", "*ST海航上涨，*ST金科下跌。"),
        ("a_b_c与`x`", "a_b_c与`x`"),
        ("[5](见注)与> 3%", "[5](见注)与> 3%"),
    ],
)
def test_plain_text_loses_only_what_cannot_be_meant(written: str, plain: str) -> None:
    assert plain_text(article(written, "text/plain")).text == plain


def test_pages_and_pdfs_have_no_markup() -> None:
    for media in ("text/html", "application/pdf", "text/csv"):
        assert plain_text(article("**甲**[乙](https://x.cn)", media)).is_stored


@given(text=st.text("甲乙*_[]()>`~!#-|\\\n a1%。<sup>/", max_size=60), data=st.data())
def test_places(text: str, data: st.DataObject) -> None:
    plain = plain_text(article(text))
    assert len(plain.offsets) == len(plain.text)
    assert list(plain.offsets) == sorted(set(plain.offsets))
    start = data.draw(st.integers(0, len(plain.text)))
    span = Span(start, data.draw(st.integers(start, len(plain.text))))
    stored = plain.to_stored(span)
    assert 0 <= stored.start <= stored.end <= len(text)
    if span.start < span.end:
        assert plain.from_stored(stored) == span
        assert plain.to_whole(span).contains(stored)


class TestWrapped:
    TEXT = (
        "追踪美国小盘股的罗素2000指数表现强劲，年初至今涨幅约\n"
        "7.0%，大幅跑赢标普500仅1.9%的温和涨幅，并显著超过科\n"
        "技股占比高的纳斯达克综合指数的负回报 [0]。最值得关注\n"
        "的是，华丽七巨头同期整体跌幅约1.4%。\n"
        "\n"
        "首席执行官强调了内存的持续需求，他表示，我们需要 Big\n"
        "Data 的支持。\n"
    )

    @pytest.mark.parametrize("media", ["text/plain", "text/markdown"])
    def test_lines_that_a_margin_broke_are_joined(self, media: MediaType) -> None:
        document = read(self.TEXT, media)
        said = [s.span.of(document.text) for s in document.sentences]
        assert said[0].startswith("追踪美国小盘股")
        assert said[0].endswith("负回报 [0]。")
        assert said[1] == "最值得关注\n的是，华丽七巨头同期整体跌幅约1.4%。"
        assert "Big Data 的" in plain_text(document.article).text

    @pytest.mark.parametrize(
        "text",
        [
            "估值差异\n是当前轮动的驱动因素之一，与大盘股相比折价明显，历史上少见，市场分歧不小。\n"
            * 3,
            "- 房地产板块涨幅约0.80%，领涨两市，成交明显放大了不少\n" * 4,
            "| 公司 | 营业收入 | 同比增速 | 归母净利润 | 毛利率 | 备注 |\n" * 4,
            "第一行说完了一整句话，而且正好到了页边距这里就停。\n" * 4,
        ],
    )
    def test_lines_that_end_by_themselves_are_not(self, text: str) -> None:
        assert plain_text(article(text, "text/plain")).is_stored


class TestTraditional:
    TEXT = "羅素2000指數年初至今漲幅約7.0%，遠勝標普500 [0]。臺積電利潤達160億美元。"

    def test_places_are_the_same_and_words_come_back(self) -> None:
        plain = plain_text(article(self.TEXT, "text/plain"))
        assert plain.traditional
        assert "罗素2000指数" in plain.text
        assert len(plain.text) == len(self.TEXT)
        assert plain.as_written("罗素2000指数") == "羅素2000指數"
        assert plain.as_written("指数电达") == "指數電達"  # stands nowhere as a whole

    def test_one_traditional_name_makes_no_traditional_text(self) -> None:
        text = "台湾的臺積電公布业绩，利润达到一百六十亿美元，同比增长超过三成，超出分析师的预期。"
        assert plain_text(article(text, "text/plain")).is_stored


class TestMarkdownStructure:
    TEXT = (
        "# 小盘股周报\n\n发布时间：2026年2月3日\n\n"
        "**结论：**罗素2000指数上涨**1.32%**，见[公告](https://x.cn)[1]。\n\n"
        "## 市场反应\n\n* 房地产上涨0.80%。[2]\n+ 工业上涨0.73%。\n1. 能源持平。\n\n"
        "### 估值差异\n\n是主要的驱动因素。\n\n### 利率敏感性\n\n对小盘股更为有利。\n\n"
        "各公司业绩\n\n| 公司 | 同比 | 毛利率 |\n|:--|--:|---|\n| 五粮液 |  | 75% |\n"
        "| 洋河 | -26.4% | |\n\n数据来源：[1,4]\n\n"
        "## 参考来源\n\n1. [路透社](https://r.com)，2026年2月3日\n2. 彭博社\n"
    )

    def test_kinds(self) -> None:
        document = read(self.TEXT)
        kinds = {line.span.of(self.TEXT): line.kind for line in document.lines}
        assert kinds["# 小盘股周报"] == "title"
        assert kinds["## 市场反应"] == "heading"
        assert kinds["* 房地产上涨0.80%。[2]"] == "bullet"
        assert kinds["+ 工业上涨0.73%。"] == "bullet"
        assert kinds["1. 能源持平。"] == "bullet"
        assert kinds["### 估值差异"] == "run_in"
        assert kinds["### 利率敏感性"] == "run_in"
        assert kinds["| 五粮液 |  | 75% |"] == "table"
        assert kinds["各公司业绩"] == "heading"
        assert kinds["数据来源：[1,4]"] == "caption"
        assert kinds["2. 彭博社"] == "references"
        assert document.metadata.title == "小盘股周报"

    def test_leads_are_without_their_sign(self) -> None:
        document = read(self.TEXT)
        leads = [s.lead.of(self.TEXT) for s in document.sentences if s.lead]
        assert leads == ["估值差异", "利率敏感性"]

    def test_a_link_is_no_mark_and_an_entry_keeps_its_address(self) -> None:
        document = read(self.TEXT)
        assert [m.source for m in document.marks] == ["1", "2", "1", "4"]
        assert document.marks[0].reference == "[路透社](https://r.com)，2026年2月3日"


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("罗素**2000指数**涨", "罗素2000指数涨"),
        ("**罗素指数", "罗素指数"),
        ("据[路透社](https://r.com)称", "据路透社称"),
        ("*ST海航", "*ST海航"),
        ("3%[1]", "3%[1]"),
    ],
)
def test_what_is_shown_has_no_markup(stored: str, shown: str) -> None:
    assert without_markup(stored) == shown
