"""Tables of figures: columns, values, units, periods; each row a block with exact spans."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.extract import extract
from ingest.language import build_pipeline
from ingest.lexicon import load_lexicon
from ingest.reading import read_article
from ingest.structure import segment
from ingest.tabular.cells import BrokenTableError, split_rows
from kg.errors import InputError
from kg.records import Extraction, Figure

HEADER = "entity,metric,period,value,unit"
ROW = "腾讯控股,营业收入,2025年第四季度,1944,亿元"


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Extraction]:
    nlp = build_pipeline(load_lexicon())

    def read(text: str) -> Extraction:
        path = tmp_path_factory.mktemp("table") / "mine.csv"
        path.write_bytes(text.encode())
        extraction = extract(segment(read_article(path)), nlp)
        stored = extraction.document.text
        assert stored == text.removeprefix("\ufeff")
        for record in (*extraction.figures, *extraction.mentions, *extraction.document.marks):
            assert record.span.of(stored) == record.text
        return extraction

    return read


def only(extraction: Extraction) -> Figure:
    (figure,) = extraction.figures
    return figure


def amount(figure: Figure) -> tuple[Decimal | None, Decimal | None, Decimal | None, str]:
    return figure.value, figure.low, figure.high, figure.unit


class TestColumns:
    @pytest.mark.parametrize(
        "header",
        [
            HEADER,
            "实体,指标,期间,数值,单位",
            "實體,指標,期間,數值,單位",
            "公司,项目,报告期,金额,计量单位",
            "Entity, Metric ,PERIOD,Value,Unit",
            '"entity","metric","period","value","unit"',
        ],
    )
    def test_names(self, read: Callable[[str], Extraction], header: str) -> None:
        figure = only(read(f"{header}\n{ROW}\n"))
        assert figure.subject == "腾讯控股"
        assert figure.metric == "revenue"
        assert figure.period == "2025年第四季度"
        assert amount(figure) == (Decimal(194_400_000_000), None, None, "CNY")
        assert figure.text == "1944"

    def test_any_order_with_others_beside(self, read: Callable[[str], Extraction]) -> None:
        table = "备注,单位,数值,编号,期间,指标,实体\n未审计,%,-26.4,7,2025年,营收同比,洋河股份\n"
        figure = only(read(table))
        assert (figure.subject, figure.metric, figure.value) == (
            "洋河股份",
            "growth_yoy",
            Decimal("-26.4"),
        )

    @pytest.mark.parametrize("sign", [",", "\t", ";", "，"])
    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_delimiters_and_line_ends(
        self, read: Callable[[str], Extraction], sign: str, end: str
    ) -> None:
        table = end.join(line.replace(",", sign) for line in (HEADER, ROW, ROW))
        assert [f.text for f in read(table).figures] == ["1944", "1944"]

    def test_byte_order_mark(self, read: Callable[[str], Extraction]) -> None:
        assert only(read(f"\ufeff{HEADER}\n{ROW}")).text == "1944"


class TestValues:
    @pytest.mark.parametrize(
        ("value", "unit", "read_as"),
        [
            ('"1,944"', "亿元", (Decimal(194_400_000_000), None, None, "CNY")),
            ("-3.5", "亿元", (Decimal(-350_000_000), None, None, "CNY")),
            ("(3.5)", "亿元", (Decimal(-350_000_000), None, None, "CNY")),
            ("＋１８．５", "％", (Decimal("18.5"), None, None, "percent")),
            ("约18", "%", (Decimal(18), None, None, "percent")),
            ("3-5", "%", (None, Decimal(3), Decimal(5), "percent")),
            ("18%", "", (Decimal(18), None, None, "percent")),
            ("160亿美元", "", (Decimal(16_000_000_000), None, None, "USD")),
            ("59.44", "美元/桶", (Decimal("59.44"), None, None, "USD/barrel")),
            ("59.44", "USD/barrel", (Decimal("59.44"), None, None, "USD/barrel")),
            ("25", "basis_point", (Decimal(25), None, None, "basis_point")),
            ("0.9", "百分点", (Decimal("0.9"), None, None, "percentage_point")),
            ("42.04", "万辆", (Decimal(420_400), None, None, "count")),
            ("1.5", "USD bn", (Decimal(1_500_000_000), None, None, "USD")),
            ("1.5", "million USD", (Decimal(1_500_000), None, None, "USD")),
        ],
    )
    def test_value_and_unit(
        self,
        read: Callable[[str], Extraction],
        value: str,
        unit: str,
        read_as: tuple[Decimal | None, Decimal | None, Decimal | None, str],
    ) -> None:
        figure = only(read(f"{HEADER}\n腾讯控股,营业收入,2025年,{value},{unit}\n"))
        assert amount(figure) == read_as
        assert figure.text == value.strip('"')

    def test_a_fall_is_negative(self, read: Callable[[str], Extraction]) -> None:
        assert only(read(f"{HEADER}\n星海重工,跌幅,2026年1月,3.3,%\n")).value == Decimal("-3.3")

    @pytest.mark.parametrize(
        ("metric", "read_as", "words"),
        [
            ("revenue", "revenue", None),
            ("price_change", "price_change", None),
            ("归母净利润", "profit", "归母净利润"),
            ("营业收入同比", "growth_yoy", "营业收入"),
            ("销量", "volume", "销量"),
            ("净利润预测", "forecast", "净利润预测"),
        ],
    )
    def test_metric(
        self, read: Callable[[str], Extraction], metric: str, read_as: str, words: str | None
    ) -> None:
        unit = "%" if read_as in ("growth_yoy", "price_change") else "亿元"
        unit = "万辆" if read_as == "volume" else unit
        figure = only(read(f"{HEADER}\n星海重工,{metric},2025年,3,{unit}\n"))
        assert (figure.metric, figure.metric_words) == (read_as, words)

    @pytest.mark.parametrize(
        ("period", "begin", "end"),
        [
            ("2025Q4", "2025-10-01", "2025-12-31"),
            ("2025年上半年", "2025-01-01", "2025-06-30"),
            ("2025", "2025-01-01", "2025-12-31"),
            ("2025-12", "2025-12-01", "2025-12-31"),
            ("2025/12/31", "2025-12-31", "2025-12-31"),
            ("本期", "None", "None"),
        ],
    )
    def test_period(
        self, read: Callable[[str], Extraction], period: str, begin: str, end: str
    ) -> None:
        figure = only(read(f"{HEADER}\n星海重工,净利润,{period},3,亿元\n"))
        assert figure.period == period
        assert (str(figure.period_begin), str(figure.period_end)) == (begin, end)

    def test_no_period(self, read: Callable[[str], Extraction]) -> None:
        assert only(read(f"{HEADER}\n星海重工,净利润,,3,亿元\n")).period is None


class TestRows:
    TABLE = (
        f"{HEADER},来源\n{ROW},[3]\n\n"
        '"阿里""巴巴""",净利润,2025年,5,亿元,年报\n甲,销量,2025年,3,万台,7\n'
    )

    def test_each_is_a_block_by_its_number(self, read: Callable[[str], Extraction]) -> None:
        document = read(self.TABLE).document
        assert [sentence.block for sentence in document.sentences] == [1, 2, 4, 5]
        assert document.sentences[1].span.of(document.text) == f"{ROW},[3]"
        assert document.metadata.title == "mine"

    def test_a_source_column_cites(self, read: Callable[[str], Extraction]) -> None:
        figures = read(self.TABLE).figures
        assert [(f.support.citations, f.support.scope) for f in figures] == [
            (("3",), "direct"),
            ((), "none"),
            (("7",), "direct"),
        ]

    def test_entities_are_those_of_the_lexicon_or_their_own(
        self, read: Callable[[str], Extraction]
    ) -> None:
        rows = (
            "贵州茅台(600519.SH),毛利率,2025,91.6,%",
            "星海重工,毛利率,2025,20,%",
            "黄金,收盘价,2025,4000,美元/盎司",
        )
        extraction = read("\n".join((HEADER, ROW, *rows)))
        tencent, moutai, own, gold = extraction.entities
        assert tencent.id == "tencent"
        assert (moutai.name, moutai.ticker) == ("贵州茅台", "600519.SH")
        assert (own.name, own.type) == ("星海重工", "company")
        assert gold.type == "commodity"
        assert [f.entity for f in extraction.figures] == [e.id for e in extraction.entities]

    @given(
        rows=st.lists(
            st.lists(st.text('甲,"\n a1%𠮷', max_size=6), min_size=2, max_size=4),
            min_size=1,
            max_size=4,
        )
    )
    def test_cells_are_those_of_the_csv_module(self, rows: list[list[str]]) -> None:
        import csv
        import io

        stream = io.StringIO(newline="")
        csv.writer(stream, quoting=csv.QUOTE_ALL).writerows(rows)
        text = stream.getvalue()
        told = [
            [cell.of(text).replace('""', '"') for cell in row.cells]
            for row in split_rows(text, ",")
        ]
        assert told == [row for row in rows if any(row)]

    @given(text=st.text('甲,;"\n\r a1', max_size=40))
    def test_any_text_is_read_or_refused(self, text: str) -> None:
        try:
            rows = list(split_rows(text, ","))
        except BrokenTableError as error:
            assert str(error).startswith("row ")
        else:
            assert [row.number for row in rows] == sorted({row.number for row in rows})


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("name,price\n甲,3\n", "row 1 names no column metric or period or value or unit"),
        ("只有一句话，没有列。", "names no column entity or metric"),
        (f"{HEADER}\n", "holds no rows below its header"),
        (f"{HEADER}\n{ROW}\n甲,净利润,2025年,很多,亿元\n", "row 3: the value '很多' is no number"),
        (f"{HEADER}\n甲,净利润,2025年,3,锅\n", "row 2: the unit '锅' is not known"),
        (f"{HEADER}\n甲,净利润,2025年,3,\n", "row 2: the value '3' has no unit"),
        (f"{HEADER}\n,净利润,2025年,3,亿元\n", "row 2 has no entity"),
        (f"{HEADER}\n甲,净利润,2025年,,亿元\n", "row 2 has no value"),
        (f"{HEADER}\n\n甲,净利润,2025年,1,944,亿元\n", "row 3 has 6 cells, the header 5; put a"),
        (f'{HEADER}\n"甲,净利润,2025年,3,亿元\n', "row 2: a quote is not closed"),
        (f'{HEADER}\n"甲"乙,净利润,2025年,3,亿元\n', "row 2: there is text behind a closing quote"),
    ],
)
def test_what_is_no_table_of_figures(tmp_path: Path, table: str, message: str) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(table, "utf-8")
    with pytest.raises(InputError) as refused:
        segment(read_article(path))
    assert str(refused.value).startswith(f"{path}: the table's ")
    assert message in str(refused.value)
    assert "\n" not in str(refused.value)
