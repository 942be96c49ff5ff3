"""The phrases before and after a cue: who does it, to what; what only frames it is cut off."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.relations.words import CONDITION, DEMONSTRATIVE, FRONT, SPEECH, TAIL

if TYPE_CHECKING:
    from ingest.relations.scene import Named, Scene, Word
    from kg.records import Argument

_PHRASE_TAIL = re.compile(
    r"(?:在|于)[^，的]{1,14}(?:附近|[之以]?[上中下内外时后前]|期间|方面|层面|程度上)$|"
    r"(?:通过|凭借|借助)[^，]{2,}$"
)
_ADVERBS = frozenset(("d", "ad", "c", "vd"))
_EMPTY_END = re.compile(r"[、的了和与及等而且或\s]+$")
_PARTICLE = re.compile(r"(?:了|着|过)(?!解)")
_NOT_OBJECT = re.compile(
    r"[的、，是之与和及]|[约近逾超]?[0-9]|(?:作用|因素|力度|项|位|效应|下|力)(?![一-龥]{2})|因素|(?:来|之)?的?主要"
)
_AGENT = re.compile("(?:市场|投资者|机构|分析师|业内|公司|交易员|管理层|[者师家员们])$")
_MET = re.compile("不及|低于|高于|好于|[超符不]")  # 不及预期 is no speech
_RELATIVE_START = re.compile("较|比|同比|环比|由|自|从|至|降至|升至|低于|高于|其中")
_ASIDE_CLAUSE = re.compile(
    r"(?:尽管|虽然|虽|即便|即使|除了|据|根据|截至|截止|按照|按|从|与|作为|当|自|在|对|对于|与此同时|同时|其中|"
    r"此外|另外|整体来看|总体来看|具体来看|总体而言|换言之|也就是说|[^，]{0,8}(?:看|来说|而言)$)"
)


def front_of(scene: Scene, start: int, end: int) -> int:
    """Where the subject of a clause may begin: behind its conjunctions, times and adverbs."""
    while start < end:
        found = FRONT.match(scene.text, start, end)
        if found is None or found.end() == start:
            return start
        if found.end() < end and scene.word_at(found.end()) is None:
            return start  # 连锁店 does not open with 连
        start = found.end()
    return start


def back_of(scene: Scene, start: int, end: int) -> int:
    """Where the subject before a verb ends: before adverbs, auxiliaries, framing phrases."""
    words = scene.words_in(start, end)
    while words and words[-1].end == end:
        word = words[-1]
        text = scene.text[word.start : word.end]
        if not (word.tag in _ADVERBS or word.tag == "TIME" or TAIL.fullmatch(text)):
            break
        words.pop()
        end = word.start
    if (phrase := _PHRASE_TAIL.search(scene.text, start, end)) is not None:
        return back_of(scene, start, phrase.start())
    return end


def said_before(scene: Scene, start: int, position: int) -> int:
    """Where the words begin that a verb of saying before *position* introduces, else *start*."""
    for word in reversed(scene.words_in(start, position)):
        met = _MET.search(scene.text, max(0, word.start - 2), word.start)
        says = SPEECH.fullmatch(scene.text, word.start, word.end) and (
            word.tag == "v"  # 降息预期 is a thing, 市场预期 may open what the market thinks
            or (word.tag == "vn" and _AGENT.search(scene.text, start, word.start))
        )
        if says and not met and scene.text[word.end : word.end + 1] not in "、的":
            return word.end
    return start


def subject_phrase(scene: Scene, position: int) -> tuple[int, int] | None:
    """The words before *position* in its clause that can be its subject; empty if there are none.

    ``None`` if what stands there is no phrase.
    """
    clause = scene.clauses[scene.clause_of(position)]
    start = said_before(scene, clause.start, position)
    start = front_of(scene, start, position)
    end = back_of(scene, start, position)
    start = min(front_of(scene, start, end), end)
    if start == end:
        return (start, start)
    if (
        scene.text[start] in "的、和与及"
        or scene.text[end - 1] in "的了和与及、被受由"
        or not scene.has_noun(start, end)
    ):
        return None
    if any(w.tag == "p" and scene.text[w.start] in "将把" for w in scene.words_in(start, end)):
        return None
    return (start, end)


def object_phrase(scene: Scene, position: int) -> tuple[int, int] | None:
    """The words after *position* to the end of its clause, if they can be an object."""
    clause = scene.clauses[scene.clause_of(max(0, position - 1))]
    particle = _PARTICLE.match(scene.text, position, clause.end)
    start = particle.end() if particle else position
    end = clause.end
    if (tail := _EMPTY_END.search(scene.text, start, end)) is not None:
        end = tail.start()
    if end - start < 2 or _NOT_OBJECT.match(scene.text, start, end):
        return None
    if "的是" in scene.text[start:end]:
        return None  # 真正改变价格的是: what is told follows
    first = scene.word_at(start)
    if first is not None and SPEECH.fullmatch(scene.text, first.start, first.end):
        return None
    return (start, end)


def clause_before(scene: Scene, position: int) -> tuple[int, int, bool] | None:
    """The clause before that of *position*, as the cause of what follows; conditional or not.

    ``None`` where it only frames, or where its own subject stands further off.
    """
    index = scene.clause_of(position)
    if index == 0 or scene.clauses[index].opener not in ("，", "—"):
        return None
    clause = scene.clauses[index - 1]
    start = said_before(scene, clause.start, clause.end)
    condition = CONDITION.match(scene.text, start, clause.end)
    if condition is not None:
        start = condition.end()
    elif _ASIDE_CLAUSE.match(scene.text, start, clause.end):
        return None
    start = front_of(scene, start, clause.end)
    first = next(iter(scene.words_in(start, clause.end)), None)
    if clause.end - start < 4 or first is None or not scene.has_noun(start, clause.end):
        return None
    copula = next((w for w in scene.words_in(start, clause.end) if _is_copula(scene, w)), None)
    if copula is not None and scene.noun_end(start) == copula.start:
        return (start, copula.start, condition is not None)  # 台湾海峡是热点，可能影响Y
    subjectless = first.tag in ("p", "d", "c", "u") or (
        first.tag == "v" and scene.name_at(first.start) is None
    )
    return None if subjectless else (start, clause.end, condition is not None)


def _is_copula(scene: Scene, word: Word) -> bool:
    return scene.text[word.start : word.end] == "是"


def told_before(scene: Scene, index: int) -> tuple[int, int] | None:
    """The clause before the clause *index*, from where its subject stands."""
    if index == 0 or scene.clauses[index].opener not in ("，", "—"):
        return None
    end = scene.clauses[index - 1].end
    at = index - 1
    while at > 0 and scene.clauses[at].opener == "，" and _hangs_on(scene, at):
        at -= 1
    start = said_before(scene, scene.clauses[at].start, scene.clauses[at].end)
    start = front_of(scene, start, end)
    return (start, end) if end - start >= 4 else None


def _hangs_on(scene: Scene, index: int) -> bool:
    """Whether a clause has no subject of its own: 较上月回落, 降至25.7%."""
    clause = scene.clauses[index]
    start = front_of(scene, clause.start, clause.end)
    if scene.name_at(start) is not None:
        return False
    if _RELATIVE_START.match(scene.text, start):
        return True
    first = next(iter(scene.words_in(start, clause.end)), None)
    return first is not None and first.tag in ("v", "vd", "d", "p", "c")


def all_before(scene: Scene, position: int) -> tuple[int, int] | None:
    """The sentence up to the clause of *position*: what 这 and 此举 there take up."""
    index = scene.clause_of(position)
    if index == 0:
        return None
    first = index
    while first > 0 and scene.clauses[first].opener not in ("；", "。", "：", ""):
        first -= 1
    start = front_of(scene, scene.clauses[first].start, scene.clauses[index - 1].end)
    end = scene.clauses[index - 1].end
    return (start, end) if first < index and end - start >= 4 else None


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


def is_demonstrative(scene: Scene, start: int, end: int) -> bool:
    """Whether the words only point back: 这, 此举."""
    return DEMONSTRATIVE.fullmatch(scene.text, start, end) is not None


def topic(scene: Scene, position: int, *, types: frozenset[str]) -> Named | None:
    """Whose clause it is at *position*: a name of *types* at the head of it, or of one before it.

    A clause that has a subject of its own, which is no such name, hides those before it.
    """
    index = scene.clause_of(position)
    end = position
    for at in range(index, -1, -1):
        clause = scene.clauses[at]
        start = front_of(scene, said_before(scene, clause.start, end), end)
        name = next((n for n in scene.names if n.start == start and n.end <= end), None)
        if name is not None:
            return name if name.type in types else None
        if at == index and back_of(scene, start, end) > start:
            return None
        if clause.opener not in ("，", "—"):
            return None
        end = scene.clauses[at - 1].end if at else 0
    return None
