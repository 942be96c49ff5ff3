"""Whom the expressions of a text mean: plurals, pairs, descriptions, announcers, and none."""

from __future__ import annotations

import hashlib
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.extract import extract
from ingest.structure import segment
from kg.interchange import reference_rows
from kg.records import Article, Extraction

if TYPE_CHECKING:
    from spacy.language import Language

HEADER = "十一月市场观察\n\n2025年12月2日\n\n"


def extraction_of(text: str, nlp: Language) -> Extraction:
    digest = hashlib.sha256(text.encode()).hexdigest()
    article = Article(doc="a", path="/a.txt", text=text, sha256=digest, encoding="utf-8")
    return extract(segment(article), nlp)


def meant(text: str, words: str, nlp: Language) -> list[str]:
    """The antecedents of each *words* in *text*, in order."""
    rows = reference_rows(extraction_of(HEADER + text, nlp))
    return [name for row in rows if row.text == words for name in row.antecedent]


@pytest.mark.parametrize(
    ("text", "words", "names"),
    [
        ("特斯拉与比亚迪分列前两位。两家公司均上调了目标。", "两家公司", ["特斯拉", "比亚迪"]),
        (
            "高盛、花旗和瑞银看多黄金。上述三家机构的目标价相同。",
            "上述三家机构",
            ["高盛", "花旗", "瑞银"],
        ),
        ("美光科技上涨，三星电子下跌，二者差距拉大。", "二者", ["美光科技", "三星电子"]),
        ("苹果与谷歌达成协议，双方未披露金额。", "双方", ["苹果", "谷歌"]),
        (
            "恒生指数、恒生科技指数和国企指数齐跌。三大指数均创新低。",
            "三大指数",
            ["恒生指数", "恒生科技指数", "国企指数"],
        ),
        ("英国央行行长贝利出席听证会。行长强调，通胀回落。", "行长", ["贝利"]),
        ("东陆证券分析师苏晚亭看好白酒。分析师认为，估值合理。", "分析师", []),
        ("台积电董事长魏哲家出席股东会。总裁表示，需求强劲。", "总裁", []),
        ("宁德时代对中创新航提起诉讼，要求其赔偿损失。", "其", ["中创新航"]),
        ("隆鑫控股持有公司6290万股股份，占公司总股本的33%。", "公司", []),
        ("力帆科技公告，力帆控股持有公司47%的股份，占公司总股本的47%。", "公司", ["力帆科技"] * 2),
        ("中信证券公告，公司拟向越秀金控发行股份购买其持有的广州证券股权。", "其", ["越秀金控"]),
        ("环亚实业累计质押8565万股苏农银行股票，占公司总股本的4.75%。", "公司", ["苏农银行"]),
        ("小鹏汽车持有蔚来6.8%的股权，并向其供应芯片。", "其", ["蔚来"]),
        (
            "恒生指数跌1%，恒生科技指数跌2%。国企指数介乎两者之间。",
            "两者",
            ["恒生指数", "恒生科技指数"],
        ),
        ("世界黄金协会预计，全球央行净购金900吨，它同时提醒风险。", "它", ["世界黄金协会"]),
        ("台积电涨价，三星电子反其道而行。", "其", []),
        ("中国与美国展开磋商。两国将延长关税休战。", "两国", ["中国", "美国"]),
        (
            "工商银行和建设银行公布年报。两家银行的净息差均收窄。",
            "两家银行",
            ["工商银行", "建设银行"],
        ),
        (
            "中信证券上调了宁德时代的评级。该券商预计，公司明年利润增长三成。",
            "该券商",
            ["中信证券"],
        ),
        ("中信证券上调了宁德时代的评级。该券商预计，公司明年利润增长三成。", "公司", ["宁德时代"]),
        (
            "英伟达市值突破4万亿美元。这家芯片制造商的股价今年上涨三成。",
            "这家芯片制造商",
            ["英伟达"],
        ),
        (
            "英伟达首席执行官黄仁勋出席了会议。这位首席执行官对需求表示乐观。",
            "这位首席执行官",
            ["黄仁勋"],
        ),
        ("微软及其合作伙伴OpenAI宣布扩大投资。", "其", ["微软"]),
        ("宁德时代1月28日晚间公告，控股股东减持股份，占公司总股本的1%。", "公司", ["宁德时代"]),
        ("新华社北京1月29日电 国家统计局公布数据，其发言人称经济回升。", "其", ["国家统计局"]),
        ("对于人民币升值，潘功胜表示已将其影响纳入考虑。", "其", []),
        ("部分公司业绩承压，另外两家公司暂停分红。台积电上调指引。", "两家公司", []),
        ("阿里巴巴与腾讯控股的竞争加剧，前者的市场份额下降。", "前者", ["阿里巴巴"]),
        ("沪深300指数上涨1%，中证500指数上涨2%，后者领涨。", "后者", ["中证500指数"]),
        ("印度央行降息。行长强调，央行不设定汇率目标。", "央行", ["印度央行"]),
        (
            "比亚迪、理想汽车和蔚来公布销量。它们均实现增长。",
            "它们",
            ["比亚迪", "理想汽车", "蔚来"],
        ),
        ("日本首相高市早苗会见了美国总统特朗普。她表示将加强合作。", "她", ["高市早苗"]),
        ("“我们看好需求，”黄仁勋表示。他还提到了马斯克的计划。", "他", ["黄仁勋"]),
        ("欧洲央行维持利率不变。该行下调了通胀预测。", "该行", ["欧洲央行"]),
        ("巴西3月通胀升至4.1%。该国央行维持利率不变。", "该国", ["巴西"]),
        ("黄金ETF获资金净流入，该产品规模创新高。", "该产品", ["黄金ETF"]),
        ("贵州茅台公布年报。公司董事长张德芹称，公司将稳价。", "公司", ["贵州茅台", "贵州茅台"]),
        ("美光科技和台积电领涨。这些公司受益于AI需求。", "这些公司", ["美光科技", "台积电"]),
        ("诺和诺德和礼来公布业绩。上述公司均下调指引。", "上述公司", ["诺和诺德", "礼来"]),
        ("龙湖集团公布业绩。上述公司下调指引。", "上述公司", ["龙湖集团"]),
        ("国际能源署（IEA）发布月报。该组织下调需求预测。", "该组织", ["国际能源署"]),
        ("欧佩克与俄罗斯达成一致。该组织将增产。", "该组织", ["欧佩克"]),
        ("应该公司化运作的部门仍在改革。台积电上涨。", "该公司", []),
        ("鲍威尔与沃勒意见不一。两人均认为通胀回落。", "两人", ["鲍威尔", "沃勒"]),
    ],
)
def test_whom_a_reference_means(nlp: Language, text: str, words: str, names: list[str]) -> None:
    assert meant(text, words, nlp) == names


def test_a_plural_is_a_mention_of_each(nlp: Language) -> None:
    text = HEADER + "台积电与美光科技公布业绩。两家公司在美国设厂。"
    extraction = extraction_of(text, nlp)
    plural = [m for m in extraction.mentions if m.text == "两家公司"]
    assert [m.entity for m in plural] == ["tsmc", "micron-technology"]
    assert {m.how for m in plural} == {"reference"}
    assert len({m.span for m in plural}) == 1


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "台积电与美光科技公布业绩。两家公司的利润分别增长35%和20%。",
            [("35%", "台积电"), ("20%", "美光科技")],
        ),
        (
            "黄金与白银本周走高，两者分别上涨1.2%和3.4%。",
            [("1.2%", "黄金"), ("3.4%", "白银")],
        ),
        (
            "雀巢、联合利华和可口可乐公布半年报。三家公司的增长率分别为2.9%、3.4%和4.1%。",
            [("2.9%", "雀巢"), ("3.4%", "联合利华"), ("4.1%", "可口可乐")],
        ),
        (
            "台积电与美光科技公布业绩。两家公司投资合计2000亿美元。",
            [("2000亿美元", "两家公司")],
        ),
    ],
)
def test_figures_of_a_plural_are_told_of_each_or_of_all(
    nlp: Language, text: str, told: list[tuple[str, str]]
) -> None:
    figures = extraction_of(HEADER + text, nlp).figures
    assert [(figure.text, figure.subject) for figure in figures] == told


def test_who_speaks_for_two_is_neither_alone(nlp: Language) -> None:
    text = HEADER + "台积电与美光科技公布业绩。两家公司表示，需求仍然强劲。"
    assert extraction_of(text, nlp).statements == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("直销渠道收入增长5%，占比为44%。该渠道收入达798亿元。", "该渠道"),
        ("直销渠道收入为798亿元。批发渠道收入为985亿元，比前者高出187亿元。", "前者"),
    ],
)
def test_what_only_a_figure_makes_an_entity_is_meant_too(
    nlp: Language, text: str, words: str
) -> None:
    assert meant(text, words, nlp) == ["直销渠道"]


def test_of_what_is_not_known_nothing_is_said(nlp: Language) -> None:
    text = "英伟达发布新品。该基金持有全球股票，其最大持仓下跌。"
    assert meant(text, "该基金", nlp) == meant(text, "其", nlp) == []


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    pieces=st.lists(
        st.sampled_from(
            "英伟达 𠮷野家 和 与 、 ， 。 “ ” （ ） 该公司 两家公司 其 及其 它们 前者 后者 双方 "
            "这些股 公司 两者 上述三家机构 "
            "这位首席执行官 他 央行 😀 \r\n １２亿元 表示 的 业绩 持有".split(" ")
        ),
        min_size=1,
        max_size=40,
    )
)
def test_references_are_exact_and_apart_on_any_text(pieces: list[str], nlp: Language) -> None:
    extraction = extraction_of("英伟达与美光科技公布业绩。" + "".join(pieces), nlp)
    names = {entity.name for entity in extraction.entities}
    rows = reference_rows(extraction)
    for row in rows:
        assert extraction.document.text[row.start : row.end] == row.text
        assert row.antecedent and set(row.antecedent) <= names
        assert len(set(row.antecedent)) == len(row.antecedent)
    for earlier, later in pairwise(rows):
        assert earlier.end <= later.start
