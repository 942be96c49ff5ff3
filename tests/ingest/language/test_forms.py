"""Things told by the form of their names or by their place in a sentence; most are invented."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from kg.records import Entity
    from tests.ingest.language.conftest import Read

HEADER = "十一月市场观察\n\n2025年12月2日\n\n"


def _names(read: Read, sentence: str) -> dict[str, Entity]:
    """The entities of a sentence by each of their names."""
    _, recognition = read(HEADER + sentence)
    return {n: e for e in recognition.entities for n in (e.name, *e.aliases)}


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("南浦上证科创板50ETF单日成交62亿元。", "南浦上证科创板50ETF"),
        ("规模最大的云岭创业板ETF净申购4.1亿份。", "云岭创业板ETF"),
        ("云岭基金旗下的中证A500ETF净流入18亿元。", "中证A500ETF"),
        ("Solana ETF连续20日净流入。", "Solana ETF"),
        ("新兴市场债券基金获得17亿美元净申购。", "新兴市场债券基金"),
        ("美国小盘股基金流出3亿美元。", "美国小盘股基金"),
        ("日本中长期国债被净卖出1.24万亿日元。", "日本中长期国债"),
        ("3年期AAA级中票信用利差收窄2个基点。", "3年期AAA级中票"),
        ("1年期同业存单利率报1.58%。", "1年期同业存单"),
    ],
)
def test_instruments_are_named_in_full(read: Read, sentence: str, name: str) -> None:
    found = _names(read, sentence)
    assert found[name].type == "product"


@pytest.mark.parametrize("sentence", ["多只ETF获得净申购。", "部分基金减仓。", "ETF规模创新高。"])
def test_a_bare_class_of_funds_is_no_name(read: Read, sentence: str) -> None:
    assert not _names(read, sentence)


@pytest.mark.parametrize(
    ("sentence", "name", "ticker"),
    [
        ("云岭罗素2000ETF（YLRS）吸引了21亿美元。", "云岭罗素2000ETF", "YLRS"),
        ("iShares罗素2000ETF(IWM)吸引了21亿美元。", "iShares罗素2000ETF", "IWM"),
        ("云岭比特币信托（YLBT）流出3亿美元，衡川科技（HCTK）下跌。", "云岭比特币信托", "YLBT"),
        (
            "隔夜指数掉期（OIS）显示概率为58%；衡川科技（HCTK）涨2%，理想（LI）跌1%。",
            "隔夜指数掉期",
            None,
        ),
        ("瑞波币（XRP）跌3%，衡川科技（HCTK）涨2%，理想汽车（LI）跌1%。", "瑞波币", None),
        (
            "中国光伏行业协会（CPIA）称，衡川科技（HCTK）和理想汽车（LI）扩产。",
            "中国光伏行业协会",
            None,
        ),
    ],
)
def test_letters_are_a_ticker_of_firms_and_funds(
    read: Read, sentence: str, name: str, ticker: str | None
) -> None:
    assert _names(read, sentence)[name].ticker == ticker


@pytest.mark.parametrize(
    ("sentence", "letters"),
    [
        ("衡川科技（HCTK）的剩余履约义务（RPO）升至5亿美元。", "RPO"),
        ("链上锁仓总价值（TVL）为680亿美元。", "TVL"),
        ("每间可售房收入（RevPAR）增长2%。", "RevPAR"),
        ("处理量的客户获取成本（QXC）下降3%。", "QXC"),
    ],
)
def test_the_abbreviation_of_a_measure_names_nobody(
    read: Read, sentence: str, letters: str
) -> None:
    assert letters not in _names(read, sentence)


def test_the_text_says_whose_acronym_it_is(read: Read) -> None:
    found = _names(read, "美国商务部工业与安全局（BIS）周五宣布新规。BIS称，清单将更新。")
    assert found["BIS"] is found["美国商务部工业与安全局"]


def test_the_printed_ticker_tells_which_of_two(read: Read) -> None:
    assert _names(read, "Gemini（GEMI）股价下跌9%。")["Gemini"].type == "company"
    assert _names(read, "谷歌推出Gemini新版本。")["Gemini"].type == "product"


@pytest.mark.parametrize(
    ("sentence", "sectors"),
    [
        ("细分方向上，存储、设备和封测分别上涨7.9%、4.2%和2.6%。", {"存储", "设备", "封测"}),
        (
            "申万一级行业里，医药生物、国防军工领涨，半导体则下跌1.2%。",
            {"医药生物", "国防军工", "半导体"},
        ),
        ("涨幅居前的板块包括油气开采、影视院线等。", {"油气开采", "影视院线"}),
        ("板块方面，贵金属、脑机接口概念涨幅居前。", {"贵金属", "脑机接口"}),
    ],
)
def test_a_list_under_a_class_word_holds_sectors(
    read: Read, sentence: str, sectors: set[str]
) -> None:
    found = _names(read, sentence)
    told = {name for name, e in found.items() if e.type == "sector"}
    assert {s.removesuffix("概念") for s in told} == sectors


@pytest.mark.parametrize(
    "sentence",
    [
        "行业上看，上证指数下跌0.3%，比亚迪上涨2%。",
        "板块方面，个股涨多跌少，两市成交额1.9万亿元，规模居首。",
        "行业表现分化，涨幅、跌幅均有限。",
    ],
)
def test_what_is_no_sector_stays_none(read: Read, sentence: str) -> None:
    assert not {e.name for e in _names(read, sentence).values() if e.type == "sector"}


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("公司将极氪7X的官方售价下调1万元。", "极氪7X"),
        ("问界M9交付1.2万辆。", "问界M9"),
        ("小米SU7 Ultra交付2,000辆。", "小米SU7 Ultra"),
        ("DDR5 16Gb颗粒的均价升至25.83美元。", "DDR5 16Gb颗粒"),
        ("利基型DRAM价格上涨8%。", "利基型DRAM"),
        ("自研芯片Orlanda部署扩大。", "Orlanda"),
        ("舒沃替尼获批上市。", "舒沃替尼"),
        ("把双抗药物QY-108的权益授予对方。", "QY-108"),
        ("THE MONSTERS系列收入占比34.7%。", "THE MONSTERS系列"),
        ("索尼PS5售出390万台。", "PS5"),
        ("全球400G光模块需求量为900万只。", "400G光模块"),
        ("1.6T交换机将于明年量产。", "1.6T交换机"),
    ],
)
def test_models_and_goods(read: Read, sentence: str, name: str) -> None:
    assert _names(read, sentence)[name].type == "product"


@pytest.mark.parametrize(
    ("sentence", "absent"),
    [
        ("年内交付C919 13架。", "C919 13"),
        ("输出价格下调至每百万tokens 3元。", "tokens 3"),
        ("股价收报618.50元。", "618"),
        ("公司董事会秘书办公室表示，需求稳健。", "办公室"),
        ("下半年欧洲航线的运价下跌2%。", "欧洲"),
        ("商品期货交易委员会（CFTC）表示将推进。", "会"),
        ("上述指数公司预计盈利增长。", "上述指数公司"),
        ("大豆收于每蒲式耳10.2美元。", "蒲式耳"),
        ("布油升至每加仑3.1美元。", "加仑"),
        ("荷兰合作银行农产品分析师认为，糖价将走低。", "合作银行农产品"),
        ("4月28日光模块板块上涨3.9%。", "日光模块板块"),
        ("9月6日用化工行业下跌2%。", "日用化工行业"),
    ],
)
def test_amounts_desks_and_pieces_are_no_names(read: Read, sentence: str, absent: str) -> None:
    assert absent not in _names(read, sentence)


@pytest.mark.parametrize(
    ("sentence", "name", "kind"),
    [
        ("参议院将审议补充预算。", "参议院", "institution"),
        ("国会陷入分裂。", "国会", "institution"),
        ("四大云厂商资本开支合计1,125亿美元。", "四大云厂商", "group"),
        ("商家的“秋日焕新”促销持续10天。", "秋日焕新", "event"),
        ("汇衡资本数字资产研究主管叶青禾认为，市场仍将震荡。", "汇衡资本", "company"),
        ("鹭岛证券首席外汇策略师程以宁认为：“交易没有结束。”", "程以宁", "person"),
        ("固态电池公司衡曜新能源宣布完成12亿元的融资。", "衡曜新能源", "company"),
        ("联港国际的郭砚舟更为悲观。", "郭砚舟", "person"),
    ],
)
def test_told_by_what_stands_beside(read: Read, sentence: str, name: str, kind: str) -> None:
    assert _names(read, sentence)[name].type == kind


@pytest.mark.parametrize(
    ("sentence", "present"),
    [
        ("海外投资者净卖出1.24万亿日元。", True),
        ("海外投资者态度谨慎。", False),
        ("散户净买入12亿美元。", True),
        ("险资偏好稳定的现金流。", False),
        ("公募基金规模为36.9万亿元。", True),
        ("部分公募基金降低了配置。", False),
    ],
)
def test_a_kind_of_investor_counts_where_a_figure_tells_of_it(
    read: Read, sentence: str, present: bool
) -> None:
    assert bool(_names(read, sentence)) is present


@pytest.mark.parametrize(
    ("sentence", "present"),
    [
        ("1至8月，制造业投资增长4.7%。", True),
        ("这是规模最大的私人制造业投资项目。", False),
        ("民间投资同比下降1.2%。", True),
    ],
)
def test_a_statistic_counts_where_a_figure_tells_of_it(
    read: Read, sentence: str, present: bool
) -> None:
    told = {e.name for e in _names(read, sentence).values() if e.type == "index"}
    assert bool(told) is present


def test_a_chamber_alone_is_the_one_named_in_full(read: Read) -> None:
    found = _names(read, "美国参议院周四表决。参议院随后通过了法案。")
    assert found["参议院"] is found["美国参议院"]


def test_who_says_it_also_reminds(read: Read) -> None:
    text = HEADER + "WGC预计，明年全球央行净购金750吨，它同时提醒，高金价会抑制需求。"
    _, recognition = read(text)
    names = {e.id: e.name for e in recognition.entities}
    referred = [names[m.entity] for m in recognition.mentions if m.how == "reference"]
    assert referred == ["WGC"]


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("广州碳酸锂期货收于每吨7.2万元。", "广州碳酸锂期货"),
        ("纽约棉花期货下跌1.3%。", "纽约棉花期货"),
        ("新加坡铁矿石期货报104美元。", "新加坡铁矿石期货"),
        ("尿素期货上涨2%。", "尿素期货"),
        ("巴西大豆出口增长8%。", "巴西大豆"),
        ("越南咖啡产量预估下调至2,900万袋。", "越南咖啡"),
        ("乌克兰葵花籽油报价上涨3%。", "乌克兰葵花籽油"),
    ],
)
def test_goods_are_told_by_their_place(read: Read, sentence: str, name: str) -> None:
    found = _names(read, sentence)
    assert found[name].type == "commodity"
    assert len(found) == 1


@pytest.mark.parametrize(
    ("sentence", "absent"),
    [
        ("尿素期货市场新增8家会员。", "尿素期货"),
        ("美国大豆库存为31万吨。", "美国大豆"),
        ("智利铜产量增长2%。", "智利铜"),
    ],
)
def test_neither_a_trade_nor_a_stock_makes_goods_of_a_place(
    read: Read, sentence: str, absent: str
) -> None:
    assert absent not in _names(read, sentence)
