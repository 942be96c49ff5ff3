"""Articles for `benchmarks.audit`: each with one planted fault, beside a twin without it.

A form writes one sentence of a kind, true or false by a shift that rounding cannot explain.  An
article is a heading, true sentences of other forms, and one sentence that is false in the one
and true in the other of the twins.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

Form = Callable[[random.Random, bool], str]

_FIRMS = (
    "贵州茅台",
    "宁德时代",
    "美的集团",
    "招商银行",
    "中国平安",
    "海康威视",
    "药明康德",
    "中芯国际",
)
_INDICES = (
    "上证指数",
    "深证成指",
    "创业板指",
    "恒生指数",
    "标普500指数",
    "纳斯达克综合指数",
    "日经225指数",
)
_SECTORS = ("银行板块", "煤炭板块", "电子板块", "医药板块", "汽车板块", "军工板块", "传媒板块")
_BONDS = ("美国", "德国", "日本", "英国")
_WEEK = "一二三四五六日"
_LAST = date(2026, 5, 16)


@dataclass(frozen=True, slots=True)
class Made:
    """A pair of articles; *kind* is that of the fault of the first."""

    name: str
    kind: str
    form: str
    faulty: str
    clean: str


def _shift(dice: random.Random, value: float, wrong: bool, *, least: float) -> float:
    """*value*, or one that is off by at least *least*, more often by little than by much."""
    if not wrong:
        return value
    off = max(least * dice.choice((1, 1.5, 2, 4)), abs(value) * dice.choice((0.12, 0.2, 0.5)))
    return value + off if value - off <= 0 or dice.random() < 0.6 else value - off


def spread(dice: random.Random, wrong: bool) -> str:
    low = dice.randint(120, 380) / 100
    gap = dice.randint(20, 90)
    told = _shift(dice, gap, wrong, least=6)
    land = dice.choice(_BONDS)
    return (
        f"{land}10年期国债收益率报{low + gap / 100:.2f}%，2年期国债收益率报{low:.2f}%，"
        f"两者利差为{told:.0f}个基点。"
    )


def lead(dice: random.Random, wrong: bool) -> str:
    one, other = dice.sample(_INDICES, 2)
    b = dice.randint(3, 20) / 10
    a = b + dice.randint(8, 40) / 10
    told = _shift(dice, a - b, wrong, least=0.5)
    return f"{one}全周上涨{a:.1f}%，跑赢{other}{told:.1f}个百分点，后者上涨{b:.1f}%。"


def margin(dice: random.Random, wrong: bool) -> str:
    before = dice.randint(150, 500) / 10
    move = dice.randint(12, 60) / 10
    told = _shift(dice, move, wrong, least=0.5)
    firm = dice.choice(_FIRMS)
    return (
        f"{firm}毛利率由上年同期的{before:.1f}%升至{before + move:.1f}%，提升{told:.1f}个百分点。"
    )


def more_than(dice: random.Random, wrong: bool) -> str:
    one, other = dice.sample(_FIRMS, 2)
    b = dice.randint(2000, 6000) / 10
    gap = dice.randint(200, 900) / 10
    told = _shift(dice, gap, wrong, least=3)
    return (
        f"{other}实现营业收入{b:.1f}亿元；{one}实现营业收入{b + gap:.1f}亿元，"
        f"比前者高出{told:.1f}亿元。"
    )


def grown(dice: random.Random, wrong: bool) -> str:
    before = dice.randint(300, 900) / 10
    rate = dice.randint(6, 60)
    after = before * (1 + rate / 100)
    told = _shift(dice, round((after / before - 1) * 100, 1), wrong, least=2)
    firm = dice.choice(_FIRMS)
    return f"{firm}净利润由上年同期的{before:.1f}亿元增至{after:.1f}亿元，同比增长{told:.1f}%。"


def fallen(dice: random.Random, wrong: bool) -> str:
    before = dice.randint(400, 900)
    after = round(before * dice.randint(60, 92) / 100)
    told = _shift(dice, (1 - after / before) * 100, wrong, least=2)
    return f"碳酸锂库存为{after}吨，较上月末的{before}吨下降{told:.1f}%。"


def year_before(dice: random.Random, wrong: bool) -> str:
    before = dice.randint(1000, 5000)
    after = round(before * dice.randint(105, 150) / 100)
    told = _shift(dice, (after / before - 1) * 100, wrong, least=2)
    return f"美国零售销售额为{after:,}亿美元，上年同期为{before:,}亿美元，同比增长{told:.1f}%。"


def in_points(dice: random.Random, wrong: bool) -> str:
    level = dice.randint(200_000, 420_000) / 100
    points = round(level * dice.randint(4, 25) / 1000, 2)
    rate = points / (level - points) * 100
    told = _shift(dice, rate, wrong, least=0.15)
    return f"{dice.choice(_INDICES)}收报{level:,.2f}点，上涨{points:.2f}点，涨幅{told:.2f}%。"


def together(dice: random.Random, wrong: bool) -> str:
    parts = [dice.randint(100, 900) / 10 for _ in range(3)]
    told = _shift(dice, sum(parts), wrong, least=2)
    one, two, three = parts
    return (
        f"蔚来、小鹏汽车和理想汽车分别交付{one:.1f}万辆、{two:.1f}万辆和{three:.1f}万辆，"
        f"合计{told:.1f}万辆。"
    )


def part_of(dice: random.Random, wrong: bool) -> str:
    one, two = dice.randint(800, 2000) / 10, dice.randint(400, 1500) / 10
    whole = one + two
    told = _shift(dice, two, True, least=4) if wrong else two
    told = max(told, two + 4) if wrong else two
    firm = dice.choice(_FIRMS)
    return f"{firm}实现营业收入{whole:.1f}亿元，其中国内收入{one:.1f}亿元，海外收入{told:.1f}亿元。"


def share_of(dice: random.Random, wrong: bool) -> str:
    whole = dice.randint(1000, 3000) / 10
    part = whole * dice.randint(15, 70) / 100
    told = _shift(dice, part / whole * 100, wrong, least=2)
    firm = dice.choice(_FIRMS)
    return f"{firm}总收入为{whole:.1f}亿元。其中，云业务收入{part:.1f}亿元，占总收入的{told:.1f}%。"


def ranged(dice: random.Random, wrong: bool) -> str:
    low = dice.randint(3000, 4000)
    high = low + dice.randint(40, 120)
    off = dice.randint(8, 60)
    seen = dice.choice((low - off, high + off)) if wrong else dice.randint(low + 2, high - 2)
    return f"沪深300指数全周在{low:,}点至{high:,}点之间震荡，周三盘中一度触及{seen:,}点。"


def all_above(dice: random.Random, wrong: bool) -> str:
    names = dice.sample(_SECTORS, 3)
    values = [dice.randint(11, 40) / 10 for _ in names]
    if wrong:
        values[dice.randrange(3)] = dice.randint(2, 8) / 10
    a, b, c = values
    return f"{names[0]}、{names[1]}和{names[2]}分别上涨{a:.1f}%、{b:.1f}%和{c:.1f}%，涨幅均超过1%。"


def tiered(dice: random.Random, wrong: bool) -> str:
    low = dice.randint(2, 5)
    high = low + dice.randint(4, 8)
    told = high + dice.randint(3, 12) if wrong else dice.randint(low, high)
    bank = dice.choice(("招商银行", "中信银行"))
    return f"各家银行的下调幅度介于{low}至{high}个基点之间，其中{bank}下调{told}个基点。"


def highest(dice: random.Random, wrong: bool) -> str:
    names = dice.sample(_SECTORS, 3)
    values = dice.sample(range(3, 60), 3)
    top = values.index(max(values))
    named = names[(top + dice.choice((1, 2))) % 3] if wrong else names[top]
    a, b, c = (value / 10 for value in values)
    return (
        f"{names[0]}、{names[1]}和{names[2]}分别上涨{a:.1f}%、{b:.1f}%和{c:.1f}%，{named}涨幅最大。"
    )


def lowest(dice: random.Random, wrong: bool) -> str:
    names = dice.sample(_INDICES, 3)
    values = sorted(dice.sample(range(3, 50), 3), reverse=True)
    if wrong:
        values[0], values[1] = values[1], values[0]
    a, b, c = (value / 10 for value in values)
    return f"{names[0]}下跌{a:.1f}%，表现最差，{names[1]}下跌{b:.1f}%，{names[2]}下跌{c:.1f}%。"


def moved(dice: random.Random, wrong: bool) -> str:
    before = dice.randint(200, 480) / 100
    after = before + dice.choice((-1, 1)) * dice.randint(5, 40) / 100
    rose = (after > before) != wrong
    word = "升至" if rose else "降至"
    return f"10年期美国国债收益率由{before:.2f}%{word}{after:.2f}%，市场情绪谨慎。"


def expected(dice: random.Random, wrong: bool) -> str:
    told, hoped = dice.sample(range(80, 250), 2)
    above = (told > hoped) != wrong
    word = "高于" if above else "低于"
    return f"美国非农新增就业{told / 10:.1f}万人，{word}市场预期的{hoped / 10:.1f}万人。"


def all_up(dice: random.Random, wrong: bool) -> str:
    a, b, c = (dice.randint(2, 30) / 10 for _ in range(3))
    last = "下跌" if wrong else "上涨"
    return f"三大指数集体收涨，上证指数上涨{a:.1f}%，深证成指上涨{b:.1f}%，创业板指{last}{c:.1f}%。"


def lasted(dice: random.Random, wrong: bool) -> str:
    begin = date(2026, dice.randint(1, 4), dice.randint(1, 28))
    days = dice.randint(12, 45)
    end = begin + timedelta(days=days - 1)
    told = days + dice.choice((-6, -4, 5, 9)) if wrong else days
    dates = f"{begin.month}月{begin.day}日至{end.month}月{end.day}日"
    return f"{dates}、历时{told}天的停产检修影响了供应。"


def weekday(dice: random.Random, wrong: bool) -> str:
    day = date(2026, 1, 5) + timedelta(days=dice.randint(0, 120))
    told = (day.weekday() + (dice.randint(1, 6) if wrong else 0)) % 7
    return f"{day.month}月{day.day}日（周{_WEEK[told]}），监管部门就新规公开征求意见。"


def no_such_day(dice: random.Random, wrong: bool) -> str:
    month = dice.choice((2, 4))
    day = {2: dice.choice((30, 31)), 4: 31}[month] if wrong else dice.randint(1, 28)
    return f"{dice.choice(_FIRMS)}于{month}月{day}日发布公告，拟回购股份用于员工持股。"


def again(dice: random.Random, wrong: bool) -> str:
    value = dice.randint(1000, 9000) / 10
    other = _shift(dice, value, wrong, least=8)
    firm = dice.choice(_FIRMS)
    return (
        f"{firm}2025年营业收入为{value:.1f}亿元，渠道改革成效显现。\n\n"
        f"小结：{firm}2025年营业收入{other:.1f}亿元，后续关注新品放量。"
    )


def growth_again(dice: random.Random, wrong: bool) -> str:
    value = dice.randint(20, 300) / 10
    other = _shift(dice, value, wrong, least=0.4)
    return (
        f"2025年第四季度，欧元区GDP同比增长{value:.1f}%，内需是主要支撑。\n\n"
        f"综合来看，第四季度欧元区GDP同比增长{other:.1f}%，外需仍待观察。"
    )


FORMS: dict[str, tuple[Form, ...]] = {
    "difference": (spread, lead, margin, more_than),
    "growth": (grown, fallen, year_before, in_points),
    "sum": (together, part_of, share_of),
    "containment": (ranged, all_above, tiered),
    "rank": (highest, lowest),
    "direction": (moved, expected, all_up),
    "calendar": (lasted, weekday, no_such_day),
    "conflict": (again, growth_again),
}
_POOLS: tuple[tuple[Form, ...], ...] = (
    (spread, moved),
    (lead, in_points, lowest, all_up),
    (all_above, highest),
    (margin, more_than, grown, part_of, share_of, again, no_such_day),
    (fallen,),
    (year_before,),
    (together,),
    (ranged,),
    (tiered,),
    (expected,),
    (lasted, weekday),
    (growth_again,),
)
"""Forms that share the names that they speak of."""
_TALK = (
    "市场人士表示，短期情绪仍受海外消息影响，成交节奏有所放缓。",
    "分析人士认为，政策落地的节奏将决定下一阶段的走势。",
    "从中期看，供需格局的改善仍需要时间验证。",
)


def articles(count: int, *, seed: int = 8, days: int = 1) -> list[Made]:
    """*count* pairs, kinds and forms in turn, dated on the last of so many *days* in turn."""
    dice = random.Random(seed)
    forms = [(kind, form) for kind, group in FORMS.items() for form in group]
    made = []
    for number in range(count):
        kind, form = forms[number % len(forms)]
        # Of each pool of names one sentence, so that no two speak of one figure.
        pools = [pool for pool in _POOLS if form not in pool]
        true = [dice.choice(pool)(dice, False) for pool in dice.sample(pools, 3)]
        state = dice.getstate()
        told = {}
        for wrong in (True, False):
            dice.setstate(state)
            told[wrong] = form(dice, wrong)
        day = _LAST - timedelta(number % days)
        texts = {wrong: _article(number, day, told[wrong], true) for wrong in told}
        made.append(Made(f"made-{number:03}", kind, form.__name__, texts[True], texts[False]))
    return made


def _article(number: int, day: date, told: str, true: list[str]) -> str:
    body = [_TALK[number % 3], true[0], told, _TALK[(number + 1) % 3], *true[1:]]
    dated = f"{day.year}年{day.month}月{day.day}日 10:00"
    return f"市场观察第{number + 1}期\n\n{dated}\n\n" + "\n\n".join(body) + "\n"
