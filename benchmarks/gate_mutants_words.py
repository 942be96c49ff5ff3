"""False claims by their words: a verb turned round, a denial, an expectation; a wrong reference."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from benchmarks.gate_cases import MARK, Case, Gold, body_of
from benchmarks.gate_mutants_figures import figures_of

_OPPOSITE = [
    line.split()
    for line in """
上涨 下跌
下跌 上涨
增长 下降
下降 增长
升至 降至
降至 升至
上升 下降
上调 下调
下调 上调
涨幅 跌幅
跌幅 涨幅
增至 减至
高于 低于
低于 高于
跑赢 跑输
跑输 跑赢
净流入 净流出
净流出 净流入
净买入 净卖出
增持 减持
减持 增持
提高 降低
走强 走弱
走弱 走强
收窄 扩大
扩大 收窄
回升 回落
回落 回升
增加 减少
减少 增加
大涨 大跌
收涨 收跌
收跌 收涨
升值 贬值
贬值 升值
看好 看淡
推动 拖累
拖累 推动
好于 不及
不及 好于
加息 降息
降息 加息
改善 恶化
强劲 疲软
疲软 强劲
利好 利空
支持 反对
反对 支持
优于 逊于
领先 落后
乐观 悲观
宽松 收紧
流入 流出
最高 最低
最大 最小
""".split("\n")
    if line
]
_GUARD = re.compile("最?(?:涨跌|升降)|通胀率上升期")


def verb(case: Case, gold: Gold, rng: random.Random) -> Iterator[str]:
    words, marks = body_of(case)
    for old, new in _OPPOSITE:
        for found in re.finditer(old, words):
            before = words[max(0, found.start() - 1) : found.start()]
            after = words[found.end() : found.end() + 1]
            if before in tuple("不未净负高") or _GUARD.search(words) or after in tuple("期空者"):
                continue
            yield words[: found.start()] + new + words[found.end() :] + marks


_VERBS = re.compile(
    "(?<![不未没净])(?:上涨|下跌|增长|下降|宣布|推动|支持|上调|下调|实现|达到|超过|跑赢|提高|披露|"
    "计划|强调|改善|获得|推出|收购|公布|维持|恢复|显示|带动|受益|面临|依赖|加快)(?!的|率|期|空间|股|者)"
)
_NEGATED = re.compile("并未|尚未|并没有|没有|不会|未能|并非|无法|不足以|未(?=[达见有作])")


def negation(case: Case, gold: Gold, rng: random.Random) -> Iterator[str]:
    words, marks = body_of(case)
    for found in _VERBS.finditer(words):
        if re.search("[不未没非无高]", words[max(0, found.start() - 8) : found.start()]):
            continue  # twice denied is none
        if (
            re.match("后|会不会|计划|不", words[found.end() : found.end() + 3])
            or found[0] == "计划"
        ):
            continue
        yield words[: found.start()] + rng.choice(["并未", "没有"]) + words[found.start() :] + marks
    for found in _NEGATED.finditer(words):
        new = {"并非": "正是", "无法": "能够", "不足以": "足以", "不会": "会"}.get(found[0], "已")
        yield words[: found.start()] + new + words[found.end() :] + marks


def modality(case: Case, gold: Gold, rng: random.Random) -> Iterator[str]:
    words, marks = body_of(case)
    hedged = re.search("预计|有望|可能|将|或|计划|拟|目标|指引|预期|预测|料|若|力争", words)
    for old in ("预计将", "预计", "有望", "可能会", "可能", "计划"):
        if words.count(old) == 1 and len(re.findall("预计|有望|可能|计划", words)) == 1:
            if not re.search("将|或|拟|目标|指引|预期|预测|若", words):
                yield words.replace(old, "已经") + marks
            break
    if not hedged:
        for found in re.finditer("(?<![净])(?:上涨|下跌|增长|下降|升至|降至|达到|实现)", words):
            new = rng.choice(["预计将", "可能", "有望"])
            yield words[: found.start()] + new + words[found.start() :] + marks


def reference(case: Case, gold: Gold, rng: random.Random) -> Iterator[str]:
    """Another source of the article that stands behind none of the claim's figures; or none."""
    words, marks = body_of(case)
    own = set(re.findall(r"\d+", marks))
    if "¶" in marks or not own:
        return
    quantities = figures_of(words, gold)
    if not quantities:
        return
    told = {q.text for q in quantities}
    others = {
        n
        for f in gold.figures
        for n in f["citations"]
        if not any(n in g["citations"] for g in gold.figures if g["text"] in told)
    } - own
    tail = MARK.sub("", marks)
    if others:
        yield f"{words} [{rng.choice(sorted(others))}]{tail}"
    yield f"{words} [{rng.randint(60, 99)}]{tail}"
