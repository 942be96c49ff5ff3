"""Answers from claims of membership: who is of a group, and of what somebody is."""

from __future__ import annotations

import re
from typing import Final

from kg.records import Relation
from qa.answering.draft import Draft, Line, Workspace
from qa.answering.question.understand import Intent
from qa.answering.references import of_sentence
from qa.answering.text import fold
from qa.answering.view import DocumentView

_OF_GROUP: Final = re.compile(
    r"(包括|包含|涵盖|囊括)了?(哪|谁|什么)|(成员|成分股|成份股|子公司)(都)?(有|是|包括)?(哪|谁|什么)"
    r"|有(哪些|哪几个?|什么)(成员|成分股|成份股|子公司)|(都有谁|由谁组成|由哪.{1,6}组成)|旗下(都)?有(哪|什么)"
    r"|(哪些|哪几家?).{0,8}(属于|是.{1,12}(成员|成分股|子公司))"
)
_OF_MEMBER: Final = re.compile(r"属于(哪|什么|谁)|(哪家?|谁|什么).{0,6}旗下")


def asked(intent: Intent) -> bool:
    """Whether a question is about membership and names one side of it."""
    return bool(intent.names) and bool(
        _OF_GROUP.search(intent.question) or _OF_MEMBER.search(intent.question)
    )


def members(workspace: Workspace, intent: Intent) -> Draft | None:
    """The members that sentences give a group, or the groups that they give a member."""
    of_member = _OF_MEMBER.search(intent.question) is not None
    lines = []
    for view in workspace.views:
        found = [r for r in _memberships(view) if _meets(view, r, intent, of_member=of_member)]
        if of_member:
            lines += [_line(view, f"{_name(view, r)}属于{r.object.text}", [r]) for r in found[:1]]
        elif found:
            group = found[0].object.text
            same = [r for r in found if fold(r.object.text) == fold(group)]
            names = list(dict.fromkeys(_name(view, r) for r in same))
            has = "旗下有" if _is_house(view, found[0]) else "包括"
            lines.append(_line(view, f"{group}{has}{'、'.join(names)}", same))
    return Draft(lines=tuple(lines[:1]), confidence=0.8) if lines else None


def _memberships(view: DocumentView) -> list[Relation]:
    return [r for r in view.extraction.relations if r.kind == "membership" and not r.negated]


def _meets(view: DocumentView, relation: Relation, intent: Intent, *, of_member: bool) -> bool:
    """Whether the side of a membership that is given is one that the question names."""
    given = relation.subject if of_member else relation.object
    return any(
        given.entity in name.entities or (not of_member and fold(name.surface) == fold(given.text))
        for name in intent.names
    )


def _name(view: DocumentView, relation: Relation) -> str:
    entity = view.entities.get(relation.subject.entity or "")
    known = (entity.name, *entity.aliases) if entity else ()
    text = relation.subject.text
    return entity.name if entity and text not in known else text


def _is_house(view: DocumentView, relation: Relation) -> bool:
    """Whether what holds the members is a firm or body, not a class of things."""
    entity = view.entities.get(relation.object.entity or "")
    return entity is not None and entity.type in ("company", "institution")


def _line(view: DocumentView, text: str, relations: list[Relation]) -> Line:
    sentences = dict.fromkeys(relation.sentence for relation in relations)
    return Line(text, tuple(of_sentence(view, index) for index in sentences))
