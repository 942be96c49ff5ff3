"""Other words for what an article says: by rule, and by hand (`gate_paraphrases.jsonl`).

And what a careless writer makes of it, by hand as well (`gate_slips.jsonl`): every one is false.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from benchmarks.gate_cases import MARK, Case, Gold, has_unit
from benchmarks.gate_mutants_names import part_of_longer
from ingest.quantities import find_quantities

HAND = Path(__file__).with_name("gate_paraphrases.jsonl")
SLIPS = Path(__file__).with_name("gate_slips.jsonl")

_SAME = tuple(
    tuple(line.split())
    for line in """
营业收入 营收
归母净利润 归属于母公司的净利润
上涨 走高
下跌 走低
增长 上升
同比增长 较上年同期增长
同比下降 比上年同期下降
首席执行官 CEO
表示 指出
认为 表示
资本支出 资本开支
年初至今 今年以来
大幅 显著
下降 下滑
回落 下降
超出 高于
主要是因为 主要由于
公布 披露
""".strip().split("\n")
)
_OPENING = ("据报道，", "数据显示，", "文中提到，", "根据资料，")


def by_rule(gold: Gold, true: Sequence[Case], rng: random.Random) -> Iterator[Case]:
    """Each of some claims said otherwise: numbers, names, words, an opening, one clause alone."""
    chosen = [c for c in true if c.how == "article" and find_quantities(c.text)]
    for case in rng.sample(chosen, min(len(chosen), 8)):
        marks = "".join(m[0] for m in MARK.finditer(case.text)).strip()
        words = MARK.sub("", case.text).rstrip("。 ")
        made = [m for m in (_numbers(words), _alias(words, gold), _words(words, rng)) if m != words]
        made.append(rng.choice(_OPENING) + words)
        for text in made:
            yield Case(gold.doc, f"{text} {marks}。", None, how="paraphrase by rule")
    told = [
        f
        for f in gold.figures
        if f["citations"] and f["metric"] in _TOLD and f["value"] and has_unit(f)
    ]
    for f in rng.sample(told, min(len(told), 6)):
        up, down = _TOLD[f["metric"]]
        verb = up if f["value"] > 0 else down
        when = f["period"] or ""
        marks = "".join(f"[{n}]" for n in f["citations"])
        text = f"{f['subject']}{when}{verb}{f['text'].lstrip('+-')} {marks}。"
        yield Case(gold.doc, text, None, how="paraphrase by rule")


_TOLD = {
    "price_change": ("上涨", "下跌"),
    "growth_yoy": ("同比增长", "同比下降"),
    "growth_qoq": ("环比增长", "环比下降"),
    "revenue": ("收入为", "收入为"),
    "profit": ("利润为", "亏损"),
    "margin": ("利润率为", "利润率为"),
}


def by_hand(doc: str) -> Iterator[Case]:
    """Those that a person wrote of *doc*, true ones and false ones."""
    for text in _written(HAND).get(doc, ()):
        yield Case(doc, text, None, how="paraphrase by hand")
    for text in _written(SLIPS).get(doc, ()):
        yield Case(doc, text, "by hand")


@cache
def _written(path: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in path.read_text("utf-8").splitlines():
        record = json.loads(line)
        found.setdefault(record["doc"], []).append(record["text"])
    return found


def _numbers(words: str) -> str:
    """Amounts written out: 160亿美元 as 16,000,000,000美元, without thousands' points elsewhere."""

    def written(found: re.Match[str]) -> str:
        size = float(found[1].replace(",", "")) * {"亿": 1e8, "万": 1e4, "万亿": 1e12}[found[2]]
        return f"{size:,.0f}" if size == int(size) else found[0]

    long = re.sub(
        r"(?<![\d.,])(\d[\d,]*(?:\.\d+)?)(万亿|亿|万)(?=[美港欧日]?元)", written, words, count=1
    )
    return long if long != words else re.sub(r"(?<=\d),(?=\d{3})", "", words)


def _alias(words: str, gold: Gold) -> str:
    """One name for another of the same thing."""
    for entity in gold.entities:
        if entity["type"] not in ("company", "index") or entity["name"] not in words:
            continue
        for other in entity["aliases"]:
            if (
                len(other) < 3
                or re.search(r"\d|^[A-Z]+$", other)
                or other in words
                or part_of_longer(words, entity["name"], gold)
            ):
                continue
            if other not in entity["name"]:
                return words.replace(entity["name"], other)
    return words


def _words(words: str, rng: random.Random) -> str:
    held = [(a, b) for a, b in _SAME if a in words]
    for a, b in rng.sample(held, min(2, len(held))):
        words = words.replace(a, b, 1)
    return words
