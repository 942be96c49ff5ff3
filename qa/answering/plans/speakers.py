"""Who said or did what: the sentence that tells it, with whom it speaks of."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from qa.answering.classes import MOVES
from qa.answering.draft import Draft, Line, Workspace
from qa.answering.facts.sentences import Passage, best_passages
from qa.answering.plans.passages import with_lead
from qa.answering.plans.people import TITLE, holder, office_of, offices, titled
from qa.answering.question.understand import Intent
from qa.answering.references import of_sentence
from qa.answering.text import bigrams, coverage, fold
from qa.answering.view import DocumentView

_PERSON: Final = re.compile(r"他们?|她们?|这位|该(?:分析师|经理|策略师|人士)")
_HOUSE: Final = re.compile(
    r"该(?:机构|行|公司|券商|研究所|组织|协会|集团|局|会|所|部)|其(?!中|次|余|他|实)"
)
_SAYING: Final = re.compile(
    r"说|称|表示|认为|指出|强调|提到|提醒|预计|预测|主张|描述|评价|观点|看法|怎么看|解释|倾向|提示"
)
_SAID: Final = re.compile(
    r"(?:说|称|表示|认为|指出|强调|提醒|直言|坦言|写道|补充|解释|评价|感叹)(?:道|过)?[。.]?$"
)
_TO_COME: Final = re.compile(r"下一?任|继任|接任|接替|接班|候选|人选|提名")
_THINKS: Final = re.compile(
    r"认为|预计|觉得|看好|看空|提醒|预测|估计|担心|建议|强调|警告|主张|质疑"
)
_AGENTS: Final = ("person", "company", "institution", "group")
# A kind of person or house in a question, which no answer needs to call so.
_ROLE: Final = re.compile(
    r".{0,6}?(?:高管|官员|人士|专家|大佬|掌门|负责人|分析师|经理|策略师|经济学家|主管|研究员|机构|投行"
    r"|券商|外资|中资|内资|[\u4e00-\u9fff]企|投资者|投资人|组织|部门|公司|银行|协会|行|身份|头衔|职务|单位|何处)"
)


def who(workspace: Workspace, intent: Intent) -> Draft | None:
    """A person or house: by their quoted words, their office, or what a sentence says of them."""
    for view in workspace.views:
        quoted = _quoted(view, intent)
        if quoted:
            return quoted
    if intent.quoted and not any(
        fold(q) in v.whole for q in intent.quoted for v in workspace.views
    ):
        return None  # nobody is told to have said it
    if TITLE.search(fold(intent.question)) and not _TO_COME.search(intent.question):
        if re.search(r"有谁|哪些|哪几|都", intent.question) and not intent.names:
            return offices(workspace, intent)
        for view in workspace.views:
            office = office_of(view, intent)
            if office:
                return holder(view, office)
    return _with_people(workspace, _without_roles(workspace, intent))


def _quoted(view: DocumentView, intent: Intent) -> Draft | None:
    """The words that a question quotes, with who is told to have said them."""
    for words in map(fold, intent.quoted):
        for statement in view.extraction.statements:
            if words in fold(statement.text) or fold(statement.text) in words:
                return _draft(view, statement.sentence, statement.speaker)
        for index in range(len(view.sentences)):
            if words in view.resolved[index].split("|")[0]:
                return _attributed(view, index)
    return None


def _attributed(view: DocumentView, index: int) -> Draft | None:
    """A sentence of quoted words alone, with the next or the last, that says whose they are."""
    block = view.sentences[index].block
    for beside in (index, index + 1, index - 1):
        if not 0 <= beside < len(view.sentences) or view.sentences[beside].block != block:
            continue
        if beside != index and not _SAID.search(_bare(view, beside)):
            continue
        speaker = _agent(view, beside)
        if speaker is None:
            continue
        words = with_lead(view, index)
        evidence = tuple(of_sentence(view, i) for i in dict.fromkeys((index, beside)))
        head = titled(view, speaker)
        return Draft(lines=(Line(words if head in words else f"{head}：{words}", evidence),))
    return None


def _bare(view: DocumentView, index: int) -> str:
    """Sentence *index* without the references at its end."""
    return re.sub(r"\s*[\[【［][\d,，\-–、\s]{1,12}[\]】］]", "", view.sentence_text(index)).strip()


def _agent(view: DocumentView, index: int) -> str | None:
    """The person whom sentence *index* names, or the only house."""
    named = [view.entities[i] for i in view.names_in.get(index, frozenset()) if i in view.entities]
    people = [e.id for e in named if e.type == "person"]
    houses = [e.id for e in named if e.type in _AGENTS[1:]]
    return people[0] if people else houses[0] if len(houses) == 1 else None


def _without_roles(workspace: Workspace, intent: Intent) -> Intent:
    """*intent* without the words for a kind of person that the documents do not use."""

    def unused(words: str) -> bool:
        return bool(_ROLE.fullmatch(words)) and not any(
            fold(words) in view.whole for view in workspace.views
        )

    return replace(
        intent,
        terms=tuple(term for term in intent.terms if not unused(term)),
        names=tuple(name for name in intent.names if not unused(name.surface)),
    )


def _with_people(workspace: Workspace, intent: Intent) -> Draft | None:
    found = best_passages(workspace, intent, needed=0.5, cue=_SAYING)
    for passage in found[:6]:
        if not all(fits(passage, intent) for fits in (_tells_any, _tells_amounts, _views, _moves)):
            continue
        view = passage.view
        named = [
            i
            for i in view.names_in.get(passage.index, frozenset())
            if i in view.entities and view.entities[i].type in _AGENTS and i not in intent.entities
        ]
        if named or TITLE.search(fold(view.sentence_text(passage.index))):
            return _draft(view, passage.index, _speaker(passage, intent))
    return None


def _tells_any(passage: Passage, intent: Intent) -> bool:
    """Whether the passage holds anything of what is asked beside its names: 谁承诺不减持."""
    if _THINKS.search(intent.question):
        return True  # which `_views` judges
    asked = fold(intent.question)
    for name in intent.names:
        asked = asked.replace(fold(name.surface), " ")
    told = passage.view.resolved[passage.index]
    return coverage(intent.words, told) > 0 or any(piece in told for piece in bigrams(asked))


def _tells_amounts(passage: Passage, intent: Intent) -> bool:
    """Whether the amounts of a question stand in the passage: 谁把目标价上调至88元."""
    view, index = passage.view, passage.index
    asked = [q for q in intent.quantities if q.unit not in ("count", "number")]
    told = {
        abs(v)
        for f in view.extraction.figures
        if f.sentence == index
        for v in (f.value, f.low, f.high)
        if v is not None
    }
    return all(
        fold(q.text) in view.resolved[index]
        or {abs(v) for v in (q.value, q.low, q.high) if v is not None} <= told
        for q in asked
    )


def _views(passage: Passage, intent: Intent) -> bool:
    """Whether the passage tells a view, where one is asked for, and any of what is thought."""
    if not _THINKS.search(intent.question):
        return True
    view, index = passage.view, passage.index
    told = any(s.sentence == index for s in view.extraction.statements)
    if not told and not _SAYING.search(view.sentence_text(index)):
        return False
    content = [w for w in (*intent.terms, *intent.hints) if not _THINKS.search(w)]
    return not content or bool(intent.quantities) or coverage(content, view.resolved[index]) > 0


def _moves(passage: Passage, intent: Intent) -> bool:
    """Whether the passage tells of the move that is asked about: 谁上调了预测."""
    words = [word for word, classes in intent.metrics if set(classes) & MOVES - {"other"}]
    told = passage.view.resolved[passage.index]
    return not words or bool(intent.quantities) or coverage(words, told) > 0


def _speaker(passage: Passage, intent: Intent) -> str | None:
    """Whose words or doing a passage tells, where it is told to be somebody's."""
    view, index = passage.view, passage.index
    said = [s for s in view.extraction.statements if s.sentence == index]
    if said:
        words = (*intent.terms, *intent.hints, *(fold(n.surface) for n in intent.names))
        return max(said, key=lambda s: coverage(words, fold(s.text))).speaker
    return _antecedent(view, index)


def _antecedent(view: DocumentView, index: int) -> str | None:
    """Whom a sentence that opens with 他 or 该机构 speaks of: the last of the kind before it."""
    start = view.sentences[index].span.start
    for mention in view.extraction.mentions:
        if mention.span.start == start and mention.how == "reference":
            return mention.entity
    words = view.sentence_text(index)
    person = _PERSON.match(words)
    if not person and not _HOUSE.match(words):
        return None
    types = _AGENTS[:1] if person else _AGENTS[1:]
    before = [
        m.entity
        for m in view.extraction.mentions
        if m.span.start < start and m.entity in view.entities
    ]
    return next((e for e in reversed(before) if view.entities[e].type in types), None)


def _draft(view: DocumentView, index: int, speaker: str | None) -> Draft:
    """Sentence *index*, after the name of *speaker* where it does not open with it."""
    words = with_lead(view, index)
    if speaker is not None and speaker in view.entities:
        head = titled(view, speaker)
        if not words.startswith(head):
            words = f"{head}：{words}"
    return Draft(lines=(Line(words, (of_sentence(view, index),)),))
