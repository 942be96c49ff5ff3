"""PDFs: lines joined to paragraphs, what pages repeat left out, rows of tables kept apart."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from ingest.reading import read_article
from ingest.reading.paragraphs import PlacedLine, join_lines

FONT = "STSong-Light"
SIZE, LEADING, LEFT, TOP = 12, 18, 72, 720
COLUMN = 20  # characters of a full line


@pytest.fixture
def read(tmp_path: Path) -> Callable[[Callable[[Canvas], None]], str]:
    """The stored text of a PDF that *draw* draws."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))

    def make(draw: Callable[[Canvas], None]) -> str:
        stream = io.BytesIO()
        canvas = Canvas(stream)
        canvas.setFont(FONT, SIZE)
        draw(canvas)
        canvas.save()
        path = tmp_path / "a.pdf"
        path.write_bytes(stream.getvalue())
        return read_article(path).text

    return make


def lines(*texts: str, gap: float = 1.5, left: float = 0.0, top: float = 700) -> list[PlacedLine]:
    """Lines of a page, one below the other, in a column of `COLUMN` characters of 10 points."""
    return [
        PlacedLine(
            text=text,
            left=left,
            right=left + 10 * len(text),
            bottom=top - 10 * gap * index,
            size=10,
            place=0.5,
        )
        for index, text in enumerate(texts)
    ]


FULL = "追踪美国小盘股的罗素二千指数表现强劲，今年"[:COLUMN]


class TestParagraphs:
    def test_a_full_line_runs_on(self) -> None:
        assert (
            join_lines([lines(FULL, "初至今涨幅约百分之七。")]) == f"{FULL}初至今涨幅约百分之七。\n"
        )

    def test_a_line_that_ends_early_ends_its_paragraph(self) -> None:
        page = lines("估值差异", FULL, "是主因。")
        assert join_lines([page]) == f"估值差异\n{FULL}是主因。\n"

    def test_a_wider_gap_is_a_blank_line(self) -> None:
        page = lines(FULL, "甲涨。") + lines(FULL, "乙跌。", top=650)
        assert join_lines([page]) == f"{FULL}甲涨。\n\n{FULL}乙跌。\n"

    def test_an_indent_opens_a_paragraph(self) -> None:
        ended = FULL[:-1] + "。"
        page = lines(FULL, ended) + lines(FULL[2:], left=20, top=670) + lines("乙跌。", top=655)
        assert join_lines([page]) == f"{FULL}{ended}\n\n{FULL[2:]}乙跌。\n"

    @pytest.mark.parametrize(
        ("first", "second", "joined"),
        [
            ("利润达到1", "60亿美元", "利润达到160亿美元"),
            ("涨幅约7", ".0%。", "涨幅约7.0%。"),
            ("首席执行官桑杰", "·梅赫罗特拉表示", "首席执行官桑杰·梅赫罗特拉表示"),
            ("负回报", "[0]。大盘平。", "负回报[0]。大盘平。"),
        ],
    )
    def test_what_a_margin_broke(self, first: str, second: str, joined: str) -> None:
        full = ("涨" * COLUMN + first)[-COLUMN:]
        assert joined in join_lines([lines(full, second)])

    def test_a_mark_belongs_to_the_short_line_above_it(self) -> None:
        page = lines(FULL, "显著超过负回报", "[0][2]。其余平。")
        assert "显著超过负回报[0][2]。其余平。" in join_lines([page])

    def test_items_of_a_list_stay_apart(self) -> None:
        page = lines(FULL, "如下：", "• 房地产上涨。", "• 工业上涨。", "1. 其余下跌。")
        assert join_lines([page]).endswith("如下：\n• 房地产上涨。\n• 工业上涨。\n1. 其余下跌。\n")

    def test_a_paragraph_goes_on_overleaf(self) -> None:
        assert join_lines([lines(FULL), lines("初至今涨。")]) == f"{FULL}初至今涨。\n"
        ended = FULL[:-1] + "。"
        assert join_lines([lines(ended), lines("初至今涨。")]) == f"{ended}\n\n初至今涨。\n"

    @given(
        st.lists(
            st.lists(st.text("甲乙a1，。[] ", min_size=1, max_size=30), max_size=6), max_size=3
        )
    )
    def test_no_character_is_lost(self, pages: list[list[str]]) -> None:
        placed = [lines(*(text.strip() or "甲" for text in page)) for page in pages]
        told = "".join(line.text for page in placed for line in page)
        assert "".join(join_lines(placed).split()) == "".join(told.split())


class TestFurniture:
    def test_headers_and_page_numbers_are_left_out(
        self, read: Callable[[Callable[[Canvas], None]], str]
    ) -> None:
        def draw(canvas: Canvas) -> None:
            for page in (1, 2, 3):
                canvas.setFont(FONT, SIZE)
                canvas.drawString(LEFT, 810, "明鉴投研 市场周报")
                canvas.drawString(LEFT, TOP, f"第{page}页的正文说指数上涨{page}%。")
                canvas.drawString(290, 30, f"- {page} -")
                canvas.showPage()

        assert read(draw) == "\n\n".join(f"第{p}页的正文说指数上涨{p}%。" for p in (1, 2, 3)) + "\n"

    def test_a_number_amid_the_page_stays(
        self, read: Callable[[Callable[[Canvas], None]], str]
    ) -> None:
        assert read(lambda canvas: canvas.drawString(LEFT, 400, "2026")) == "2026\n"


class TestRows:
    ROWS = (
        ("公司", "营业收入（亿元）", "同比"),
        ("五粮液", "862.7", "-3.3%"),
        ("洋河", "212.5", "-26.4%"),
    )

    @pytest.mark.parametrize("align", ["left", "right"])
    def test_columns_are_divided_by_tabs(
        self, read: Callable[[Callable[[Canvas], None]], str], align: str
    ) -> None:
        def draw(canvas: Canvas) -> None:
            for number, row in enumerate(self.ROWS):
                for column, cell in enumerate(row):
                    place = LEFT + 130 * column
                    y = TOP - LEADING * number
                    if align == "left":
                        canvas.drawString(place, y, cell)
                    else:
                        canvas.drawRightString(place + 120, y, cell)

        assert read(draw) == "\n".join("\t".join(row) for row in self.ROWS) + "\n"

    def test_a_stretched_line_has_no_columns(
        self, read: Callable[[Callable[[Canvas], None]], str]
    ) -> None:
        def draw(canvas: Canvas) -> None:
            canvas.drawString(LEFT, TOP, "追踪小盘股的")
            canvas.drawString(LEFT + 100, TOP, "Russell")
            canvas.drawString(LEFT + 170, TOP, "2000")
            canvas.drawString(LEFT, TOP - LEADING, "指数表现强劲，上涨2%。")

        assert "追踪小盘股的 Russell 2000" in read(draw)


def test_a_small_raised_number_is_a_citation_mark(
    read: Callable[[Callable[[Canvas], None]], str],
) -> None:
    def draw(canvas: Canvas) -> None:
        text = canvas.beginText(LEFT, TOP)
        text.setFont(FONT, SIZE)
        text.textOut("涨幅约7.0%")
        text.setFont(FONT, 7)
        text.setRise(5)
        text.textOut("3")
        text.setFont(FONT, SIZE)
        text.setRise(0)
        text.textOut("，其余持平。")
        canvas.drawText(text)

    assert read(draw) == "涨幅约7.0%[3]，其余持平。\n"


@pytest.mark.parametrize(
    ("font", "character"),
    [
        ("STSong-Light", "停"),
        ("MSung-Light", "剧"),
        ("HeiseiMin-W3", "株"),
        ("HYSMyeongJo-Medium", "주"),
    ],
)
def test_a_line_of_one_character_needs_no_font_of_the_machine(
    read: Callable[[Callable[[Canvas], None]], str], font: str, character: str
) -> None:
    """None of these fonts is embedded; PDFium passes over what it has no glyph to measure by."""
    pdfmetrics.registerFont(UnicodeCIDFont(font))

    def draw(canvas: Canvas) -> None:
        canvas.setFont(font, SIZE)
        for line, text in enumerate((character * COLUMN, character, character * 3)):
            canvas.drawString(LEFT, TOP - line * LEADING, text)

    text = "".join(read(draw).split())
    assert text == character * (COLUMN + 4)
