"""Names that no list holds: all firms, people, products and bodies here are invented."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from spacy.language import Language

from ingest.language import build_pipeline, recognise
from ingest.lexicon import Lexicon
from ingest.structure import segment
from kg.records import Article

HEADER = "十一月市场观察\n\n2025年12月2日\n\n"
Names = Callable[[str], dict[str, Any]]


@pytest.fixture(scope="module", params=["lexicon", "no lexicon"])
def names(request: pytest.FixtureRequest) -> Iterator[Names]:
    """Reads a sentence; entities by each of their names, with our lexicon and without any."""
    if request.param == "lexicon":
        nlp = request.getfixturevalue("nlp")
    else:
        nlp = build_pipeline(Lexicon({}))

    yield lambda sentence: _read(nlp, sentence)


def _read(nlp: Language, sentence: str) -> dict[str, Any]:
    text = HEADER + sentence
    document = segment(Article(doc="a", path="/a", text=text, sha256="", encoding="utf-8"))
    found = recognise(document, nlp).entities
    return {n: e for e in found for n in (e.name, *e.aliases)}


@pytest.mark.parametrize(
    ("sentence", "house", "person"),
    [
        ("松岳资本合伙人连若溪认为，市场仍将震荡。", "松岳资本", "连若溪"),
        ("“买入”评级；云栈国际分析师杜衡（Kelvin Du）看好利润率。", "云栈国际", "杜衡"),
        ("远汀资产基金经理郝一帆提醒，波动将加大。", "远汀资产", "郝一帆"),
        ("隆泽期货分析师孟舒宇判断，铜价将上涨3%。", "隆泽期货", "孟舒宇"),
        ("星岚证券汽车行业首席分析师叶知冬预计，销量将增长5%。", "星岚证券", "叶知冬"),
        ("晨曦动力董事长闵舒介绍，产能正在爬坡。", "晨曦动力", "闵舒"),
    ],
)
def test_the_house_of_an_office(names: Names, sentence: str, house: str, person: str) -> None:
    found = names(sentence)
    assert found[house].type == "company"
    assert found[person].type == "person"


@pytest.mark.parametrize(
    ("sentence", "name", "kind"),
    [
        ("据白鹭湾研究院数据显示，2025年产量为12万吨。", "白鹭湾研究院", "institution"),
        ("青滩资本则预计，铜价将上涨。", "青滩资本", "company"),
        ("法国参议院就草案达成一致。", "法国参议院", "institution"),
        ("铭川汽车交付1.2万辆。", "铭川汽车", "company"),
        ("其全资子公司朗溪电子亏损2亿元。", "朗溪电子", "company"),
        ("公司为云杉置地（集团）有限公司提供担保。", "云杉置地（集团）有限公司", "company"),
        ("首席营收官萨姆·奥登赖希确认了这一点。", "萨姆·奥登赖希", "person"),
        ("柯林·韦斯特布鲁克表示，需求稳健。", "柯林·韦斯特布鲁克", "person"),
        ("下月的青岚车展将是重要窗口。", "青岚车展", "event"),
        ("市场称之为“七月轮动”。", "七月轮动", "event"),
        ("芬兰拟下调碳排放消费税。", "碳排放消费税", "policy"),
        ("隔夜指数掉期显示，加息概率上升。", "隔夜指数掉期", "product"),
    ],
)
def test_told_by_form_or_place(names: Names, sentence: str, name: str, kind: str) -> None:
    assert names(sentence)[name].type == kind


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("公司把海狼PLUS 07的起售价下调至9.98万元。", "海狼PLUS 07"),
        ("新款K5+开启预订。", "K5+"),
        ("纯电车型e7的供应出现瓶颈。", "e7"),
        ("280Ah电芯报价上涨2%。", "280Ah电芯"),
        ("P型M10硅片价格持平。", "P型M10硅片"),
        ("铭川集团旗下星弧交付1.2万辆。", "星弧"),
    ],
)
def test_models_and_goods_are_whole(names: Names, sentence: str, name: str) -> None:
    found = names(sentence)
    assert found[name].type == "product"
    assert not [other for other in found if other != name and other in name]


@pytest.mark.parametrize(
    ("sentence", "absent"),
    [
        ("一位私募基金经理表示，股票基金仓位偏高。", ("私募基金", "股票基金")),
        ("美日利差收窄至150个基点。", ("美日利", "日利", "美日利差")),
        ("人数周环比下降0.5%，资金周净流入12亿元。", ("周环比", "周净")),
        ("个别半导体公司的高管预计，专业基金经理也认为，需求回升。", ("个别半导体", "专业基金")),
        ("申万一级行业中，多数上涨。", ("申万",)),
        ("短端资金价格保持平稳。", ("金价",)),
        ("市场担心科技巨头和小盘股。", ("科技巨头", "小盘股")),
        ("合约LC2511收高。", ("LC2511",)),
    ],
)
def test_what_names_nothing(names: Names, sentence: str, absent: tuple[str, ...]) -> None:
    assert not set(absent) & set(names(sentence))


def test_a_common_noun_with_a_figure_is_named(read: Callable[..., Any]) -> None:
    _, recognition = read(HEADER + "小盘股上涨7.0%，跑赢大盘股4个百分点。")
    assert "小盘股" in {e.name for e in recognition.entities}


def test_letters_in_parentheses_are_tickers_where_the_document_prints_tickers(
    names: Names,
) -> None:
    listed = names(
        "飞澜汽车（FLN）交付2.1万辆，峰行汽车（FXAU）交付1.8万辆，星岚证券（688999.SH）上涨。"
    )
    assert listed["FLN"].ticker == "FLN"
    named = names("晨曦集团（Morning Group）与云杉集团（YS）合并，远汀集团（Far Shore）退出。")
    assert named["YS"].ticker is None


def test_a_fund_known_by_its_ticker_has_it(names: Names) -> None:
    found = names("远汀集团旗下的QBTC净流入3亿美元，这只比特币ETF规模为40亿美元。")
    assert (found["QBTC"].type, found["QBTC"].ticker) == ("product", "QBTC")


def test_a_qualified_name_and_its_end_are_one(names: Names) -> None:
    found = names("北海现货比特币ETF本周净流入。\n\n比特币ETF的规模仍在扩大。")
    assert found["比特币ETF"] is found["北海现货比特币ETF"]


def _types(found: dict[str, Any]) -> dict[str, str]:
    return {name: entity.type for name, entity in found.items()}


def test_a_measure_of_several_places_is_one_of_each(nlp: Language) -> None:
    found = _read(nlp, "8月印尼CPI同比上涨2.2%，泰国CPI同比下降0.4%，挪威核心CPI上涨2.8%。")
    kinds = _types(found)
    assert kinds["印尼CPI"] == kinds["泰国CPI"] == kinds["挪威核心CPI"] == "index"
    assert "CPI" not in kinds


def test_a_measure_of_one_place_is_called_by_its_own_name(nlp: Language) -> None:
    kinds = _types(_read(nlp, "8月印尼CPI同比上涨2.2%，较7月的CPI涨幅回落。"))
    assert kinds["印尼"] == "place"
    assert "印尼CPI" not in kinds


@pytest.mark.parametrize(
    ("sentence", "name", "kind"),
    [
        ("10年期印尼国债收益率升至6.45%。", "10年期印尼国债", "product"),
        ("央行将隔夜逆回购利率下调25个基点。", "隔夜逆回购利率", "policy"),
        ("央行将1天期回购利率维持在1.25%。", "1天期回购利率", "policy"),
        ("贷款便利利率同步下调至5.25%。", "贷款便利利率", "policy"),
    ],
)
def test_an_instrument_with_its_tenor(nlp: Language, sentence: str, name: str, kind: str) -> None:
    assert _types(_read(nlp, sentence))[name] == kind


def test_the_central_banks_of_a_region_are_none(nlp: Language) -> None:
    assert "北欧央行" not in _read(nlp, "东南亚和北欧央行走到岔路口。")
