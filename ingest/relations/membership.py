"""Who belongs to what: G(M、M), M、M等G, G包括M、M, P旗下M, M是P的子公司, 在G内M, M跻身G之列."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.relations.coordination import row_after, row_before
from ingest.relations.drafts import Draft
from ingest.relations.phrases import front_of, topic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ingest.relations.scene import Named, Scene
    from kg.records import Argument, Mention, Span

_KIND = (
    "股|个股|板块|公司|巨头|企业|银行|券商|厂商|车企|药企|房企|机构|指数|股指|资产|品牌|龙头|行业|产业|原厂|平台|基金|国家|"
    "经济体|货币|金属|商品|品种|供应商|服务商|运营商|厂|城市|市场|势力|芯片|概念股|标的|房地产商|开发商|航司|制造商|代工厂|央行|大行|商行|大厂"
)
_GROUP = re.compile(
    rf"等(?P<count>[0-9一二三四五六七八九十两数多几]+[家只个大种国]|多家|多只|多个|一众|一批)?"
    rf"(?P<group>(?:对[^，；：。、等的]{{2,10}}的)?[^，；：。、等的]{{0,12}}?(?:{_KIND})(?![一-龥]{{0,1}}(?:率|量|额|价|化|值)|股|概念|厂|商|企业|公司|板块|行业|巨头|龙头))"
)
_BARE = re.compile(
    rf"(?:{_KIND}|(?:上市|相关|有关|主要|多个?|其他|大型|中小|部分|个别|部分|国内外?|海外|外资|中资|头部|龙头|各大|大|众多|知名|领先)*(?:{_KIND}))"
)
_TRADE = re.compile(
    "存储|制造|代工|封装|封测|设计|消费|支付|养殖|加工|检测|安防|储能|出行|航运|医疗|酿酒|整车|造车"
)
_INCLUDES = re.compile(
    "(?:主要)?(?:包括|涵盖|包含|囊括)了?|(?:成分股|成员|成份股)(?:有|为|是|包括)"
)
_HOUSE = re.compile(
    "旗下的?(?:[一-龥]{0,6}?(?:业务|品牌|部门|平台|子公司|公司|基金|单位|企业))?的?"
)
_SUBSIDIARY = re.compile(
    "的?(?:全资|控股|参股|间接|直接|上市|海外|境外|核心|重要)*(?:子公司|孙公司|附属公司|关联公司|旗下公司)"
)
_IS_OF = re.compile(
    "(?:是|为|系|属于|隶属于|成为)(?P<group>[^，；：。]{2,24}?)(?:的)?(?P<head>成分股|成份股|成员|一员|成员国|子公司|全资子公司|控股子公司|附属公司)(?![一-龥])"
)
_ENTERS = re.compile(
    "(?:被)?(?P<cue>跻身|纳入|入选|调入|加入|晋级)(?P<group>[^，；：。]{2,24}?)(?:之列|行列|成分股|名单|序列)?(?=[，；：。]|$)"
)
_BELONGS = re.compile(
    "(?P<cue>同属于?|属于|隶属于?)(?P<group>[^，；：。的]{2,12}?(?:阵营|板块|行业|概念|产业链|指数|集团))"
    "(?:(?P<of>的)|(?=[，；：。]|$))"
)
_WITHIN = re.compile("(?:在)?(?P<group>[^，；：。]{2,16}?)(?:行业|板块|领域)?[内中里]，")
_ONE_OF = re.compile("是[^，；：。]{0,20}(?:个股|股票|公司|企业|标的|成分股)(?P<cue>之一)")
_HOLDERS = frozenset(("group", "index", "sector"))
_MEMBERS = frozenset(
    (
        "company",
        "index",
        "sector",
        "commodity",
        "product",
        "person",
        "institution",
        "place",
        "group",
    )
)
_LIST_JOINTS = re.compile(r"[、，,和与及等]|以及|\s")
_PARENTHESIS = re.compile(r"[（(]([^（）()]{2,120})[）)]")
_QUOTE = re.compile(r"[”’」』\"']?")


def memberships(scene: Scene) -> Iterator[Draft]:
    """The memberships of a sentence, but for those in brackets (`listed`)."""
    for find in (_and_such, _includes, _of_house, _is_of, _enters, _belongs, _within):
        yield from find(scene)


def listed(
    source: str, sentence: Span, mentions: list[Mention], types: dict[str, str]
) -> Iterator[tuple[Mention, Mention, Span]]:
    """G(M、M和M): the group, each member, and the opening bracket; in the stored text."""
    from kg.records import Span

    for bracket in _PARENTHESIS.finditer(source, sentence.start, sentence.end):
        inside = Span(*bracket.span(1))
        group = next(
            (
                m
                for m in mentions
                if m.span.end <= bracket.start()
                and _QUOTE.fullmatch(source, m.span.end, bracket.start())
                and types.get(m.entity) in ("group", "sector")
            ),
            None,
        )
        members = [m for m in mentions if inside.contains(m.span) and m.how == "name"]
        members = [m for m in members if group is not None and m.entity != group.entity]
        rest = "".join(
            char
            for at, char in enumerate(bracket[1], start=inside.start)
            if not any(m.span.start <= at < m.span.end for m in members)
        )
        if group is None or len(members) < 2 or _LIST_JOINTS.sub("", rest):
            continue
        for member in members:
            yield group, member, Span(bracket.start(), bracket.start() + 1)


def _and_such(scene: Scene) -> Iterator[Draft]:
    """美光等存储芯片股."""
    for found in _GROUP.finditer(scene.text):
        row = row_before(scene, found.start())
        group = found["group"]
        at = found.start("group")
        while (
            front := re.match(
                "[多数]家|一众|相关|主要|龙头|头部|知名|其他", scene.text[at : found.end()]
            )
        ) and found.end() - at - front.end() >= 3:
            at += front.end()
        named = next((n for n in scene.names if n.start == at and n.end >= found.end()), None)
        end = named.end if named and named.type in _HOLDERS else found.end()
        if not row or not all(n.type in _MEMBERS and n.mention.how == "name" for n in row):
            continue
        if (named is None and _BARE.fullmatch(group)) or scene.names_in(at, found.end() - 1):
            if named is None:
                continue
        verbs = [scene.text[w.start : w.end] for w in scene.words_in(at, end) if w.tag == "v"]
        if any(not _TRADE.fullmatch(verb) for verb in verbs) and "对" not in group:
            continue  # 等带动半导体板块: a predicate, no group
        yield from _each(scene, row, scene.argument(at, end), (found.start(), found.start() + 1))


def _includes(scene: Scene) -> Iterator[Draft]:
    """华丽七巨头包括苹果、微软."""
    for found in _INCLUDES.finditer(scene.text):
        row = row_after(scene, found.end())
        group = next((n for n in scene.names if n.end == found.start()), None)
        if len(row) < 2 or group is None or group.type not in _HOLDERS:
            continue
        yield from _each(scene, row, scene.named(group), found.span())


def _of_house(scene: Scene) -> Iterator[Draft]:
    """亚马逊旗下AWS; 比亚迪的子公司弗迪电池."""
    for pattern in (_HOUSE, _SUBSIDIARY):
        for found in pattern.finditer(scene.text):
            house = next((n for n in scene.names if n.end == found.start()), None)
            row = row_after(scene, found.end())
            if house is None or house.type not in ("company", "institution", "group"):
                continue
            row = [n for n in row[:1] if n.type in ("company", "institution", "product", "group")]
            if row and row[0].mention.entity != house.mention.entity:
                yield from _each(scene, row, scene.named(house), found.span())


def _is_of(scene: Scene) -> Iterator[Draft]:
    """X是Y的全资子公司; X为标普500成分股."""
    for found in _IS_OF.finditer(scene.text):
        member = topic(scene, found.start(), types=_MEMBERS)
        at = found.start("group")
        group = scene.name_at(at)
        if member is None or group is None or group.end > found.end("group") + 1:
            continue
        if member.mention.entity != group.mention.entity:
            yield from _each(scene, [member], scene.named(group), found.span("head"))


def _enters(scene: Scene) -> Iterator[Draft]:
    """X跻身大盘股之列; X被纳入沪深300指数."""
    for found in _ENTERS.finditer(scene.text):
        member = topic(scene, found.start(), types=_MEMBERS)
        at, end = found.span("group")
        group = next((n for n in scene.names_in(at, end) if n.end == end), None)
        if member is None or group is None or group.type not in _HOLDERS:
            continue
        if member.mention.entity != group.mention.entity:
            yield from _each(scene, [member], scene.argument(at, end), found.span("cue"))


def _belongs(scene: Scene) -> Iterator[Draft]:
    """新易盛同属光模块阵营; 同属光模块阵营的新易盛."""
    for found in _BELONGS.finditer(scene.text):
        member = scene.name_at(found.end()) if found["of"] else None
        if not found["of"]:
            member = next((n for n in scene.names if n.end == found.start()), None)
        group = found.span("group")
        if member is None or member.type not in _MEMBERS or not scene.has_noun(*group):
            continue
        yield from _each(scene, [member], scene.argument(*group), found.span("cue"))


def _within(scene: Scene) -> Iterator[Draft]:
    """在半导体行业内，美光科技是表现最为突出的个股之一."""
    for found in _WITHIN.finditer(scene.text):
        start = front_of(scene, found.end(), len(scene.text))
        member = scene.name_at(start)
        group = next(
            (n for n in scene.names if n.start == found.start("group") and n.type == "sector"), None
        )
        one = _ONE_OF.match(scene.text, member.end) if member else None
        if member is not None and group is not None and one is not None:
            yield from _each(scene, [member], scene.named(group), one.span("cue"))


def _each(
    scene: Scene, members: list[Named], group: Argument, cue: tuple[int, int]
) -> Iterator[Draft]:
    for member in members:
        if member.mention.entity != group.entity:
            yield Draft(
                kind="membership", cue=cue, tail=cue[0], subject=scene.named(member), object=group
            )
