"""What a careful writer makes of a passage, and what a careless one does."""

from __future__ import annotations

import pytest

from qa.gate import Gate
from qa.gate.passages import passages

RATES = "央行将7天期利率下调10个基点至1.3%，维持存款利率不变，2年期存款利率为1.05%。"
HICP = "欧元区1月通胀率为1.7%，较上月的1.9%回落0.2个百分点，能源价格下跌是主因。"
SHELL = "壳牌第四季度利润为32.6亿美元，较上年同期的36.6亿美元下降11%，低于分析师预期。"
RESERVES = "11月末黄金储备为7,296万盎司，较上月末增加16万盎司。"
TAXES = "公司实现营业收入1,826亿元，同比增长4.9%；归母净利润897亿元，同比增长4.1%。"
SALES = "比亚迪销量为93.5万辆，同比下降6.6%；海外销量28.6万辆，占总销量的30.6%。"
DIVIDEND = "公司拟派发现金红利27.82元/股。"
VOTES = "这是其年内第三次降息。理事米兰主张降息50个基点，行长施密德则倾向于按兵不动。"
CAUSE = "开支少于去年，是因为芯片到货放缓，并不代表需求走弱。"
WEIGHT = "分析师苏晚亭认为，批价企稳比报表增速更重要。"
LAYOFFS = "1月企业宣布裁员10.84万人，同比翻一番以上。"
FUEL = "4月航空煤油出厂价由3月的5,950元/吨下调至5,640元/吨。"
OIL = "OPEC+在线上会议上决定，将减产延长至3月底。摩根大通维持油价70美元的目标。"


def verdict(claim: str, passage: str) -> str:
    found = Gate(passages([passage])).judge(f"{claim}[1]。")
    return f"{found.verdict}: {found.reason}"


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("7天期利率下调了0.1个百分点", RATES),
        ("通胀率由上月的1.9%降到1.7%", HICP),
        ("通胀率比上月下降0.2个百分点，因为能源价格下跌", HICP),
        ("壳牌的利润从上年同期的36.6亿美元降到了32.6亿美元", SHELL),
        ("壳牌第四季度利润下降11%，不及分析师预期", SHELL),
        ("黄金储备比上月末多16万盎司", RESERVES),
        ("归母净利润同比增长4.1%", TAXES),
        ("比亚迪海外销量占总销量的三成以上", SALES),
        ("公司计划每股派现27.82元", DIVIDEND),
        ("开支少于去年不代表需求走弱", CAUSE),
        ("1月裁员人数是上年同期的两倍多", LAYOFFS),
        ("4月航空煤油出厂价每吨下调310元", FUEL),
        ("摩根大通的油价目标仍为70美元", OIL),
    ],
)
def test_other_words_for_the_same(claim: str, passage: str) -> None:
    assert verdict(claim, passage).startswith("supported")


@pytest.mark.parametrize(
    ("claim", "passage", "reason"),
    [
        ("通胀率由上月的1.7%升到1.9%", HICP, "变化之前的数"),
        ("壳牌的利润升至36.6亿美元", SHELL, "变化之前的数"),
        ("壳牌第四季度利润为32.6亿美元，低于分析师", SHELL, "比较的对象不全"),
        ("黄金储备增加7,296万盎司", RESERVES, "是水平，不是变化"),
        ("央行上调了存款利率", RATES, "没有变化"),
        ("2年期存款利率跌至1.05%", RATES, "没有说是下降"),
        ("归母净利润同比增长4.9%", TAXES, "指标不符"),
        ("比亚迪海外销量同比下降6.6%", SALES, "不是海外销量"),
        ("公司拟每10股派发现金红利27.82元", DIVIDEND, "不是每10股"),
        ("这是其年内第二次降息", VOTES, "第三次"),
        ("米兰倾向于按兵不动", VOTES, "施密德，不是米兰"),
        ("开支少于去年是因为需求走弱", CAUSE, "原文是否定的|原因不是"),
        ("苏晚亭认为报表增速比批价企稳更重要", WEIGHT, "颠倒"),
        ("通胀率回落0.2个百分点，得益于关税下调", HICP, "关税下调"),
        ("4月航空煤油出厂价每吨上调310元", FUEL, "310元"),
        ("摩根大通上调了油价目标", OIL, "没有变化"),
        ("1月裁员人数是上年同期的三倍多", LAYOFFS, "三倍多"),
    ],
)
def test_another_thing_in_nearly_the_same_words(claim: str, passage: str, reason: str) -> None:
    found = verdict(claim, passage)
    assert not found.startswith("supported")
    assert any(words in found for words in reason.split("|"))


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        (  # the next clause has another measure, and its figure is no other value of this one
            "海澜电子第二季度营业利润24.9万亿韩元",
            "海澜电子第二季度营收38.4万亿韩元，营业利润24.9万亿韩元，营业利润率达到65%。",
        ),
        (  # 新增 of a noun tells of no rise
            "新增就业12月由5.0万人下修至4.8万人",
            "11月新增就业由5.6万人下修至4.1万人，12月由5.0万人下修至4.8万人。",
        ),
    ],
)
def test_a_true_line_is_not_stopped(claim: str, passage: str) -> None:
    assert verdict(claim, passage).startswith("supported")


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        (
            "海澜电子第二季度营业利润38.4万亿韩元",
            "海澜电子第二季度营收38.4万亿韩元，营业利润24.9万亿韩元，营业利润率达到65%。",
        ),
        (
            "新增就业12月由5.0万人上修至4.8万人",
            "11月新增就业由5.6万人下修至4.1万人，12月由5.0万人下修至4.8万人。",
        ),
        ("欧元兑美元由1.1851跌至1.1794，相差0.57", "欧元兑美元由1.1851跌至1.1794。"),
    ],
)
def test_a_false_line_beside_it_is(claim: str, passage: str) -> None:
    assert not verdict(claim, passage).startswith("supported")
