"""One fact told twice, and faults that a query alone can tell."""

from __future__ import annotations

from decimal import Decimal

from kg.audit.cases import Case, Fault, Settings
from kg.audit.numbers import Number

_RATES = frozenset({"percent", "percentage_point", "basis_point"})
_FAR = 3  # times
_SCALES = (Decimal(10_000), Decimal(100_000_000))  # 万, 亿


def same(case: Case, settings: Settings) -> Fault | None:
    """`one` and `other` are the same fact and thus the same value."""
    one, other = _pair(case)
    if one is None or other is None or one.unit != other.unit:
        return None
    if _agree(one, other) or scale(case, settings) is not None or _of_another(one, other):
        return None
    what = f"{one.subject}的{one.words or other.words or ''}".rstrip("的")
    period = one.period or other.period
    when = f"（{period}）" if period else ""
    where = "" if one.doc == other.doc else f"《{one.doc}》与《{other.doc}》"
    values = f"一处为{one.signed}，另一处为{other.signed}"
    return Fault(explanation=f"{where}{what}{when}{values}{_apart(one, other)}，四舍五入解释不了")


def _pair(case: Case) -> tuple[Number | None, Number | None]:
    """Both in the order of documents and text, whichever of them was read last."""
    one, other = case.number("one"), case.number("other")
    if one is not None and other is not None and (other.doc, other.start) < (one.doc, one.start):
        return other, one
    return one, other


def _of_another(one: Number, other: Number) -> bool:
    """Whether two numbers are rather of two things: counted otherwise, or of another size."""
    if one.unit == "count" and one.printed[-1:] != other.printed[-1:]:
        return True
    if one.value is None or other.value is None or one.unit in _RATES:
        return False
    small, large = sorted((abs(one.value), abs(other.value)))
    return large > _FAR * small


def _agree(one: Number, other: Number) -> bool:
    if one.value is None or other.value is None:
        return (one.low, one.high) == (other.low, other.high) or one.reach.meets(other.reach)
    if one.step == other.step and not (one.approximate or other.approximate):
        return one.value == other.value  # one number is rounded to one place in one way
    return one.reach.meets(other.reach)


def _apart(one: Number, other: Number) -> str:
    if one.value is None or other.value is None or one.value * other.value < 0:
        return ""
    finer = min(one, other, key=lambda number: number.step)
    apart = finer.like(abs(one.value - other.value))
    return f"，相差{apart.replace('%', '个百分点') if finer.unit == 'percent' else apart}"


def restated(case: Case, settings: Settings) -> Fault | None:
    """`one` and `other` are the same fact, and one of the documents says that it was mended."""
    one, other = _pair(case)
    if one is None or other is None or _agree(one, other):
        return None
    what = f"{one.subject}的{one.words or other.words or ''}".rstrip("的")
    return Fault(
        explanation=(
            f"{what}在《{one.doc}》为{one.printed}，在《{other.doc}》为{other.printed}，"
            "文中说明为更正或修订"
        )
    )


def scale(case: Case, settings: Settings) -> Fault | None:
    """`one` and `other`, the same fact, differ as 亿 does from 万, or 万 from one."""
    one, other = case.number("one"), case.number("other")
    if one is None or other is None or not one.value or not other.value:
        return None
    ratio = max(abs(one.value), abs(other.value)) / min(abs(one.value), abs(other.value))
    if ratio not in _SCALES:
        return None
    return Fault(
        explanation=f"{one.subject}一处为{one.printed}，另一处为{other.printed}，相差{ratio:f}倍，疑为数量级之误"
    )


def always(case: Case, settings: Settings) -> Fault | None:
    """Each case of the query is a fault; it says so in its `detail`."""
    return Fault(explanation=case.detail or "、".join(member.printed for member in case.members))
