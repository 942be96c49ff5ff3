"""Where references lead: the documents of a knowledge base, or bare passages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kg.records import Finding
from qa.gate.citing import Ref
from qa.gate.evidence import Fact, Line, PreparedDocument


@dataclass(frozen=True, eq=False)
class Cited:
    """What a part of a sentence cites: the lines, and which of their figures stand behind it."""

    lines: tuple[Line, ...]
    sources: frozenset[tuple[str, str]] = frozenset()  # (document, source number)
    blocks: frozenset[tuple[str, int]] = frozenset()
    whole: bool = False  # the lines themselves are cited, whatever their sources
    missing: tuple[str, ...] = ()  # reasons, of references that lead nowhere

    def admits(self, fact: Fact) -> bool:
        """Whether the references stand for *fact*, not only for its sentence."""
        doc = fact.line.document.doc
        return (
            self.whole
            or (doc, fact.line.sentence.block) in self.blocks
            or any((doc, number) in self.sources for number in fact.sources)
        )


class Evidence:
    """The documents that references can lead to.

    *find* gives a document by its name, None where there is none; *doc* is the one that bare
    numbers belong to; *audited* gives what the audit found in any of them.
    """

    def __init__(
        self,
        find: Callable[[str], PreparedDocument | None],
        *,
        doc: str | None = None,
        audited: Callable[[], Sequence[Finding]] = tuple,
    ) -> None:
        self._find = find
        self._audited = audited
        self.doc = doc

    def findings(self) -> Sequence[Finding]:
        """What the audit computed from the documents."""
        return self._audited()

    def document(self, name: str) -> PreparedDocument | None:
        """The document called *name*."""
        return self._find(name)

    def cited(self, refs: Sequence[Ref]) -> Cited:
        """What *refs* lead to."""
        lines: dict[tuple[str, int], Line] = {}
        sources: set[tuple[str, str]] = set()
        blocks: set[tuple[str, int]] = set()
        missing: list[str] = []
        for ref in refs:
            name = ref.doc or self.doc
            document = self._find(name) if name else None
            if name is None:
                missing.append(f"{ref} 没有说明属于哪一篇文章")
                continue
            if document is None:
                missing.append(f"引用的文章“{name}”不存在")
                continue
            if ref.block:
                found = document.block_lines(int(ref.number))
                blocks.add((document.doc, int(ref.number)))
            else:
                found = document.by_source.get(ref.number, ())
                sources.add((document.doc, ref.number))
            if not found:
                missing.append(f"引用的{ref}在“{name}”中不存在")
            lines.update({(document.doc, line.index): line for line in found})
        return Cited(
            lines=tuple(lines.values()),
            sources=frozenset(sources),
            blocks=frozenset(blocks),
            missing=tuple(dict.fromkeys(missing)),
        )


class Passages(Evidence):
    """Bare passages, cited by their numbers from 1 (from 0 where one is cited as [0]).

    Where an answer has no references at all, every passage stands for every sentence.
    """

    def __init__(self, documents: Sequence[PreparedDocument], *, refs: Sequence[str] = ()) -> None:
        super().__init__(lambda name: None)
        self.documents = tuple(documents)
        self.refs = tuple(refs)  # as the record gives them: [5], [DOC:5]
        self.first = 1

    def cited(self, refs: Sequence[Ref]) -> Cited:
        """The passages that *refs* name; all of them where there are none."""
        if not refs:
            return self.all()
        chosen: list[PreparedDocument] = []
        missing: list[str] = []
        for ref in refs:
            found = self._passages(ref)
            chosen += found
            if not found:
                missing.append(f"引用的{ref}不在所给的段落中")
        documents = list(dict.fromkeys(chosen))
        lines = tuple(line for document in documents for line in document.lines)
        return Cited(lines=lines, whole=True, missing=tuple(missing))

    def all(self) -> Cited:
        """All passages."""
        return Cited(lines=tuple(ln for d in self.documents for ln in d.lines), whole=True)

    def _passages(self, ref: Ref) -> list[PreparedDocument]:
        named = [d for d, r in zip(self.documents, self.refs, strict=False) if str(ref) in r]
        if named or any(self.refs):
            return named
        at = int(ref.number) - self.first
        return [self.documents[at]] if 0 <= at < len(self.documents) else []
