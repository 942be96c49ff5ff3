"""Who invests in, buys or builds what, where and for how much."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.relations.drafts import Draft
from ingest.relations.phrases import topic

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ingest.relations.scene import Clause, Named, Scene
    from kg.records import Argument, Figure, Span

_BUILD = "开工建设|投资建设|建设|兴建|新建|扩建|建造|投建|修建|筹建|建成|设立|建立|成立"
_BUY = "收购|并购|入股|增资|参股|领投|注资|认购|买下|控股|投资|投向|押注"
_VERB = re.compile(f"{_BUILD}|{_BUY}")
_SPENDS = re.compile("(?:计划|拟|将|已|宣布)*(?:再)?(?:投资|斥资|出资|豪掷|耗资|投入|以|追加)")
_OBJECT = re.compile(r"(?:了|于)?(?P<what>[^，；：。]{2,40})")
_DETERMINER = re.compile(
    "(?:[一两三四五六七八九十数多\\d]+[座家个条期项处名]|其|该|一批|多座|多家|新的?)+"
)
_WHERE = re.compile("(?:在|于|赴)(?:其|位于)?")
_HEAD = re.compile(
    "(?:厂|工厂|基地|中心|项目|产线|生产线|园区|公司|集团|股权|股份|业务|设施|电站|研究院|实验室|枢纽|铁路|机场|港口|总部|"
    "平台|基金|资产|部门|子公司|企业|权益|矿|矿山|油田|门店|酒店|大楼|网络|产能|系统|管道|品牌|单位|合资公司|扩产|改造|油气田|航线)(?:[一二三]期|的?(?:全部)?[0-9.]+%的?(?:股权|股份|权益))?$"
)
_NOT_ACTS = re.compile(
    "投资(?:者|银行|组合|评级|建议|人|回报|收益|价值|策略|机会|逻辑|情绪|风格|需求|意愿|公司|基金|集团|额|研究|热情|主题|标的|规模|占比|增速|支出|氛围|经理|界|中国)|控股(?:子公司|股东|权|集团|有限|公司)|参股(?:公司|股|企业)|建设性|建立在|建设[银部]"
)
_WHO = frozenset(("company", "institution", "group", "place"))
_GOT = re.compile(
    "获得?了?(?P<who>[^，；：。]{2,16}?)(?:约|近|逾|超)?[0-9.,]*[万亿]*(?:美元|欧元|元|日元|英镑|港元|人民币)?的?"
    "(?:战略)?(?P<cue>投资|注资|入股|增资)(?=[，；：。]|$)"
)
_MONEY = re.compile("[A-Z]{3}$")


def _received(scene: Scene, figures: Sequence[Figure]) -> Iterator[Draft]:
    """X获得Y50亿美元投资: the investor is Y."""
    for found in _GOT.finditer(scene.text):
        investor = scene.name_at(found.start("who"))
        thing = topic(scene, found.start(), types=_WHO - {"place"})
        if investor is None or thing is None or investor.end > found.end("who"):
            continue
        if investor.type in _WHO and investor.mention.entity != thing.mention.entity:
            clause = scene.clauses[scene.clause_of(found.start())]
            yield Draft(
                kind="investment",
                cue=found.span("cue"),
                tail=thing.end if thing.start >= clause.start else clause.start,
                subject=scene.named(investor),
                object=scene.named(thing),
                amount=_amount(scene, clause, figures),
            )


def _amount(scene: Scene, clause: Clause, figures: Sequence[Figure]) -> Span | None:
    """How much: the sum of money that the clause tells."""
    first, last = scene.offsets[clause.start], scene.offsets[clause.end - 1] + 1
    return next(
        (
            f.span
            for f in figures
            if _MONEY.fullmatch(f.unit) and first <= f.span.start and f.span.end <= last
        ),
        None,
    )


def investments(scene: Scene, figures: Sequence[Figure]) -> Iterator[Draft]:
    """The investments, purchases and buildings of a sentence whose *figures* are given."""
    yield from _received(scene, figures)
    taken = -1
    for found in _VERB.finditer(scene.text):
        start, end = found.span()
        if start < taken or _NOT_ACTS.match(scene.text, start):
            continue
        word = scene.word_at(start)
        if word is None or not word.tag.startswith("v"):
            continue
        clause = scene.clauses[scene.clause_of(start)]
        investor = _investor(scene, clause, start)
        thing = _thing(scene, end, clause.end)
        if investor is None or thing is None or thing.span == investor.mention.span:
            continue
        if thing.entity == investor.mention.entity:
            continue
        taken = clause.end
        yield Draft(
            kind="investment",
            cue=(start, end),
            tail=min(max(investor.end, clause.start), start),
            subject=scene.named(investor),
            object=thing,
            amount=_amount(scene, clause, figures),
            place=_place(scene, clause, investor),
        )


def _investor(scene: Scene, clause: Clause, start: int) -> Named | None:
    """The name at the head of the clause, what it spends and where left aside."""
    here = [
        n
        for n in scene.names_in(clause.start, start)
        if n.type in _WHO and _leads_to(scene, n.end, start)
    ]
    if here:
        return here[0] if here[0].type != "place" else None
    return topic(scene, start, types=_WHO - {"place"})


def _leads_to(scene: Scene, end: int, start: int) -> bool:
    """Whether between a name and the verb stands nothing but aid, place, means and amount."""
    between = scene.text[end:start]
    between = _SPENDS.sub("", between)
    for name in scene.names_in(end, start):
        if name.type == "place":
            between = between.replace(scene.text[name.start : name.end], "")
    between = re.sub(
        r"[约近逾超]?[\d,.]+[万亿]*(?:美元|欧元|元|日元|英镑|港元|人民币|韩元|新台币)?|在|于|赴|用于|通过[^，]{2,12}|当地|等地|及|和|、|境内",
        "",
        between,
    )
    words = [
        scene.text[w.start : w.end] for w in scene.words_in(end, start) if w.tag in ("d", "ad", "c")
    ]
    for adverb in words:
        between = between.replace(adverb, "", 1)
    return (
        re.fullmatch(
            "(?:已|将|拟|计划|宣布|正|正在|完成|同意|进一步|再|考虑|继续|也|还|决定|有意|准备|会|可能|曾|投资|了)*",
            between,
        )
        is not None
    )


def _thing(scene: Scene, start: int, end: int) -> Argument | None:
    """What it goes into: the noun phrase behind the verb, from its last attribute on."""
    found = _OBJECT.match(scene.text, start, end)
    if found is None:
        return None
    begin, stop = found.span("what")
    if scene.text[begin] == "的":
        return None
    while (
        determiner := _DETERMINER.match(scene.text, begin, stop)
    ) and determiner.end() < stop - 1:
        begin = determiner.end()
    name = scene.name_at(begin)
    if name is not None and name.end <= stop and name.type in ("company", "product", "institution"):
        share = re.match(
            r"的?(?:剩余|全部|部分|约|逾)*[\d.]+%的?(?:股权|股份|权益)|(?:的)?(?:全部)?(?:股权|股份|业务|资产|部门|工厂)",
            scene.text[name.end : stop],
        )
        if name.end == stop or share is not None:
            return scene.argument(begin, name.end + (share.end() if share else 0))
    head = scene.text.rfind("的", begin, stop)
    if head >= 0 and not re.match(r"的[\d.]+%|的?(?:股权|股份|权益)", scene.text[head:stop]):
        begin = head + 1
    if stop - begin < 2 or _HEAD.search(scene.text[begin:stop]) is None:
        return None
    if any(w.tag == "v" for w in scene.words_in(begin, stop)[:-1]):
        return None
    return scene.argument(begin, stop)


def _place(scene: Scene, clause: Clause, investor: Named) -> Argument | None:
    for name in scene.names_in(clause.start, clause.end):
        led = re.search(f"{_WHERE.pattern}$", scene.text[clause.start : name.start])
        if name.type == "place" and name is not investor and led:
            return scene.named(name)
    return None
