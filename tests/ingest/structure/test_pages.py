"""Articles as they are copied from web pages, apps, mails and reports, frame and all.

`pages` holds the frames: ``{title}`` and ``{body}`` stand where the article is.  `bodies` holds
the articles: the title, then the text, where ``‖`` divides sentences and ``§`` opens a heading.
All sites, people and numbers are invented.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from kg.records import Document

Structure = Callable[[str], Document]

HERE = Path(__file__).parent
PAGES = {path.stem: path.read_text(encoding="utf-8") for path in HERE.glob("pages/*.txt")}
BODIES = {path.stem: path.read_text(encoding="utf-8") for path in HERE.glob("bodies/*.txt")}

PUBLISHERS = {
    "agency-cn": "路闻社",
    "aggregator": "清源看市",
    "auto-media": "车壹条",
    "boundary": "边界新闻",
    "crypto-media": "BlockLamp 链灯",
    "first-finance": "第九财经",
    "flush-news": "同顺财经",
    "form": "云帆财经",
    "gov-media": "新央社",
    "hk-wire": "智讯财经",
    "krypton": "清源看市",
    "money-portal": "东方金融研究中心",
    "moo-app": "牛途资讯",
    "newsletter": "清源晨报",
    "penguin-news": "中基日报",
    "securities-daily": "证券日讯",
    "snowball-post": "雪坡App",
    "surge-news": "浪涌新闻",
    "tiger-community": "老狮资讯综合",
    "tvpage": "海岚卫视财经频道",
    "undivided": "云帆财经",
    "wechat": "清源看市",
}
AUTHORS = {
    "auto-media": "贺清源",
    "boundary": "贺清源",
    "broker-report": "贺清源",
    "crypto-media": "Mia",
    "exchange": "Mia",
    "first-finance": "贺清源",
    "form": "贺清源",
    "hk-wire": "贺清源",
    "newsletter": "贺清源",
    "radio": "贺清源",
    "securities-daily": "贺清源",
    "snowball-post": "老贺看盘",
    "streetview": "贺清源",
    "surge-news": "贺清源",
    "tiger-sniff": "贺清源",
    "tvpage": "贺清源",
    "undivided": "贺清源",
    "wechat": "贺清源",
}
CATEGORIES = {
    "auto-media": "行业",
    "boundary": "证券",
    "crypto-media": "深度",
    "first-finance": "新闻 > 市场",
    "flush-news": "同顺财经 > 股票频道 > 大盘评述",
    "fundhouse": "投研观点 > 市场点评",
    "money-portal": "财经频道 > 焦点新闻",
    "moo-app": "资讯 > 要闻",
    "nikkei-cn": "经济・政策 > 金融市场",
    "portal-column": "新岚财经 > 证券 > 市场研究",
    "securities-daily": "要闻",
    "streetview": None,
    "telegraph": None,
}


def framed(page: str, body: str) -> tuple[str, str, list[str]]:
    """The text of a page around a body, the title and the sentences of the article."""
    title, marked = BODIES[body].rstrip("\n").split("\n", 1)
    pieces = [
        piece.strip()
        for line in marked.split("\n")
        if not line.startswith("§")
        for piece in line.split("‖")
    ]
    plain = marked.replace("‖", "").replace("§", "")
    text = PAGES[page].replace("{title}", title).replace("{body}", plain)
    return text, title, [piece for piece in pieces if len(piece) > len("1.")]


@pytest.mark.parametrize("body", sorted(BODIES))
@pytest.mark.parametrize("page", sorted(PAGES))
def test_page(structure: Structure, page: str, body: str) -> None:
    text, title, expected = framed(page, body)
    document = structure(text)
    assert [sentence.span.of(text) for sentence in document.sentences] == expected
    headings = {line[1:] for line in BODIES[body].split("\n") if line.startswith("§")}
    assert {s.section for s in document.sentences} <= headings | {None}
    assert {s.lead.of(text) for s in document.sentences if s.lead} <= headings
    metadata = document.metadata
    assert metadata.title == title
    assert metadata.published == date(2026, 3, 19)
    if page in PUBLISHERS:
        assert metadata.publisher == PUBLISHERS[page]
    if page in AUTHORS:
        assert metadata.author == AUTHORS[page]
    if page in CATEGORIES:
        assert metadata.category == CATEGORIES[page]


def test_crlf_changes_no_page(structure: Structure) -> None:
    text, title, expected = framed("wechat", "close")
    document = structure(text.replace("\n", "\r\n"))
    assert [sentence.span.of(document.text) for sentence in document.sentences] == expected
    assert document.metadata.title == title


ARTICLE = "\n\n".join(
    f"第{day}日，沪指上涨{day}%，成交额{day}万亿元，市场情绪回暖。" for day in range(1, 9)
)


@pytest.mark.parametrize(
    "line",
    [
        "图源：视觉图库",
        "（数据来源：国家统计局）",
        "上一页 1 2 下一页",
        "监管部门表示，未经许可不得开展业务。",
        "专家提醒，市场波动较大，投资者应谨慎。",
        "公司声明，上述合作不构成重大影响。",
        "下一期国债将于5月发行。",
    ],
)
def test_last_words_behind_what_only_looks_like_an_end(structure: Structure, line: str) -> None:
    last = "金价收涨3%。"
    document = structure(f"收评：沪指连涨八日，成交放量\n\n{ARTICLE}\n\n{line}\n\n{last}")
    assert document.sentences[-1].span.of(document.text) == last
    if line.endswith("。"):
        assert document.sentences[-2].span.of(document.text) == line


@pytest.mark.parametrize(
    "end",
    [
        "— END —",
        "(完)",
        "【全文完】",
        "责任编辑：顾南",
        "版权声明：未经许可不得转载。",
        "下一篇：铜价",
    ],
)
@pytest.mark.parametrize(
    "headline",
    ["3月新势力榜：理想重返4万辆", "金价暴涨5%，谁在买入？", "主力资金净流出，累计超500亿元，跌2%"],
)
def test_headlines_behind_the_end(structure: Structure, end: str, headline: str) -> None:
    page = f"收评：沪指连涨八日，成交放量\n\n{ARTICLE}\n\n{end}\n看点\n{headline}\n油价跌了1%。"
    assert len(structure(page).sentences) == 8


def test_a_list_of_sources_behind_the_end_is_read(structure: Structure) -> None:
    page = f"收评：沪指连涨八日\n\n{ARTICLE[:-1]}[1]。\n\n（完）\n\n参考来源\n[1] 路闻社"
    assert [mark.reference for mark in structure(page).marks] == ["路闻社"]
    assert [line.kind for line in structure(page).lines][-2:] == ["references", "references"]


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("云帆财经　行情　自选\n金价再创新高\n2026-03-19", "金价再创新高"),
        ("云帆 YUNFAN · 周末\n资本洪流的一周：谁在买\n文 | 贺清源", "资本洪流的一周：谁在买"),
        ("标题：铜价周报\n来源：云帆财经", "铜价周报"),
        ("沪指 3,912.47 +0.46%\n铜价连涨四周 库存降至低位", "铜价连涨四周 库存降至低位"),
        ("铜价连涨四周，库存降至低位\n——来自矿山的消息，智利停产延续\n2026-03-19", None),
        (
            "铜价连涨四周创新高\n（原标题：铜价连涨四周创新高）\n【核心结论与展望：需求回升】",
            "铜价连涨四周创新高",
        ),
        ("打开APP，开户即领188元券包\n铜价连涨四周，库存降至低位", None),
        ("首页 > 周报\n新岚 > 铜", "首页 > 周报"),
    ],
)
def test_title_amid_what_the_page_prints(
    structure: Structure, head: str, title: str | None
) -> None:
    expected = title or "铜价连涨四周，库存降至低位"
    assert structure(f"{head}\n\n金价涨3%。\n\n铜价涨4%。").metadata.title == expected
