"""True claims about the annotated articles, and false ones made from them by one change each.

A change is kept only where it makes the claim false: a name is not put in for another of whom the
same figure is told, a digit not changed into a figure that the article has too.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from ingest.periods import find_periods
from ingest.quantities import find_quantities, render
from kg.records import Extraction, Quantity
from qa.evaluation.questions import faults
from qa.records import Answer

MARK = re.compile(r"(?:\s*[\[【［](?:[^\[\]【】［］\n]{1,60}:)?[¶\d,，、\-–—~～\s０-９]+[\]】］])+")


@dataclass(frozen=True, slots=True)
class Case:
    """A claim with its references, told as an answer about *doc*. *kind* None: it is true."""

    doc: str
    text: str
    kind: str | None
    made_from: str = ""
    how: str = ""  # of a true one: where it comes from
    question: str = ""


@dataclass(frozen=True, slots=True)
class Gold:
    """What annotators say of one article."""

    doc: str
    figures: tuple[dict, ...]
    entities: tuple[dict, ...]

    def names(self, kinds: Sequence[str]) -> list[str]:
        return [e["name"] for e in self.entities if e["type"] in kinds]


def gold_of(folder: Path, doc: str) -> Gold:
    def rows(name: str) -> tuple[dict, ...]:
        path = folder / f"{name}.jsonl"
        if not path.exists():
            return ()
        return tuple(json.loads(line) for line in path.read_text("utf-8").splitlines() if line)

    return Gold(doc, rows("figures"), rows("entities"))


# True claims


def article_claims(extraction: Extraction) -> Iterator[Case]:
    """Every sentence of an article, with the references that stand behind it."""
    document = extraction.document
    for index, sentence in enumerate(document.sentences):
        if sentence.kind not in ("paragraph", "bullet"):
            continue
        support = extraction.supports[index]
        words = _plain(sentence.span.of(document.text))
        if len(words) < 8 or words.endswith(("：", ":")) or "\n" in words:
            continue
        marks = "".join(f"[{n}]" for n in support.citations) or f"[¶{sentence.block}]"
        yield Case(document.doc, f"{words} {marks}。", None, how="article")


def answer_claims(doc: str, question: object, answer: Answer) -> Iterator[Case]:
    """The sentences of a built-in answer that is right, and cites what it should."""
    if answer.abstained or answer.doc != doc or faults(question, answer):  # type: ignore[arg-type]
        return
    for claim in answer.claims:
        yield Case(doc, claim.text, None, how="answer", question=question.asked.text)  # type: ignore[attr-defined]


def difference_claims(gold: Gold, rng: random.Random) -> Iterator[tuple[Case, Case]]:
    """Gaps of two figures of one kind, computed right, and with a slip."""
    usable = [f for f in gold.figures if f["value"] is not None and f["citations"]]
    pairs = [
        (a, b)
        for i, a in enumerate(usable)
        for b in usable[i + 1 : i + 12]
        if a["metric"] == b["metric"]
        and a["unit"] == b["unit"]
        and a["period"] == b["period"]
        and a["subject"] != b["subject"]
        and a["metric"] in ("price_change", "revenue", "profit", "growth_yoy", "margin", "share")
        and abs(a["value"]) != abs(b["value"])
        and all(_has_unit(f) for f in (a, b))
        and a["value"] * b["value"] > 0
    ]
    words = {
        "price_change": ("上涨", "下跌"),
        "growth_yoy": ("同比增长", "同比下降"),
        "revenue": ("收入为", "收入为"),
        "profit": ("利润为", "亏损"),
        "margin": ("利润率为", "利润率为"),
        "share": ("占比为", "占比为"),
    }
    for a, b in rng.sample(pairs, min(len(pairs), 6)):
        unit = "percentage_point" if a["unit"] == "percent" else a["unit"]
        gap = abs(Decimal(str(abs(a["value"]))) - Decimal(str(abs(b["value"]))))
        digits = max(_decimals(gap), 0)
        slip = gap + rng.choice([1, -1]) * max(
            Decimal(10) ** (gap.adjusted() - rng.choice([0, 1])), Decimal(10) ** -digits
        )
        if _decimals(slip) < digits:
            continue  # it would be the gap, rounded
        if slip <= 0:
            continue
        verb = words[a["metric"]]
        said = [f"{f['subject']}{verb[f['value'] < 0]}{f['text']}" for f in (a, b)]
        marks = "".join(f"[{n}]" for n in dict.fromkeys(a["citations"] + b["citations"]))
        made = [f"{said[0]}，{said[1]}，两者相差{_printed(g, unit)} {marks}。" for g in (gap, slip)]
        yield (
            Case(gold.doc, made[0], None, how="difference"),
            Case(gold.doc, made[1], "arithmetic", made[0]),
        )


def _has_unit(figure: dict) -> bool:
    """Whether the figure is printed with its unit, and is one that a plain verb can tell."""
    wanted = {"percent": "[%％成倍番]|百分"}.get(figure["unit"], "[元]")
    return figure["unit"] != "percentage_point" and bool(re.search(wanted, figure["text"]))


def _decimals(size: Decimal) -> int:
    return -int(size.normalize().as_tuple().exponent)


def _printed(size: Decimal, unit: str) -> str:
    return render(size.normalize() if size != size.to_integral() else size.quantize(1), unit)


def _plain(words: str) -> str:
    return re.sub(r"[。！？；\s]+$", "", MARK.sub("", words).strip())


# False claims

Mutator = Callable[[Case, Gold, random.Random], Iterator[str]]


def mutants(case: Case, gold: Gold, rng: random.Random) -> Iterator[Case]:
    """One false claim of each kind that *case* allows."""
    for kind, make in MUTATORS.items():
        made = list(dict.fromkeys(make(case, gold, rng)))
        if made:
            text = rng.choice(made)
            if text != case.text:
                yield Case(case.doc, text, kind, case.text, question=case.question)


def _body(case: Case) -> tuple[str, str]:
    """The claim's words and its closing references."""
    found = list(MARK.finditer(case.text))
    if not found:
        return case.text, ""
    return case.text[: found[-1].start()], case.text[found[-1].start() :]


def _quantities(words: str, gold: Gold) -> list[Quantity]:
    """The quantities of *words* that annotators count as figures of the article."""
    told = {f["text"] for f in gold.figures}
    return [q for q in find_quantities(words) if q.text in told]


def _swapped(words: str, q: Quantity, new: str) -> str:
    return words[: q.span.start] + new + words[q.span.end :]


def _sizes(gold: Gold) -> set[tuple[str, float]]:
    return {
        (f["unit"], abs(v))
        for f in gold.figures
        for v in (f["value"], f["low"], f["high"])
        if v is not None
    }


def _is_new(text: str, gold: Gold, old: Quantity) -> bool:
    """Whether *text* is one amount, another than *old* and than any of the article."""
    found = find_quantities(text)
    if len(found) != 1 or found[0].text != text:
        return False
    q = found[0]
    known = _sizes(gold)
    sizes = [v for v in (q.value, q.low, q.high) if v is not None]
    same = (q.unit, q.value, q.low, q.high) == (old.unit, old.value, old.low, old.high)
    return not same and not all((q.unit, abs(float(v))) in known for v in sizes)


def digit(case: Case, gold: Gold, rng: random.Random) -> Iterator[str]:
    words, marks = _body(case)
    for q in _quantities(words, gold):
        places = [i for i, c in enumerate(q.text) if c in "0123456789"]
        if not places:
            continue
        at = rng.choice(places)
        new = str((int(q.text[at]) + rng.randint(1, 9)) % 10)
        text = q.text[:at] + new + q.text[at + 1 :]
        if _is_new(text, gold, q):
            yield _swapped(words, q, text) + marks


def scale(case: Case, gold: Gold, rng: random.Random) -> Iterator[str]:
    words, marks = _body(case)
    for q in _quantities(words, gold):
        for old, new in (("万亿", "亿"), ("亿", "万"), ("万", "亿"), ("千", "百")):
            if old in q.text:
                text = q.text.replace(old, new, 1)
                if _is_new(text, gold, q):
                    yield _swapped(words, q, text) + marks
                break


_UNITS = (
    ("个百分点", ("%", "个基点")),
    ("个基点", ("个百分点", "%")),
    ("%", ("个百分点", "个基点")),
    ("％", ("个百分点",)),
    ("美元", ("元", "港元", "欧元")),
    ("港元", ("美元", "元")),
    ("欧元", ("美元",)),
    ("日元", ("美元",)),
    ("元", ("美元", "港元")),
    ("倍", ("%",)),
    ("点", ("%",)),
    ("辆", ("万辆",)),
    ("个交易日", ("周", "个月")),
    ("吨", ("万吨",)),
    ("家", ("万家",)),
)


def unit(case: Case, gold: Gold, rng: random.Random) -> Iterator[str]:
    words, marks = _body(case)
    for q in _quantities(words, gold):
        for old, new in _UNITS:
            if old in q.text:
                text = q.text.replace(old, rng.choice(new))
                if _is_new(text, gold, q):
                    yield _swapped(words, q, text) + marks
                break


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
    words, marks = _body(case)
    for old, new in _OPPOSITE:
        for found in re.finditer(old, words):
            before = words[max(0, found.start() - 1) : found.start()]
            after = words[found.end() : found.end() + 1]
            if before in tuple("不未净负高") or _GUARD.search(words) or after in tuple("期空者"):
                continue
            yield words[: found.start()] + new + words[found.end() :] + marks


def company(case: Case, gold: Gold, rng: random.Random) -> Iterator[str]:
    words, marks = _body(case)
    for kinds in (["company"], ["index"], ["sector"], ["commodity"], ["institution"]):
        yield from _other_name(words, marks, gold, rng, kinds)


def _forms(entity: dict) -> list[str]:
    return sorted({entity["name"], *entity["aliases"]}, key=len, reverse=True)


def _other_name(
    words: str, marks: str, gold: Gold, rng: random.Random, kinds: Sequence[str]
) -> Iterator[str]:
    """*words* with one name for another of the same kind that it does not hold."""
    alike = [e for e in gold.entities if e["type"] in kinds]
    present = [e for e in alike if any(form in words for form in _forms(e))]
    absent = [e for e in alike if e not in present and not _related(e, present)]
    if not absent:
        return
    figures = find_quantities(words)
    for entity in present:
        form = next(f for f in _forms(entity) if f in words)
        other = rng.choice(absent)
        if _part_of_longer(words, form, gold) or _told_of_too(other, figures, gold):
            continue
        yield words.replace(form, other["name"]) + marks


def _related(entity: dict, others: Sequence[dict]) -> bool:
    return any(a in b or b in a for o in others for a in _forms(o) for b in _forms(entity))


def _part_of_longer(words: str, form: str, gold: Gold) -> bool:
    """Whether *form* stands in *words* within a longer name, or cuts a Latin word."""
    longer = [f for e in gold.entities for f in _forms(e) if form in f and f != form]
    at = words.find(form)
    cut = form[0].isascii() and at > 0 and words[at - 1].isascii() and words[at - 1].isalnum()
    end = words[at + len(form) : at + len(form) + 1]
    return (
        any(f in words for f in longer)
        or cut
        or (form[-1].isascii() and end.isascii() and end.isalnum())
    )


def _told_of_too(entity: dict, quantities: Sequence[Quantity], gold: Gold) -> bool:
    """Whether the article tells one of *quantities* of *entity*, too."""
    names = set(_forms(entity))
    told = {f["text"] for f in gold.figures if f["subject"] in names}
    return any(q.text in told for q in quantities)


_PERIODS = [
    (re.compile("第四季度"), "第三季度"),
    (re.compile("第三季度"), "第二季度"),
    (re.compile("第二季度"), "第三季度"),
    (re.compile("第一季度"), "第四季度"),
    (re.compile("(?<![第上前下])一季度"), "三季度"),
    (re.compile("上半年"), "下半年"),
    (re.compile("下半年"), "上半年"),
    (re.compile("年初至今|今年以来"), "上周"),
    (re.compile("(?<![0-9])20(2[0-9])年"), None),
    (re.compile("(?<![0-9])(1[0-2]|[1-9])月(?![0-9]{1,2}日)"), None),
    (re.compile("(?<![0-9])(1[0-2]|[1-9])月([12]?[0-9]|3[01])日"), None),
    (re.compile("上周|本周"), "上月"),
    (re.compile("去年"), "前年"),
]


def period(case: Case, gold: Gold, rng: random.Random) -> Iterator[str]:
    words, marks = _body(case)
    spans = [p.span for p in find_periods(words)]
    for pattern, new in _PERIODS:
        for found in pattern.finditer(words):
            if not any(s.start <= found.start() and found.end() <= s.end for s in spans):
                continue
            if re.search("[-至到~]$|同比|较$|比$", words[: found.start()][-2:]):
                continue
            text = new or _other_time(found, rng)
            made = words[: found.start()] + text + words[found.end() :]
            if text not in words:
                yield made + marks


def _other_time(found: re.Match[str], rng: random.Random) -> str:
    if found[0].endswith("年"):
        return f"20{int(found[1]) - rng.choice([1, 2, 3]):02d}年"
    month = (int(found[1]) + rng.choice([2, 3, 4, 5])) % 12 + 1
    return f"{month}月{found[2]}日" if found[0].endswith("日") else f"{month}月"


def basis(case: Case, gold: Gold, rng: random.Random) -> Iterator[str]:
    words, marks = _body(case)
    for old, new in (("同比", "环比"), ("环比", "同比"), ("按年", "按季")):
        if old in words and new not in words:
            yield words.replace(old, new, 1) + marks


_SAYS = "表示|认为|指出|强调|预计|预测|称|警告|提醒|写道|坦言|判断|建议|说"


def speaker(case: Case, gold: Gold, rng: random.Random) -> Iterator[str]:
    words, marks = _body(case)
    for kinds in (["person"], ["institution", "company"]):
        alike = [e for e in gold.entities if e["type"] in kinds]
        present = [e for e in alike if any(f in words for f in _forms(e))]
        absent = [e for e in alike if e not in present and not _related(e, present)]
        for entity in present:
            form = next(f for f in _forms(entity) if f in words)
            said = re.search(
                re.escape(form) + r"(?:[（(][^（）()]*[）)])?[^，。；、]{0,6}?(?:" + _SAYS + ")",
                words,
            )
            if said and absent and not _part_of_longer(words, form, gold):
                yield words.replace(form, rng.choice(absent)["name"]) + marks


def reference(case: Case, gold: Gold, rng: random.Random) -> Iterator[str]:
    """Another source of the article that stands behind none of the claim's figures; or none."""
    words, marks = _body(case)
    own = set(re.findall(r"\d+", marks))
    if "¶" in marks or not own:
        return
    quantities = _quantities(words, gold)
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


_VERBS = re.compile(
    "(?<![不未没净])(?:上涨|下跌|增长|下降|宣布|推动|支持|上调|下调|实现|达到|超过|跑赢|提高|披露|"
    "计划|强调|改善|获得|推出|收购|公布|维持|恢复|显示|带动|受益|面临|依赖|加快)(?!的|率|期|空间|股|者)"
)
_NEGATED = re.compile("并未|尚未|并没有|没有|不会|未能|并非|无法|不足以|未(?=[达见有作])")


def negation(case: Case, gold: Gold, rng: random.Random) -> Iterator[str]:
    words, marks = _body(case)
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
    words, marks = _body(case)
    hedged = re.search("预计|有望|可能|将|或|计划|拟|目标|指引|预期|预测|料|若|力争", words)
    for old, new in (
        ("预计将", "已经"), ("预计", "已经"), ("有望", "已经"), ("可能会", "已经"), ("可能", "已经"), ("计划", "已经"),
    ):  # fmt: skip
        if words.count(old) == 1 and len(re.findall("预计|有望|可能|计划", words)) == 1:
            if not re.search("将|或|拟|目标|指引|预期|预测|若", words):
                yield words.replace(old, new) + marks
            break
    if not hedged:
        for found in re.finditer("(?<![净])(?:上涨|下跌|增长|下降|升至|降至|达到|实现)", words):
            new = rng.choice(["预计将", "可能", "有望"])
            yield words[: found.start()] + new + words[found.start() :] + marks


def moved(case: Case, gold: Gold, rng: random.Random) -> Iterator[str]:
    """Two figures of one unit and two subjects change places."""
    words, marks = _body(case)
    subjects: dict[str, set[str]] = {}
    for f in gold.figures:
        subjects.setdefault(f["text"], set()).add(f["subject"])
    found = [q for q in _quantities(words, gold) if len(subjects[q.text]) == 1]
    for i, a in enumerate(found):
        for b in found[i + 1 :]:
            if a.unit != b.unit or a.text == b.text or a.unit.endswith(("day", "year", "month")):
                continue
            if subjects[a.text] == subjects[b.text] or _alike(a, b):
                continue
            text = words[: a.span.start] + b.text + words[a.span.end : b.span.start] + a.text
            yield text + words[b.span.end :] + marks


def _alike(a: Quantity, b: Quantity) -> bool:
    return (a.value, a.low, a.high) == (b.value, b.low, b.high)


MUTATORS: dict[str, Mutator] = {
    "digit": digit,
    "scale": scale,
    "unit": unit,
    "verb": verb,
    "company": company,
    "period": period,
    "basis": basis,
    "speaker": speaker,
    "reference": reference,
    "negation": negation,
    "modality": modality,
    "moved": moved,
}
