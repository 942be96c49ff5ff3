"""Causes turned about: Y受X拖累; Y得到X的支撑; X为Y提供支撑, X给Y带来压力."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ingest.relations.drafts import Draft, caused
from ingest.relations.phrases import (
    clause_before,
    front_of,
    is_demonstrative,
    subject_phrase,
    told_before,
)
from ingest.relations.words import AGENTS, EVIDENCE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ingest.relations.scene import Scene
    from kg.records import Argument

_PASSIVE = re.compile(
    r"(?P<not>不|未)?(?:受(?!益|访|理|托|让|众|限|挫|伤|制|此前)到?了?|遭(?:到|遇|受)?了?|被)"
    r"(?P<cause>[^，；：。]{2,40}?)的?(?P<cue>影响|拖累|推动|提振|带动|支撑|制约|压制|冲击|打压|刺激|驱动|限制|抑制|挤压|推高|压低|拉动|催化|困扰|约束|提振作用|打击)"
    r"(?=[，；：。]|$|而|下跌|上涨|走[高低强弱]|收[涨跌高低]|大[涨跌]|回[落升吐]|承压|[，]?一度)"
)
_GIVEN = re.compile(
    r"(?:为|给|对)(?P<whom>[^，；：。为给]{1,30}?)(?P<cue>提供|带来|造成|产生|构成|形成|创造|打开|注入|增添|增加)"
    r"了?(?P<what>[^，；：。]{0,24}?(?P<head>支撑|支持|动力|动能|空间|保障|利好|利空|压力|影响|风险|冲击|拖累|机遇|机会|威胁|"
    r"挑战|制约|扰动|掣肘|提振|约束|损失|障碍|变数|条件))(?![一-龥])"
)
_SUPPORTS = frozenset("支撑 支持 动力 动能 空间 保障".split())
_GOT = re.compile(
    r"(?:得到|获得|获|受到|得)了?(?P<cause>[^，；：。]{2,30}?)的?(?P<cue>支撑|支持|提振|推动|带动)(?![一-龥])"
)


def passives(scene: Scene) -> Iterator[tuple[Draft, tuple[int, int]]]:
    """Y受X拖累; 受X影响，Y."""
    for found in _PASSIVE.finditer(scene.text):
        start, (a, b) = found.start(), found.span("cause")
        if (word := scene.word_at(start)) is None or word.tag == "n":
            continue
        if not scene.has_noun(a, b) or re.search("[受被]", found["cause"]):
            continue
        subject = subject_phrase(scene, start)
        if subject is None:
            continue
        effect = subject if subject[0] < subject[1] else _next_clause(scene, start, found.end())
        if effect is None:
            continue
        denied = start + len(found["not"] or "")
        draft = caused(scene, found.span("cue"), start, (a, b), effect)
        yield replace(draft, until=denied), (start, found.end())


def _next_clause(scene: Scene, position: int, end: int) -> tuple[int, int] | None:
    """The clause after that of *position*, or what is left of it behind *end*."""
    index = scene.clause_of(position)
    rest = scene.clauses[index].end
    if end < rest and scene.text[end - 1] == "而":
        return (end, rest)
    if index + 1 < len(scene.clauses) and scene.clauses[index + 1].opener == "，":
        clause = scene.clauses[index + 1]
        start = front_of(scene, clause.start, clause.end)
        return (start, clause.end) if clause.end - start >= 3 else None
    return None


def supported(scene: Scene) -> Iterator[tuple[Draft, tuple[int, int]]]:
    """Y得到了X的支撑."""
    for found in _GOT.finditer(scene.text):
        a, b = found.span("cause")
        subject = subject_phrase(scene, found.start())
        if not subject or subject[0] == subject[1] or not scene.has_noun(a, b):
            continue
        if EVIDENCE.search(found["cause"]) or scene.name_at(a) is not None:
            continue  # a body that supports somebody is no cause
        draft = caused(scene, found.span("cue"), subject[1], (a, b), subject)
        yield replace(draft, until=found.start()), found.span()


def given(scene: Scene) -> Iterator[tuple[Draft, tuple[int, int]]]:
    """X为Y提供支撑; X给Y带来压力."""
    for found in _GIVEN.finditer(scene.text):
        word = scene.word_at(found.start())
        if word is None or word.tag not in ("p", "v", "d"):
            continue
        whom = found.span("whom")
        subject = subject_phrase(scene, found.start())
        if subject is None:
            continue
        supported = found["head"] in _SUPPORTS
        effect = whom if supported else (found.start(), found.end("what"))
        of = scene.name_at(whom[0])
        cue = (
            found.span("head")
            if supported and found["head"] in ("支撑", "支持")
            else found.span("cue")
        )
        cause: Argument | None
        conditional = False
        tail = subject[1]
        if subject[0] == subject[1]:
            before = clause_before(scene, found.start())
            cause = scene.lead if scene.clause_of(found.start()) == 0 else None
            if before is not None:
                cause, conditional = scene.argument(*before[:2]), before[2]
            tail = scene.clauses[scene.clause_of(found.start())].start
        elif is_demonstrative(scene, *subject):
            earlier = told_before(scene, scene.clause_of(found.start()))
            cause = scene.argument(*earlier) if earlier else None
        else:
            name = scene.name_at(subject[0])
            acting = name is not None and name.end == subject[1] and name.type in AGENTS
            cause = None if acting and supported else scene.argument(*subject)
        if cause is None:
            continue
        yield (
            Draft(
                kind="cause",
                cue=cue,
                tail=tail,
                subject=cause,
                object=scene.argument(*effect, of=of),
                until=found.start(),
                conditional=conditional,
            ),
            found.span(),
        )
