"""Quality of the grammars against gold that others made.

    python -m benchmarks.grammar_quality [--errors]
    python -m benchmarks.grammar_quality --sample uhgeval [--seed N] [--size 200]

On the annotated articles of ``../shared/devset``: F1 of spans, of spans with value and unit
(absolute values: the gold takes signs from the words around), accuracy of ``approximate``,
and the share of gold periods that are found with the very words.  The bare numbers of text
tables are read with the unit of their header and counted apart.  On ``../shared/devdata``:
cases of public test suites whose conventions we share, what is left out counted beside.
``--sample`` prints sentences of a set that has no gold, each figure marked with its value and
unit, to be judged by eye.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.samples import SETS, sample
from ingest.numerals import fold, read_numeral
from ingest.periods import find_periods
from ingest.quantities import find_quantities
from ingest.quantities.cells import read_cell, unit_of_header
from ingest.structure import segment
from kg.records import Article, Quantity

SHARED = Path(__file__).parents[1].parent / "shared"


class Score(NamedTuple):
    """Right, of how many, and what was wrong."""

    right: int
    total: int
    errors: list[str]

    def line(self, name: str) -> str:
        """One printed line."""
        share = self.right / self.total if self.total else 0.0
        return f"{name:44} {self.right:5}/{self.total:<5} {share:.4f}"


def _records(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _magnitudes(*values: Decimal | float | None) -> list[Decimal]:
    return sorted(abs(Decimal(str(v))) for v in values if v is not None)


def _agrees(gold: dict[str, Any], found: Quantity) -> bool:
    expected = _magnitudes(gold["value"], gold["low"], gold["high"])
    actual = _magnitudes(found.value, found.low, found.high)
    rate = re.fullmatch(r"[A-Z]{3}/[A-Z]{3}", gold["unit"])
    same_unit = found.unit == gold["unit"] or (rate is not None and found.unit == "number")
    return (
        same_unit
        and len(expected) == len(actual)
        and all(
            abs(a - b) <= Decimal("1e-9") * max(a, Decimal(1))
            for a, b in zip(expected, actual, strict=True)
        )
    )


def _columns(text: str, gold: dict[str, Any]) -> Quantity | None:
    """A bare table cell, read with the unit of its column's header."""
    line_start = text.rfind("\n", 0, gold["start"]) + 1
    column = len(re.findall(r"\S+", text[line_start : gold["start"]]))
    before = text[:line_start].split("\n")
    for line in reversed(before[-12:]):
        cells = line.split()
        if len(cells) > column and re.search(r"[（(][^）)]*[）)]$", cells[column]):
            found = read_cell(gold["text"], hint=unit_of_header(cells[column]))
            if found is not None and found.unit != "number":
                return found
    return None


def articles() -> dict[str, Score]:
    """The annotated articles: spans, values, approximation, table cells, periods."""
    spans, values, approximate, cells, periods = ([] for _ in range(5))
    errors: dict[str, list[str]] = {
        k: [] for k in ("spans", "values", "approximate", "cells", "periods")
    }
    extra: list[str] = []
    for folder in sorted(SHARED.glob("devset/*")):
        text = (folder / "article.txt").read_text(encoding="utf-8")
        gold = list(_records(folder / "figures.jsonl"))
        body = _body(text)
        found = {(q.span.start, q.span.end): q for q in find_quantities(text) if body(q.span.start)}
        words = {p.text for p in find_periods(text)}
        for figure in gold:
            key, place = (figure["start"], figure["end"]), f"{folder.name} {figure['text']}"
            quantity = found.get(key)
            spans.append(quantity is not None)
            if quantity is None:
                errors["spans"].append(place)
                continue
            if re.fullmatch(r"[+-]?[\d,.]+", figure["text"]) and "/" not in figure["unit"]:
                cell = _columns(text, figure)
                cells.append(cell is not None and _agrees(figure, cell))
                if not cells[-1]:
                    errors["cells"].append(place)
                continue
            values.append(_agrees(figure, quantity))
            if not values[-1]:
                errors["values"].append(f"{place} -> {quantity.value} {quantity.unit}")
            approximate.append(quantity.approximate == figure["approximate"])
            if not approximate[-1]:
                errors["approximate"].append(place)
            if figure["period"] and figure["period"] in text:
                periods.append(figure["period"] in words)
                if not periods[-1]:
                    errors["periods"].append(f"{folder.name} {figure['period']}")
        wanted = {(f["start"], f["end"]) for f in gold}
        extra += [f"{folder.name} {q.text}" for k, q in found.items() if k not in wanted]
    hits = sum(spans)
    scores = {
        "devset: span recall": Score(hits, len(spans), errors["spans"]),
        "devset: span precision": Score(hits, hits + len(extra), extra),
        "devset: value and unit (text)": Score(sum(values), len(values), errors["values"]),
        "devset: value and unit (table cells)": Score(sum(cells), len(cells), errors["cells"]),
        "devset: approximate": Score(sum(approximate), len(approximate), errors["approximate"]),
        "devset: period words": Score(sum(periods), len(periods), errors["periods"]),
    }
    return scores


def _body(text: str) -> Callable[[int], bool]:
    """Whether an offset lies in the article, not in what the page puts around it."""
    article = Article(doc="article", path="", text=text, sha256="", encoding="utf-8")
    spans = [sentence.span for sentence in segment(article).sentences]
    return lambda offset: any(span.start <= offset < span.end for span in spans)


def _value(text: str) -> Decimal | None:
    """The one value of a short text: a numeral, or a quantity that is all of it."""
    number = read_numeral(fold(text).strip())
    if number is not None:
        return number
    found = find_quantities(text)
    return found[0].value if len(found) == 1 else None


def _judge(pairs: Iterable[tuple[str, object, object]]) -> Score:
    """Compare (what was read, expected, actual)."""
    errors, total = [], 0
    for text, expected, actual in pairs:
        total += 1
        if expected != actual:
            errors.append(f"{text}: {expected} expected, {actual} read")
    return Score(total - len(errors), total, errors)


def recognizers() -> dict[str, Score]:
    """Microsoft Recognizers-Text: values of numbers, percentages, money and dimensions."""
    folder = SHARED / "devdata" / "recognizers_text_zh"
    left_out: Counter[str] = Counter()

    def numbers() -> Iterator[tuple[str, object, object]]:
        for case in _records(folder / "Number.NumberModel.jsonl"):
            for result in case["Results"]:
                text = case["Input"][result["Start"] : result["End"] + 1]
                gold = result["Resolution"]["value"]
                if re.search(r"[\^eEkKmM打几幾余餘/／]|\s|负一百五十七", text):
                    left_out["powers, dozens, spaces, slashes, vague numerals"] += 1
                    continue
                actual = read_numeral(fold(text))
                expected = Decimal(gold)
                if actual is not None and abs(actual - expected) < Decimal("1e-9") * abs(expected):
                    actual = expected  # theirs is rounded to fifteen digits
                yield text, expected, actual

    def percentages() -> Iterator[tuple[str, object, object]]:
        for case in _records(folder / "Number.PercentModel.jsonl"):
            for result in case["Results"]:
                text = case["Input"][result["Start"] : result["End"] + 1]
                if re.search(r"\s|[kKＫ]", text):
                    left_out["spaces within a numeral, 15k"] += 1
                    continue
                gold = Decimal(result["Resolution"]["value"].rstrip("%"))
                # 折 in Chinese digits is read behind the word that tells a price: 打三折.
                text = f"打{text}" if text.endswith("折") else text
                found = find_quantities(text)
                yield text, gold, found[0].value if len(found) == 1 else None

    def units(name: str) -> Iterator[tuple[str, object, object]]:
        for case in _records(folder / f"NumberWithUnit.{name}Model.jsonl"):
            for result in case["Results"]:
                gold = result["Resolution"]
                if gold["value"] is None or gold["unit"] in ("Liang", "F"):
                    left_out["a unit without a number, 两, 华氏"] += 1
                    continue
                text = case["Input"]
                actual = [
                    (q.value, q.unit if name == "Currency" else None)
                    for q in find_quantities(text)
                    if q.span.start <= result["End"] and q.span.end > result["Start"]
                ]
                yield text, [(Decimal(gold["value"]), gold.get("isoCurrency"))], actual

    def ranges() -> Iterator[tuple[str, object, object]]:
        for case in _records(folder / "Number.NumberRangeModelExperimentalMode.jsonl"):
            for result in case["Results"]:
                bounds = re.fullmatch(r"[\[(](.*),(.*)[\])]", result["Resolution"]["value"])
                assert bounds is not None
                text = case["Input"]
                if not (bounds[1] and bounds[2]) or not re.search(
                    r"[个岁%％元]", text.replace("这个", "")
                ):
                    left_out["comparisons (大于, 比…小) and ranges without a unit"] += 1
                    continue
                actual = [(q.low, q.high) for q in find_quantities(text)]
                yield text, [(Decimal(bounds[1]), Decimal(bounds[2]))], actual

    scores = {
        "recognizers: Number": _judge(numbers()),
        "recognizers: Percent": _judge(percentages()),
        "recognizers: Currency": _judge(units("Currency")),
        "recognizers: Dimension": _judge(units("Dimension")),
        "recognizers: NumberRange": _judge(ranges()),
    }
    for why, count in left_out.items():
        print(f"  left out {count:3}: {why}")
    return scores


def rewriting() -> dict[str, Score]:
    """nemo_zh and wetext_zh: the spoken and the written form have one value; cn2an: values."""
    scores = {}
    left_out: Counter[str] = Counter()
    for suite, files in {
        "nemo_zh/inverse_text_normalization": ("cardinal", "decimal", "fraction", "money"),
        "nemo_zh/text_normalization": ("cardinal", "decimal", "fraction", "money"),
        "wetext_zh/itn": ("number", "fraction", "money"),
        "wetext_zh/tn": ("number", "fraction"),
    }.items():
        for file in files:
            name = f"{suite.split('_')[0]} {suite.split('/')[1][:8]}: {file}"
            shared: list[tuple[str, object, object]] = []
            for case in _records(SHARED / "devdata" / f"{suite}.jsonl"):
                if case["file"] != file:
                    continue
                spoken, written = case["input"], case["expected"]
                why = _not_shared(spoken, written)
                if why is not None:
                    left_out[f"{suite.split('_')[0]}: {why}"] += 1
                    continue
                shared.append((f"{spoken} = {written}", True, _same_value(spoken, written)))
            scores[name] = _judge(shared)
    cases = [
        (case["input"], case["expected"])
        for case in _records(SHARED / "devdata" / "cn2an" / "cn2an.jsonl")
        if case["mode"].split("_")[0] in ("strict", "normal", "smart")
        and case["expected"] is not None
    ]
    scores["cn2an"] = _judge(
        (text, Decimal(str(expected)), _value(text)) for text, expected in cases
    )
    for reason, count in left_out.items():
        print(f"  left out {count:3}: {reason}")
    return scores


def _not_shared(spoken: str, written: str) -> str | None:
    """Why a pair cannot be compared by our conventions; None where it can."""
    both = spoken + written
    if re.fullmatch(r"[\d,.%/又一-龥¥€£₩₹₽$A-Z\-~〇]+", both) is None:
        return "not one expression alone: blanks, other letters and signs"
    if re.search(r"[是的个]", both) or len(spoken) >= 16:
        return "a sentence, or 个 and 的 around the numeral"
    if re.search(r"(?<!元)[\d五六][毛角块分](?!之)", both):
        return "coins without 元"
    short = re.search(r"(\d{2,})-(\d+)(?!\d)", both)
    if short and len(short[2]) < len(short[1]):
        return "a range whose upper bound is cut short (15-6 for 15-16)"
    return None


def _same_value(spoken: str, written: str) -> bool:
    ours, theirs = _reading(spoken), _reading(written)
    return ours is not None and ours == theirs


def _reading(text: str) -> object:
    text = re.sub(r"^(.*?)(\d+)/(\d+)$", r"\1\3分之\2", text)
    number = read_numeral(fold(text))
    if number is not None:
        return number * 100 if "分之" in text else number
    found = find_quantities(text)
    if len(found) != 1:
        return None
    quantity = found[0]
    if quantity.value is None:
        return quantity.low, quantity.high
    return quantity.value


def fewfc() -> dict[str, Score]:
    """Few-shot financial events: recall of money, proportions and numbers by overlap."""
    kinds: dict[str, list[str]] = {}
    totals: Counter[str] = Counter()
    for case in _records(SHARED / "devdata" / "fewfc" / "events.jsonl"):
        covered = [(q.span.start, q.span.end) for q in find_quantities(case["content"])]
        seen = {
            (m["role"], *m["span"], m["word"])
            for event in case["events"]
            for m in event["mentions"]
            if m["role"] in ("money", "proportion", "number")
        }
        for role, start, end, _ in seen:
            totals[role] += 1
            if not any(a < end and start < b for a, b in covered):
                kinds.setdefault(role, []).append(case["content"][max(0, start - 8) : end + 6])
    return {
        f"fewfc: {role}": Score(total - len(kinds.get(role, [])), total, kinds.get(role, []))
        for role, total in totals.items()
    }


def main() -> None:
    """Print one line a measure, and the errors where they are asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--errors", action="store_true", help="print what was wrong")
    parser.add_argument("--sample", choices=SETS, help="print sentences of this set to read")
    parser.add_argument("--seed", type=int, default=0, help="which sample; neighbours are disjoint")
    parser.add_argument("--size", type=int, default=200, help="sentences in the sample")
    arguments = parser.parse_args()
    if not SHARED.is_dir():
        parser.error(f"{SHARED} is not there; the gold stands in it")
    if arguments.sample:
        print("\n".join(sample(arguments.sample, seed=arguments.seed, size=arguments.size)))
        return
    for measure in (articles, recognizers, rewriting, fewfc):
        for name, score in measure().items():
            print(score.line(name))
            if arguments.errors:
                for error in score.errors[:60]:
                    print(f"    {error}")


if __name__ == "__main__":
    main()
