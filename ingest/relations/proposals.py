"""Relations that somebody else proposes, a language model say, held against the text and the rules.

A proposal is words, no offsets.  It becomes a relation only if all of its words stand verbatim in
the sentence (a side may stand in its run-in heading), if the cue is one of its kind and stands on
the right side of what it joins, and if the sides are of the types that the kind joins.  How the
relation is told (denied, foreseen, by whom) is read by the rules; what they found already stays.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias, cast, get_args

from ingest.relations.drafts import Draft
from ingest.relations.scene import scene_of
from ingest.relations.telling import Telling
from kg.errors import YinzhengError
from kg.records import Argument, RelationKind, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ingest.relations.scene import Scene
    from kg.records import Extraction, Mention, Relation, Sentence

_TEXTUAL = frozenset(("paragraph", "bullet"))
_LONGEST_CUE = 12  # characters
_Order: TypeAlias = Literal["before", "after", "next", "any"]
# The cues of each kind, and where the subject stands: before the cue with the object behind it, the
# other way round, right behind the cue, or anywhere.
_CUES: dict[str, dict[str, _Order]] = {
    "membership": {
        "等|包括|涵盖|旗下|子公司|成分股|成员|之一|跻身|纳入|入选|属于|同属|隶属": "any",
    },
    "cause": {
        "得益于|受益于|受惠于|源于|源自|来自|归因|归功|由于|因为|鉴于|依赖|取决于": "next",
        "因此|因而|从而|进而|由此": "before",
        "原因|主因|理由|推手|动力|因素|根源|催化剂|导火索": "any",
        "推[动升高]|带[动来]|拉[动低高]|导致|引[发起]|造成|使|令|让|提振|支撑": "before",
        "拖累|压[低制缩]|冲击|打[压击]|影响|促[使进]|刺激|[抑限]制|削弱|改善": "before",
        "提升|降低|加[剧速]|缓解|催[化生]|驱动": "before",
        "因": "next",
    },
    "product": {"推出|发布|上线|量产|研发|生产|发售|首发|投产|自研": "before"},
    "supply": {
        "供货|供应(?!商)|出货|交付|销售|出售": "before",
        "采购|订购|购买|客户|供应商|代工": "any",
    },
    "investment": {
        "投资|收购|并购|入股|增资|参股|注资|认购|控股": "before",
        "建设|兴建|新建|扩建|建造|设立|投建": "before",
    },
    "performance": {
        "跑赢|优于|强于|好于|领先|胜过|超越|超过|领跑": "before",
        "跑输|弱于|逊|落后|不及": "after",
    },
    "event": {
        "上市|挂牌|退市|停产|复产|投产|破产|停牌|复牌|分拆|违约|裁员": "any",
        "公布|发布|披露|召开|举行|举办|完成|提交|推迟|取消": "before",
    },
}
_PASSIVE = re.compile("[受被遭]|得到|获得|在")
_HOUSES = frozenset(("company", "institution", "group", "person"))
_TRADED = frozenset(("company", "index", "sector", "group", "commodity", "product", "place"))
_SUBJECTS: dict[str, frozenset[str]] = {
    "membership": _TRADED | _HOUSES,
    "product": _HOUSES,
    "supply": frozenset(("company",)),
    "investment": _HOUSES | {"place"},
    "performance": _TRADED,
    "event": _HOUSES | {"product"},
}
_OBJECTS = {kind: _SUBJECTS[kind] for kind in ("supply", "performance")}


class ProposalError(YinzhengError):
    """Whoever proposes could not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A relation in the words of a sentence."""

    kind: str
    subject: str
    cue: str
    object: str


class Proposer(Protocol):
    """Whoever proposes relations. *name* goes into the provenance of what is taken."""

    name: str

    def propose(self, sentences: Sequence[str]) -> Sequence[Sequence[Proposal]]:
        """What each of *sentences* tells, one sequence a sentence, in their order.

        :raises ProposalError: if it cannot.
        """
        ...


def with_proposals(extraction: Extraction, proposer: Proposer) -> Extraction:
    """*extraction* with those of *proposer*'s relations that the text and the rules bear out.

    :raises ProposalError: if the proposer fails; *extraction* stands as it is.
    """
    document = extraction.document
    indexes = [i for i, s in enumerate(document.sentences) if s.kind in _TEXTUAL]
    texts = [document.sentences[i].span.of(document.text) for i in indexes]
    proposed = proposer.propose(texts)
    if len(proposed) != len(texts):
        raise ProposalError(f"{proposer.name}: {len(proposed)} answers for {len(texts)} sentences")
    telling = Telling(document, extraction.statements)
    types = {entity.id: entity.type for entity in extraction.entities}
    taken = list(extraction.relations)
    for index, proposals in zip(indexes, proposed, strict=True):
        sentence = document.sentences[index]
        mentions = [m for m in extraction.mentions if sentence.span.contains(m.span)]
        scene = scene_of(
            document.text,
            sentence.span,
            tokens=(),
            mentions=mentions,
            types=dict(types),
            marks=[mark.span for mark in document.marks if sentence.span.contains(mark.span)],
            lead=None,
        )
        for proposal in proposals:
            draft = _draft(scene, sentence, proposal, extraction.mentions, dict(types))
            told = telling.relation(index, scene, draft) if draft else None
            if told is not None and not any(_same(told, known) for known in taken):
                taken.append(replace(told, extractor=f"model:{proposer.name}"))
    taken.sort(key=lambda r: (r.span.start, r.span.end, r.kind))
    return replace(extraction, relations=tuple(taken))


def _draft(
    scene: Scene,
    sentence: Sentence,
    proposal: Proposal,
    mentions: Sequence[Mention],
    types: dict[str, str],
) -> Draft | None:
    """The proposal at its place in the text; none if words or rules do not bear it out."""
    if proposal.kind not in get_args(RelationKind) or len(proposal.cue) > _LONGEST_CUE:
        return None
    cues = _CUES[proposal.kind].items()
    order = next((order for cue, order in cues if re.search(cue, proposal.cue)), None)
    if order is None:
        return None
    for cue in _places(scene.source, sentence.span, proposal.cue):
        subject = _nearest(scene.source, sentence, proposal.subject, cue)
        other = _nearest(scene.source, sentence, proposal.object, cue)
        if subject is None or other is None or _overlap(subject, other):
            continue
        if _overlap(cue, subject) or not _in_order(scene.source, order, subject, cue, other):
            continue
        sides = [_argument(scene.source, span, mentions) for span in (subject, other)]
        if not _of_types(proposal.kind, sides, types):
            continue
        start, end = scene.place(cue)
        if start == end:
            continue
        subject_end = scene.place(subject)[1] if subject.end <= cue.start else start
        clause = scene.clauses[scene.clause_of(start)]
        return Draft(
            kind=cast(RelationKind, proposal.kind),
            cue=(start, end),
            tail=max(subject_end, clause.start),
            subject=sides[0],
            object=sides[1],
        )
    return None


def _places(source: str, within: Span, words: str) -> Iterator[Span]:
    """Where *words* stand within a span of the text."""
    if words.strip() != words or not words:
        return
    at = source.find(words, within.start, within.end)
    while at >= 0:
        yield Span(at, at + len(words))
        at = source.find(words, at + 1, within.end)


def _nearest(source: str, sentence: Sentence, words: str, cue: Span) -> Span | None:
    """The place of *words* that is nearest to the cue, in the sentence, else in its lead."""
    found = sorted(
        _places(source, sentence.span, words), key=lambda span: abs(span.start - cue.start)
    )
    if not found and sentence.lead is not None:
        found = list(_places(source, sentence.lead, words))
    return found[0] if found else None


def _in_order(source: str, order: _Order, subject: Span, cue: Span, other: Span) -> bool:
    """Whether the sides stand about the cue as it asks; a passive turns them about."""
    if order == "next":
        return 0 <= subject.start - cue.end <= 2
    if order == "any":
        return True
    first, last = (subject, other) if order == "before" else (other, subject)
    if first.start < cue.start < last.end:
        return _PASSIVE.search(source, first.end, cue.start) is None
    between = source[last.end : cue.start] if last.end <= cue.start else ""
    return _PASSIVE.search(between) is not None and first.end <= cue.start


def _argument(source: str, span: Span, mentions: Sequence[Mention]) -> Argument:
    first = next(
        (m for m in mentions if m.span.start == span.start and span.contains(m.span)), None
    )
    return Argument(span=span, text=span.of(source), entity=first.entity if first else None)


def _of_types(kind: str, sides: Sequence[Argument], types: dict[str, str]) -> bool:
    """Whether the sides are of the types that a relation of *kind* joins."""
    return all(
        wanted is None or types.get(side.entity or "") in wanted
        for side, wanted in zip(sides, (_SUBJECTS.get(kind), _OBJECTS.get(kind)), strict=True)
    )


def _same(one: Relation, other: Relation) -> bool:
    """Whether two relations tell the same, if in more or fewer words."""
    return (
        one.kind == other.kind
        and _overlap(one.subject.span, other.subject.span)
        and _overlap(one.object.span, other.object.span)
    )


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
