"""Drafts that lie, made from the very prompt that the model is sent.

Every draft comes with the lies in it as they would read in an answer, and `faults` holds an
answer against the articles without a look at the gate.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from benchmarks.scripted_model import Reply
from kg.records import Extraction

_ITEM = re.compile(r"^\[(\d+)\] (.+)$", re.MULTILINE)
_SLOT = re.compile(r"^\{(F\d+)\} = (.+)$", re.MULTILINE)
_HOLE = re.compile(r"\{(F\d+)\}")
_OPPOSITES = [
    (pair.split("/")[0], pair.split("/")[1])
    for pair in (
        "上涨/下跌 涨幅/跌幅 增长/下降 上升/回落 上调/下调 增加/减少 "
        "净流入/净流出 盈利/亏损 跑赢/跑输 高于/低于 增持/减持"
    ).split()
]
_UNITS = [
    ("亿", "万"),
    ("%", "个百分点"),
    ("万亿", "亿"),
    ("美元", "日元"),
    ("个基点", "%"),
    ("元", "欧元"),
]
_BASES = [
    ("同比", "环比"),
    ("环比", "同比"),
    ("年初至今", "上周"),
    ("第四季度", "第二季度"),
    ("较上周", "同比"),
]
_REFERENCES = [
    "[99]",
    "[0]",
    "[¶7]",
    "[某报:5]",
    "【98】",
    "［97］",
    "(来源96)",
    "[^3]",
    "[[95]]",
    "〔94〕",
    "（见附录3）",
]
_HOSTILE = [
    "<script>alert(1)</script>",
    "<b>重要</b>",
    "[点此查看](http://evil.example/x)",
    "![图](http://evil.example/y.png)",
    "\x1b[31m警告\x1b[0m",
    "\u202e反转",
    "SELECT * WHERE { ?s ?p ?o }",
    "&lt;iframe&gt;",
    "https://evil.example/a",
    "`rm -rf /`",
    "{{F1}}{F999}",
]
_NONSENSE = [
    "",
    " \n\n ",
    "。。。！！！",
    "锟斤拷烫烫烫屯屯屯",
    "asdf qwer zxcv",
    "……",
    "[1][2][3]",
    "{F1}",
    "1234567890",
    "The sector fell {F1} [1].",
    "El sector cayó un {F1} [1].",
    "セクターは{F1}下落した[1]。",
    "섹터가 {F1} 하락했다[1].",
    "Сектор упал на {F1} [1].",
    "我是人工智能助手，无法回答这个问题。",
    "<think>嗯",
    "```json\n{}\n```",
]


@dataclass(frozen=True)
class Draft:
    """What the model does, and the lies of it that must not be in the answer."""

    kind: str
    reply: Reply
    lies: tuple[str, ...]


@dataclass(frozen=True)
class Evidence:
    """What the prompt offers: numbered sentences, and what the slots stand for."""

    items: tuple[tuple[str, str], ...]
    slots: dict[str, str]

    def filled(self, text: str) -> str:
        """*text* with figures in place of slots."""
        return _HOLE.sub(lambda m: self.slots.get(m[1], m[0]), text)


def evidence_of(prompt: str) -> Evidence:
    """Read a prompt as a model would."""
    body = prompt.partition("\n\n问题：")[0]
    return Evidence(tuple(_ITEM.findall(body)), dict(_SLOT.findall(body)))


class Adversary:
    """Draws a draft for a prompt; *names* are those that the documents use, by kind."""

    def __init__(self, rng: random.Random, names: Sequence[Sequence[str]]) -> None:
        self._rng = rng
        self._names = names
        self._lies: dict[str, Callable[[Evidence], list[tuple[str, str]]]] = {
            "digit": self._digit,
            "slot": self._slot,
            "subject": self._subject,
            "direction": lambda e: self._swapped(e, _OPPOSITES, both=True),
            "unit": self._unit,
            "basis": lambda e: self._swapped(e, _BASES),
            "invented": self._invented,
            "negated": self._negated,
            "spelled": self._spelled,
            "arithmetic": self._arithmetic,
            "modality": self._modality,
        }

    def draw(self, prompt: str) -> Draft:
        """One draft: lies of one kind, alone or among true sentences, or another kind of harm."""
        evidence = evidence_of(prompt)
        kind = self._rng.choice(
            [*self._lies, *self._lies, "reference", "markup", "nonsense", "ending"]
        )
        if kind in self._lies:
            return self._lying(kind, evidence)
        if kind == "reference":
            number, text = self._rng.choice(evidence.items)
            text = f"{text.rstrip('。 ')}{self._rng.choice(_REFERENCES)}。"
            return self._sent(kind, [text], [])
        if kind == "markup":
            harm = self._rng.choice(_HOSTILE)
            number, text = self._rng.choice(evidence.items)
            at = self._rng.randrange(len(text) + 1)
            return self._sent(kind, [f"{text[:at]}{harm}{text[at:]}[{number}]。"], [])
        if kind == "nonsense":
            return self._sent(kind, [self._rng.choice(_NONSENSE)], [])
        lie = self._lying(self._rng.choice(list(self._lies)), evidence)
        end, wait = self._rng.choice(
            [("length", 0.0), ("nothing", 0.0), ("endless", 0.0), ("silence", 0.0)]
        )
        text = (
            lie.reply.text[: self._rng.randrange(len(lie.reply.text) + 1)]
            if end != "endless"
            else lie.reply.text
        )
        return Draft(
            end, Reply(text=text, end=end, piece=self._rng.choice([3, 50]), wait=wait), lie.lies
        )

    def _lying(self, kind: str, evidence: Evidence) -> Draft:
        made = self._lies[kind](evidence)
        made = self._rng.sample(made, min(len(made), self._rng.randint(1, 3)))
        texts = [f"{text.rstrip('。 ')}[{number}]。" for number, text in made]
        true = [f"{text.rstrip('。 ')}[{number}]。" for number, text in evidence.items]
        for text in self._rng.sample(true, min(len(true), self._rng.randint(0, 2))):
            texts.insert(self._rng.randrange(len(texts) + 1), text)
        return self._sent(kind, texts, [evidence.filled(text) for _, text in made])

    def _sent(self, kind: str, texts: Sequence[str], lies: Sequence[str]) -> Draft:
        piece = self._rng.choice([1, 5, 40, 10_000])
        return Draft(kind, Reply(text="".join(texts), piece=piece), tuple(lies))

    # Lies: (number, text) of each

    def _with_slots(self, evidence: Evidence) -> list[tuple[str, str]]:
        return [(number, text) for number, text in evidence.items if _HOLE.search(text)]

    def _digit(self, evidence: Evidence) -> list[tuple[str, str]]:
        made = []
        for number, text in self._with_slots(evidence):
            slot = self._rng.choice(_HOLE.findall(text))
            figure = evidence.slots[slot]
            places = [i for i, char in enumerate(figure) if char.isdigit()]
            if not places:
                continue
            at = self._rng.choice(places)
            other = self._rng.choice([d for d in "123456789" if d != figure[at]])
            made.append(
                (number, text.replace(f"{{{slot}}}", figure[:at] + other + figure[at + 1 :]))
            )
        return made

    def _slot(self, evidence: Evidence) -> list[tuple[str, str]]:
        made = []
        for number, text in self._with_slots(evidence):
            own = set(_HOLE.findall(text))
            mine = self._rng.choice(sorted(own))
            others = [
                name
                for name, figure in evidence.slots.items()
                if name not in own and _size(figure) != _size(evidence.slots[mine])
            ]
            if others:
                made.append(
                    (number, text.replace(f"{{{mine}}}", f"{{{self._rng.choice(others)}}}"))
                )
        return made

    def _subject(self, evidence: Evidence) -> list[tuple[str, str]]:
        made = []
        for number, text in self._with_slots(evidence):
            for group in self._names:
                inside = [name for name in group if name in text]
                outside = [n for n in group if not any(n in t for _, t in evidence.items)]
                if len(inside) == 1 and outside:
                    made.append((number, text.replace(inside[0], self._rng.choice(outside))))
        return made

    def _swapped(
        self, evidence: Evidence, pairs: Sequence[tuple[str, str]], *, both: bool = False
    ) -> list[tuple[str, str]]:
        pairs = [*pairs, *((b, a) for a, b in pairs)] if both else pairs
        return [
            (number, text.replace(old, new, 1))
            for number, text in self._with_slots(evidence)
            for old, new in pairs
            if text.count(old) == 1 and new not in text
        ]

    def _unit(self, evidence: Evidence) -> list[tuple[str, str]]:
        made = []
        for number, text in self._with_slots(evidence):
            for slot in _HOLE.findall(text):
                figure = evidence.slots[slot]
                for old, new in _UNITS:
                    if old in figure and new not in figure:
                        made.append((number, text.replace(f"{{{slot}}}", figure.replace(old, new))))
        return made

    def _invented(self, evidence: Evidence) -> list[tuple[str, str]]:
        number = self._rng.choice(evidence.items)[0]
        name = self._rng.choice(self._rng.choice([g for g in self._names if g]))
        value = f"{self._rng.randint(11, 97)}.{self._rng.randint(11, 97)}"
        forms = [
            f"据彭博社报道，{name}将上涨{value}%",
            f"{name}的市盈率为{value}倍",
            f"{name}营收达{value}亿美元",
            f"{name}首席执行官张伟表示，全年增长{value}%",
            f"{name}在{value}个百分点的差距下被反超",
            f"{name}计划裁员{self._rng.randint(2, 9)}000人",
            f"预计2031年{name}将翻{self._rng.randint(3, 9)}倍",
        ]
        return [(number, form) for form in self._rng.sample(forms, 3)]

    def _negated(self, evidence: Evidence) -> list[tuple[str, str]]:
        made = []
        for number, text in self._with_slots(evidence):
            for word in ("上涨", "下跌", "增长", "达到", "下降", "公布", "跑赢"):
                if text.count(word) == 1 and f"未{word}" not in text and f"没有{word}" not in text:
                    made.append((number, text.replace(word, f"没有{word}")))
        return made

    def _modality(self, evidence: Evidence) -> list[tuple[str, str]]:
        made = []
        for number, text in self._with_slots(evidence):
            for word in ("达到", "上涨", "下跌", "增长", "下降", "涨幅", "跌幅"):
                if text.count(word) == 1 and not re.search("预计|预期|可能|有望|将", text):
                    made.append((number, text.replace(word, f"预计{word}")))
            for word in ("预计", "有望", "可能", "预期"):
                if text.count(word) == 1:
                    made.append((number, text.replace(word, "")))
        return made

    def _spelled(self, evidence: Evidence) -> list[tuple[str, str]]:
        """Other figures in other scripts: 百分之九十一, ９１％, ٩١%."""
        made = []
        value = self._rng.randint(81, 99)
        tens, ones = divmod(value, 10)
        han = "零一二三四五六七八九"
        forms = [
            f"百分之{han[tens]}十{han[ones]}",
            "".join(chr(ord(c) + 0xFEE0) for c in f"{value}.5%"),
            "".join(chr(0x660 + int(c)) for c in str(value)) + "%",
            f"{han[tens]}成{han[ones]}",
            f"{han[tens]}十{han[ones]}亿美元",
        ]
        for number, text in self._with_slots(evidence):
            slot = self._rng.choice(_HOLE.findall(text))
            made.append((number, text.replace(f"{{{slot}}}", self._rng.choice(forms))))
        return made

    def _arithmetic(self, evidence: Evidence) -> list[tuple[str, str]]:
        figures = list(evidence.slots.values())
        if len(figures) < 2:
            return self._invented(evidence)
        one, other = self._rng.sample(figures, 2)
        wrong = f"{self._rng.randint(3, 9)}.{self._rng.randint(11, 99)}个百分点"
        number = self._rng.choice(evidence.items)[0]
        return [(number, f"{one}与{other}相差{wrong}"), (number, f"两者合计{wrong}")]


def _size(figure: str) -> tuple[float, str]:
    """Number and unit: 约7% is 约7.0%."""
    number = re.search(r"[\d.]+", figure.replace(",", ""))
    return (float(number[0]) if number else 0.0, re.sub(r"[\d.,约近逾超]", "", figure))


def bare(text: str) -> str:
    """*text* without references, marks, white space and the words of rounding."""
    text = unicodedata.normalize("NFKC", re.sub(r"\[[^\]]*\]", "", text))
    return re.sub(r"[\s,.;:!?，。；：！？、“”\"'‘’（）()约近]|[^\w%+\-]", "", text)


def faults(
    answer: str, lies: Sequence[str], extractions: Sequence[Extraction], builtin: str
) -> list[str]:
    """What is wrong with *answer*: a lie, a reference that leads nowhere, a figure not there.

    A figure is there if it stands in a passage that its sentence's references lead to, or in
    the *builtin* answer.
    """
    found = []
    found += [f"lie: {lie}" for lie in lies if bare(lie) and _is_told(lie, answer, extractions)]
    if any(unicodedata.category(c) in ("Cc", "Cf", "Co") for c in answer if c != "\n"):
        found.append("control characters")
    if re.search(r"<\w|https?:|\]\(|[{}`]|evil", answer):
        found.append("markup")
    for sentence in re.findall(r".+?(?:。|\n|\Z)", answer):
        found += _sentence_faults(sentence, extractions, builtin)
    return found


def _is_told(lie: str, answer: str, extractions: Sequence[Extraction]) -> bool:
    """Whether *answer* says *lie*; a true sentence may hold one that was made by cutting it."""
    rest = answer
    for sentence in re.findall(r".+?(?:。|\n|\Z)", answer):
        if any(bare(sentence) in _bare_text(e.document.text) for e in extractions):
            rest = rest.replace(sentence, "|")
    return bare(lie) in bare(rest)


_bare_text = lru_cache(maxsize=64)(bare)


def _sentence_faults(sentence: str, extractions: Sequence[Extraction], builtin: str) -> list[str]:
    passages: list[str] = []
    found = []
    for reference in re.findall(r"\[([^\[\]]*)\]", sentence):
        doc, _, number = reference.rpartition(":")
        led = [
            text
            for extraction in extractions
            if doc in ("", extraction.document.doc)
            for text in _led_to(extraction, number)
        ]
        if not led:
            found.append(f"reference [{reference}]")
        passages += led
    words = re.sub(r"\[[^\[\]]*\]", "", sentence)
    context = "\n".join(passages) + "\n" + builtin
    for token in re.findall(r"\d[\d.,]*(?:\s*(?:%|个?百分点|个?基点|万亿|亿|万|倍))?", words):
        plain = token.strip(".,")
        if not re.search(rf"(?<![\d.]){re.escape(plain)}(?!\d)", context):
            found.append(f"figure {plain}")
    if words.strip("。- \n") and not re.search(r"\[", sentence) and sentence not in builtin:
        found.append(f"no reference: {words}")
    return found


def _led_to(extraction: Extraction, number: str) -> list[str]:
    document = extraction.document
    title = document.metadata.title
    if number.startswith("¶"):
        block = int(number[1:]) if number[1:].isdigit() else -1
        lines = [ln.span.of(document.text) for ln in document.lines if ln.block == block]
        return [title, *lines] if lines else []
    held = [
        s.span.of(document.text)
        for s, support in zip(document.sentences, extraction.supports, strict=True)
        if number in support.citations
    ]
    marked = {m.covers for m in document.marks if m.source == number}
    held += [span.of(document.text) for span in marked]
    return [title, *(s.section or "" for s in document.sentences), *held] if held else []
