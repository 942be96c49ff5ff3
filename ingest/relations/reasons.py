"""Causes told by a conjunction or a noun: 由于X，Y; Y，因X; X是Y的主要原因; 得益于X; Y，因此Z."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.relations.drafts import Draft
from ingest.relations.phrases import (
    all_before,
    back_of,
    cause_of,
    clause_before,
    front_of,
    is_demonstrative,
    said_before,
    subject_phrase,
    told_before,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ingest.relations.scene import Scene
    from kg.records import Argument

_BECAUSE = re.compile("由于|因为|(?<!归)因(?!此|而|素|子|应|果|地|公|私|人|特)|鉴于")
_THANKS = re.compile(
    "(?:主要|很大程度上|部分|更多|均|也|都|或|直接)*(?P<cue>得益于|受益于|源于|源自|缘于|归因于|归功于|归结于|受惠于|来自于?|依赖于|取决于)"
)
_GAIN = re.compile(
    "增长|增量|动力|压力|支撑|吸引力|[涨跌增降]幅|改善|提升|下降|下滑|波动|风险|拖累|回落|回升|上涨|下跌|走[强弱高低]|贡献|"
    "反弹|优势|亏损"
)
_GROUND = (
    "(?:主要|重要|根本|核心|直接|关键|共同|最大|首要|重大|另一个?|最?主?要?的?)*"
    "(?P<cue>原因|主因|诱因|成因|理由|驱动因素|推动力|驱动力|推手|催化剂|催化因素|导火索|拖累项|拖累因素|拖累|动因|根源|"
    "支撑因素|重要支撑|主要支撑|动力)(?:之一|所在)?"
)
_IS_GROUND_OF = re.compile(
    rf"(?:正|也|都|均|则|仍)?是(?P<effect>[^，；：。]{{2,40}}?)(?:最为?[一-龥]{{1,4}}的|的){_GROUND}$"
)
_IS_GROUND = re.compile(rf"(?:正|也|都|均|则|仍)?[是为系]{_GROUND}$")
_GROUND_IS = re.compile(
    rf"^(?P<of>[^，；：。]{{0,24}}?的)?(?:其|背后|究其)?(?:的)?{_GROUND}(?:主要)?(?:是|为|在于|系|[：:])(?P<cause>[^，；：。].{{2,}})$"
)
_DESCRIBED = re.compile("的[^，]{1,8}(?:可能|将|会|有望|已|正|或|表现|获得)")
_GROUND_OF = re.compile(rf"^(?P<of>[^，；：。]{{3,30}})的{_GROUND}$")
_IS = re.compile("正?[是为]|在于")
_UNDER = re.compile(
    "在(?P<cause>[^，；：。]{2,24}?)的?(?P<cue>带动|推动|提振|影响|拖累|刺激|支撑|驱动|催化|压力)之?下"
)
_RESULTING = re.compile("因此|因而|从而|由此|进而|故而")
_ACCUMULATED = re.compile(
    r"是(?P<cause>[^，；：。]{4,40}?)(?P<cue>累积而成|所致|造成|导致|引起|引发|带来|推动)的?$"
)
_MORE_REASON = re.compile("加之|叠加|以及|同时|且|并且|再加上|而且")
_AFTERWARDS = re.compile("随后|此后|最终|一度|后又|再度|之后")


def reasons(scene: Scene) -> Iterator[Draft]:
    """The causes that conjunctions and nouns of a sentence tell."""
    for found in _BECAUSE.finditer(scene.text):
        word = scene.word_at(found.start()) or scene.word_at(found.start() - 1)  # 是因为
        if word is not None and word.end == found.end() and word.tag in ("p", "c", "v"):
            yield from _because(scene, found.start(), found.end())
    for found in _THANKS.finditer(scene.text):
        if scene.word_at(found.start("cue")) is not None:
            yield from _thanks(scene, found)
    for found in _UNDER.finditer(scene.text):
        yield from _under(scene, found)
    for index, clause in enumerate(scene.clauses):
        yield from _set_apart(scene, index)
        yield from _ground(scene, index, clause.start, clause.end)
        yield from _resulting(scene, index, clause.start, clause.end)


def _because(scene: Scene, start: int, end: int) -> Iterator[Draft]:
    index = scene.clause_of(start)
    clause = scene.clauses[index]
    begin = front_of(scene, said_before(scene, clause.start, start), start)
    subject_end = back_of(scene, begin, start)
    if scene.text[start - 1 : start] == "是":  # Y主要是因为X
        subject = subject_phrase(scene, start - 1)
        if subject is None or subject[0] >= subject[1]:
            subject = told_before(scene, index)  # Y，主要是因为X
        if subject is not None:
            cause_at = (end, clause.end)
            yield _draft(scene, (start, end), start, cause_at, scene.argument(*subject))
        return
    if _AFTERWARDS.search(scene.text, clause.start, start):
        return  # 随后因避险情绪回落: what falls is told by the same clause
    whose = scene.name_at(begin)
    of = whose if whose is not None and whose.end == subject_end else None
    turned = re.search("而(?!且|后|成|言)", scene.text[end : clause.end])
    if turned is not None:
        cause, effect = (end, end + turned.start()), (end + turned.end(), clause.end)
        if scene.has_noun(*cause) and effect[1] - effect[0] >= 2:
            yield _draft(scene, (start, end), subject_end, cause, scene.argument(*effect, of=of))
        return
    if clause.end - end < 3 or not scene.has_noun(end, clause.end):
        return
    if begin < subject_end and of is None and not scene.has_noun(begin, subject_end):
        return
    following = _following(scene, index)
    preceding = None if begin < subject_end else told_before(scene, index)
    prefer_before = scene.text[start:end] in ("因", "因为") and index > 0 and begin == subject_end
    effect_bounds = (preceding or following) if prefer_before else (following or preceding)
    if effect_bounds is None:
        return
    yield _draft(
        scene, (start, end), start, (end, clause.end), scene.argument(*effect_bounds, of=of or None)
        if of else scene.argument(*effect_bounds),
    )  # fmt: skip


def _following(scene: Scene, index: int) -> tuple[int, int] | None:
    """The next clause that does not add to the reason."""
    for clause in scene.clauses[index + 1 :]:
        if clause.opener != "，":
            return None
        if _MORE_REASON.match(scene.text, clause.start):
            continue
        start = front_of(scene, clause.start, clause.end)
        return (start, clause.end) if clause.end - start >= 3 else None
    return None


def _thanks(scene: Scene, found: re.Match[str]) -> Iterator[Draft]:
    """Y得益于X; 得益于X，Y; Y，主要得益于X."""
    start, (cue_start, cue_end) = found.start(), found.span("cue")
    index = scene.clause_of(start)
    clause = scene.clauses[index]
    subject = subject_phrase(scene, start)
    cause_end = clause.end
    if subject is None or cause_end - cue_end < 2 or not scene.has_noun(cue_end, cause_end):
        return
    if _DESCRIBED.search(scene.text, cue_end, cause_end):
        return
    effect: tuple[int, int] | None
    if subject[0] < subject[1] and not is_demonstrative(scene, *subject):
        effect = subject
        if found["cue"].startswith("来自") and not _GAIN.search(scene.text, *subject):
            return
    elif found["cue"].startswith("来自"):
        return
    elif is_demonstrative(scene, *subject):
        effect = all_before(scene, start)
    else:
        effect = told_before(scene, index) or _following(scene, index)
    if effect is not None:
        yield _draft(
            scene, (cue_start, cue_end), start, (cue_end, cause_end), scene.argument(*effect)
        )


def _ground(scene: Scene, index: int, start: int, end: int) -> Iterator[Draft]:
    """X是Y的主要原因; Y，X是主因; Y，主要原因是X."""
    text = scene.text[start:end]
    if (found := _IS_GROUND_OF.search(text)) is not None:
        cause = cause_of(scene, start + found.start())
        if cause is None and start + found.start() == start:
            before = told_before(scene, index)
            cause = scene.argument(*before) if before else None
        effect = (start + found.start("effect"), start + found.end("effect"))
        if cause is not None:
            yield _made(scene, found, start, cause, scene.argument(*effect))
        return
    if (found := _GROUND_IS.match(text)) is not None:
        cause_at = (start + found.start("cause"), end)
        of = found["of"]
        told: tuple[int, int] | None
        if of and len(of) > 3 and not of.startswith("其"):
            told = (front_of(scene, start + found.start("of"), end), start + found.end("of") - 1)
        else:
            told = told_before(scene, index)
        if told is not None and told[0] < told[1] and scene.has_noun(*cause_at):
            yield _made(scene, found, start, scene.argument(*cause_at), scene.argument(*told))
        return
    if (found := _IS_GROUND.search(text)) is not None and found.start() > 0:
        cause = cause_of(scene, start + found.start())
        told = told_before(scene, index)
        if cause is not None and told is not None:
            yield _made(scene, found, start, cause, scene.argument(*told))
        return
    if (found := _ACCUMULATED.search(text)) is not None and found.start() > 0:
        subject = subject_phrase(scene, start + found.start())
        if (
            subject is not None
            and subject[0] < subject[1]
            and not is_demonstrative(scene, *subject)
        ):
            cause_at = (start + found.start("cause"), start + found.end("cause"))
            yield _made(scene, found, start, scene.argument(*cause_at), scene.argument(*subject))


def _set_apart(scene: Scene, index: int) -> Iterator[Draft]:
    """Y的直接原因，是X."""
    if index + 1 >= len(scene.clauses):
        return
    clause, following = scene.clauses[index], scene.clauses[index + 1]
    found = _GROUND_OF.match(scene.text[clause.start : clause.end])
    if found is None or following.opener != "，":
        return
    is_ = _IS.match(scene.text, following.start, following.end)
    if is_ is None or not scene.has_noun(is_.end(), following.end):
        return
    effect = scene.argument(
        front_of(scene, clause.start, clause.end), clause.start + found.end("of")
    )
    cause = scene.argument(is_.end(), following.end)
    yield _made(scene, found, clause.start, cause, effect)


def _under(scene: Scene, found: re.Match[str]) -> Iterator[Draft]:
    """Y在X带动下V; 在X带动下，Y."""
    cause = found.span("cause")
    subject = subject_phrase(scene, found.start())
    clause = scene.clauses[scene.clause_of(found.start())]
    if not scene.has_noun(*cause):
        return
    of = scene.name_at(subject[0]) if subject else None
    rest = (found.end(), clause.end)
    if rest[1] - rest[0] >= 2:
        effect = scene.argument(*rest, of=of if of and subject and of.end == subject[1] else None)
    else:
        bounds = _following(scene, scene.clause_of(found.start()))
        if bounds is None:
            return
        effect = scene.argument(*bounds)
    yield _draft(scene, found.span("cue"), found.start(), cause, effect)


def _resulting(scene: Scene, index: int, start: int, end: int) -> Iterator[Draft]:
    """Z，因此Y; Z，Y因此V."""
    found = _RESULTING.search(scene.text, start, end)
    if found is None or index == 0:
        return
    opens = front_of(scene, start, found.start()) >= found.start()
    if found.group() in ("从而", "进而") and not opens:
        return
    before = clause_before(scene, start)
    if before is None:
        told = told_before(scene, index)
        if told is None:
            return
        before = (*told, False)
    effect = (found.end(), end) if opens else (front_of(scene, start, end), end)
    if effect[1] - effect[0] >= 3 and not re.match(
        "[^，]*(?:导致|使|令|推动|带动|影响|提升|推高|压低|降低|拖累|引发)",
        scene.text[found.end() : end],
    ):
        yield _draft(
            scene, found.span(), found.start(), before[:2], scene.argument(*effect),
            conditional=before[2],
        )  # fmt: skip


def _made(
    scene: Scene, found: re.Match[str], start: int, cause: Argument, effect: Argument
) -> Draft:
    cue = (start + found.start("cue"), start + found.end("cue"))
    return Draft(kind="cause", cue=cue, tail=cue[0], subject=cause, object=effect)


def _draft(
    scene: Scene,
    cue: tuple[int, int],
    tail: int,
    cause: tuple[int, int],
    effect: Argument,
    *,
    conditional: bool = False,
) -> Draft:
    start, end = cause
    while end > start and scene.text[end - 1] in "，、的了":
        end -= 1
    return Draft(
        kind="cause",
        cue=cue,
        tail=tail,
        subject=scene.argument(start, end),
        object=effect,
        conditional=conditional,
    )
