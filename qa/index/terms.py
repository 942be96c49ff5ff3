"""The term index: BM25 over character unigrams and bigrams, in Tantivy.

Chinese has no spaces, and a segmenter that splits a question otherwise than the article
loses the match; overlapping bigrams with unigrams cannot (measured in benchmarks/retrieval.py).
Tantivy passes over what cannot be among the best, so that common terms cost little.
"""

from __future__ import annotations

import re
import shutil
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from math import log
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import HomeError
from qa.index.passages import Passage

if TYPE_CHECKING:
    from opencc import OpenCC
    from tantivy import Index, IndexWriter, Query, Schema, Searcher

# Scripts written without spaces between words: kana, Han and its extensions.
_UNSPACED = "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_RUN = re.compile(rf"[{_UNSPACED}]+|\d+(?:[.,]\d+)*|[^\W\d_{_UNSPACED}]+")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_UNSPACED_RUN = re.compile(f"[{_UNSPACED}]")

_MOST_TERMS = 512  # of one question
_MOST_POSTINGS = 12_000  # of the terms of one question, together: what a search costs
_FEWEST_TERMS = 6  # that are searched for however common they are
_LEAST_WEIGHT = 1e-6  # of a term, so that what has it is found
_HEAP = 16_000_000  # bytes that a writer keeps before it writes to disk: a document takes less


@cache
def _simplifier() -> OpenCC:
    from opencc import OpenCC

    return OpenCC("t2s")


def terms_of(text: str) -> list[str]:
    """The index terms of *text*, in order, with repetitions.

    Width, case and traditional script are folded (NFKC, case folding, OpenCC).  A run of
    Han or kana gives its characters and its overlapping pairs, every other word itself,
    a number its digits without thousands separators.
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    folded = _simplifier().convert(folded.encode("utf-8", "replace").decode("utf-8"))
    terms: list[str] = []
    for run in _RUN.findall(_THOUSANDS.sub("", folded)):
        terms += run if _UNSPACED_RUN.match(run) else [run]
        if _UNSPACED_RUN.match(run):
            terms += [run[i : i + 2] for i in range(len(run) - 1)]
    return terms


class TermIndex:
    """Passages by their terms.

    A reader sees what was written when it first looked.  A folder that was never written reads
    as empty, and is made with the first passage.
    """

    def __init__(self, index: Index | None, *, made_in: Path | None = None) -> None:
        self._index = index
        self._made_in = made_in
        self._writing: IndexWriter | None = None
        self._reading: Searcher | None = None

    @classmethod
    def reading(cls, path: Path) -> TermIndex:
        """The index in *path* as it is; empty where there is none. Raises `HomeError`."""
        if not path.exists():
            return cls(None)
        try:
            return cls(_opened(path))
        except (ValueError, OSError) as error:
            raise _unusable(path, error) from error

    @classmethod
    def in_memory(cls) -> TermIndex:
        """An empty index of this process alone."""
        import tantivy

        return cls(_split_by_us(tantivy.Index(_schema())))

    @classmethod
    def writing(cls, path: Path) -> TermIndex:
        """The index in the folder *path*; a damaged one is cleared away.

        Raises `HomeError` where it cannot be.
        """
        if path.exists():
            try:
                return cls(_opened(path))
            except (ValueError, OSError):
                _clear(path)
        return cls(None, made_in=path)

    def close(self) -> None:
        """Lets go of the files, when what is being merged in the background has been."""
        if self._writing is not None:
            self._writing.wait_merging_threads()
        self._index = self._writing = self._reading = self._made_in = None

    def exists(self) -> bool:
        """Whether anything was ever written here."""
        return self._index is not None

    def digests(self) -> dict[str, str]:
        """Of every passage held, by id, the digest of the text that its terms are of."""
        import tantivy

        searcher = self._searcher
        if searcher is None or not searcher.num_docs:
            return {}
        found = searcher.search(tantivy.Query.all_query(), searcher.num_docs, count=False).hits
        held = [searcher.doc(address) for _, address in found]
        return {passage["id"][0]: passage["digest"][0] for passage in held}

    def alike(self, digests: Iterable[str]) -> dict[str, str]:
        """The id of a passage whose text has each of *digests*, where there is one."""
        import tantivy

        searcher = self._searcher
        if searcher is None:
            return {}
        found = {}
        for digest in digests:
            query = tantivy.Query.term_query(_schema(), "digest", digest, "basic")
            for _, address in searcher.search(query, 1, count=False).hits:
                found[digest] = searcher.doc(address)["id"][0]
        return found

    def put(self, version: str, passages: Sequence[Passage]) -> None:
        """Holds exactly *passages* of *version*, at once or not at all."""
        import tantivy

        writer = self._writer
        writer.delete_documents_by_term("version", version)
        for passage in passages:
            writer.add_document(
                tantivy.Document(
                    id=passage.id,
                    version=version,
                    digest=passage.digest,
                    words=" ".join(terms_of(passage.indexed)),
                )
            )
        self._commit()

    def remove(self, versions: Iterable[str]) -> None:
        """Drops *versions*, all or none."""
        if self._index is None:
            return
        for version in versions:
            self._writer.delete_documents_by_term("version", version)
        self._commit()

    def search(
        self, query: str, *, k: int, versions: Collection[str] | None = None
    ) -> list[tuple[str, float]]:
        """The *k* best passages as (id, BM25 score), best first, equals by id.

        *versions* limits the search.  Scores are positive; a passage without any term of
        *query* is not among the results.  Where there are so many passages that the search
        would take long, the commonest terms, which tell least, are not searched for.
        """
        searcher = self._searcher
        if searcher is None or k <= 0 or (versions is not None and not versions):
            return []
        boosts = _telling(list(dict.fromkeys(terms_of(query)))[:_MOST_TERMS], searcher)
        if not boosts:
            return []
        found = searcher.search(_any_of(boosts, versions), k, count=False).hits
        best = [(str(searcher.doc(address)["id"][0]), float(score)) for score, address in found]
        return sorted(best, key=lambda hit: (-hit[1], hit[0]))

    def coverage(self, query: str, passage: str) -> float:
        """The share of the terms of *query* that the passage of this id has, 0 to 1.

        A term weighs as much as it is rare (BM25's inverse document frequency), one that no
        passage has nothing.
        """
        import tantivy

        searcher = self._searcher
        if searcher is None:
            return 0.0
        this = tantivy.Query.term_query(_schema(), "id", passage, "basic")
        found = searcher.search(this, 1, count=False).hits
        held = set(searcher.doc(found[0][1])["words"][0].split()) if found else set()
        terms = list(dict.fromkeys(terms_of(query)))[:_MOST_TERMS]
        having = {term: searcher.doc_freq("words", term) for term in terms}
        total = searcher.num_docs
        rarity = {term: log(1 + (total - n + 0.5) / (n + 0.5)) for term, n in having.items() if n}
        whole = sum(rarity.values())
        return sum(weight for term, weight in rarity.items() if term in held) / (whole or 1.0)

    @property
    def _writer(self) -> IndexWriter:
        if self._index is None:
            if self._made_in is None:
                raise HomeError("the term index is closed; open the knowledge base again")
            self._index = _made(self._made_in)
        if self._writing is None:
            self._writing = self._index.writer(_HEAP, 1)
        return self._writing

    @property
    def _searcher(self) -> Searcher | None:
        if self._reading is None and self._index is not None:
            self._index.reload()
            self._reading = self._index.searcher()
        return self._reading

    def _commit(self) -> None:
        self._writer.commit()
        self._reading = None


@cache
def _schema() -> Schema:
    import tantivy

    fields = tantivy.SchemaBuilder()
    fields.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    fields.add_text_field("version", tokenizer_name="raw", index_option="basic")
    fields.add_text_field("digest", stored=True, tokenizer_name="raw", index_option="basic")
    fields.add_text_field("words", stored=True, tokenizer_name="terms", index_option="freq")
    return fields.build()


def _split_by_us(index: Index) -> Index:
    """*index*, reading `terms_of` as it is written: between spaces."""
    import tantivy

    between_spaces = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer("terms", between_spaces)
    index.config_reader("manual")
    return index


def _opened(path: Path) -> Index:
    import tantivy

    return _split_by_us(tantivy.Index.open(str(path)))


def _made(path: Path) -> Index:
    import tantivy

    try:
        path.mkdir()
        return _split_by_us(tantivy.Index(_schema(), str(path)))
    except (ValueError, OSError) as error:
        raise _unusable(path, error) from error


def _clear(path: Path) -> None:
    try:
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    except OSError as error:
        raise _unusable(path, error) from error


def _telling(terms: Sequence[str], searcher: Searcher) -> dict[str, float]:
    """The rarest of *terms*, with what to multiply Tantivy's weight of each by.

    All that stand in at most `_MOST_POSTINGS` passages together.  Their weight becomes that of
    Robertson and Spärck Jones (1976), which is next to nothing for what half of all passages
    have; Tantivy's own, log(1 + …), tells 的 from a name too little (benchmarks/together.py).
    """
    having = {term: n for term in terms if (n := searcher.doc_freq("words", term))}
    everything = max(searcher.num_docs, *having.values()) if having else 0
    kept: dict[str, float] = {}
    total = 0
    for term, n in sorted(having.items(), key=lambda item: item[1]):
        total += n
        if total > _MOST_POSTINGS and len(kept) >= _FEWEST_TERMS:
            break
        odds = (everything - n + 0.5) / (n + 0.5)
        kept[term] = max(log(odds), _LEAST_WEIGHT) / log(1 + odds)
    return kept


def _any_of(boosts: Mapping[str, float], versions: Collection[str] | None) -> Query:
    """What has any of the terms, weighed by them; of *versions* only, where they are told."""
    import tantivy

    must, should = tantivy.Occur.Must, tantivy.Occur.Should
    any_term = tantivy.Query.boolean_query(
        [(should, tantivy.Query.boost_query(_word(term), boost)) for term, boost in boosts.items()]
    )
    if versions is None:
        return any_term
    within = tantivy.Query.term_set_query(_schema(), "version", list(versions))
    return tantivy.Query.boolean_query(
        [(must, any_term), (must, tantivy.Query.const_score_query(within, 0.0))]
    )


def _word(term: str) -> Query:
    import tantivy

    return tantivy.Query.term_query(_schema(), "words", term, "freq")


def _unusable(path: Path, error: Exception) -> HomeError:
    return HomeError(f"the term index {path} cannot be opened ({error}); check the folder's rights")
