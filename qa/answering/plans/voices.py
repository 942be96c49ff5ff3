"""The views of several: what each of the people or houses that are quoted says."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Final

from kg.records import AGENTS
from qa.answering.draft import Draft, Line, Workspace
from qa.answering.plans.passages import with_lead
from qa.answering.plans.people import TITLE, titled
from qa.answering.question.sections import asked_section
from qa.answering.question.understand import Intent
from qa.answering.references import of_sentence
from qa.answering.text import coverage, fold
from qa.answering.view import DocumentView

_VIEWS: Final = (
    r"看法|观点|看待|怎么看|如何看|表态|评级|判断|预测|说法|态度|评价|分歧|说了?什么|怎么说|如何说"
    r"|意见|讲了?什么|怎么讲"
)
_WHO: Final = (
    r"机构|券商|投行|分析师|策略师|经济学家|基金经理|官员|高管|管理层|卖方|买方|各方|专家|人士"
    r"|大行|外资|研究员"
)
_ASKED: Final = re.compile(
    rf"(?:{_WHO}).{{0,24}}(?:{_VIEWS})|(?:{_VIEWS}).{{0,12}}(?:哪些|哪几|分别|各)"
)
_STAFF: Final = re.compile(r"的?(?:官员|高管|管理层|委员|分析师|策略师|经济学家|理事)")
_OFFICIAL: Final = re.compile(r"官员")
_OFFICE: Final = re.compile(
    r"行长|主席|大臣|部长|首相|总理|总统|委员|理事|局长|署长|秘书长|总裁|官"
)
_ANALYST: Final = re.compile(r"分析师|策略师|经济学家|基金经理|研究员|卖方|买方|首席")
_ANALYSES: Final = re.compile(
    r"分析师|策略师|经济学家|首席(?!\S{0,2}官)|(?:基金|投资)经理|主管|研究"
)
_FRAMING: Final = re.compile(rf".{{0,4}}(?:{_WHO}|{_VIEWS}|后市|市场|前景|走势)[们家]?|最新|动向")
_OPINES: Final = re.compile(
    r"认为|预计|预期|预测|判断|目标|评级|看好|看空|提醒|建议|警告|看重|觉得|担心|主张|测算"
)
_FEW: Final = 4  # speakers, of whom two sentences each are told
_MOST: Final = {"list": 540, "summary": 820}  # characters


def asked(intent: Intent) -> bool:
    """Whether a question asks for the views of several who are not named."""
    agents = [n for n in intent.names if set(n.types) & {"person"}]
    return intent.kind in ("list", "summary", "how", "lookup", "who") and (
        not agents and _ASKED.search(intent.question) is not None
    )


def views(workspace: Workspace, intent: Intent) -> Draft | None:
    """What each speaker says on what is asked about, in the order of the text."""
    topic = tuple(term for term in intent.terms if not _FRAMING.fullmatch(term))
    lines: list[Line] = []
    speakers: set[str] = set()
    within = False  # a part that the question names, in which one view may be all there is
    for view in workspace.views:
        told: dict[str, list[int]] = defaultdict(list)
        part = asked_section(intent.question, view)
        for index, sentence in enumerate(view.sentences):
            if part in (None, sentence.section) and _on_topic(view, index, topic, intent):
                for speaker in _speakers(view, index):
                    if _fits(view, speaker, intent):
                        told[speaker].append(index)
        speakers |= set(told)
        within = within or part is not None
        each = 1 if len(told) > _FEW else 2
        for index in sorted({i for indexes in told.values() for i in indexes[:each]}):
            words = with_lead(view, index)
            spent = sum(len(line.text) for line in lines)
            if not lines or spent + len(words) <= _MOST.get(intent.kind, _MOST["list"]):
                lines.append(Line(words, (of_sentence(view, index),), bullet=intent.kind == "list"))
    return (
        Draft(lines=tuple(lines), confidence=0.6)
        if lines and (len(speakers) > 1 or within)
        else None
    )


def _speakers(view: DocumentView, index: int) -> list[str]:
    """Whose views sentence *index* tells: people who are quoted or hold an office, or a house."""
    if view.sentences[index].kind in ("table", "caption"):
        return []
    words = view.sentence_text(index)
    opines = _OPINES.search(words) is not None
    said = [s.speaker for s in view.extraction.statements if s.sentence == index and not s.negated]
    holders = {o.person for o in view.extraction.offices}
    named = [i for i in view.names_in.get(index, frozenset()) if i in view.entities]
    people = [i for i in (*said, *named) if view.entities[i].type == "person"]
    people = [i for i in people if i in said or (i in holders and opines)]
    if people or not opines:
        return list(dict.fromkeys(people))
    opening = [
        i for i in named if words.startswith((view.entities[i].name, *view.entities[i].aliases))
    ]
    return list(dict.fromkeys((*said, *opening)))[:1]


def _fits(view: DocumentView, speaker: str, intent: Intent) -> bool:
    """Whether *speaker* is of the kind whose views are asked for."""
    question = intent.question
    if view.entities[speaker].type not in AGENTS:
        return False
    office = titled(view, speaker)
    if _OFFICIAL.search(question):
        return bool(_OFFICE.search(office)) and not _ANALYSES.search(office)
    if _ANALYST.search(question):
        return view.entities[speaker].type == "person" and bool(_ANALYSES.search(office))
    if re.search("高管|管理层", question):
        return bool(TITLE.search(fold(office))) and not _ANALYSES.search(office)
    return bool(_ANALYSES.search(office)) or view.entities[speaker].type != "person"


def _on_topic(view: DocumentView, index: int, topic: tuple[str, ...], intent: Intent) -> bool:
    """Whether sentence *index* speaks of one of the names, or of most of the words, asked about."""
    resolved = view.resolved[index]
    block = view.sentences[index].block
    present = view.names_in_block.get(block, frozenset())
    names = [
        n
        for n in intent.names
        if not set(n.types) & {"place"} and not _STAFF.match(intent.question[n.span.end :])
    ]
    met = any(present & set(n.entities) or fold(n.surface) in resolved for n in names)
    return (met or not names) and (not topic or coverage(topic, resolved) >= 0.5 or met)
