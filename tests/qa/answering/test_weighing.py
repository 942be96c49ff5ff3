"""Questions that weigh: parts without names, places by a measure, plans, sums, causes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qa.answering import answer
from qa.knowledge_base import KnowledgeBase
from qa.records import Answer, Question

TEXT = """白鹭家电与宏观周记

2026年9月23日

据青原数据统计，8月洗衣机销量为842万台，同比增长3.1%；其中内销506万台，出口336万台[1]。

白鹭电器：第二季度营收61.2亿元。公司预计第三季度营收58.0亿元，低于市场预期的60.5亿元[2]。

云帆物流的仓储、干线和末端业务收入分别为12.4亿元、23.1亿元和15.5亿元，合计53.0亿元[3]。

海桐传媒的广告、会员和版权业务收入分别为8.2亿元、6.3亿元和5.5亿元，合计20.0亿元[3]。

白鹭电器股价走弱，主要是因为渠道去库存；青滩电器的上涨则来自中央空调订单[4]。

第二季度，菲律宾GDP同比增长5.4%，越南GDP同比增长7.9%[5]。第二季度印尼GDP同比增长4.9%[6]。

高盛预计，10年期美债收益率年末落在4.00%至4.25%。小盘股本周上涨2.1%[7]。

6月新疆棉花产量为52.3万吨，环比增长4.4%，而出口增长8.1%[8]。\
云帆咨询把2026年大豆产量预估由1,450万吨下调至1,380万吨[8]。

白鹭电器拟以2亿元至3亿元回购股份，回购价格不超过31.5元/股[9]。\
宁禾证券分析师何文认为，原料降价是青滩电器利润好于预期的主要原因[9]。

晨光科技、华岭药业和百川软件周一分别下跌2.2%、3.4%和2.6%，其中晨光科技的跌幅最大[10]。
"""


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    """One invented article in a home."""
    home: Path = tmp_path_factory.mktemp("weighing")
    article = home / "egret.txt"
    article.write_text(TEXT, encoding="utf-8")
    with KnowledgeBase.open(home / "home") as kb:
        assert not kb.ingest([article]).refused
        yield kb


def _ask(base: KnowledgeBase, question: str) -> Answer:
    return answer(Question(text=question), base)


@pytest.mark.parametrize(
    ("question", "wanted", "source"),
    [
        ("8月洗衣机是内销多还是出口多？", ("内销", "506万台", "336万台"), "1"),
        ("8月洗衣机内销比出口多多少台？", ("170万台",), "1"),  # 506 − 336
        (
            "白鹭电器对第三季度营收的预计和市场预期相比，哪个更高？",
            ("低于预期", "58.0亿元", "60.5亿元"),
            "2",
        ),
        ("云帆物流三项业务的收入加起来等于合计数吗？", ("不一致", "51.0亿元"), "3"),
        ("海桐传媒三项业务的收入加起来等于合计数吗？", ("一致", "20.0亿元"), "3"),
        ("白鹭电器股价为什么走弱？", ("去库存",), "4"),
        ("印尼、菲律宾和越南，第二季度GDP同比增速最高的是哪个？", ("越南", "7.9%"), "5"),
        ("菲律宾和越南，谁的GDP增速更低？", ("菲律宾", "5.4%"), "5"),
        ("6月新疆棉花的产量增速快于出口增速，对吗？", ("不对", "4.4%", "8.1%"), "8"),
        ("6月新疆棉花出口增速快于产量增速，对吗？", ("是的", "4.4%", "8.1%"), "8"),
        ("云帆咨询把2026年大豆产量预估下调了多少？", ("70万吨",), "8"),  # 1,450 − 1,380
        ("白鹭电器回购价格的上限是多少？", ("31.5元",), "9"),
        ("宁禾证券怎么解释青滩电器利润好于预期？", ("原料降价",), "9"),
        ("文中说晨光科技的跌幅最大，与给出的跌幅相符吗？", ("不一致", "华岭药业"), "10"),
    ],
)
def test_what_is_weighed_is_told_with_its_source(
    base: KnowledgeBase, question: str, wanted: tuple[str, ...], source: str
) -> None:
    got = _ask(base, question)
    assert not got.abstained
    for words in wanted:
        assert words in got.answer
    assert source in got.citations


def test_a_true_sum_is_not_called_wrong(base: KnowledgeBase) -> None:
    assert "不一致" not in _ask(base, "海桐传媒三项业务的收入加起来等于合计数吗？").answer


def test_a_view_on_something_else_is_no_answer(base: KnowledgeBase) -> None:
    got = _ask(base, "高盛怎么看小盘股？")
    assert got.abstained, got.answer
