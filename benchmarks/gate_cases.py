"""True claims about the annotated articles, and what they are made of."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from ingest.quantities import render
from kg.records import Extraction
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


def body_of(case: Case) -> tuple[str, str]:
    """The claim's words and its closing references."""
    found = list(MARK.finditer(case.text))
    if not found:
        return case.text, ""
    return case.text[: found[-1].start()], case.text[found[-1].start() :]


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
        and all(has_unit(f) for f in (a, b))
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


def has_unit(figure: dict) -> bool:
    """Whether the figure is printed with its unit, and is one that a plain verb can tell."""
    wanted = {"percent": "[%％成倍番]|百分"}.get(figure["unit"], "[元]")
    return figure["unit"] != "percentage_point" and bool(re.search(wanted, figure["text"]))


def _decimals(size: Decimal) -> int:
    return -int(size.normalize().as_tuple().exponent)


def _printed(size: Decimal, unit: str) -> str:
    return render(size.normalize() if size != size.to_integral() else size.quantize(1), unit)


def _plain(words: str) -> str:
    return re.sub(r"[。！？；\s]+$", "", MARK.sub("", words).strip())
