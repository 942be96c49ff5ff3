"""The spaCy pipeline that reads names, references, speech and offices, and what it returns.

``spacy.blank("zh")`` with the character segmenter: one token a character, so that every span of
the text is a span of the `Doc`.  Our components share an `Analysis` that travels with the `Doc`;
what they find is also set as ``doc.spans["entities"]`` (label: type, kb_id: entity id), for
spaCy's own tools.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from spacy import blank
from spacy.language import Language
from spacy.tokens import Span as DocSpan

from ingest.language.analysis import Analysis, analysis_of, attach
from ingest.language.bodies import find_bodies
from ingest.language.coreference import resolve_references
from ingest.language.deals import find_deals
from ingest.language.firms import find_firms
from ingest.language.goods import find_goods
from ingest.language.instruments import find_instruments
from ingest.language.known import KnownNames, find_known
from ingest.language.lexical import analyse_words, tagger
from ingest.language.linking import link
from ingest.language.measures import find_measures
from ingest.language.models import find_models
from ingest.language.offices import find_offices
from ingest.language.parentheses import find_parentheses
from ingest.language.patterns import find_patterns
from ingest.language.sectors import find_sectors
from ingest.language.selection import select
from ingest.language.speech import find_statements
from ingest.language.stakes import find_stakes
from ingest.language.tables import find_in_tables
from ingest.language.tagged import find_tagged
from ingest.language.units import reading_units
from ingest.records import Recognition

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Doc

    from ingest.lexicon import Lexicon
    from kg.records import Document

_NUMBERS = itertools.count(1)
_MAX_LENGTH = 100_000_000  # characters; the reader refuses long files before we see them


def build_pipeline(lexicon: Lexicon) -> Language:
    """The pipeline over *lexicon*. Loads the tagger (0.2 s)."""
    nlp = blank("zh")
    nlp.max_length = _MAX_LENGTH
    known = KnownNames(lexicon)
    tagger()

    def names(doc: Doc, lexicon: Lexicon) -> None:
        analysis = analysis_of(doc)
        find_parentheses(analysis, lexicon)
        link(analysis, select(analysis, lexicon), lexicon)

    steps: dict[str, Callable[[Doc], None]] = {
        "lexical_analysis": lambda doc: analyse_words(analysis_of(doc)),
        "lexicon_names": lambda doc: find_known(analysis_of(doc), known),
        "tagged_names": lambda doc: find_tagged(analysis_of(doc)),
        "name_patterns": lambda doc: find_patterns(analysis_of(doc)),
        "sectors": lambda doc: find_sectors(analysis_of(doc)),
        "instruments": lambda doc: find_instruments(analysis_of(doc)),
        "goods": lambda doc: find_goods(analysis_of(doc)),
        "measures": lambda doc: find_measures(analysis_of(doc)),
        "bodies": lambda doc: find_bodies(analysis_of(doc)),
        "firms": lambda doc: find_firms(analysis_of(doc)),
        "deals": lambda doc: find_deals(analysis_of(doc)),
        "stakes": lambda doc: find_stakes(analysis_of(doc)),
        "models": lambda doc: find_models(analysis_of(doc)),
        "table_names": lambda doc: find_in_tables(analysis_of(doc)),
        "entity_linker": lambda doc: names(doc, lexicon),
        "coreference": lambda doc: resolve_references(analysis_of(doc)),
        "offices": lambda doc: find_offices(analysis_of(doc)),
        "statements": lambda doc: find_statements(analysis_of(doc)),
        "entity_spans": _set_spans,
    }
    number = next(_NUMBERS)
    for name, step in steps.items():
        _add(nlp, name, step, factory=f"yinzheng_{name}_{number}")
    return nlp


def recognise(document: Document, nlp: Language) -> Recognition:
    """What the pipeline *nlp* (of `build_pipeline`) finds in *document*.

    Offsets count code points of the document's text.
    """
    doc = nlp.make_doc(document.text)
    analysis = Analysis(document=document, units=reading_units(document))
    attach(doc, analysis)
    for _, component in nlp.pipeline:
        doc = component(doc)
    tokens = {u.sentence: u.tokens for u in analysis.sentence_units()}
    return Recognition(
        tokens=tuple(tokens.get(index, ()) for index in range(len(document.sentences))),
        entities=tuple(analysis.entities),
        mentions=tuple(analysis.mentions),
        statements=tuple(analysis.statements),
        offices=tuple(analysis.offices),
    )


def _add(nlp: Language, name: str, step: Callable[[Doc], None], *, factory: str) -> None:
    """Add *step* as a component.

    Factories are global in spaCy and take JSON settings only: a pipeline over another lexicon
    needs factories of its own.
    """

    def component(doc: Doc) -> Doc:
        step(doc)
        return doc

    Language.component(factory, func=component)
    nlp.add_pipe(factory, name=name)


def _set_spans(doc: Doc) -> None:
    analysis = analysis_of(doc)
    types = analysis.types()
    # One token a character holds for all but runs of white space, which spaCy may fold.
    spans = (
        doc.char_span(m.span.start, m.span.end, label=types[m.entity], kb_id=m.entity)
        for m in analysis.mentions
    )
    doc.spans["entities"] = [s for s in spans if isinstance(s, DocSpan)]
