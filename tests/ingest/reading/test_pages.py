"""Web pages: what is kept of them, how it is written, and in what encoding they may be."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.reading import read_article
from kg.errors import InputError
from kg.records import Article

HEAD = '<meta charset="utf-8"><title>小盘股周报：价值股领跑 - 浪涌财经网</title>'
PROSE = "<p>罗素2000指数上涨1.32%，收报2,559.61点。</p><p>道琼斯工业平均指数下跌0.5%。</p>"


def read(folder: Path, body: str, *, head: str = HEAD, encoding: str = "utf-8") -> Article:
    path = folder / "a.html"
    path.write_bytes(f"<html><head>{head}</head><body>{body}</body></html>".encode(encoding))
    return read_article(path)


def article(folder: Path, body: str) -> list[str]:
    """The blocks of the article *body* on a page."""
    return read(folder, f"<article>{PROSE}{body}</article>").text.strip().split("\n\n")


def test_only_the_article_is_kept(tmp_path: Path) -> None:
    text = read(
        tmp_path,
        "<nav><ul><li><a href='/'>首页</a></li><li><a href='/m'>行情</a></li></ul></nav>"
        f"<script>document.write('股价暴涨99%。')</script><article>{PROSE}</article>"
        "<style>p{}</style><noscript>请打开脚本。</noscript>"
        "<footer>© 2026 浪涌财经网 版权所有</footer>",
    ).text
    assert "罗素2000指数上涨1.32%，收报2,559.61点。\n\n道琼斯工业平均指数下跌0.5%。" in text
    assert not any(words in text for words in ("首页", "99%", "p{}", "版权", "脚本"))


@pytest.mark.parametrize(
    ("markup", "block"),
    [
        ("<p>涨幅约7.0%<sup>[0]</sup>。</p>", "涨幅约7.0%[0]。"),
        ("<p>涨幅约7.0%<sup>3</sup>。</p>", "涨幅约7.0%[3]。"),
        ("<p>涨幅约7.0%<sup><a href='#r2'>1,4</a></sup>。</p>", "涨幅约7.0%[1,4]。"),
        ("<p>涨幅约7.0%<a href='#n'>[5]</a>。</p>", "涨幅约7.0%[5]。"),
        ("<p>建筑面积12万m<sup>2</sup>，已售。</p>", "建筑面积12万m^2，已售。"),
        ("<p>纳指<b>上涨</b><em>0.33%</em>。</p>", "纳指上涨0.33%。"),
        ("<p>纳指上涨\n   0.33%。\n   标普\n  持平。</p>", "纳指上涨 0.33%。标普持平。"),
        ("<p><strong>利率敏感性</strong><br>则更为有利。</p>", "利率敏感性\n则更为有利。"),
        ("<h2>市场反应</h2><p>纳指上涨。</p>", "## 市场反应"),
        ("<h3>估值差异</h3><p>是主要原因。</p>", "### 估值差异"),
        (
            "<ul><li>房地产涨<b>0.80%</b>[1]</li><li>工业涨0.73%。</li></ul>",
            "- 房地产涨0.80%[1]\n- 工业涨0.73%。",
        ),
        ("<ol><li>看好价值股。</li><li>回避成长股。</li></ol>", "1. 看好价值股。\n2. 回避成长股。"),
        ("<ul><li>[1] 路透社</li><li>[2] 彭博社</li></ul>", "[1] 路透社\n[2] 彭博社"),
        ("<ul><li>股票<ul><li>美股涨3%</li></ul></li></ul>", "- 股票\n- 美股涨3%"),
        (
            "<table><thead><tr><th>公司</th><th>同比</th></tr></thead>"
            "<tbody><tr><td>五粮液</td><td>-3.3%</td></tr><tr><td>洋河</td><td></td></tr></tbody></table>",
            "| 公司 | 同比 |\n|---|---|\n| 五粮液 | -3.3% |\n| 洋河 |  |",
        ),
        (
            "<table><tr><td>甲</td><td>3%</td></tr><tr><td>乙</td><td>4%</td></tr></table>"
            "<p>数据来源：[1,4]</p>",
            "| 甲 | 3% |\n| 乙 | 4% |\n数据来源：[1,4]",
        ),
    ],
)
def test_markup(tmp_path: Path, markup: str, block: str) -> None:
    assert block in article(tmp_path, markup)


class TestHead:
    def test_title_and_byline_come_from_the_metadata(self, tmp_path: Path) -> None:
        meta = (
            '<meta property="og:title" content="小盘股周报：价值股领跑">'
            '<meta property="og:site_name" content="浪涌财经网">'
            '<meta property="article:published_time" content="2026-02-03T08:00:00+08:00">'
        )
        text = read(tmp_path, f"<article>{PROSE}</article>", head=HEAD + meta).text
        assert text.startswith(
            "# 小盘股周报：价值股领跑\n\n来源：浪涌财经网\u30002026-02-03\n\n罗素"
        )

    def test_the_heading_of_the_text_is_its_title_once(self, tmp_path: Path) -> None:
        text = read(tmp_path, f"<article><h1>小盘股周报：价值股领跑</h1>{PROSE}</article>").text
        assert text.startswith("# 小盘股周报：价值股领跑\n\n")
        assert text.count("小盘股周报") == 1

    def test_a_day_that_the_text_speaks_of_is_no_date_of_it(self, tmp_path: Path) -> None:
        text = read(tmp_path, f"<article>{PROSE}<p>协议于2019年5月6日签署。</p></article>").text
        assert "2019-05-06" not in text


class TestEncoding:
    BODY = f"<article>{PROSE}</article>"

    @pytest.mark.parametrize(
        ("declared", "written", "encoding"),
        [
            ("utf-8", "utf-8", "utf-8"),
            ("gb2312", "gb18030", "gb18030"),
            ("GBK", "gb18030", "gb18030"),
            ("gb2312", "utf-8", "utf-8"),  # a page that was saved anew
            ("utf-8", "gb18030", "gb18030"),
        ],
    )
    def test_declared(self, tmp_path: Path, declared: str, written: str, encoding: str) -> None:
        page = read(tmp_path, self.BODY, head=f"<meta charset={declared}>", encoding=written)
        assert page.encoding == encoding
        assert "罗素2000指数上涨1.32%" in page.text
        assert page.media == "text/html"

    def test_not_declared(self, tmp_path: Path) -> None:
        assert "罗素2000指数" in read(tmp_path, self.BODY, head="", encoding="gb18030").text

    def test_big5_is_read_where_it_is_declared(self, tmp_path: Path) -> None:
        head = '<meta http-equiv="Content-Type" content="text/html; charset=big5">'
        body = "<article><p>羅素2000指數上漲1.32%。</p><p>道瓊指數下跌0.5%。</p></article>"
        page = read(tmp_path, body, head=head, encoding="big5")
        assert page.encoding == "big5"
        assert "羅素2000指數上漲1.32%。" in page.text
        with pytest.raises(InputError, match="neither UTF-8 nor GB18030"):
            read(tmp_path, body, head="", encoding="big5")
