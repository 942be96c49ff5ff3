"""What an article says about itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from ingest.structure.byline import find_date
from kg.records import Document

Structure = Callable[[str], Document]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026年1月17日", date(2026, 1, 17)),
        ("2026-04-17 08:30:12", date(2026, 4, 17)),
        ("2026/02/12", date(2026, 2, 12)),
        ("2026.2.3", date(2026, 2, 3)),
        ("发布时间：2024年12月7日 10:15", date(2024, 12, 7)),
        ("2026-02-30 改为 2026-03-01", date(2026, 3, 1)),
        ("2026年初", None),
        ("120260117", None),
    ],
)
def test_dates(text: str, expected: date | None) -> None:
    assert find_date(text) == expected


@pytest.mark.parametrize(
    "byline",
    [
        "作者：王五 来源：证券时报 2026年3月2日 09:01",
        "2026-03-02 09:01:00　来源：证券时报　作者：王五　评论 48",
        "来源: 证券时报 | 作者: 王五 | 2026/03/02",
        "发布时间：2026年3月2日　证券时报　记者：王五",
        "證券時報 2026-03-02 09:01\n作者：王五",
    ],
)
def test_bylines(structure: Structure, byline: str) -> None:
    metadata = structure(f"宁德时代获大单，股价涨5%\n\n{byline}\n\n宁德时代签约。").metadata
    assert metadata.title == "宁德时代获大单，股价涨5%"
    assert metadata.published == date(2026, 3, 2)
    assert metadata.publisher in ("证券时报", "證券時報")
    assert metadata.author == "王五"


@pytest.mark.parametrize(
    ("page", "title"),
    [
        ("首页 > 要闻\n三大看点\n\n正文。", "三大看点"),
        ("# 黄金周报\n\n## 回顾\n\n正文。", "黄金周报"),
        ("登录\n恒指涨1%_港股频道_新浪网\n\n正文。", "恒指涨1%_港股频道"),
        (
            "频道推荐位招租\n黄金与原油周报\n2024年12月7日\n\n黄金与原油周报\n\n正文。",
            "黄金与原油周报",
        ),
        ("2026年1月17日A股收评：沪指涨1%\n\n正文。", "2026年1月17日A股收评：沪指涨1%"),
        ("【美联储降息25个基点】美联储宣布降息。", "美联储降息25个基点"),
        ("美联储宣布降息。", "周报"),
    ],
)
def test_title(structure: Structure, page: str, title: str) -> None:
    assert structure(page).metadata.title == title


@pytest.mark.parametrize(
    ("line", "publisher"),
    [
        ("财联社1月17日电，特斯拉交付41.8万辆。", "财联社"),
        ("智通财经APP获悉，特斯拉交付41.8万辆。", "智通财经"),
        ("特斯拉交付41.8万辆。\n\n© 2024 恒信大宗商品研究　客服电话 400", "恒信大宗商品研究"),
        ("特斯拉交付41.8万辆。\n\n关于我们:Ginlix AI 是由数据驱动的助手。", "Ginlix AI"),
        ("特斯拉交付41.8万辆。", None),
    ],
)
def test_publisher_signs(structure: Structure, line: str, publisher: str | None) -> None:
    assert structure(f"特斯拉公布季度交付量\n\n{line}").metadata.publisher == publisher


def test_category_tags_and_tickers(structure: Structure) -> None:
    metadata = structure(
        "首页 > 大宗商品 > 周报 > 正文\n黄金周报：金价窄幅回落\n#gold #原油#\n标签：黄金，白银\n\n"
        "相关资产\n\nTLT\n--\n阿里巴巴 09988.HK\n+1.2%\nTLT\n--\n综合分析\n\n金价跌。"
    ).metadata
    assert metadata.category == "大宗商品 > 周报"
    assert metadata.tags == ("gold", "原油", "黄金", "白银")
    assert metadata.tickers == ("TLT", "09988.HK")


def test_source_article(source_article: Document) -> None:
    metadata = source_article.metadata
    assert metadata.title == "大轮动:2026年初小盘股与价值股表现优于‘华丽七巨头’"
    assert metadata.published == date(2026, 1, 17)
    assert metadata.publisher == "Ginlix AI"
    assert metadata.category == "美股市场"
    assert metadata.tags[0] == "market_rotation"
    assert len(metadata.tags) == 12
    assert metadata.tickers == ("MU", "TSM")
