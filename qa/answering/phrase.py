"""A fact in words: the source's own clause where it can stand alone, else a plain phrase."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from ingest.quantities import render
from ingest.structure import without_markup
from kg.records import Figure, Metric, Span
from qa.answering.text import fold
from qa.answering.view import Fact, around
from qa.gate.reading import is_hedged

_BREAK = re.compile(r"(?<!\d),|,(?!\d)|[，;；:：。！？!?\n]")
_LEADING = re.compile(
    r"^(?:其次是|其次|其中|而且|而|但|并且|并|同时|此外|且|则|就连|不过|另外|或|以及|和|与|彼时|如|即)+"
)
_MARKS = re.compile(r"\s*[\[【［][\d,，\-–、\s]{1,12}[\]】］]")
_EXPECTED: Final = re.compile(r"预计|预期|预测|有望|料|估计|认为")
_ANAPHOR: Final = re.compile(
    r"(?:该(?:指数|公司|集团|股|基金|板块|企业|产品|品种|项目|货币|机构(?=的))|本公司)"
)
_AGAINST: Final = r"(?:跑赢|跑输|超过|高于|低于|优于|落后于|不及|较|比)"
_SIGN = re.compile(r"^(约|近|逾|超过?)?[+\-−－＋]")

_WORDS: Final[dict[Metric, tuple[str, str]]] = {
    "price_change": ("上涨", "下跌"),
    "relative_return": ("跑赢", "跑输"),
    "growth_yoy": ("同比增长", "同比下降"),
    "growth_qoq": ("环比增长", "环比下降"),
    "price_adjustment": ("提价", "降价"),
    "rate_change": ("上调", "下调"),
    "profit": ("利润为", "亏损"),
    "revenue": ("收入为", "收入为"),
    "investment": ("投资额为", "投资额为"),
    "share": ("占比为", "占比变动"),
}


def value_text(figure: Figure, *, bare: bool = False) -> str:
    """The value as printed; a table's bare number gets its unit, and *bare* drops the sign."""
    text = without_markup(figure.text)
    if re.fullmatch(r"[+\-−－＋]?[\d,，.．]+%?", text) and figure.unit not in ("number", "percent"):
        text = _rendered(figure)
    elif re.fullmatch(r"[+\-−－＋]?[\d,，.．]+(?:[\-–—~～至][\d,，.．]+)?", text) and (
        figure.unit == "percent"
    ):
        text += "%"
    return _SIGN.sub(lambda m: m[1] or "", text) if bare else text


def _rendered(figure: Figure) -> str:
    """A table's bare number with its unit: as it is printed, unless its column counts in 亿."""
    value = figure.value if figure.value is not None else Decimal(0)
    digits = figure.text.lstrip("+-−－＋").replace(",", "").replace("，", "")
    counted = figure.unit == "count"  # its measure word stands in the header, if anywhere
    measure = "" if counted else render(Decimal(1), figure.unit).removeprefix("1")
    if re.fullmatch(r"\d{1,7}", digits) and Decimal(digits) == abs(value) and measure[:1] != "万":
        return f"{figure.text}{measure}"
    return render(value, figure.unit)


def clause(fact: Fact) -> str | None:
    """The source's own words around the figure, where they make sense alone."""
    text, figure = fact.view.text, fact.figure
    sentence = fact.view.sentences[figure.sentence]
    if sentence.kind in ("table", "caption"):
        return None
    span = around(fact.view, figure, _BREAK)
    start, end = span.start, span.end
    others = [
        f
        for f in fact.view.facts
        if f is not fact and start <= f.figure.span.start and f.figure.span.end <= end
    ]
    if any(f.figure.entity != figure.entity for f in others) or len(others) > 1:
        return None
    words = _LEADING.sub("", _MARKS.sub("", without_markup(text[start:end])).strip())
    own = words.replace(without_markup(figure.text), "")
    open_bracket = re.search(r"[(（][^)）]*$", text[start : figure.span.start])
    if open_bracket or len(re.sub(r"[^\u3400-\u9fff]", "", own)) < 2 or len(words) > 60:
        return None
    if words.count("“") != words.count("”") or words.count("(") != words.count(")"):
        return None
    if any(re.search(rf"{_AGAINST}[^，,]{{0,4}}{re.escape(n)}", words) for n in _names(fact)):
        return None  # 大幅跑赢标普500仅1.9%的涨幅 is said of another
    return words


def describe(fact: Fact, *, subject: bool = True, dated: bool = True) -> str:
    """The fact as a phrase, with its subject and period where the words lack them.

    Without *subject* and *dated* these are left to what stands before.
    """
    figure = fact.figure
    name, period = display_name(fact), (figure.period or "") if dated else ""
    words = clause(fact)
    if words is None:
        words = _plain(figure)
    words = _of_what(figure, words)
    words = _ANAPHOR.sub(lambda _: name, words, count=1) if subject else words
    has_name = _holds_name(fact, words)
    if period and fold(period) in fold(words):
        period = ""
    if not subject:
        stripped = words
        for alias in _names(fact):
            if stripped.startswith(alias):
                stripped = stripped[len(alias) :].lstrip("的")
        return _foreseen(fact, f"{period}{stripped}" if stripped else words)
    if has_name:
        return _foreseen(fact, f"{period}，{words}" if period else words)
    return _foreseen(fact, f"{name}{period}{words}")


def _foreseen(fact: Fact, words: str) -> str:
    """*words* called a forecast, where the clause leaves that to an earlier one."""
    if fact.figure.modality != "forecast" or is_hedged(words):
        return words
    sentence = fact.view.sentence_text(fact.figure.sentence)
    own = sentence.partition(fact.figure.text)[0]
    return f"预计{words}" if _EXPECTED.search(own) else words


def _of_what(figure: Figure, words: str) -> str:
    """同比增长35% with what grew before it, where the clause leaves that to an earlier one."""
    said = figure.metric_words
    bare = re.match(r"(同比|环比|增长|下降|增幅|降幅)", words)
    if figure.metric not in ("growth_yoy", "growth_qoq") or not said or not bare or said in words:
        return words
    return said + words if said not in figure.subject else words


def display_name(fact: Fact) -> str:
    """The subject's name, with its short Latin one where the document gives one: 广义货币（M2）."""
    name = fact.figure.subject
    if (
        fact.subject is None
        or fact.subject.type == "person"
        or not re.search(r"[\u3400-\u9fff]", name)
    ):
        return name
    latin = [a for a in fact.subject.aliases if re.fullmatch(r"[A-Za-z][A-Za-z0-9&]{1,7}", a)]
    return f"{name}（{latin[0]}）" if latin and latin[0] not in name else name


def _plain(figure: Figure) -> str:
    negative = figure.value is not None and figure.value < 0
    negative = negative or (figure.high is not None and figure.high < 0)
    pair = _WORDS.get(figure.metric)
    said = figure.metric_words or ""
    said = "" if said in figure.subject else said
    if pair is None:
        said = said or "为"
        joint = "" if said.endswith(("为", "至", "达", "报", "于")) else "为"
        return f"{said}{joint}{value_text(figure)}"
    word = pair[1] if negative else pair[0]
    if figure.metric in ("profit", "revenue") and said and not negative:
        word = f"{said}为"
    if figure.metric == "share" and figure.unit == "percentage_point":
        word = "占比下降" if negative else "占比上升"
    if figure.metric in ("growth_yoy", "growth_qoq", "price_change"):
        prefix = said if said and not re.search(r"[涨跌升降增减同环比幅]", said) else ""
        word = prefix + word
    return word + value_text(figure, bare=True)


def _names(fact: Fact) -> list[str]:
    names = [fact.figure.subject]
    if fact.subject:
        names += [fact.subject.name, *fact.subject.aliases]
    return sorted(names, key=len, reverse=True)


def _holds_name(fact: Fact, words: str) -> bool:
    folded = fold(words)
    return any(len(n) > 1 and fold(n) in folded for n in _names(fact))


def sentence_words(text: str, span: Span) -> str:
    """A sentence without its citation marks, on one line, its full stop dropped."""
    words = _MARKS.sub("", without_markup(span.of(text)))
    return " ".join(words.split()).rstrip("。.！!？?；; ")
