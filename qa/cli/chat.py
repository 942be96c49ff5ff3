"""The chat: a conversation, its commands, and the two ways to hold it (terminal and pipe)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from kg.errors import InputError, YinzhengError
from qa.cli.modelling import Answerer, Tell
from qa.cli.terminal import around, can_write, columns, say, say_json, warn
from qa.interchange import answer_to_record, make_question

if TYPE_CHECKING:
    from prompt_toolkit.completion import CompleteEvent, Completer
    from prompt_toolkit.document import Document as TypedText

    from kg.records import Document
    from qa.knowledge_base import KnowledgeBase
    from qa.records import Answer

_Command: TypeAlias = Callable[["Conversation", str], str]

_PROMPT = "问> "
_REMEMBERED = 20  # earlier questions that are handed on


@dataclass(slots=True)
class Conversation:
    """What has been said so far. *docs* None means all documents.

    *answers* is the built-in engine where none is given.
    """

    kb: KnowledgeBase
    docs: Sequence[str] | None = None
    answers: Answerer | None = None
    questions: list[str] = field(default_factory=list)
    last: Answer | None = None
    kept: Path | None = None  # where the questions are kept, for /resume

    def ask(self, text: str, *, tell: Tell | None = None) -> tuple[Answer, str | None]:
        """Answer a question in the light of those before it: `Answerer.answer`.

        :raises YinzhengError: if the question cannot be put or answered.
        """
        question = make_question(text, history=self.questions[-_REMEMBERED:])
        self.kb.refresh()  # another process may have read or removed documents
        answers = self.answers or Answerer(self.kb, self.docs)
        found, note = answers.answer(question, tell=tell)
        self.last = found
        self.questions.append(question.text)
        self._keep()
        return found, note

    def _keep(self) -> None:
        if self.kept is not None and can_write(self.kept):
            lines = self.questions[-_REMEMBERED:]
            self.kept.write_text(json.dumps(lines, ensure_ascii=False), encoding="utf-8")


def reply(talk: Conversation, line: str, *, live: bool = False) -> str | None:
    """What the chat prints for *line*, a question or a command; None ends the chat.

    *live* prints the sentences of an answer as soon as they are proved.

    :raises YinzhengError: if it cannot be done.
    """
    line = line.strip()
    if not line.startswith("/"):
        from qa.cli.asking import in_words

        return in_words(lambda tell: talk.ask(line, tell=tell), live=live)
    name, _, rest = line.partition(" ")
    if name in ("/quit", "/exit"):
        return None
    if name not in COMMANDS:
        raise InputError(f"no command {name}; there are {', '.join(COMMANDS)}, /quit")
    return COMMANDS[name](talk, rest.strip())


def converse(talk: Conversation, *, history: Path) -> None:
    """Hold the conversation on a terminal until /quit or Ctrl-D; Ctrl-C stops an answer."""
    from prompt_toolkit import PromptSession
    from prompt_toolkit.history import FileHistory, InMemoryHistory

    session: PromptSession[str] = PromptSession(
        history=FileHistory(str(history)) if can_write(history) else InMemoryHistory(),
        completer=_completer(talk),
        complete_while_typing=False,
    )
    say("问点什么；/help 列出命令，Ctrl-D 退出。")
    while True:
        try:
            line = session.prompt(_PROMPT)
        except KeyboardInterrupt:
            continue
        except EOFError:
            return
        if not line.strip():
            continue
        try:
            text = reply(talk, line, live=True)
        except YinzhengError as error:
            warn(str(error))
        except KeyboardInterrupt:
            warn("stopped")
        else:
            if text is None:
                return
            say(text + "\n")


def _completer(talk: Conversation) -> Completer:
    """Completes commands, and the names of what the documents speak of, as they are typed."""
    from prompt_toolkit.completion import Completer, Completion

    class Names(Completer):
        def get_completions(
            self, document: TypedText, complete_event: CompleteEvent
        ) -> Iterator[Completion]:
            typed = document.text_before_cursor
            if typed.startswith("/"):
                found = ((name, len(typed)) for name in (*COMMANDS, "/quit"))
                for name, length in found:
                    if name.startswith(typed):
                        yield Completion(name, start_position=-length)
                return
            for name, length in completions(typed, names_of(talk)):
                yield Completion(name, start_position=-length)

    return Names()


def names_of(talk: Conversation) -> list[str]:
    """The names that the documents in play give to what they speak of, longer ones last."""
    query = """SELECT DISTINCT ?name WHERE { GRAPH ?graph {
      ?local yz:denotes ?entity ; yz:name|yz:alias ?name } }"""
    return sorted({str(row["name"]) for row in talk.kb.select(query)}, key=lambda n: (len(n), n))


def completions(typed: str, names: Sequence[str]) -> list[tuple[str, int]]:
    """The *names* that the end of *typed* begins, with how many of its characters they replace.

    Only those that begin with as much of it as any does.
    """
    folded = typed.casefold()
    found = [(name, _begun(folded, name.casefold())) for name in names]
    most = max((length for _, length in found), default=0)
    return [(name, length) for name, length in found if length == most > 0]


def _begun(typed: str, name: str) -> int:
    """How many characters at the end of *typed* are the first ones of *name*, short of all."""
    lengths = range(min(len(name) - 1, len(typed)), 0, -1)
    return next((n for n in lengths if typed.endswith(name[:n])), 0)


def read_pipe(talk: Conversation, lines: Iterable[str], *, as_json: bool) -> bool:
    """Answer one question (or command) a line; returns whether all could be."""
    good = True
    first = True
    for line in lines:
        if not line.strip():
            continue
        try:
            if as_json:
                found, note = talk.ask(line)
                if note:
                    warn(note)
                say_json(answer_to_record(found))
                continue
            text = reply(talk, line)
        except YinzhengError as error:
            warn(str(error))
            good = False
            continue
        if text is None:
            break
        if not first:
            say()
        say(text)
        first = False
    return good


def _resume(talk: Conversation, rest: str) -> str:
    """Take up the last conversation: its questions are what the next one leans on."""
    if talk.kept is None or not talk.kept.exists():
        raise InputError("no conversation is kept; ask something first")
    talk.questions[:0] = json.loads(talk.kept.read_text(encoding="utf-8"))
    return "\n".join(f"{_PROMPT}{question}" for question in talk.questions)


def _help(talk: Conversation, rest: str) -> str:
    """List the commands."""
    rows = [[name, command.__doc__ or ""] for name, command in COMMANDS.items()]
    return columns([*rows, ["/quit", "End the chat."]])


def _docs(talk: Conversation, rest: str) -> str:
    """List the documents."""
    talk.kb.refresh()
    rows = [
        [info.doc, info.title]
        for info in talk.kb.documents()
        if talk.docs is None or info.doc in talk.docs
    ]
    return columns(rows) if rows else "没有文档；用 yinzheng ingest 读入。"


def _last(talk: Conversation) -> Answer:
    if talk.last is None:
        raise InputError("nothing has been answered yet; ask first")
    return talk.last


def _sources(talk: Conversation, rest: str) -> str:
    """Show the sources of the last answer in context."""
    found = _last(talk)
    if not found.sources:
        return "上一个回答没有引用。"
    return "\n\n".join(
        f"{source.ref} {source.doc}:{source.start}-{source.end}\n"
        + around(talk.kb.text(source.doc), source.start, source.end)
        for source in found.sources
    )


def _why(talk: Conversation, rest: str) -> str:
    """Show how the last answer was reached: its claims, judged, and its query."""
    found = _last(talk)
    lines = [f"{claim.verdict}: {claim.text}\n  {claim.reason}" for claim in found.claims]
    if found.query:
        lines.append(found.query)
    return "\n".join(lines) or "上一个回答没有论断。"


def _sparql(talk: Conversation, rest: str) -> str:
    """Show the query of the last answer, or run one."""
    if not rest:
        return _last(talk).query or "上一个回答没有用查询。"
    from kg.sparql import run

    return run(talk.kb.graph, rest)


def _open(talk: Conversation, rest: str) -> str:
    """Show all that rests on source N (/open 5, /open DOC:5), or passage N (/open ¶31)."""
    doc, _, number = rest.strip("[]【】").rpartition(":")
    block = number.removeprefix("¶")
    if not block.isdecimal():
        raise InputError(f"/open wants a source or passage number, such as 5 or ¶31, not {rest!r}")
    talk.kb.refresh()
    last = talk.last.doc if talk.last else None  # whose numbers the last answer printed
    among = (
        [doc]
        if doc
        else [last]
        if last
        else talk.docs or [info.doc for info in talk.kb.documents()]
    )
    documents = [talk.kb.extraction(name).document for name in among]
    if number == block:
        shown = [line for document in documents for line in _resting_on(document, number)]
    else:
        shown = [line for document in documents for line in _block(document, int(block))]
    if not shown:
        raise InputError(f"no [{number}] in {', '.join(among) or 'the knowledge base'}")
    return "\n".join(shown)


def _resting_on(document: Document, source: str) -> list[str]:
    """What the marks of *source* cover, under its entry in the article's list of sources."""
    marks = [mark for mark in document.marks if mark.source == source]
    if not marks:
        return []
    reference = next((mark.reference for mark in marks if mark.reference), None)
    covered = dict.fromkeys(" ".join(mark.covers.of(document.text).split()) for mark in marks)
    heading = f"{document.doc} [{source}] {reference or '（文章没有列出这个来源的条目）'}"
    return [heading, *(f"  · {words}" for words in covered)]


def _block(document: Document, number: int) -> list[str]:
    lines = [line.span.of(document.text) for line in document.lines if line.block == number]
    return [f"{document.doc} [¶{number}]", *(f"  {line}" for line in lines)] if lines else []


def _audit(talk: Conversation, rest: str) -> str:
    """Show contradictions of all documents or of some (/audit DOC)."""
    from qa.audit_report import Report, as_lines, summary
    from qa.auditing import home_rules

    talk.kb.refresh()
    findings = [
        finding
        for finding in talk.kb.findings(rest.split() or talk.docs)
        if finding.severity == "error"
    ]
    texts = {doc: talk.kb.text(doc) for finding in findings for doc in finding.docs}
    report = Report(findings, texts, {rule.name: rule for rule in home_rules(talk.kb.home)})
    return "\n".join([*as_lines(report, lambda words: f"⟦{words}⟧"), summary(findings)])


COMMANDS: Mapping[str, _Command] = {
    "/help": _help,
    "/docs": _docs,
    "/sources": _sources,
    "/why": _why,
    "/open": _open,
    "/sparql": _sparql,
    "/audit": _audit,
    "/resume": _resume,
}
