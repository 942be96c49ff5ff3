"""Parts against their whole."""

from __future__ import annotations

from decimal import Decimal
from functools import reduce
from itertools import accumulate

from kg.audit.cases import Case, Fault, Settings
from kg.audit.numbers import Number, Reach, plain

_NOTHING = Reach(Decimal(0), Decimal(0))


def total(case: Case, settings: Settings) -> Fault | None:
    """The `part`s make the `whole`; or what lies between each `from` and `to` does."""
    whole = case.number("whole")
    parts = case.numbers("part")
    pairs = list(zip(case.numbers("from"), case.numbers("to"), strict=False))
    if whole is None or whole.value is None:
        return None
    if pairs:
        values = [_value(to) - _value(before) for before, to in pairs]
        reach = reduce(Reach.plus, (to.reach.minus(before.reach) for before, to in pairs)).size()
        terms = " + ".join(f"({to.printed} − {before.printed})" for before, to in pairs)
    else:
        if len(parts) < 2 or any(part.value is None for part in parts):
            return None
        values = [abs(_value(part)) for part in parts]
        reach = reduce(Reach.plus, (part.size for part in parts))
        terms = " + ".join(part.printed for part in parts)
        net = reduce(Reach.plus, (part.reach for part in parts)).size()
        if net.meets(whole.size):
            return None  # inflows less outflows
    if reach.meets(whole.size):
        return None
    computed = abs(sum(values, Decimal(0)))
    said = f"{terms} = {whole.like(computed)}，而文中写为{whole.printed}"
    return Fault(explanation=f"{said}；{_why(reach, whole)}")


def part(case: Case, settings: Settings) -> Fault | None:
    """The `part`s, some of the `whole`, are not more than it."""
    whole, parts = case.number("whole"), case.numbers("part")
    if whole is None or not whole.value or not parts:
        return None
    if any(not each.value or (each.value > 0) != (whole.value > 0) for each in parts):
        return None
    reach = reduce(Reach.plus, (each.size for each in parts), _NOTHING)
    if not whole.size.below(reach) or abs(whole.value) in accumulate(
        abs(_value(each)) for each in parts[:-1]
    ):
        return None  # 14人，其中男性4人、女性10人，成年人12人: divided in two ways
    terms = " + ".join(each.printed for each in parts)
    computed = abs(sum((_value(each) for each in parts), Decimal(0)))
    equals = f" = {whole.like(computed)}" if len(parts) > 1 else ""
    return Fault(
        explanation=f"其中的{terms}{equals}，超过了整体的{whole.printed}；{_why(reach, whole)}"
    )


def share(case: Case, settings: Settings) -> Fault | None:
    """The `part`s are `share` per cent of the `whole`; of several that may be meant, of one."""
    wholes = [m for m in case.members_of("whole") if m.number and m.number.value]
    parts, stated = case.numbers("part"), case.number("share")
    if stated is None or not parts or not wholes or stated.unit != "percent":
        return None
    reach = reduce(Reach.plus, (each.size for each in parts), _NOTHING)
    for member in wholes:
        ratio = reach.over(member.number.size) if member.number else None
        if ratio is None or ratio.scaled(Decimal(100)).meets(stated.size):
            return None
    whole = wholes[0]
    terms = " + ".join(each.printed for each in parts)
    amount = sum((abs(_value(each)) for each in parts), Decimal(0))
    computed = amount / abs(_value(whole.number)) * 100 if whole.number else amount
    together = f"({terms})" if len(parts) > 1 else terms
    return Fault(
        explanation=(
            f"{together} ÷ {whole.printed} = {plain(computed, places=1)}%，"
            f"而文中写为{stated.printed}；四舍五入解释不了这一差异"
        ),
        members=(*case.members_of("part"), whole, *case.members_of("share")),
    )


def _why(reach: Reach, whole: Number) -> str:
    if reach.low is None or reach.high is None or reach.low == reach.high:
        return "逐个相加没有舍入可言"
    least, most = whole.like(reach.low), whole.like(reach.high)
    return f"计入各项的四舍五入，也只能在{least}至{most}之间"


def _value(number: Number) -> Decimal:
    return number.value if number.value is not None else Decimal(0)
