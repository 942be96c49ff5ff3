"""Causes told by a verb: X推动Y, X使Y, X为Y提供支撑; turned about: Y受X拖累, 支撑Y的X."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.relations.drafts import Draft
from ingest.relations.phrases import (
    all_before,
    back_of,
    clause_before,
    front_of,
    is_demonstrative,
    object_phrase,
    said_before,
    subject_phrase,
    told_before,
)
from ingest.relations.words import SPEECH, TAIL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ingest.relations.scene import Scene
    from kg.records import Argument

# What happens of itself does these; a firm or a person that does them acts, and causes nothing.
_WORKS = (
    "推动|促进|促使|助推|加速|推升|提升|改善|增厚|降低|削弱|压缩|限制|抑制|阻碍|缓解|改变|加剧|刺激|激发|"
    "助长|有助于|有利于|巩固|侵蚀|制约|约束|增强|减轻"
)
# These make a cause of whoever does them.
_BRINGS = (
    "导致|引发|造成|引起|触发|招致|酿成|致使|使得|使|令|让|带动|拉动|带来|拖累|提振|支撑|推高|压低|拉低|推低|压制|"
    "冲击|打压|打击|催化|影响|拖慢|催生|驱动|抬升|抬高|拉高|撑起|利好|利空|挤压|挤出"
)
_VERB = re.compile(f"{_BRINGS}|{_WORKS}")
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
_EVIDENCE = re.compile("数据|证据|历史|统计|样本|资金支持|政策支持$|多数|股东|管理层")
_NOUN_AFTER = re.compile(
    "[作效]用|因素|力[度量]?(?![一-龥])|项(?![目])|位(?![置于])|程度|型|式|评估|[者方](?![一-龥])|下(?![降跌行滑调游])|性|面|"
    "业务|器|股|链|商|带|系统|计划"
)
_RELATIVE = re.compile(r"(?P<effect>[^，；：。的]{2,30}?)的(?P<rest>[^，；：。]{2,40})")
_FACTOR = re.compile(
    r"(?:[^，；：。]{0,16}的)?(?:[^，；：。的]{0,10})(?:因素|力量|原因|动力|支柱|引擎|推手|来源|关键|变量|逻辑|主线|机制)"
)
_MEANS = re.compile("的|[0-9]")
_DESCRIBES = re.compile(
    "支撑|推动|带动|拖累|拉动|提振|驱动|影响|制约|压制|推高|压低|导致|造成|引发"
)
_NOMINAL_BEFORE = re.compile(r"[受遭被获][^，]*$|得到[^，]*$|[的之]$|[对给为将把][^，的]{1,20}$")
_COMPLETED = re.compile("[一-龥]{2}了")
_AGENTS = frozenset(("company", "person", "institution", "group"))
_MOVES = re.compile(
    "[涨跌升降]|走[高低强弱]|增长|回落|回升|反弹|下滑|改善|恶化|承压|收窄|扩大|疲软|波动|紧张|短缺"
)


def causes(scene: Scene) -> Iterator[Draft]:
    """The causes that the verbs of a sentence tell."""
    taken: list[tuple[int, int]] = []
    for find in (_passive, _got, _given):
        for draft, stretch in find(scene):
            taken.append(stretch)
            yield draft
    told: dict[int, Draft] = {}  # the last that each clause tells
    for found in _VERB.finditer(scene.text):
        if any(start <= found.start() < end for start, end in taken):
            continue
        active = _active(scene, found.start(), found.end(), told)
        if active is not None:
            told[scene.clause_of(found.start())] = active
            yield active


def _active(scene: Scene, start: int, end: int, told: dict[int, Draft]) -> Draft | None:
    """X V Y, V Y的X, X V的Y, X是V Y的因素."""
    if not _is_verb(scene, start, end):
        return None
    text = scene.text
    clause = scene.clauses[scene.clause_of(start)]
    before = text[clause.start : start]
    if _NOMINAL_BEFORE.search(before) or _NOUN_AFTER.match(text, end):
        return None
    if text[end : end + 1] == "的":
        return _made_by(scene, start, end)
    describes = text[end : end + 1] not in "了着" and _DESCRIBES.fullmatch(text, start, end)
    if describes and before.endswith(("是", "为")):
        return _factor(scene, start, end)
    if describes and (before.endswith(("了", "着")) or _after_verb(scene, clause.start, start)):
        return _doing(scene, start, end)
    effect = object_phrase(scene, end)
    if effect is None:
        return None
    subject = subject_phrase(scene, start)
    if subject is None:
        return None
    if subject[0] == subject[1]:
        carried = _carried(scene, start, end, effect, told)
        return carried or (_doing(scene, start, end) if describes else None)
    if is_demonstrative(scene, *subject):
        earlier = told_before(scene, scene.clause_of(start))
        return _draft(scene, (start, end), subject[1], earlier, effect) if earlier else None
    within = _COMPLETED.match(text, *subject)
    if within is not None:  # 构成了X支撑Y的机制: all of it is described
        last = text.rfind("的", *effect)
        if last < 0 or within.end() >= subject[1]:
            return None
        subject, effect = (within.end(), subject[1]), (effect[0], last)
    if _acts(scene, subject, effect, text[start:end]):
        return None
    return _draft(scene, (start, end), subject[1], subject, effect)


def _is_verb(scene: Scene, start: int, end: int) -> bool:
    """Whether the words from *start* to *end* are a verb of the sentence, and no noun."""
    first = word = scene.word_at(start)
    while word is not None and word.end < end:
        word = scene.word_at(word.end)
    if first is None or word is None or word.end > end + 1:
        return False
    particle = scene.text[end : end + 1] in ("了", "着")
    if word.end == end + 1 and not particle:
        return False
    return first.tag == "v" or (first.tag in ("vn", "p", "c") and particle) or end - start == 1


def _acts(scene: Scene, subject: tuple[int, int], effect: tuple[int, int], verb: str) -> bool:
    """Whether somebody does something, rather than something coming about through it."""
    name = scene.name_at(subject[0])
    alone = (name is not None and name.end == subject[1] and name.type in _AGENTS) or (
        re.search(r"(?:公司|企业|集团|央行|政府|管理层|官方|监管层?|机构|投资者|双方|我们|各方|部门|厂商)$",
                  scene.text[subject[0] : subject[1]]) is not None
        and subject[1] - subject[0] <= 6
    )  # fmt: skip
    if not alone:
        return False
    if re.fullmatch(_WORKS, verb) or verb in (
        "带来",
        "影响",
        "让",
        "令",
        "使",
        "利好",
        "撑起",
        "驱动",
    ):
        return _MOVES.search(scene.text, *effect) is None
    return False


def _after_verb(scene: Scene, start: int, position: int) -> bool:
    """Whether a verb stands right before *position*: 动摇|支撑市场情绪的行情."""
    words = scene.words_in(start, position)
    if not words or words[-1].end != position or words[-1].tag != "v":
        return False
    last = scene.text[words[-1].start : words[-1].end]
    if TAIL.fullmatch(last) or SPEECH.fullmatch(last):
        return False
    return not scene.has_noun(start, words[-1].start)


def _doing(scene: Scene, start: int, end: int) -> Draft | None:
    """支撑小盘股轮动的多个因素: the noun that the clause describes is the cause."""
    clause = scene.clauses[scene.clause_of(start)]
    found = _RELATIVE.match(scene.text, end, clause.end)
    if found is None or scene.word_at(start) is None:
        return None
    rest = found.start("rest")
    last = scene.text.rfind("的", rest, clause.end)
    if last >= 0:
        rest = last + 1
    stop = rest
    for word in scene.words_in(rest, clause.end):
        if word.start != stop or word.tag not in (
            "n",
            "nz",
            "vn",
            "m",
            "q",
            "a",
            "an",
            "ORG",
            "nw",
        ):
            break
        stop = word.end
    if (
        stop - rest < 2
        or not scene.has_noun(rest, stop)
        or _EVIDENCE.search(scene.text, rest, stop)
    ):
        return None
    effect = (found.start("effect"), found.end("effect"))
    if not scene.has_noun(*effect):
        return None
    return _draft(scene, (start, end), start, (found.start("rest"), stop), effect)


def _made_by(scene: Scene, start: int, end: int) -> Draft | None:
    """关税推高的商品价格: what the verb is done to follows it."""
    clause = scene.clauses[scene.clause_of(start)]
    begin = front_of(scene, said_before(scene, clause.start, start), start)
    stop = back_of(scene, begin, start)
    last = scene.noun_end(end + 1)
    if begin >= stop or last - end < 3 or stop - begin > 8:
        return None
    if _MEANS.search(scene.text, begin, stop) or scene.noun_end(begin) != stop:
        return None
    return _draft(scene, (start, end), stop, (begin, stop), (end + 1, last))


def _factor(scene: Scene, start: int, end: int) -> Draft | None:
    """X是支撑Y的重要因素."""
    clause = scene.clauses[scene.clause_of(start)]
    found = _RELATIVE.match(scene.text, end, clause.end)
    if found is None or _FACTOR.match(scene.text, found.start("rest"), clause.end) is None:
        return None
    is_ = scene.text.rfind("是", clause.start, start)
    if is_ < 0:
        return None
    effect = (found.start("effect"), found.end("effect"))
    cause = cause_of(scene, is_)
    if cause is None:
        return None
    return Draft(
        kind="cause", cue=(start, end), tail=is_, subject=cause, object=scene.argument(*effect)
    )


def cause_of(scene: Scene, position: int) -> Argument | None:
    """What stands as subject before *position*: a phrase, the run-in heading, all before 这."""
    subject = subject_phrase(scene, position)
    if subject is None:
        return None
    if subject[0] == subject[1]:
        return scene.lead if scene.clause_of(position) == 0 else None
    if is_demonstrative(scene, *subject):
        earlier = all_before(scene, position)
        return scene.argument(*earlier) if earlier else None
    return scene.argument(*subject)


def _carried(
    scene: Scene, start: int, end: int, effect: tuple[int, int], told: dict[int, Draft]
) -> Draft | None:
    """A verb at the head of its clause: what the clause before does, or the run-in heading."""
    index = scene.clause_of(start)
    clause = scene.clauses[index]
    cause, conditional = scene.lead, False
    if index - 1 in told and clause.opener == "，":
        cause = told[index - 1].subject  # X有助于Y，但可能压缩Z
    elif index > 0:
        before = clause_before(scene, start)
        if before is None:
            return None
        cause, conditional = scene.argument(*before[:2]), before[2]
    if cause is None:
        return None
    return Draft(
        kind="cause",
        cue=(start, end),
        tail=clause.start,
        subject=cause,
        object=scene.argument(*effect),
        conditional=conditional,
    )


def _passive(scene: Scene) -> Iterator[tuple[Draft, tuple[int, int]]]:
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
        draft = _draft(scene, found.span("cue"), start, (a, b), effect)
        yield draft, (start, found.end())


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


def _got(scene: Scene) -> Iterator[tuple[Draft, tuple[int, int]]]:
    """Y得到了X的支撑."""
    for found in _GOT.finditer(scene.text):
        a, b = found.span("cause")
        subject = subject_phrase(scene, found.start())
        if not subject or subject[0] == subject[1] or not scene.has_noun(a, b):
            continue
        if _EVIDENCE.search(found["cause"]) or scene.name_at(a) is not None:
            continue  # a body that supports somebody is no cause
        yield _draft(scene, found.span("cue"), found.start(), (a, b), subject), found.span()


def _given(scene: Scene) -> Iterator[tuple[Draft, tuple[int, int]]]:
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
            acting = name is not None and name.end == subject[1] and name.type in _AGENTS
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
                conditional=conditional,
            ),
            found.span(),
        )


def _draft(
    scene: Scene,
    cue: tuple[int, int],
    tail: int,
    cause: tuple[int, int],
    effect: tuple[int, int],
    *,
    conditional: bool = False,
) -> Draft:
    return Draft(
        kind="cause",
        cue=cue,
        tail=tail,
        subject=scene.argument(*cause),
        object=scene.argument(*effect),
        conditional=conditional,
    )
