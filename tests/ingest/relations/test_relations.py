"""Relations of single sentences: who, how, to whom; and sentences that tell none."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kg.convert import to_quads
from kg.records import Extraction, Relation
from kg.shapes import violations
from tests.ingest.relations.conftest import Extract

TOLD = [
    ("美光、西部数据等存储芯片股大涨。", "membership", "西部数据", "等", "存储芯片股"),
    ("华丽七巨头包括苹果、微软和英伟达。", "membership", "英伟达", "包括", "华丽七巨头"),
    ("亚马逊旗下AWS营收增长20%。", "membership", "AWS", "旗下", "亚马逊"),
    ("沃尔沃汽车是吉利的控股子公司。", "membership", "沃尔沃汽车", "控股子公司", "吉利"),
    ("宁德时代、比亚迪和亿纬锂能等电池企业上调价格。", "membership", "亿纬锂能", "等", "电池企业"),
    ("英伟达被纳入道琼斯工业平均指数。", "membership", "英伟达", "纳入", "道琼斯工业平均指数"),
    ("工商银行、建设银行等国有大行下调存款利率。", "membership", "建设银行", "等", "国有大行"),
    ("在医药板块中，恒瑞医药是涨幅最大的个股之一。", "membership", "恒瑞医药", "之一", "医药板块"),
    ("油价上涨推高了航空公司的成本。", "cause", "油价上涨", "推高", "航空公司的成本"),
    ("受美元走强影响，黄金价格下跌2%。", "cause", "美元走强", "影响", "黄金价格下跌2%"),
    ("由于需求疲软，苹果下调了iPhone产量。", "cause", "需求疲软", "由于", "苹果下调了iPhone产量"),
    ("英伟达股价大涨，带动半导体板块走高。", "cause", "英伟达股价大涨", "带动", "半导体板块走高"),
    ("特斯拉因召回事件而下跌5%。", "cause", "召回事件", "因", "下跌5%"),
    ("关税升级可能导致通胀反弹。", "cause", "关税升级", "导致", "通胀反弹"),
    ("AI需求强劲是台积电业绩增长的主要原因。", "cause", "AI需求强劲", "原因", "台积电业绩增长"),
    (
        "宁德时代利润增长得益于原材料价格回落。",
        "cause",
        "原材料价格回落",
        "得益于",
        "宁德时代利润增长",
    ),
    ("金价创新高，主要原因是央行持续购金。", "cause", "央行持续购金", "原因", "金价创新高"),
    ("降息预期升温为股市提供了支撑。", "cause", "降息预期升温", "支撑", "股市"),
    ("高盛认为，财政刺激有望提振内需。", "cause", "财政刺激", "提振", "内需"),
    ("加息并未导致失业率上升。", "cause", "加息", "导致", "失业率上升"),
    ("据知情人士透露，供应中断将推高铜价。", "cause", "供应中断", "推高", "铜价"),
    ("毛利率下降是因为原材料涨价。", "cause", "原材料涨价", "因为", "毛利率下降"),
    ("毛利率下降，主要是因为原材料涨价。", "cause", "原材料涨价", "因为", "毛利率下降"),
    ("地产板块受政策利好提振。", "cause", "政策利好", "提振", "地产板块"),
    ("美元走弱使黄金更具吸引力。", "cause", "美元走弱", "使", "黄金更具吸引力"),
    ("出口放缓，因此工业生产承压。", "cause", "出口放缓", "因此", "工业生产承压"),
    ("比亚迪销量增长，从而摊薄了单车成本。", "cause", "比亚迪销量增长", "从而", "摊薄了单车成本"),
    ("需求不足给钢价带来压力。", "cause", "需求不足", "带来", "给钢价带来压力"),
    ("英伟达推出新一代AI芯片Rubin。", "product", "英伟达", "推出", "Rubin"),
    ("苹果发布了iPhone 17。", "product", "苹果", "发布", "iPhone 17"),
    ("华为发布Mate 80手机。", "product", "华为", "发布", "Mate 80"),
    ("小米生产电动汽车。", "product", "小米", "生产", "电动汽车"),
    ("比亚迪推出全新车型海豹06。", "product", "比亚迪", "推出", "车型海豹06"),
    ("DeepSeek发布V4大模型。", "product", "DeepSeek", "发布", "V4"),
    ("台积电将于2026年量产2纳米芯片。", "product", "台积电", "量产", "2纳米芯片"),
    ("台积电向苹果供货。", "supply", "台积电", "供货", "苹果"),
    ("宁德时代向特斯拉供应电池。", "supply", "宁德时代", "供应", "特斯拉"),
    ("苹果是台积电的最大客户。", "supply", "台积电", "客户", "苹果"),
    ("台积电的主要客户包括英伟达、苹果和AMD。", "supply", "台积电", "客户", "AMD"),
    ("SK海力士是英伟达的HBM供应商。", "supply", "SK海力士", "供应商", "英伟达"),
    ("特斯拉从宁德时代采购电池。", "supply", "宁德时代", "采购", "特斯拉"),
    ("英伟达的供应商SK海力士上涨3%。", "supply", "SK海力士", "供应商", "英伟达"),
    ("台积电计划投资1000亿美元在美国建设晶圆厂。", "investment", "台积电", "建设", "晶圆厂"),
    ("微软收购诺基亚。", "investment", "微软", "收购", "诺基亚"),
    ("软银以65亿美元收购Ampere公司。", "investment", "软银", "收购", "Ampere公司"),
    ("宁德时代在匈牙利投资73亿欧元建设电池工厂。", "investment", "宁德时代", "建设", "电池工厂"),
    ("腾讯增资入股蔚来。", "investment", "腾讯", "入股", "蔚来"),
    ("丰田将在美国新建一座电池工厂。", "investment", "丰田", "新建", "电池工厂"),
    (
        "阿里巴巴投资3800亿元建设云和AI硬件基础设施。",
        "investment",
        "阿里巴巴",
        "建设",
        "云和AI硬件基础设施",
    ),
    ("英特尔获得英伟达50亿美元投资。", "investment", "英伟达", "投资", "英特尔"),
    (
        "三星电子在得克萨斯州建设一座芯片工厂,投资额达170亿美元。",
        "investment",
        "三星电子",
        "建设",
        "芯片工厂",
    ),
    ("吉利收购沃尔沃汽车100%股权。", "investment", "吉利", "收购", "沃尔沃汽车100%股权"),
    (
        "纳斯达克指数跑赢标普500指数3个百分点。",
        "performance",
        "纳斯达克指数",
        "跑赢",
        "标普500指数",
    ),
    ("沪深300指数今年跑输恒生指数。", "performance", "恒生指数", "跑输", "沪深300指数"),
    ("特斯拉股价跑输大盘。", "performance", "大盘", "跑输", "特斯拉"),
    ("美光科技年初至今涨幅超过英伟达。", "performance", "美光科技", "超过", "英伟达"),
    ("半导体板块领先软件板块5个百分点。", "performance", "半导体板块", "领先", "软件板块"),
    ("中证1000未能跑赢沪深300。", "performance", "中证1000", "跑赢", "沪深300"),
    ("小马智行于11月6日在港交所上市。", "event", "小马智行", "上市", "在港交所上市"),
    ("美联储12月10日召开议息会议。", "event", "美联储", "召开", "议息会议"),
    ("苹果将于7月31日公布财报。", "event", "苹果", "公布", "财报"),
    ("阿里巴巴计划于2026年分拆菜鸟上市。", "event", "阿里巴巴", "分拆", "分拆菜鸟上市"),
    ("江西铜业矿山8月停产。", "event", "江西铜业", "停产", "停产"),
    ("2026年3月1日，宁德时代披露年报。", "event", "宁德时代", "披露", "年报"),
    ("贵州茅台5月20日召开股东大会。", "event", "贵州茅台", "召开", "股东大会"),
    ("丰田汽车3月停产。", "event", "丰田汽车", "停产", "停产"),
]

TELLS_NONE = [
    "投资者应关注风险。",
    "上市公司业绩分化。",
    "推动作用有限。",
    "公司将推动海外扩张。",
    "市场影响因素众多。",
    "苹果价格上涨3%。",
    "该公司投资者关系部门回应称。",
    "支撑位在3800点。",
    "营收好于预期。",
    "业绩超过分析师预期。",
    "这是主要原因。",
    "拖累项主要是地产。",
    "多家公司公布了财报。",
    "等公司公告后再决定。",
    "苹果、微软等公司上涨。",
    "分析师维持买入评级。",
    "小盘股跑赢大盘的可能性上升。",
    "建设银行上涨2%。",
    "投资银行高盛上涨。",
    "生产指数回升。",
    "央行公布，5月M2同比增长8%。",
    "被动元件涨价。",
    "需求得到市场认可。",
    "受访者表示看好后市。",
    "因此，市场将关注非农数据。",
    "因素众多。",
    "产品结构有待改善。",
    "影响尚不明确。",
    "公用事业板块跌幅约3.64%,表现最差。",
    "等到财报公布后,股价再作反应。",
    "公司股价受到市场关注。",
    "投资者情绪有所改善。",
    "毛利率提升2.3个百分点。",
    "台积电在报告中披露,订单增长20%。",
    "市场对建设银行的看法不变。",
    "受益人名单尚未公布。",
    "真正改变价格的是拥挤仓位的退出。",
    "要看锂价上涨会不会侵蚀储能企业的利润。",
    "订单充裕，公司没有压缩研发预算的打算。",
    "融资成本抬升与汇兑亏损同时出现。",
]


def only(extraction: Extraction, kind: str) -> Relation:
    found = [relation for relation in extraction.relations if relation.kind == kind]
    assert len(found) == 1, [(r.kind, r.subject.text, r.object.text) for r in extraction.relations]
    return found[0]


@pytest.mark.parametrize(("sentence", "kind", "subject", "cue", "object"), TOLD)
def test_a_sentence_tells_its_relation(
    sentence: str, kind: str, subject: str, cue: str, object: str, extracted: Extract
) -> None:
    extraction = extracted(sentence)
    text = extraction.document.text
    told = [(r.kind, r.subject.text, r.cue.of(text), r.object.text) for r in extraction.relations]
    assert (kind, subject, cue, object) in told
    assert {r.kind for r in extraction.relations} == {kind}


@pytest.mark.parametrize("sentence", TELLS_NONE)
def test_a_sentence_tells_none(sentence: str, extracted: Extract) -> None:
    assert extracted(sentence).relations == ()


def test_members_in_a_row_are_one_relation_each(extracted: Extract) -> None:
    extraction = extracted("宁德时代、比亚迪和亿纬锂能等电池企业上调价格。")
    assert [(r.subject.entity, r.object.text) for r in extraction.relations] == [
        ("catl", "电池企业"),
        ("byd", "电池企业"),
        ("eve-energy", "电池企业"),
    ]


def test_members_in_brackets(extracted: Extract) -> None:
    extraction = extracted("‘华丽七巨头’(苹果、微软、Alphabet)今年下跌1%。")
    assert [(r.subject.text, r.object.text) for r in extraction.relations] == [
        ("苹果", "华丽七巨头"),
        ("微软", "华丽七巨头"),
        ("Alphabet", "华丽七巨头"),
    ]


def test_where_and_how_much(extracted: Extract) -> None:
    extraction = extracted("宁德时代计划在匈牙利投资73亿欧元建设电池工厂。")
    relation = only(extraction, "investment")
    assert relation.place is not None
    assert (relation.place.text, relation.place.entity) == ("匈牙利", "hungary")
    assert relation.amount is not None and relation.modality == "forecast"
    assert [f.value for f in extraction.figures if f.span == relation.amount] == [
        Decimal(7_300_000_000)
    ]


def test_by_how_much_and_when(extracted: Extract) -> None:
    extraction = extracted("纳斯达克指数2025年跑赢标普500指数3个百分点。")
    relation = only(extraction, "performance")
    assert relation.amount is not None
    assert relation.amount.of(extraction.document.text) == "3个百分点"
    assert relation.period == "2025年"


def test_whoever_does_better_is_the_subject(extracted: Extract) -> None:
    behind = only(extracted("中证1000跑输沪深300。"), "performance")
    ahead = only(extracted("沪深300跑赢中证1000。"), "performance")
    assert behind.subject.entity == ahead.subject.entity
    assert behind.object.entity == ahead.object.entity


@pytest.mark.parametrize(
    ("sentence", "modality", "negated"),
    [
        ("关税导致通胀反弹。", "reported", False),
        ("关税可能导致通胀反弹。", "forecast", False),
        ("关税并未导致通胀反弹。", "reported", True),
        ("若美国加税，关税将导致通胀反弹。", "forecast", False),
        ("据知情人士透露，关税导致通胀反弹。", "hearsay", False),
        ("高盛预计，关税导致通胀反弹。", "forecast", False),
        ("关税难以导致通胀反弹。", "reported", True),
        ("地产板块受销售不及预期拖累。", "reported", False),
        ("地产板块不受政策调整影响。", "reported", True),
        ("关税给不少企业带来压力。", "reported", False),
        ("关税不会给企业带来压力。", "reported", True),
    ],
)
def test_how_it_is_told(sentence: str, modality: str, negated: bool, extracted: Extract) -> None:
    relation = only(extracted(sentence), "cause")
    assert (relation.modality, relation.negated) == (modality, negated)


def test_whose_words_they_are(extracted: Extract) -> None:
    extraction = extracted("高盛认为，财政刺激有望提振内需。[3]")
    relation = only(extraction, "cause")
    assert relation.speaker == "goldman-sachs"
    assert relation.support.citations == ("3",)
    assert relation.extractor == "rules"


def test_a_reference_stands_for_its_name(extracted: Extract) -> None:
    extraction = extracted("台积电公布业绩。该公司向苹果供货。")
    relation = only(extraction, "supply")
    assert (relation.subject.text, relation.subject.entity) == ("该公司", "tsmc")


@pytest.mark.parametrize(
    "text",
    [
        "𠮷野家涨价，\r\n带动餐饮板块走高😀。\r\n台积电（ＴＳＭ）的业绩推动ＡＳＭＬ股价上涨７％。",
        "由于需求疲软，因此，\t因为，导致；受的影响，钢价承压。",
        "的的的推动了了了，使使使。" * 20,
        "美光、西部数据、闪迪等等等存储芯片股，等公司（、、）（，）。",
        "“油价上涨”推高了“航空公司”的成本 [1][2]。😀" * 5,
    ],
)
def test_spans_are_exact_and_the_shapes_hold(text: str, extracted: Extract) -> None:
    extraction = extracted(text)
    stored = extraction.document.text
    for relation in extraction.relations:
        assert relation.span.of(stored) == relation.text
        for side in (relation.subject, relation.object):
            assert side.span.of(stored) == side.text
    assert violations(to_quads(extraction)) == ()
    assert extracted(text).relations == extraction.relations
