"""`export`: the knowledge base in formats that other tools read."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from kg.errors import InputError
from qa.cli.app import Home, Json, app, open_home, settings
from qa.cli.terminal import emit, say_json

if TYPE_CHECKING:
    from qa.knowledge_base import KnowledgeBase


class What(StrEnum):
    """What can be exported."""

    FIGURES = "figures"
    ENTITIES = "entities"
    CITATIONS = "citations"
    REFERENCES = "references"
    CLAIMS = "claims"
    GRAPH = "graph"
    TEXT = "text"


@app.command()
def export(
    ctx: typer.Context,
    what: Annotated[What, typer.Argument(metavar="|".join(What), show_default=False)],
    doc: Annotated[list[str] | None, typer.Argument(metavar="[DOC]...", show_default=False)] = None,
    format: Annotated[
        str | None,
        typer.Option(
            metavar="FORMAT",
            help="Records: jsonl (default), csv. Graph: trig (default), ttl, nq, jsonld.",
        ),
    ] = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Print records, the graph or a stored text; of the documents named, or of all."""
    here = settings(ctx, home, as_json)
    if what is What.TEXT:
        if not doc or len(doc) != 1 or format is not None:
            raise typer.BadParameter("export text takes one DOC, and no --format")
        text = open_home(here.home).text(doc[0])
        if here.as_json:
            say_json({"doc": doc[0], "text": text})
        else:
            emit(text)
        return
    kb = open_home(here.home, doc)
    docs = list(dict.fromkeys(doc or (info.doc for info in kb.documents())))
    if what is What.GRAPH:
        emit(_graph(kb, doc, format=format or ("jsonld" if here.as_json else "trig")))
    else:
        emit(_records(kb, what, docs, format=format or "jsonl"))


def _records(kb: KnowledgeBase, what: What, docs: Sequence[str], *, format: str) -> str:
    from kg.exports import rows_csv
    from kg.interchange import (
        CitationRow,
        EntityRow,
        FigureRow,
        ReferenceRow,
        RelationRow,
        Row,
        citation_rows,
        entity_rows,
        figure_rows,
        reference_rows,
        relation_rows,
        to_jsonl,
    )

    extractions = [kb.extraction(doc) for doc in docs]
    rows: list[Row]
    kind: type[Row]
    if what is What.FIGURES:
        kind, rows = FigureRow, [row for each in extractions for row in figure_rows(each)]
    elif what is What.ENTITIES:
        kind, rows = EntityRow, [row for each in extractions for row in entity_rows(each)]
    elif what is What.REFERENCES:
        kind, rows = ReferenceRow, [row for each in extractions for row in reference_rows(each)]
    elif what is What.CLAIMS:
        kind, rows = RelationRow, [row for each in extractions for row in relation_rows(each)]
    else:
        kind, rows = CitationRow, [row for each in extractions for row in citation_rows(each)]
    if format == "csv":
        return rows_csv(rows, kind)
    if format == "jsonl":
        return "".join(f"{to_jsonl(row)}\n" for row in rows)
    raise InputError(f"no format {format!r} for {what}; there are jsonl, csv")


def _graph(kb: KnowledgeBase, docs: Sequence[str] | None, *, format: str) -> str:
    from kg.exports import graph_text
    from kg.reader import GraphReader

    reader = GraphReader.open(kb.home)
    quads = reader.quads() if not docs else [quad for doc in docs for quad in reader.quads(doc)]
    text = graph_text(quads, format=format, base=reader.base)
    return text if text.endswith("\n") else text + "\n"
