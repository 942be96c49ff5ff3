"""What happens to whom, and when: listings, splits, bankruptcies, stops, meetings, reports."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.relations.drafts import Draft
from ingest.relations.phrases import topic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ingest.relations.scene import Named, Scene

_TELLS = re.compile("公布|发布|披露|发表|公告|召开|举行|举办|启动|终止|完成|提交|递交|推迟|取消")
_TOLD = re.compile(
    r"了?(?P<what>[^，；：。]{0,24}?(?:财报|业绩|[年季月周]报|年度报告|季度报告|报告|公告|数据|预告|快报|指引|结果|纪要|预案|草案|方案|"
    r"股东大会|股东会|董事会|发布会|会议|议息会议|峰会|论坛|说明会|电话会|记者会|招股书|招股说明书|上市申请|清算申请|破产申请|交易|收购|合并|"
    r"回购|分拆|重组|IPO|首次公开募股|定增|配股|裁员|罢工|换届|交割))(?=[，；：。]|$|后)"
)
_UNDERGOES = re.compile(
    r"(?P<cue>上市|挂牌|退市|停产|复产|投产|破产|停牌|复牌|分拆|拆分|停工|复工|停业|倒闭|罢工|裁员|解散|摘牌|私有化|违约|宣告破产|申请破产|破产重整)"
    r"(?P<behind>了|后|交易)?(?=[，；：。]|$)"
)
_SPLITS = re.compile("(?P<cue>分拆|拆分)(?P<what>[^，；：。]{2,12}?)(?:独立)?(?:上市|挂牌|运营)")
_WHO = frozenset(("company", "institution", "group", "person"))
_OF_COMPANY = frozenset(("company", "product", "group"))


def events(scene: Scene, periods: list[tuple[int, int]]) -> Iterator[Draft]:
    """The events of a sentence; *periods* are the places of its time expressions."""
    for found in _TELLS.finditer(scene.text):
        word = scene.word_at(found.start())
        if word is None or not word.tag.startswith("v"):
            continue
        clause = scene.clauses[scene.clause_of(found.start())]
        what = _TOLD.match(scene.text, found.end(), clause.end)
        who = topic(scene, found.start(), types=_WHO)
        if what is None or who is None or what.end("what") - what.start("what") < 2:
            continue
        if _has_verb(scene, *what.span("what")):
            continue
        yield Draft(
            kind="event",
            cue=found.span(),
            tail=_tail(scene, found.start(), who),
            subject=scene.named(who),
            object=scene.argument(*what.span("what")),
            period=_period(scene, periods, found.start()),
        )
    split = list(_SPLITS.finditer(scene.text))
    for found in split:
        who = topic(scene, found.start(), types=_OF_COMPANY)
        if who is not None and scene.has_noun(*found.span("what")):
            yield Draft(
                kind="event",
                cue=found.span("cue"),
                tail=_tail(scene, found.start(), who),
                subject=scene.named(who),
                object=scene.argument(*found.span()),
                period=_period(scene, periods, found.start()),
            )
    for found in _UNDERGOES.finditer(scene.text):
        if any(whole.start() <= found.start() < whole.end() for whole in split):
            continue
        word = scene.word_at(found.start())
        who = topic(scene, found.start(), types=_OF_COMPANY) or _placed(scene, found.start())
        period = _period(scene, periods, found.start())
        if word is None or who is None or period is None or not word.tag.startswith("v"):
            continue
        where = _place(scene, who.end, found.start())
        start = found.start()
        if where is not None:  # 在港交所上市
            start = scene.text.rfind("在", who.end, where.start)
            start = start if 0 <= start else where.start
        yield Draft(
            kind="event",
            cue=found.span("cue"),
            tail=_tail(scene, found.start(), who),
            subject=scene.named(who),
            object=scene.argument(start, found.end("cue")),
            period=period,
            place=scene.named(where) if where else None,
        )


def _has_verb(scene: Scene, start: int, end: int) -> bool:
    """Whether a clause, and not a noun phrase, stands there; 创纪录的业绩 is a phrase."""
    return any(
        word.tag == "v" and scene.text[word.end : word.end + 1] != "的"
        for word in scene.words_in(start, end)[:-1]
    )


def _placed(scene: Scene, start: int) -> Named | None:
    """X将于3月5日在港交所上市: the name at the head, time and place between."""
    clause = scene.clauses[scene.clause_of(start)]
    names = [n for n in scene.names_in(clause.start, start) if n.type in _OF_COMPANY]
    if not names or names[0].start != clause.start:
        return None
    between = scene.text[names[0].end : start]
    for name in scene.names_in(names[0].end, start):
        if _is_place(name):
            between = between.replace(scene.text[name.start : name.end], "")
    between = re.sub(
        r"[在于]?[\d年月日]+|[在于]|登陆|主板|创业板|科创板|正式|将|已|拟|计划|宣布|申请|挂牌",
        "",
        between,
    )
    return names[0] if not between else None


def _tail(scene: Scene, position: int, who: Named) -> int:
    clause = scene.clauses[scene.clause_of(position)]
    return who.end if who.start >= clause.start else clause.start


def _period(scene: Scene, periods: list[tuple[int, int]], position: int) -> str | None:
    """The time in the event's own clause before the verb, or at the head of the sentence."""
    index = scene.clause_of(position)
    clause = scene.clauses[index]
    here = [p for p in periods if clause.start <= p[0] and p[1] <= position]
    first = scene.clauses[0]
    if not here and index == 1 and first.end - first.start <= 14:
        here = [p for p in periods if p[0] == first.start and first.end - p[1] <= 2]
    if not here:
        return None
    return scene.span(*here[-1]).of(scene.source)


def _place(scene: Scene, start: int, end: int) -> Named | None:
    return next((n for n in scene.names_in(start, end) if _is_place(n)), None)


def _is_place(name: Named) -> bool:
    """Whether something can take place there; an exchange may be listed itself."""
    return name.type in ("institution", "place") or name.mention.text.endswith("所")
