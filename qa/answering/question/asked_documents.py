"""The documents that a question names to be answered from: 按第二篇文章, 在《…》一文中."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from ingest.periods import find_periods
from kg.documents import DocumentInfo
from qa.answering.question.followup import leans
from qa.answering.text import bigrams, fold, term_coverage
from qa.answering.workspace import Library, find_names
from qa.index.writing import check_known
from qa.records import Question

_KIND: Final = r"(?:文章|文档|文件|报告|报道|研报|资料|材料|稿子|点评|快讯|新闻)"
_LEAD: Final = r"(?P<lead>(?:请|只)?(?:按照?|根据|依据?|据|在|从|就|参照|看|照|用)?)"
_WITHIN: Final = (
    r"(?P<within>的(?:说法|内容|观点|口径|数据)|来看|来说|所[说述]|(?:里|中|内)(?:面|头|的)?)?"
    r"\s*[，,：:]?\s*"
)
_NUMBERS: Final = {character: i for i, character in enumerate("一二三四五六七八九十", start=1)}
_PLACED: Final = re.compile(
    rf"{_LEAD}(?P<from_end>倒数)?第(?P<number>\d{{1,4}}|[一二三四五六七八九十])"
    rf"(?:篇{_KIND}?|[份个]{_KIND}){_WITHIN}"
)
_LAST: Final = re.compile(rf"{_LEAD}最后一(?:篇{_KIND}?|[份个]{_KIND}){_WITHIN}")
_THIS: Final = rf"(?:一文|[这那该]?[篇份]{_KIND}|[这那][篇份]|{_KIND})"
_TITLED: Final = re.compile(
    rf"{_LEAD}(?:题为|标题[为是])?《(?P<title>[^《》]+)》(?P<this>{_THIS})?{_WITHIN}"
)
_DESCRIBED: Final = re.compile(
    rf"{_LEAD}(?:关于|有关|讲|说|写|谈|介绍)?(?P<what>[^，,。?？：:《》]{{1,24}}?)的?"
    rf"(?:那[篇份]{_KIND}?|这[篇份]{_KIND}|一文){_WITHIN}"
)
_MARKED: Final = re.compile(
    r"[\[【［]\s*(?P<doc>[^\[\]【】［］:：]+)[:：]\s*(?P<number>\d{1,3})\s*[\]】］]"
)
_ASKING: Final = re.compile(
    r"^(?:请问?|只|帮我|麻烦你?)*"
    r"(?:概括|总结|归纳|概述|简述|综述|列出|列举|说说|讲讲|谈谈|介绍|解读|分析|评价|提炼|复述)?(?:一下|下)?"
    r"(?:按照?|根据|依据?|据|在|从|就|参照|看)?(?:关于|有关)?"
)  # before the words that describe a document
_TELLS: Final = re.compile(r"^(?:主要|都|到底|大概)?[说讲写谈提]到?(?:了|的)?些?(?:什么|啥)")
_NUMBER: Final = re.compile(r"多少|几(?!乎)|多大|多高")
_HITS: Final = 10
_ENOUGH: Final = 0.6  # of a description that a title must cover
_TITLE_ALIKE: Final = 0.75  # of a quoted title
_SHORTEST_TITLE: Final = 4  # characters of a quoted one that may be a part

Find = Callable[[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question without the words that name documents.

    *docs* are the documents that it is to be answered from, ``None`` where it names none.
    *unmet* is why there is no such document, in a sentence; then *docs* is empty.
    """

    text: str
    docs: tuple[str, ...] | None = None
    unmet: str | None = None


def asked_documents(text: str, held: Sequence[DocumentInfo], *, find: Find) -> Asked:
    """What *text* asks, and of which of *held*, which are counted in their order.

    *find* gives the documents that hold the words it is given, the likeliest first.
    """
    docs: list[str] = []
    for pattern, choose in (
        (_MARKED, _marked),
        (_PLACED, _placed),
        (_LAST, _last),
        (_TITLED, _titled),
    ):
        for found in reversed(list(pattern.finditer(text))):
            chosen = choose(found, held)
            if chosen is None:
                continue  # 第二个原因, 《哪吒2》: no document
            if isinstance(chosen, str):
                return Asked(text, (), chosen)
            docs[:0] = chosen
            text = _without(text, found)
    if not docs and (stem := _stem(text, held)):
        found, doc = stem
        docs, text = [doc], _without(text, found)
    if not docs and len(held) > 1 and (described := _DESCRIBED.match(text)):
        chosen = _described(described["what"], held, find)
        if chosen:
            docs, text = chosen, _without(text, described)
    if not docs:
        return Asked(text)
    return Asked(_TELLS.sub("这篇文章主要讲了什么", text), tuple(dict.fromkeys(docs)))


def _without(text: str, found: re.Match[str]) -> str:
    """*text* with 这篇文章 for the words found, or nothing where they only say where to look."""
    if "doc" in found.groupdict():
        return f"{text[: found.start()]}[{found['number']}]{text[found.end() :]}"
    rest = text[found.end() :]
    if found["lead"] or found["within"] or found[0].rstrip().endswith(("，", ",", "：", ":")):
        return text[: found.start()] + rest
    if _TELLS.match(rest):
        return text[: found.start()] + rest
    return f"{text[: found.start()]}这篇文章{rest}"


def _marked(found: re.Match[str], held: Sequence[DocumentInfo]) -> list[str] | str | None:
    named = found["doc"].strip().lower()
    docs = [info.doc for info in held if info.doc.lower() == named]
    return docs or f"知识库里没有名为{found['doc'].strip()}的文档，无法回答"


def _placed(found: re.Match[str], held: Sequence[DocumentInfo]) -> list[str] | str | None:
    number = int(found["number"]) if found["number"].isdigit() else _NUMBERS[found["number"]]
    if not 0 < number <= len(held):
        return f"这里只有{len(held)}篇文档，没有第{found['number']}篇，无法回答"
    return [held[-number if found["from_end"] else number - 1].doc]


def _last(found: re.Match[str], held: Sequence[DocumentInfo]) -> list[str] | str | None:
    return [held[-1].doc] if held else None


def _titled(found: re.Match[str], held: Sequence[DocumentInfo]) -> list[str] | str | None:
    wanted = fold(found["title"])
    alike = [(_alike(wanted, info), info.doc) for info in held]
    best = max((share for share, _ in alike), default=0.0)
    if best >= _TITLE_ALIKE:
        return [doc for share, doc in alike if share == best]
    if found["this"]:
        return f"没有读入标题为《{found['title']}》的文章，无法回答"
    return None


def _stem(text: str, held: Sequence[DocumentInfo]) -> tuple[re.Match[str], str] | None:
    """Where *text* calls a document by its name: A4-china-macro里, the longest name first."""
    asked = text.lower()
    named = [info for info in held if info.doc.lower() in asked]
    for info in sorted(named, key=lambda info: -len(info.doc)):
        must = "" if re.search(r"\d.*[-_]|[-_].*\d", info.doc) else f"(?={_THIS})"
        found = re.search(
            rf"{_LEAD}(?<![A-Za-z0-9_-]){re.escape(info.doc)}(?![A-Za-z0-9_-]){must}"
            rf"(?:{_THIS})?{_WITHIN}",
            text,
            re.IGNORECASE,
        )
        if found:
            return found, info.doc
    return None


def _alike(wanted: str, info: DocumentInfo) -> float:
    """How far *wanted* is the title of a document, or its name: 1 for the whole of it."""
    titles = (fold(info.title), fold(info.doc))
    if wanted in titles:
        return 1.0
    if len(wanted) >= _SHORTEST_TITLE and any(wanted in title for title in titles):
        return 0.9
    pieces = set(bigrams(wanted))
    own = set(bigrams(titles[0]))
    return 0.89 * len(pieces & own) / len(pieces | own) if pieces else 0.0


def _described(what: str, held: Sequence[DocumentInfo], find: Find) -> list[str]:
    """The document whose title, name, or day *what* gives, or that tells of it most."""
    wanted = fold(_ASKING.sub("", what))
    if not wanted or re.fullmatch(r"[上下前后哪这那本该同另有几]?[一二两三四几]?", wanted):
        return []
    named = [info.doc for info in held if fold(info.doc) == wanted]
    days = find_periods(what, reference=None)
    dated = [
        info.doc for info in held if info.published and any(_of_day(p.text, info) for p in days)
    ]
    if named or len(dated) == 1:
        return named or dated
    shares = [(term_coverage(wanted, fold(info.title)), info.doc) for info in held]
    best = max((share for share, _ in shares), default=0.0)
    likely = [doc for share, doc in shares if share == best]
    if best >= _ENOUGH and len(likely) == 1:
        return likely
    found = [doc for doc in find(wanted) if best < _ENOUGH or doc in likely]
    return found[:1]


def _of_day(words: str, info: DocumentInfo) -> bool:
    """Whether *words* (6月23日, 2026年6月23日) are the day of *info*."""
    day = info.published
    if day is None:
        return False
    return words in (f"{day.month}月{day.day}日", f"{day.year}年{day.month}月{day.day}日")


def _subject(whole: str, rest: str, known: Library) -> str:
    """What a document is called by, for a question of it that names nothing: 茅台那篇."""
    names = [name.surface for name in find_names(whole, known) if "quantity" not in name.types]
    return f"{names[0]}的" if names and names[0] not in rest else ""


@dataclass(frozen=True, slots=True)
class Meant:
    """A question and its history without the words that name documents; see `Asked`."""

    question: Question
    docs: tuple[str, ...] | None
    unmet: str | None = None


def constrained(question: Question, known: Library, docs: Sequence[str] | None) -> Meant:
    """*question* with the documents that it names, of *docs*, or of all.

    A question that leans on the one before it stays with the documents named there.

    :raises UnknownDocumentError: one of *docs* is not in the knowledge base.
    """
    held = known.kb.documents()
    if docs is not None:
        infos = {info.doc: info for info in held}
        for doc in docs:
            check_known(doc, infos)
        held = tuple(infos[doc] for doc in dict.fromkeys(docs))
    given = None if docs is None else tuple(docs)

    def find(words: str) -> Sequence[str]:
        hits = known.kb.retrieve(words, docs=given, k=_HITS, by="terms")
        return tuple(dict.fromkeys(hit.doc for hit in hits))

    history: list[str] = []
    before: tuple[str, ...] | None = None
    for earlier in question.history:
        asked = asked_documents(earlier, held, find=find)
        before = asked.docs or (before if leans(asked.text) else None)
        history.append(asked.text)
    asked = asked_documents(question.text, held, find=find)
    text = asked.text
    if asked.docs and not history and _NUMBER.search(text) and not find_names(text, known):
        text = _subject(question.text, text, known) + text
    whole = replace(question, text=text, history=tuple(history))
    if asked.docs is not None:
        return Meant(whole, asked.docs or given, asked.unmet)
    return Meant(whole, before if before and leans(asked.text) else given)
