"""Answers about people and houses: who holds an office, who said what."""

from __future__ import annotations

import re
from typing import Final

from kg.records import Extraction, Office, Statement
from qa.answering.draft import Draft, Line, Workspace
from qa.answering.passages import best_passages, with_lead
from qa.answering.references import of_sentence
from qa.answering.text import coverage, equals_of, fold
from qa.answering.understand import Intent
from qa.answering.view import DocumentView

TITLE: Final = re.compile(
    r"ceo|cfo|首席\S{0,6}?官|行政总裁|掌门人|董事长|总裁|总经理|行长|主席|理事|分析师|经济学家|策略师|创始人|负责人|老板|一把手|部长|局长|署长|领导|掌管|执掌|掌舵|当家"
)
_LEADS: Final = re.compile(r"领导|掌管|执掌|带领|掌舵|当家")
_PRONOUN: Final = re.compile(
    r"(他们?|她|这位|该(?:分析师|经理|策略师))|该(?:机构|行|公司|券商|研究所)"
)
_SAYING: Final = re.compile(
    r"说|称|表示|认为|指出|强调|提到|提醒|预计|预测|主张|描述|评价|观点|看法|怎么看|解释|倾向|提示"
)


def who(workspace: Workspace, intent: Intent) -> Draft | None:
    """A person or house: by their quoted words, their office, or what a sentence says of them."""
    for view in workspace.views:
        quoted = _speaker(view, intent)
        if quoted:
            return _statement(view, quoted)
    if intent.quoted and not any(
        fold(q) in v.whole for q in intent.quoted for v in workspace.views
    ):
        return None  # nobody is told to have said it
    if TITLE.search(fold(intent.question)):
        if re.search(r"有谁|哪些|哪几|都", intent.question) and not intent.names:
            return offices(workspace, intent)
        for view in workspace.views:
            office = office_of(view, intent)
            if office:
                return holder(view, office)
    people = _with_people(workspace, intent)
    return people


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


def words_of(workspace: Workspace, intent: Intent) -> Draft | None:
    """What somebody said: the named person, or who speaks for the named organisation."""
    if not re.search(
        r"说了|说过|怎么说|怎么看|如何看|评价|观点|表态|说法|说什么|看法|解释", intent.question
    ):
        return None
    for view in workspace.views:
        people = {o.person for o in view.extraction.offices if o.organisation in intent.entities}
        speakers = people | intent.entities
        said = [s for s in view.extraction.statements if s.speaker in speakers]
        about = [n for n in intent.names if not speakers & set(n.entities)]
        said = [
            s
            for s in said
            if coverage(intent.terms, view.resolved[s.sentence]) >= 0.5
            and all(
                fold(n.surface) in view.resolved[s.sentence]
                or view.names_in.get(s.sentence, frozenset()) & set(n.entities)
                for n in about
            )
        ]
        if said:
            indexes = list(dict.fromkeys(s.sentence for s in said))[:2]
            lines = tuple(Line(with_lead(view, i), (of_sentence(view, i),)) for i in indexes)
            return Draft(lines=lines, confidence=0.6)
    return None


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


def _speaker(view: DocumentView, intent: Intent) -> Statement | None:
    for words in intent.quoted:
        folded = fold(words)
        for statement in view.extraction.statements:
            if folded in fold(statement.text) or fold(statement.text) in folded:
                return statement
    return None


def _statement(view: DocumentView, statement: Statement) -> Draft:
    speaker = view.entities[statement.speaker]
    head = _titled(view.extraction, statement.speaker)
    words = with_lead(view, statement.sentence)
    evidence = (of_sentence(view, statement.sentence),)
    lines = [Line(f"{head or speaker.name}：{words}", evidence)]
    return Draft(lines=tuple(lines))


def _titled(extraction: Extraction, person: str) -> str:
    entities = {e.id: e for e in extraction.entities}
    name = entities[person].name if person in entities else person
    for office in extraction.offices:
        if office.person == person:
            organisation = entities.get(office.organisation or "")
            return f"{organisation.name if organisation else ''}{office.title}{name}"
    return name


def _antecedent(view: DocumentView, index: int) -> str | None:
    """Whom a sentence that opens with 他 or 该机构 speaks of: the last of the kind before it."""
    opening = _PRONOUN.match(view.sentence_text(index))
    if opening is None:
        return None
    start = view.sentences[index].span.start
    for mention in view.extraction.mentions:
        if mention.span.start == start and mention.how == "reference":
            return mention.entity
    types = ("person",) if opening[1] else ("company", "institution")
    before = [
        m.entity
        for m in view.extraction.mentions
        if m.span.start < start and m.entity in view.entities
    ]
    return next((e for e in reversed(before) if view.entities[e].type in types), None)


def _with_people(workspace: Workspace, intent: Intent) -> Draft | None:
    found = best_passages(workspace, intent, needed=0.5, cue=_SAYING)
    for passage in found[:6]:
        view = passage.view
        ids = view.names_in.get(passage.index, frozenset())
        people = [
            view.entities[i]
            for i in ids
            if i in view.entities
            and view.entities[i].type in ("person", "company", "institution", "group")
            and i not in intent.entities
        ]
        if not people:
            continue
        speaker = next(
            (s.speaker for s in view.extraction.statements if s.sentence == passage.index), None
        )
        words = with_lead(view, passage.index)
        speaker = speaker if speaker in view.entities else _antecedent(view, passage.index)
        head = _titled(view.extraction, speaker) if speaker else ""
        text = f"{head}：{words}" if head and not words.startswith(head) else words
        return Draft(lines=(Line(text, (of_sentence(view, passage.index),)),))
    return None
