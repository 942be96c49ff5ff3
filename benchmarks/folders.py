"""Folders of annotated articles, as the benchmarks of answers read them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from qa.knowledge_base import KnowledgeBase

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "corpus"
OWN = ROOT / "tests" / "articles"
SHARED = ROOT.parent / "shared" / "devset"


@dataclass(frozen=True, slots=True)
class Member:
    """An article with its questions."""

    doc: str
    article: Path
    questions: Path


def members(folders: Sequence[Path] = ()) -> list[Member]:
    """The articles of *folders*; without any, the source article and the development articles."""
    found = []
    if not folders:
        for text in sorted((CORPUS / "articles").glob("*.txt")):
            found.append(Member(text.stem, text, CORPUS / "gold" / text.stem / "questions.jsonl"))
    for folder in folders or [f for f in (SHARED,) if f.is_dir()]:
        for article in sorted(folder.glob("*/article.txt")):
            home = article.parent
            found.append(Member(home.name, article, home / "questions.jsonl"))
    return [member for member in found if member.questions.exists()]


def read_in(found: Sequence[Member], scratch: Path) -> KnowledgeBase:
    """A new knowledge base in *scratch* that holds the articles."""
    texts = []
    for member in found:
        text = scratch / f"{member.doc}.txt"
        text.write_bytes(member.article.read_bytes())
        texts.append(text)
    base = KnowledgeBase.open(scratch / "home")
    for refused in base.ingest(texts).refused:
        print(refused.message)
    return base
