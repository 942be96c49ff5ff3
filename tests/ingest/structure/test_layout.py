"""What each line of a page is, on pages like those that Chinese finance sites print."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ingest.structure import cell_spans
from kg.errors import InputError
from kg.records import Document, Span

Structure = Callable[[str], Document]


def kinds(document: Document) -> dict[str, str]:
    return {line.span.of(document.text): line.kind for line in document.lines}


def sentences(document: Document) -> list[str]:
    return [sentence.span.of(document.text) for sentence in document.sentences]


PORTAL = """财经 > 股票 > 正文
A股收评：沪指涨0.8%重返3900点，创业板指涨2.1%
2026年01月16日 15:06　新浪财经　作者：张三
新浪财经APP　缩小字体　收藏　微博　分享
炒股就看金麒麟分析师研报，权威，专业，及时，全面，助您挖掘潜力主题机会，让投资更加简单从容！

　　三大指数集体上涨。沪指涨0.8%，报3901.12点[1]。

　　【热点板块】

　　中芯国际涨5.2%，华虹公司涨7.1%[2]。

相关阅读：隆基绿能获主力净流入12亿元
[热] 沪指4000点还远吗？机构：3月见

　　两市成交额1.82万亿元，仅供参考的统计口径不变。

责任编辑：李四
"""

READER = """车企价格战再起，多家跟进降价

登入 | 註冊
已有 3,402 人閱讀　7 條評論
★★★★☆ 4.5分（238人評價）

特斯拉Model Y降价2万元。

相关个股
比亚迪 002594
102.35 -1.2%
特斯拉
TSLA
--

蔚来表示暂不降价。

热门评论（2）
股海小白：比亚迪要跌到80元了！大家快跑。
赞 12
查看更多评论

免责声明
本平台内容由第三方提供。市场有风险，投资需谨慎。
© 2026 车市网　客服电话 400-820-0000
"""

FLASH = """【比亚迪1月销量21万辆】财联社2月1日电，比亚迪1月销量21.01万辆，同比下降30.1%。
阅读 12.3万
分享
"""


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (
            PORTAL,
            [
                "三大指数集体上涨。",
                "沪指涨0.8%，报3901.12点[1]。",
                "中芯国际涨5.2%，华虹公司涨7.1%[2]。",
                "两市成交额1.82万亿元，仅供参考的统计口径不变。",
            ],
        ),
        (READER, ["特斯拉Model Y降价2万元。", "蔚来表示暂不降价。"]),
        (FLASH, [FLASH.splitlines()[0]]),
    ],
    ids=["portal", "reader", "flash"],
)
def test_only_the_article_speaks(structure: Structure, page: str, expected: list[str]) -> None:
    assert sentences(structure(page)) == expected


@pytest.mark.parametrize(
    "line",
    [
        "分享到：微信　微博　复制链接",
        "上一篇：4月工业企业利润同比增长3.6%",
        "下一篇：专项债发行提速，6月或超6,000亿元",
        "版权声明：未经授权不得转载。本文不构成投资建议。",
        "打开APP阅读全文，解锁更多茅台研报（12篇）",
        "下载APP领取1,888元体验金",
        "打赏作者　¥6　¥18　¥66",
        "风险提示：期货交易风险较高，入市需谨慎",
        "本文由智能助手辅助生成，内容仅供参考，不构成投资建议",
        "数据基于历史,不代表未来趋势;仅供投资者参考,不构成投资建议",
        "© 2024 恒信大宗商品研究　客服电话 400-820-0000",
        "基于这条新闻提问,进行深度分析...",
        "郑重声明：本站发布此内容旨在传播信息。据此操作，风险自担。",
        "(责任编辑：王五)",
        "———",
    ],
)
def test_furniture_behind_the_article(structure: Structure, line: str) -> None:
    document = structure(f"黄金周报：金价回落0.65%\n\n金价跌0.65%。\n\n油价跌1.18%。\n\n{line}\n")
    assert kinds(document)[line] in ("furniture", "meta")
    assert sentences(document) == ["金价跌0.65%。", "油价跌1.18%。"]


@pytest.mark.parametrize(
    "paragraph",
    [
        "会员费收入增长9%，注册用户达1亿。",
        "公司称，下载量与订阅收入双双增长，广告收入仅供参考。",
        "该基金不构成主要持仓，投资者需谨慎。",
        "微信支付交易额增长12%。",
        "相关阅读材料显示，热门评论达3万条。",
    ],
)
def test_running_text_amid_the_article_is_never_furniture(
    structure: Structure, paragraph: str
) -> None:
    document = structure(f"平台公司季报点评：稳\n\n收入增长5%。\n\n{paragraph}\n\n利润增长7%。")
    assert paragraph in sentences(document)


def test_a_zone_amid_the_article_ends_where_the_article_goes_on(structure: Structure) -> None:
    zone = "推荐阅读\n铝价涨3%\n锌价跌1%"
    document = structure(f"铜价周报：库存连降\n\n铜价涨2%[1]。\n\n{zone}\n\n展望\n\n库存降4%[2]。")
    assert sentences(document) == ["铜价涨2%[1]。", "库存降4%[2]。"]
    assert document.sentences[1].section == "展望"


def test_risk_warning_with_content_is_text(structure: Structure) -> None:
    document = structure(
        "光伏周报：价格企稳\n\n硅料39元。\n\n风险提示：需求不及预期，产能出清缓慢，政策变动"
    )
    assert sentences(document)[-1] == "风险提示：需求不及预期，产能出清缓慢，政策变动"


@pytest.mark.parametrize(
    "page",
    [
        "登录 | 注册\n首页 > 大宗商品 > 周报\n大轮动:2026年初小盘股与价值股表现优于‘华丽七巨头’\n"
        "关于我们:我们是由数据驱动的助手,提供可验证的答案。请使用下方的聊天框提出问题。\n"
        "相关阅读推荐\n暂无推荐文章\n仅供投资者参考,不构成投资建议",
        "分享到：微信\n上一篇：无\n版权声明：未经授权不得转载。本文不构成投资建议。",
        "热门评论（3）\n张三：涨到2000！\n查看更多",
        "———\n--\n***",
    ],
)
def test_only_furniture(structure: Structure, page: str) -> None:
    with pytest.raises(InputError, match=r"周报\.txt: no article text found, only page furniture"):
        structure(page)


def test_blocks_count_all_that_blank_lines_divide(structure: Structure) -> None:
    document = structure(
        "登录\r\n \u3000\r\n标题在这里有八个字\r\n\u200b\r\n\r\n甲涨。\r\n乙跌。\r\n\r\n分享\r\n"
    )
    assert [line.block for line in document.lines] == [1, 2, 3, 3, 4]
    assert [line.kind for line in document.lines][2:4] == ["paragraph", "paragraph"]


@pytest.mark.parametrize(
    ("heading", "section"),
    [
        ("一、金融数据", "一、金融数据"),
        ("（二）信贷", "（二）信贷"),
        ("## 市场反应", "市场反应"),
        ("**市场反应**", "市场反应"),
        ("1. 业绩总览", "1. 业绩总览"),
        ("板块轮动动态", "板块轮动动态"),
        ("黄金：央行托底，资金观望", "黄金：央行托底，资金观望"),
        ("油价为何不涨反跌？", "油价为何不涨反跌？"),
    ],
)
def test_headings(structure: Structure, heading: str, section: str) -> None:
    document = structure(f"标题在这里有八个字\n\n导语一句。\n\n{heading}\n\n甲涨3%。乙跌2%。")
    assert kinds(document)[heading] == "heading"
    assert [s.section for s in document.sentences] == [None, section, section]
    assert all(s.lead is None for s in document.sentences)


def test_two_headings_share_a_block(structure: Structure) -> None:
    document = structure("标题在这里有八个字\n\n导语。\n\n风险与机遇\n风险因素\n\n轮动尚早。")
    assert [line.kind for line in document.lines][2:4] == ["heading", "heading"]
    assert document.sentences[-1].section == "风险因素"


@pytest.mark.parametrize(
    ("subject", "sentence"),
    [
        ("估值差异", "是当前轮动最根本的驱动因素之一。折价27-30% [4]。"),
        ("货币供应", "的活化程度有所提高。M2增长8.0%。"),
        ("存款准备金率", "方面，央行下调0.25个百分点。降准落地。"),
        ("AI需求可持续性", "尽管个股强劲，这仍是考量。支出放缓。"),
        ("能源板块", "喜忧参半。壳牌利润下降11%。"),
        ("OPEC+", "再次推迟了增产。供应过剩。"),
    ],
)
def test_run_in_heading_leads_one_sentence(
    structure: Structure, subject: str, sentence: str
) -> None:
    text = f"标题在这里有八个字\n\n导语一句。\n\n{subject}\n{sentence}"
    document = structure(text)
    first, second = document.sentences[1:]
    assert kinds(document)[subject] == "run_in"
    assert first.lead is not None
    assert first.lead.of(text) == subject
    assert second.lead is None


def test_headings_right_above_their_text_are_no_subjects(structure: Structure) -> None:
    parts = [
        ("市场反应", "美债收益率下行。"),
        ("点阵图", "官员预计降息。"),
        ("风险", "通胀有粘性。"),
    ]
    document = structure("标题在这里有八个字\n\n" + "\n\n".join(map("\n".join, parts)))
    assert [s.section for s in document.sentences] == [heading for heading, _ in parts]
    assert not any(s.lead for s in document.sentences)


def test_a_cited_line_is_text_without_its_full_stop(structure: Structure) -> None:
    cited = (
        "美联储将联邦基金利率目标区间下调25个基点，为年内第三次，美股三大指数随后震荡走高 [0][2]"
    )
    document = structure(f"标题在这里有八个字\n\n{cited}\n\n道指涨1.05%。")
    assert sentences(document) == [cited, "道指涨1.05%。"]


def test_bullets(structure: Structure) -> None:
    bullets = [
        "· 沪指涨0.8%",
        "- 深成指跌1.5%",
        "• 恒指平。港股通净买入",
        "（1）社融2万亿",
        "1. 信贷6,400亿",
    ]
    document = structure("标题在这里有八个字\n\n要点如下。\n\n" + "\n".join(bullets) + "\n\n完。")
    assert {kinds(document)[bullet] for bullet in bullets} == {"bullet"}
    assert sentences(document)[1:-1] == [
        "沪指涨0.8%",
        "深成指跌1.5%",
        "恒指平。",
        "港股通净买入",
        "社融2万亿",
        "信贷6,400亿",
    ]


def test_negative_number_is_no_bullet(structure: Structure) -> None:
    assert sentences(structure("标题在这里有八个字\n\n-3.3%是降幅。"))[0] == "-3.3%是降幅。"


HEADER = ["品种", "收盘价", "涨跌（%）"]
ROWS = [["现货黄金", "2,633.20美元/盎司", "-0.65"], ["WTI原油", "67.20美元/桶", "+1.18"]]


@pytest.mark.parametrize("gap", ["　", "　　　 ", "\t", "  ", " | ", "｜", " "])
def test_tables(structure: Structure, gap: str) -> None:
    table = "\n".join(gap.join(row) for row in [HEADER, *ROWS])
    block = f"主要品种表现（截至周五）\n{table}\n数据来源：[1,4]"
    text = f"标题在这里有八个字\n\n导语。\n\n{block}\n\n完。"
    document = structure(text)
    header, *rows = [s for s in document.sentences if s.kind == "table"]
    assert [s.span.of(text) for s in [header, *rows]] == table.split("\n")
    assert {s.table for s in [header, *rows]} == {header.span}
    assert [c.of(text) for c in cell_spans(text, rows[0].span)] == ROWS[0]
    captions = [s.span.of(text) for s in document.sentences if s.kind == "caption"]
    assert captions == ["主要品种表现（截至周五）", "数据来源：[1,4]"]


def test_markdown_table(structure: Structure) -> None:
    table = "| 币种 | 24小时涨跌 |\n|---|---:|\n| 比特币 | -2.1% |\n| 以太坊 | -3.9% |"
    text = f"标题在这里有八个字\n\n导语。\n\n{table}"
    rows = [s for s in structure(text).sentences if s.kind == "table"]
    assert [s.span.of(text) for s in rows] == [text.split("\n")[i] for i in (4, 6, 7)]
    assert {s.table for s in rows} == {rows[0].span}
    assert [c.of(text) for c in cell_spans(text, rows[1].span)] == ["比特币", "-2.1%"]


def test_table_without_header(structure: Structure) -> None:
    text = "标题在这里有八个字\n\n导语。\n\n五粮液　862.7　-3.3%\n泸州老窖　289.4　-7.2%\n\n完。"
    assert [s.table for s in structure(text).sentences] == [None] * 4


def test_table_with_blank_lines_between_its_rows(structure: Structure) -> None:
    rows = ["品种　收盘价　涨跌", "现货黄金　2,633　-0.65", "WTI原油　67.20　+1.18"]
    document = structure("\n\n".join(["标题在这里有八个字", "导语。", *rows, "完。"]))
    assert sentences(document) == ["导语。", *rows, "完。"]
    assert document.sentences[2].table == document.sentences[1].span


def test_cells_of_a_part_of_the_text() -> None:
    assert cell_spans("甲　乙\n丙　丁", Span(4, 7)) == (Span(4, 5), Span(6, 7))


def test_price_ticker_above_the_title_is_furniture(structure: Structure) -> None:
    document = structure(
        "上证指数 3,900.12 +0.85%\n深证成指 12,300.45 +1.20%\n\n光伏周报：价格企稳\n\n硅料39元。"
    )
    assert sentences(document) == ["硅料39元。"]
    assert document.metadata.title == "光伏周报：价格企稳"
