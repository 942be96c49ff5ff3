"""Yes or no: a claim in a question against the facts, and statements against each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final, Literal

from kg.records import Figure, Quantity
from qa.answering.compare import from_and_to, gap, pick, spoken, superlative
from qa.answering.cues import MOST
from qa.answering.draft import Draft, Line, Workspace, best_of, cite
from qa.answering.lookup import candidates, disputed
from qa.answering.matching import Match, is_subject
from qa.answering.passages import TITLE, Passage, best_passages, holder, office_of
from qa.answering.phrase import describe, sentence_words, value_text
from qa.answering.references import of_sentence
from qa.answering.text import fold
from qa.answering.understand import Intent
from qa.answering.view import Fact

_BELOW: Final = re.compile(r"(不到|低于|少于|不足|小于|未到|没到|不超过|以内)$")
_ABOVE: Final = re.compile(r"(超过|高于|大于|多于|逾|超出?|突破|不止)$")
_HIGHER: Final = re.compile(r"高于|大于|多于|超过|领先|好于|强于|优于|跑赢|高过|快于|更高|更多|更大|更快|更强|胜过")
_LOWER: Final = re.compile(r"低于|小于|少于|不如|落后|弱于|差于|跑输|慢于|更低|更少|更小|更慢|更弱|逊于")
_HALF: Final = re.compile(r"(不到|低于|少于|不足|超过|高于|过|大于)?(一半|半数)")
_POINTS: Final = {"basis_point": Decimal(1), "percentage_point": Decimal(100)}
_OPPOSITES: Final = (
    ("上涨 涨 上升 升 增长 增加 上调 走高 回升 扩大 提高 走强 正增长", "下跌 跌 下降 降 下滑 减少 下调 走低 回落 收窄 降低 走弱 负增长"),
    ("净流入 流入", "净流出 流出"),
    ("加息", "降息"),
    ("增产", "减产"),
    ("提价 涨价", "降价"),
    ("跑赢 优于 领先", "跑输 落后 弱于"),
    ("盈利", "亏损"),
    ("买入 增持", "卖出 减持"),
    ("恢复", "推迟 延长 暂停"),
    ("高于", "低于"),
    ("最高 最大 最好 最强 最佳", "最低 最小 最差 最弱 最惨"),
    ("支持 赞成", "反对"),
    ("乐观", "悲观"),
    ("看好", "看空"),
    ("宽松", "收紧 紧缩"),
    ("强劲", "疲软"),
)
_NEGATION: Final = re.compile(r"并非|不是|没有|未|并不|不会|无法|不再|而非|不足以|难以|尚未|并未")


def verify(workspace: Workspace, intent: Intent) -> Draft | None:
    """Judge the claim that a question makes."""
    for plan in (_holder, _most, _ordering):
        draft = plan(workspace, intent)
        if draft:
            return draft
    quantities = intent.quantities or _half(intent)
    if quantities:
        return _amount(workspace, intent, quantities)
    return _sign(workspace, intent) or _passage(workspace, intent)


def consistency(workspace: Workspace, intent: Intent) -> Draft | None:
    """Whether statements of the documents agree with each other."""
    return (
        _two_ranges(workspace, intent)
        or _range(workspace, intent)
        or _gap(workspace, intent)
        or _two_places(workspace, intent)
    )


def _amount(
    workspace: Workspace, intent: Intent, quantities: Sequence[Quantity]
) -> Draft | None:
    loose = replace(intent, units=(), forecast=intent.forecast)
    found = candidates(workspace, loose)
    if not found:
        found = candidates(workspace, replace(loose, metrics=()))
    if not found:
        return None
    asked = quantities[-1]
    top = found[0].score
    near = [m for m in found if m.score > top - 1.2]
    for m in near:
        verdict = _judge(m.fact.figure, asked, intent)
        if verdict == "yes" and (
            _elsewhere(m.fact, intent) or opposite(fold(intent.question), m.fact.segment)
        ):
            return _no(best_of(m.fact, workspace.facts))
        if verdict == "yes":
            return _yes(best_of(m.fact, workspace.facts))
    comparable = [m for m in near if _same_scale(m.fact.figure.unit, asked.unit)]
    if not comparable:
        return None
    same = [m for m in comparable if _equal(m.fact.figure, asked, signed=False)]
    return _no(best_of((same or comparable)[0].fact, workspace.facts))


def _elsewhere(fact: Fact, intent: Intent) -> bool:
    """Whether the sentence names another place than the question."""
    present = fact.view.names_in.get(fact.figure.sentence, frozenset())
    places = {i for i in present if i in fact.view.entities and fact.view.entities[i].type == "place"}
    return any(
        set(name.types) == {"place"}
        and not present & set(name.entities)
        and fold(name.surface) not in fact.whole + fact.setting
        and bool(places)
        for name in intent.names
    )


def _judge(figure: Figure, asked: Quantity, intent: Intent) -> Literal["yes", "no", "other"]:
    if not _same_scale(figure.unit, asked.unit):
        return "other"
    before = intent.question[: asked.span.start]
    value, claim = _scaled(figure), _claimed(asked)
    if value is None or claim is None:
        return "yes" if _equal(figure, asked, signed=False) else "no"
    if _BELOW.search(before) or (asked.kind == "at_most"):
        return "yes" if abs(value) < claim else "no"
    if _ABOVE.search(before) or asked.text.startswith(("逾", "超")):
        return "yes" if abs(value) > claim else "no"
    if not _equal(figure, asked, signed=False):
        return "no"
    if intent.direction and value and (value > 0) != (intent.direction > 0) and _moves(figure):
        return "no"
    return "yes"


def _moves(figure: Figure) -> bool:
    return figure.metric in (
        "price_change",
        "growth_yoy",
        "growth_qoq",
        "rate_change",
        "flow",
        "price_adjustment",
        "relative_return",
        "valuation",
    )


def _ordering(workspace: Workspace, intent: Intent) -> Draft | None:
    """A高于B吗: two facts set against each other."""
    up, down = _HIGHER.search(intent.question), _LOWER.search(intent.question)
    if not (up or down) or intent.quantities:
        return None
    pairs = pick(workspace, replace(intent, metrics=intent.metrics))
    if len(pairs) < 2:
        pairs = _by_speaker(workspace, intent)
    if len(pairs) != 2 or pairs[0][1].figure.unit != pairs[1][1].figure.unit:
        return None
    one, other = pairs[0][1], pairs[1][1]
    if one.size == other.size:
        return None
    true = (one.size > other.size) == bool(up)
    relation = "高于" if one.size > other.size else "低于"
    facts = (best_of(one, workspace.facts), best_of(other, workspace.facts))
    head = "是的" if true else "不对"
    text = f"{head}，{describe(facts[0])}，{relation}{describe(facts[1])}"
    if describe(facts[0]) == describe(facts[1]):
        text = f"{head}，{describe(facts[0])}"
    return Draft(lines=(Line(text, cite(*facts)),), facts=facts)


def _most(workspace: Workspace, intent: Intent) -> Draft | None:
    """X跌得最多，对吗: against the superlative that the facts give."""
    if not MOST.search(intent.question) or not intent.names:
        return None
    types = tuple(t for name in intent.names for t in name.types)
    asked = replace(intent, names=(), quantities=(), group=types)
    found = superlative(workspace, asked)
    if found is None or not found.facts:
        return None
    fact = found.facts[0]
    if len({f.figure.entity for f in found.facts}) < 2:
        return None
    true = any(is_subject(fact, name) for name in intent.names)
    head = "是的" if true else "不对"
    line = found.lines[0]
    return replace(found, lines=(Line(f"{head}，{line.text}", line.evidence),))


def _holder(workspace: Workspace, intent: Intent) -> Draft | None:
    """X的首席执行官是Y，对吗: against the offices that the documents tell."""
    people = {e for n in intent.names if "person" in n.types for e in n.entities}
    if not people or not TITLE.search(fold(intent.question)):
        return None
    for view in workspace.views:
        office = office_of(view, replace(intent, names=tuple(n for n in intent.names if "person" not in n.types)))
        if office:
            held = holder(view, office)
            head = "是的" if office.person in people else "不对"
            line = held.lines[0]
            return replace(held, lines=(Line(f"{head}，{line.text}", line.evidence),))
    return None


def _by_speaker(workspace: Workspace, intent: Intent) -> list[tuple[str, Fact]]:
    found: list[tuple[str, Fact]] = []
    for name in intent.names:
        surface = fold(name.surface)
        for m in candidates(workspace, intent):
            if m.fact.figure.speaker and fold(m.fact.figure.speaker) == surface:
                found.append((name.surface, m.fact))
                break
    return found


def _sign(workspace: Workspace, intent: Intent) -> Draft | None:
    """业绩下滑了吗: the direction alone."""
    if not intent.direction or not intent.names:
        return None
    named = [
        m
        for m in candidates(workspace, replace(intent, units=()))
        if any(is_subject(m.fact, n) for n in intent.names) and _moves(m.fact.figure)
    ]
    if not named or re.search(r"最", intent.question):
        return None
    fact = best_of(named[0].fact, workspace.facts)
    true = (fact.size > 0) == (intent.direction > 0)
    return _yes(fact) if true else _no(fact)


def _passage(workspace: Workspace, intent: Intent) -> Draft | None:
    """A claim without figures, against the sentence that speaks of the same."""
    found = best_passages(workspace, intent, needed=0.5)
    otherwise: set[str] = set()
    if not found:
        found, otherwise = _with_another(workspace, intent)
    if not found:
        return None
    top = found[0]
    text = top.view.resolved[top.index]
    contradicted = bool(otherwise) or _opposed(fold(intent.question), text)
    head = "不对" if contradicted else "是的"
    words = sentence_words(top.view.text, top.view.sentences[top.index].span)
    return Draft(lines=(Line(f"{head}，{words}", (of_sentence(top.view, top.index),)),))


def _with_another(workspace: Workspace, intent: Intent) -> tuple[list[Passage], set[str]]:
    """Passages that say it of another entity of the same type: 纽约, not 台湾."""
    for name in reversed(intent.names):
        kept = tuple(n for n in intent.names if n is not name)
        if not kept:
            continue
        for passage in best_passages(workspace, replace(intent, names=kept), needed=0.55)[:2]:
            view = passage.view
            others = {
                i
                for i in view.names_in.get(passage.index, frozenset())
                if i in view.entities
                and view.entities[i].type in name.types
                and i not in intent.entities
            }
            if others:
                return [passage], others
    return [], set()


def _opposed(question: str, sentence: str) -> bool:
    return opposite(question, sentence) or bool(_NEGATION.search(sentence)) != bool(
        _NEGATION.search(re.sub(r"是不是|有没有|是否|对不对", "", question))
    )


def opposite(question: str, sentence: str) -> bool:
    """Whether *sentence* tells the opposite of what *question* says."""
    for ups, downs in _OPPOSITES:
        up, down = ups.split(), downs.split()
        for here, there in ((up, down), (down, up)):
            asked = any(w in question for w in here) and not any(w in question for w in there)
            told = any(w in sentence for w in there) and not any(w in sentence for w in here)
            if asked and told:
                return True
    return False


def _range(workspace: Workspace, intent: Intent) -> Draft | None:
    """A value that should lie in a range: of the same subject, or of the same kind."""
    if not re.search(r"区间|范围|之间|以内|落在|都在", intent.question):
        return None
    loose = replace(intent, units=(), periods=(), metrics=(), terms=(), hints=())
    pool = [m.fact for m in candidates(workspace, loose)]
    ranges = [f for f in pool if f.figure.low is not None and f.figure.high is not None]
    for span in ranges:
        inside = [
            f
            for f in span.view.facts
            if f.figure.unit == span.figure.unit
            and f.figure.metric == span.figure.metric
            and f is not span
            and (f.figure.entity == span.figure.entity or f.figure.sentence in
                 (span.figure.sentence, span.figure.sentence + 1))
            and f.view.sentences[f.figure.sentence].block
            == span.view.sentences[span.figure.sentence].block
        ]
        outside = [f for f in inside if not _within(f.figure, span.figure)]
        wanted = [f for f in inside if any(f.figure.period and p.text in f.figure.period for p in intent.periods)]
        chosen = (outside or wanted or inside)[:1]
        if chosen:
            fact = chosen[0]
            head = "不一致" if outside else "一致"
            relation = "不在该区间之内" if outside else "在该区间之内"
            text = f"{head}：{describe(span)}，而{describe(fact)}，{relation}"
            return Draft(lines=(Line(text, cite(span, fact)),), facts=(span, fact))
    return None


def _two_ranges(workspace: Workspace, intent: Intent) -> Draft | None:
    """16-24%在3%至10%之内吗: two values that the question gives, both in the documents."""
    if len(intent.quantities) < 2 or not re.search(r"区间|范围|之间|以内|落在|之内", intent.question):
        return None
    facts = [fact for asked in intent.quantities[-2:] if (fact := _stating(workspace, asked))]
    if len(facts) < 2:
        return None
    one, span = facts
    if span.figure.low is None and one.figure.low is not None:
        one, span = span, one
    inside = _within(one.figure, span.figure)
    head = "一致" if inside else "不一致"
    relation = "在该区间之内" if inside else "不在该区间之内"
    text = f"{head}：{describe(span)}，而{describe(one)}，{relation}"
    return Draft(lines=(Line(text, cite(span, one)),), facts=(span, one))


def _within(figure: Figure, span: Figure) -> bool:
    low, high = span.low, span.high
    values = [x for x in (figure.value, figure.low, figure.high) if x is not None]
    return all(
        (low is None or v >= low) and (high is None or v <= high) for v in values
    )


def _gap(workspace: Workspace, intent: Intent) -> Draft | None:
    """A stated gap or rate against the values that it is made of."""
    stated = _claimed_fact(workspace, intent)
    names = intent.names
    if stated is not None:
        apart = tuple(n for n in names if fold(n.surface) not in stated.whole)
        names = apart if len(apart) > 1 else names
    loose = replace(intent, names=names, units=(), quantities=(), metrics=(), hints=(), terms=())
    pairs = pick(workspace, loose)
    pairs = [(n, f) for n, f in pairs if stated is None or f.key != stated.key]
    if len(pairs) != 2 and stated is not None:
        levels = [
            f
            for f in stated.view.facts
            if f.figure.sentence == stated.figure.sentence
            and f is not stated
            and f.figure.metric in ("level", stated.figure.metric, "revenue", "profit", "count")
        ]
        pairs = [("", f) for f in levels[:2]]
    if len(pairs) != 2:
        two = from_and_to(workspace, intent)
        pairs = [("", f) for f in two]
    if len(pairs) != 2:
        return None
    one, other = pairs[0][1], pairs[1][1]
    if stated is None:
        return None
    rate = _rate(one.figure, other.figure, stated.figure)
    if rate is not None:
        agrees = abs(rate - abs(stated.figure.value or Decimal(0))) <= Decimal("0.06")
        amount = f"变动幅度为{rate.quantize(Decimal('0.1'))}%"
    else:
        computed = gap(one.figure, other.figure)
        if computed is None:
            return None
        size, unit = computed
        agrees = _matches_gap(stated.figure, abs(size), unit)
        amount = f"相差{spoken(abs(size), unit)}"
    head = "一致" if agrees else "不一致"
    joint = "也" if agrees else "但按"
    text = (
        f"{head}：文中说{describe(stated)}，{joint}{describe(one)}与{describe(other)}计算，{amount}"
    )
    facts = (stated, one, other)
    return Draft(lines=(Line(text, cite(*facts)),), facts=facts, arithmetic=amount)


def _claimed_fact(workspace: Workspace, intent: Intent) -> Fact | None:
    for asked in reversed(intent.quantities):
        fact = _stating(workspace, asked)
        if fact:
            return fact
    return None


def _stating(workspace: Workspace, asked: Quantity) -> Fact | None:
    for fact in workspace.facts:
        if _same_scale(fact.figure.unit, asked.unit) and _equal(fact.figure, asked, signed=False):
            return fact
    return None


def _rate(one: Figure, other: Figure, stated: Figure) -> Decimal | None:
    """The change in percent between two amounts, where a rate of growth was stated."""
    if stated.unit != "percent" or one.unit == "percent" or one.unit != other.unit:
        return None
    if not one.value or not other.value:
        return None
    base, new = (one, other) if stated.metric == "level" else (other, one)
    low, high = sorted((abs(base.value or Decimal(1)), abs(new.value or Decimal(1))))
    return (high - low) / low * 100


def _matches_gap(stated: Figure, size: Decimal, unit: str) -> bool:
    value = abs(stated.value or Decimal(0))
    if stated.unit in _POINTS and unit in _POINTS:
        value, size = value * _POINTS[stated.unit], size * _POINTS[unit]
    tolerance = size * Decimal("0.1") if stated.approximate else size * Decimal("0.001")
    return abs(value - size) <= tolerance


def _two_places(workspace: Workspace, intent: Intent) -> Draft | None:
    """Two mentions of what should be one fact."""
    found = candidates(workspace, replace(intent, units=(), hints=()))
    for m in found:
        twin = disputed(m.fact, workspace.facts) or _again(m, found)
        if twin:
            same = twin[0].figure.value == m.fact.figure.value
            head = "一致" if same else "不一致"
            text = f"{head}：一处说{describe(m.fact)}，另一处说{describe(twin[0])}"
            facts = (m.fact, twin[0])
            return Draft(lines=(Line(text, cite(*facts)),), facts=facts)
    return None


def _again(match: Match, found: Sequence[Match]) -> list[Fact]:
    f = match.fact.figure
    return [
        other.fact
        for other in found
        if other.fact is not match.fact
        and other.fact.figure.entity == f.entity
        and other.fact.figure.metric == f.metric
        and other.fact.figure.unit == f.unit
        and other.fact.figure.sentence != f.sentence
    ][:1]


def _half(intent: Intent) -> tuple[Quantity, ...]:
    said = _HALF.search(intent.question)
    if not said:
        return ()
    from kg.records import Span

    start = said.start(2)
    return (
        Quantity(
            span=Span(start, said.end()),
            text=said[2],
            value=Decimal(50),
            low=None,
            high=None,
            unit="percent",
            approximate=False,
        ),
    )


def _same_scale(unit: str, asked: str) -> bool:
    points = {"percent", "percentage_point", "basis_point"}
    return unit == asked or unit.partition("/")[0] == asked.partition("/")[0] or (
        {unit, asked} <= points and {unit, asked} != {"percent", "percentage_point"}
    ) or {unit, asked} == {"percent", "percentage_point"}


def _scaled(figure: Figure) -> Decimal | None:
    if figure.value is None:
        return None
    return figure.value * _POINTS.get(figure.unit, Decimal(100) if figure.unit == "percent" else Decimal(1))


def _claimed(asked: Quantity) -> Decimal | None:
    if asked.value is None:
        return None
    factor = _POINTS.get(asked.unit, Decimal(100) if asked.unit == "percent" else Decimal(1))
    return abs(asked.value * factor)


def _equal(figure: Figure, asked: Quantity, *, signed: bool) -> bool:
    if asked.value is None or figure.value is None:
        bounds = sorted(abs(x) for x in (figure.low, figure.high) if x is not None)
        claim = sorted(abs(x) for x in (asked.low, asked.high) if x is not None)
        return bool(bounds) and bounds == claim
    value, claim_value = _scaled(figure), _claimed(asked)
    if value is None or claim_value is None:
        return False
    return (value if signed else abs(value)) == claim_value


def _yes(fact: Fact) -> Draft:
    return Draft(lines=(Line(f"是的，{describe(fact)}", cite(fact)),), facts=(fact,))


def _no(fact: Fact) -> Draft:
    words = describe(fact)
    if value_text(fact.figure) not in words and fact.figure.text not in words:
        words = f"{words}（{value_text(fact.figure)}）"
    return Draft(lines=(Line(f"不对，{words}", cite(fact)),), facts=(fact,))
