"""Causes told by a verb: X推动Y, X使Y, X为Y提供支撑; turned about: Y受X拖累, 支撑Y的X."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.relations.drafts import Draft, caused
from ingest.relations.passives import given, passives, supported
from ingest.relations.phrases import (
    back_of,
    cause_of,
    clause_before,
    front_of,
    is_demonstrative,
    object_phrase,
    said_before,
    subject_phrase,
    told_before,
)
from ingest.relations.words import AGENTS, EVIDENCE, SPEECH, TAIL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ingest.relations.scene import Scene

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
_ACTING = re.compile("没有|无意|拟|计划|打算|希望|决定|试图")
_MOVES = re.compile(
    "[涨跌升降]|走[高低强弱]|增长|回落|回升|反弹|下滑|改善|恶化|承压|收窄|扩大|疲软|波动|紧张|短缺"
)


def causes(scene: Scene) -> Iterator[Draft]:
    """The causes that the verbs of a sentence tell."""
    taken: list[tuple[int, int]] = []
    for find in (passives, supported, given):
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
        opens = describes and subject[0] == start  # no 不会, no 将 between
        return carried or (_doing(scene, start, end) if opens else None)
    if is_demonstrative(scene, *subject):
        earlier = told_before(scene, scene.clause_of(start))
        return caused(scene, (start, end), subject[1], earlier, effect) if earlier else None
    within = _COMPLETED.match(text, *subject)
    if within is not None:  # 构成了X支撑Y的机制: all of it is described
        last = text.rfind("的", *effect)
        if last < 0 or within.end() >= subject[1]:
            return None
        subject, effect = (within.end(), subject[1]), (effect[0], last)
    if _acts(scene, subject, effect, text[start:end]):
        return None
    return caused(scene, (start, end), subject[1], subject, effect)


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
    alone = (name is not None and name.end == subject[1] and name.type in AGENTS) or (
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
    if stop - rest < 2 or not scene.has_noun(rest, stop) or EVIDENCE.search(scene.text, rest, stop):
        return None
    effect = (found.start("effect"), found.end("effect"))
    if not scene.has_noun(*effect):
        return None
    return caused(scene, (start, end), start, (found.start("rest"), stop), effect)


def _made_by(scene: Scene, start: int, end: int) -> Draft | None:
    """关税推高的商品价格: what the verb is done to follows it."""
    clause = scene.clauses[scene.clause_of(start)]
    begin = front_of(scene, said_before(scene, clause.start, start), start)
    stop = back_of(scene, begin, start)
    last = scene.noun_end(end + 1)
    if begin >= stop or last - end < 3 or stop - begin > 8:
        return None
    if (behind := scene.word_at(last)) is not None and behind.tag == "v":
        return None  # 协会推动的产能退出
    if _MEANS.search(scene.text, begin, stop) or scene.noun_end(begin) != stop:
        return None
    return caused(scene, (start, end), stop, (begin, stop), (end + 1, last))


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


def _carried(
    scene: Scene, start: int, end: int, effect: tuple[int, int], told: dict[int, Draft]
) -> Draft | None:
    """A verb at the head of its clause: what the clause before does, or the run-in heading."""
    index = scene.clause_of(start)
    clause = scene.clauses[index]
    cause, conditional = scene.lead, False
    if _ACTING.search(scene.text, clause.start, start):
        return None
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
