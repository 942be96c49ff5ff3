"""Expressions that stand for something named elsewhere: where they are, and what they can mean.

该公司, 这家芯片制造商, 公司, 其, 它们, 他, 这位首席执行官, 前者, 后者, 两者, 上述三家银行.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from ingest.language.words import CUES, TITLE
from kg.records import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ingest.language.analysis import Unit
    from kg.records import EntityType

Kind: TypeAlias = Literal[
    "demonstrative", "bare", "pronoun", "person", "holder", "title", "ordinal", "plural"
]
KINDS: tuple[Kind, ...] = get_args(Kind)
Types: TypeAlias = "tuple[EntityType, ...]"

THINGS: Types = (
    "company", "institution", "group", "index", "sector", "product", "commodity", "policy", "place",
    "quantity", "currency",
)  # fmt: skip
_AGENTS: Types = ("person", "company", "institution", "group")
# Places are members of a pair only where they are listed as one: they mostly tell where.
_MEMBERS: Types = (*(kind for kind in THINGS if kind != "place"), "person")
_BODIES: Types = ("company", "institution")

# Noun → what it can mean; a longer noun before a shorter one that it begins with.
_FIRMS = (
    "公司|企业|集团|厂商|[车药券酒房钢矿煤油乳奶电]企|药厂|车厂|酒厂|券商|投行|平台|巨头|龙头|制造商|零售商|生产商|开发商|"
    "供应商|运营商|经销商|服务商|航司|险企|银行股"
)
_CLASSES: tuple[tuple[str, Types], ...] = (
    (_FIRMS, ("company",)),
    ("股(?![份东权市价民指票息本])|股票|个股", ("company",)),
    ("商行|银行|行(?![业为动情长政列使程])", _BODIES),
    ("(?:投资|研究|评级)?机构", ("institution", "company")),
    ("组织|联盟", ("institution", "group")),
    (
        "协会|央行|委员会|部门|局(?![面势部限])|署|交易所|研究院|研究所|学会|大学|监管者|监管机构",
        ("institution",),
    ),
    ("指数|股指|指标", ("index",)),
    ("板块|行业|产业", ("sector",)),
    ("国家|国(?![家债际有内产籍会])|地区|州|省(?!份)|市(?![场值盈面])", ("place",)),
    ("基金|产品|车型|机型|药物|芯片|工具|系列|债券", ("product",)),
    ("品种|商品|金属|币种|加密货币|代币", ("commodity",)),
    ("政策|法案|计划|利率", ("policy",)),
)  # fmt: skip
_NOUN = "|".join(words for words, _ in _CLASSES)
_GOODS = next(words for words, types in _CLASSES if types == ("product",))
# 芯片巨头 is a firm although 芯片 alone is none.
_ANY_NOUN = re.compile(f"(?:{_GOODS})(?:{_FIRMS})|{_NOUN}")
_BODY_NOUN = re.compile("|".join(words for words, types in _CLASSES if "company" in types))
_HEAD = re.compile(f"(?:{_NOUN})$")
# 该行业债, 该国法: the noun is the beginning of another word.
_GOES_ON = re.compile(r"业(?!务|绩)|债|法(?!国)|家|[A-Za-z]|系列[A-Z]")

_DEMONSTRATIVE = re.compile(r"(?<![应活])该|这家|这一|这[只款座支个所]|此(?=[\u4e00-\u9fff]{2})")
_ORGANISED = frozenset(("这家", "家", "两家"))
_NOMINAL = frozenset("n nz nw vn an a b ORG LOC nt ns".split())
_HOLDER = re.compile(rf"(?:这位|这名|该名?|上述)(?P<title>{TITLE.pattern})(?!会)")
# 行长强调: an office that one holds at a time; analysts and officials are many.
_TITLE = re.compile(
    r"(?:首席[\u4e00-\u9fff]{2,6}官|行长|董事长|主席|总裁|总经理|执行长|财务长|C[EFOT]O|总统|总理|首相|"
    rf"部长|局长)(?=[则也还并又]?(?:{CUES}))"
)
_ORDINAL = re.compile(r"前者|后者")
_PRONOUN = re.compile(
    r"(?<![尤极与何])(?<!土耳)其(?![中他它实余次间道])(?![一二三四][，,、是])|(?<!其)它(?!们)"
)
_PERSON = re.compile(r"(?<![其吉])(?:他|她)(?!们|国|人|乡)")
# What a person or a house has, and a company's product has not: 其判断, 其任期.
_OPINION = re.compile(
    r"(?:对[^，。；]{1,20}的)?[^，。；的]{0,6}(?:判断|看法|预期|预测|评级|观点|目标价|立场|指引|预估)"
)
_PERSONAL = re.compile(
    r"(?:主席|总裁|\S{0,3})?(?:任期|职务|继任|前任|讲话|言论|表态|家族|名下|薪酬|本人)"
)
_BARE = re.compile(r"公司|集团")
_BARE_ROLE = re.compile(r"央行")
_AFTER_COMPANY = re.compile(r"债|法(?!国|律)|制(?!造|定)|化|们")
_HELD = re.compile(r"(?:持有|所持|质押|减持|增持)$")
# Before a bare 公司 that means the company in hand; after a noun or adjective it is a compound.
_ATTRIBUTIVE = frozenset("的 可比 上市 控股 参股 领先 相关 合资 下属 所属 收购 成立".split())
_STANDALONE_AFTER = frozenset({"w", "c", "p", "v", "d", "TIME", "f", "vd"})
# Verbs that taggers take for nouns: 支撑公司前景.
_ACTS_ON = frozenset(
    "支撑 支持 影响 拖累 推动 提振 提升 增强 改善 巩固 压缩 侵蚀 考验 体现 反映 限制 制约 助力 "
    "促进 保障 削弱".split()
)

_NUMBERS = {"两": 2, "二": 2, "双": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8}
_BOTH = re.compile(r"(?P<n>[两二三四])者|(?P<m>双)方(?!面)|(?P<p>[两三])人(?=[均都也还在的此则认])")
_COUNTED = re.compile(
    r"(?P<lead>上述|前述|以上|这)?(?<![\d第前首近约超逾每各另余共有达至中过或少多数])"
    r"(?P<n>[两二三四五六七八])(?P<measure>[家大只位名款国座支])"
)
_AGAIN = re.compile(r"[均都合共各也将皆则]")  # 两家均: the noun is understood
_MANY = re.compile(r"这些|这几家|上述|前述(?!的)")
_THEY = re.compile(r"(?<!其)[它他她]们")


@dataclass(frozen=True, slots=True)
class Reference:
    """An expression that stands for one or more entities named elsewhere."""

    span: Span
    types: Types  # what it can mean; empty where only the noun itself tells
    kind: Kind
    noun: str = ""  # of 该协会, 这位首席执行官
    count: int | None = None  # of a plural, where it says how many


def references_in(text: str, unit: Unit) -> list[Reference]:
    """The references of *unit*, by place; of two that overlap the longer."""
    found = sorted(_references(text, unit), key=lambda r: (r.span.start - r.span.end, r.span.start))
    kept: list[Reference] = []
    for reference in found:
        if not any(
            other.span.start < reference.span.end and reference.span.start < other.span.end
            for other in kept
        ):
            kept.append(reference)
    return sorted(kept, key=lambda r: r.span.start)


def _references(text: str, unit: Unit) -> Iterator[Reference]:
    start, end = unit.span.start, unit.span.end
    for match in _HOLDER.finditer(text, start, end):
        yield Reference(Span(*match.span()), ("person",), "holder", match["title"])
    for match in _TITLE.finditer(text, start, end):
        if match.start() == start or not text[match.start() - 1].isalnum():
            yield Reference(Span(*match.span()), ("person",), "title", match[0])
    for match in _DEMONSTRATIVE.finditer(text, start, end):
        if (noun := _noun_at(text, unit, match.end(), match[0])) is not None:
            yield Reference(Span(match.start(), noun[0].end), noun[1], "demonstrative", noun[2])
    for match in _ORDINAL.finditer(text, start, end):
        yield Reference(Span(*match.span()), _MEMBERS, "ordinal")
    for match in _PERSON.finditer(text, start, end):
        yield Reference(Span(*match.span()), ("person",), "person")
    for match in _PRONOUN.finditer(text, start, end):
        yield Reference(Span(*match.span()), _of_pronoun(text, match.end(), end), "pronoun")
    yield from _bare(text, unit)
    yield from _plural(text, unit)


def _of_pronoun(text: str, start: int, end: int) -> Types:
    """What 其 can mean before the words at *start*: only a person or a house has opinions."""
    if _OPINION.match(text, start, end):
        return _AGENTS
    return (*THINGS, "person") if _PERSONAL.match(text, start, end) else THINGS


def _noun_at(text: str, unit: Unit, at: int, measure: str) -> tuple[Span, Types, str] | None:
    """The noun phrase at *at*, what it can mean and its head; a body after 家."""
    nouns = _BODY_NOUN if measure in _ORGANISED else _ANY_NOUN
    if (found := nouns.match(text, at, unit.span.end)) is not None:
        if _GOES_ON.match(text, found.end()):
            return None
        return Span(at, found.end()), _types_of(found[0]), found[0]
    first = ""
    for token in unit.tokens:
        if token.span.start < at:
            continue
        if token.tag not in _NOMINAL or (not first and token.span.start > at):
            break
        first = first or token.span.of(text)
        phrase = text[at : token.span.end]
        if len(phrase) > 10:
            break
        head = _HEAD.search(phrase)
        if head is not None and len(head[0]) == 1 and head[0] not in (phrase, "股"):
            continue  # 王国 is no 国
        if head is not None and (nouns is _ANY_NOUN or _BODY_NOUN.fullmatch(head[0])):
            return Span(at, token.span.end), _types_of(head[0]), head[0]
    if measure == "该" and len(first) >= 2:
        return Span(at, at + len(first)), (), first
    return None


def _types_of(noun: str) -> Types:
    return next((types for words, types in _CLASSES if re.search(f"(?:{words})$", noun)), THINGS)


def _bare(text: str, unit: Unit) -> Iterator[Reference]:
    places = {token.span.start: index for index, token in enumerate(unit.tokens)}
    for match in _BARE.finditer(text, unit.span.start, unit.span.end):
        if _AFTER_COMPANY.match(text, match.end()):
            continue
        if _HELD.search(text[unit.span.start : match.start()]):  # taggers join 甲持有公司
            yield Reference(Span(*match.span()), ("company",), "bare")
            continue
        if (index := places.get(match.start())) is None:
            continue
        before = unit.tokens[index - 1].tag if index else "w"
        word = unit.tokens[index - 1].span.of(text) if index else ""
        alone = before in _STANDALONE_AFTER and word not in _ATTRIBUTIVE
        if match[0] == "集团":
            alone = before in ("w", "c")
        if alone or word in _ACTS_ON:
            yield Reference(Span(*match.span()), ("company",), "bare")
    for match in _BARE_ROLE.finditer(text, unit.span.start, unit.span.end):
        index = places.get(match.start())
        if index is not None and unit.tokens[index].span.end == match.end():
            if not index or unit.tokens[index - 1].tag in _STANDALONE_AFTER:
                yield Reference(Span(*match.span()), ("institution",), "bare", match[0])


def _plural(text: str, unit: Unit) -> Iterator[Reference]:
    start, end = unit.span.start, unit.span.end
    for match in _BOTH.finditer(text, start, end):
        number = _NUMBERS[match["n"] or match["m"] or match["p"]]
        types: Types = ("person",) if match["p"] else _BODIES if match["m"] else THINGS
        yield Reference(Span(*match.span()), types, "plural", count=number)
    for match in _COUNTED.finditer(text, start, end):
        number = _NUMBERS[match["n"]]
        if match["measure"] == "国":
            yield Reference(Span(*match.span()), ("place",), "plural", count=number)
        elif match["measure"] in "位名":
            if (title := TITLE.match(text, match.end(), end)) is not None:
                span = Span(match.start(), title.end())
                yield Reference(span, ("person",), "plural", title[0], number)
        elif (noun := _noun_at(text, unit, match.end(), match["measure"])) is not None:
            span = Span(match.start(), noun[0].end)
            yield Reference(span, noun[1], "plural", noun[2], number)
        elif match["measure"] == "家" and _AGAIN.match(text, match.end(), end):
            yield Reference(Span(*match.span()), _BODIES, "plural", count=number)
    for match in _MANY.finditer(text, start, end):
        if (noun := _noun_at(text, unit, match.end(), match[0][1:])) is not None:
            yield Reference(Span(match.start(), noun[0].end), noun[1], "plural", noun[2])
    for match in _THEY.finditer(text, start, end):
        types = THINGS if match[0][0] == "它" else ("person",)
        yield Reference(Span(*match.span()), types, "plural", match[0])
