"""Answers about people and houses: who holds an office, what somebody said."""

from __future__ import annotations

import re
from typing import Final

from kg.records import AGENTS, Office
from qa.answering.draft import Draft, Line, Workspace
from qa.answering.plans.passages import with_lead
from qa.answering.question.understand import Intent
from qa.answering.references import of_sentence
from qa.answering.text import coverage, equals_of, fold
from qa.answering.view import DocumentView

TITLE: Final = re.compile(
    r"ceo|cfo|首席\S{0,6}?官|行政总裁|掌门人|董事长|总裁|总经理|行长|主席|理事|分析师|经济学家|策略师|创始人|负责人|老板|一把手|部长|局长|署长|领导|掌管|执掌|掌舵|当家"
)
_AFTER: Final = re.compile(
    r"叫什么|是谁|姓什么|什么(?:身份|职务|头衔|来头|背景)|(?:任职|供职|就职|来自|效力|隶属)于?(?:哪|什么)"
    r"|^[^,，]{0,4}(?:是|在)?哪家(?:机构|公司|券商|投行|银行)的?[?？]?$"
)
_WORDS: Final = re.compile(
    r"说了|说过|怎么说|怎么看|如何看|评价|观点|表态|说法|说什么|看法|解释|判断"
)
_LEADS: Final = re.compile(r"领导|掌管|执掌|带领|掌舵|当家")


def offices(workspace: Workspace, intent: Intent) -> Draft | None:
    """Who holds an office, one line each."""
    titles = [t for t in TITLE.findall(fold(intent.question)) if t]
    lines: list[Line] = []
    for view in workspace.views:
        for office in view.extraction.offices:
            title = fold(office.title)
            if any(t in title or any(o in title for o in equals_of(t)) for t in titles):
                held = holder(view, office).lines[0]
                if all(line.text != held.text for line in lines):
                    lines.append(Line(held.text, held.evidence, bullet=True))
    return Draft(lines=tuple(lines), confidence=0.6) if lines else None


def asks_words(question: str) -> bool:
    """Whether a question asks what somebody says."""
    return _WORDS.search(question) is not None


def words_of(workspace: Workspace, intent: Intent) -> Draft | None:
    """What somebody said: the named person, or who speaks for the named organisation."""
    if not asks_words(intent.question):
        return None
    for view in workspace.views:
        people = {o.person for o in view.extraction.offices if o.organisation in intent.entities}
        agents = {e for n in intent.names if set(n.types) & AGENTS for e in n.entities}
        speakers = people | (agents or intent.entities)
        said = [s for s in view.extraction.statements if s.speaker in speakers]
        about = [n for n in intent.names if not speakers & set(n.entities)]
        said = [
            s
            for s in said
            if coverage(intent.terms, view.resolved[s.sentence]) >= 0.5
            and all(view.speaks_of(s.sentence, name) for name in about)
        ]
        if said:
            indexes = list(dict.fromkeys(s.sentence for s in said))[:2]
            lines = tuple(Line(with_lead(view, i), (of_sentence(view, i),)) for i in indexes)
            return Draft(lines=lines, confidence=0.6)
    return None


def asks_after(part: str) -> bool:
    """Whether *part* of a who-question only asks for the name or house of the same person."""
    return _AFTER.search(part) is not None


def office_of(view: DocumentView, intent: Intent) -> Office | None:
    """The office that *intent* asks for: by title and organisation, or by title alone."""
    titles = TITLE.findall(fold(intent.question))
    best: Office | None = None
    for office in view.extraction.offices:
        fits = bool(_LEADS.search(intent.question)) or any(
            t in fold(office.title) or any(o in fold(office.title) for o in equals_of(t))
            for t in titles
        )
        of = office.organisation in intent.entities or office.person in intent.entities
        if fits and of:
            return office
        if fits and not intent.names and best is None:
            best = office
    return best


def holder(view: DocumentView, office: Office) -> Draft:
    """Who holds *office*, by the Chinese name and the Latin one."""
    index = office.sentence
    entities = view.entities
    organisation = entities.get(office.organisation or "")
    person = entities[office.person]
    name = person.name
    foreign = [a for a in person.aliases if a.isascii()]
    if foreign:
        name += f"（{foreign[0]}）"
    text = f"{organisation.name if organisation else ''}{office.title}是{name}"
    return Draft(lines=(Line(text, (of_sentence(view, index),)),))


def titled(view: DocumentView, person: str) -> str:
    """The name of the entity *person*, after the house and office that it holds."""
    name = view.entities[person].name
    for office in view.extraction.offices:
        if office.person == person:
            organisation = view.entities.get(office.organisation or "")
            return f"{organisation.name if organisation else ''}{office.title}{name}"
    return name
