"""`export`: the knowledge base in formats that other tools read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from kg.errors import InputError
from qa.cli import network
from qa.cli.app import Home, Json, Store, app, open_home, settings
from qa.cli.terminal import emit, emit_bytes, say_json

if TYPE_CHECKING:
    from kg.interchange import Exportable
    from kg.records import Extraction
    from qa.knowledge_base import KnowledgeBase


class What(StrEnum):
    """What can be exported."""

    FIGURES = "figures"
    ENTITIES = "entities"
    CITATIONS = "citations"
    REFERENCES = "references"
    RELATIONS = "relations"
    CLAIMS = "claims"
    GRAPH = "graph"
    NETWORK = "network"
    ONTOLOGY = "ontology"
    TEXT = "text"


class Records(NamedTuple):
    """A kind of record: its rows in a document, and their class."""

    rows: Callable[[Extraction], Iterable[Exportable]]
    kind: type[Exportable]


@app.command()
def export(
    ctx: typer.Context,
    what: Annotated[What, typer.Argument(metavar="|".join(What), show_default=False)],
    doc: Annotated[list[str] | None, typer.Argument(metavar="[DOC]...", show_default=False)] = None,
    format: Annotated[
        str | None,
        typer.Option(
            metavar="FORMAT",
            help="Records: jsonl (default), csv, parquet. Graph: trig (default), ttl, nq, jsonld. "
            "Network: graphml (default), json, csv, svg. Ontology: md (default), ttl, svg.",
        ),
    ] = None,
    bom: Annotated[
        bool, typer.Option("--bom", help="Open CSV with the byte order mark that Excel wants.")
    ] = False,
    entity: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="The entity whose neighbourhood svg draws."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write here, not to standard output."),
    ] = None,
    home: Home = None,
    store: Store = None,
    as_json: Json = False,
) -> None:
    """Print records, the graph, the network, a stored text; of the documents named, or of all."""
    here = settings(ctx, home, as_json, store)
    if bom and format != "csv":
        raise typer.BadParameter("--bom goes with --format csv")
    if (entity is not None) != (what is What.NETWORK and format == "svg"):
        raise typer.BadParameter("--entity NAME goes with export network --format svg")
    written: str | bytes
    if what is What.ONTOLOGY:
        if doc:
            raise typer.BadParameter("export ontology takes no DOC")
        written = _ontology(format or "md")
    elif what is What.TEXT:
        if not doc or len(doc) != 1 or format is not None:
            raise typer.BadParameter("export text takes one DOC, and no --format")
        written = open_home(here).text(doc[0])
        if here.as_json and output is None:
            say_json({"doc": doc[0], "text": written})
            return
    else:
        kb = open_home(here, doc)
        docs = list(dict.fromkeys(doc or (info.doc for info in kb.documents())))
        if what is What.GRAPH:
            written = _graph(kb, doc, format=format or ("jsonld" if here.as_json else "trig"))
        elif what is What.NETWORK:
            chosen = format or ("json" if here.as_json else "graphml")
            written = network.written(kb.graph, docs, format=chosen, entity=entity, bom=bom)
        else:
            written = _records(kb, what, docs, format=format or "jsonl", bom=bom)
    if output is not None:
        output.write_bytes(written if isinstance(written, bytes) else written.encode())
    elif isinstance(written, bytes):
        emit_bytes(written)
    else:
        emit(written)


def _records(
    kb: KnowledgeBase, what: What, docs: Sequence[str], *, format: str, bom: bool
) -> str | bytes:
    from kg.exports import rows_csv, rows_parquet
    from kg.interchange import to_jsonl

    if format not in ("jsonl", "csv", "parquet"):
        raise InputError(f"no format {format!r} for {what}; there are jsonl, csv, parquet")
    records = _kinds()[what]
    rows = [row for doc in docs for row in records.rows(kb.extraction(doc))]
    if format == "csv":
        return rows_csv(rows, records.kind, bom=bom)
    if format == "parquet":
        return rows_parquet(rows, records.kind)
    return "".join(f"{to_jsonl(row)}\n" for row in rows)


def _kinds() -> dict[What, Records]:
    from kg import claims, interchange

    return {
        What.FIGURES: Records(interchange.figure_rows, interchange.FigureRow),
        What.ENTITIES: Records(interchange.entity_rows, interchange.EntityRow),
        What.CITATIONS: Records(interchange.citation_rows, interchange.CitationRow),
        What.REFERENCES: Records(interchange.reference_rows, interchange.ReferenceRow),
        What.RELATIONS: Records(interchange.relation_rows, interchange.RelationRow),
        What.CLAIMS: Records(claims.claim_rows, claims.ClaimRow),
    }


def _ontology(format: str) -> str:
    if format == "md":
        from kg.documentation import ontology_page

        return ontology_page()
    if format == "svg":
        from kg.diagram import claim_diagram

        return claim_diagram()
    if format == "ttl":
        from kg.model import ONTOLOGY

        return ONTOLOGY.read_text("utf-8")
    raise InputError(f"no format {format!r} for ontology; there are md, ttl, svg")


def _graph(kb: KnowledgeBase, docs: Sequence[str] | None, *, format: str) -> str:
    from kg.exports import graph_text

    reader = kb.graph
    quads = reader.quads() if not docs else [quad for doc in docs for quad in reader.quads(doc)]
    text = graph_text(quads, format=format, base=reader.base)
    return text if text.endswith("\n") else text + "\n"
