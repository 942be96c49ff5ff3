"""`path`, and what `export network` writes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from kg.errors import InputError
from qa.cli.app import Docs, Home, Json, Store, app, open_home, settings
from qa.cli.terminal import say, say_json

if TYPE_CHECKING:
    from kg.network import Hop
    from kg.reader import GraphReader

FORMATS = ("graphml", "json", "csv", "svg")


@app.command()
def path(
    ctx: typer.Context,
    one: Annotated[str, typer.Argument(metavar="A", show_default=False)],
    other: Annotated[str, typer.Argument(metavar="B", show_default=False)],
    doc: Docs = None,
    home: Home = None,
    store: Store = None,
    as_json: Json = False,
) -> None:
    """Show how two entities are connected, each step with the sentence that says so."""
    from kg.network import explained_path, find_entity, network, sentences_between

    here = settings(ctx, home, as_json, store)
    reader = open_home(here, doc).graph
    ends = [find_entity(reader, name, doc) for name in (one, other)]
    if ends[0] == ends[1]:
        raise InputError(
            f"'{one}' and '{other}' are one entity, {ends[0].partition(':')[2]}; name two"
        )
    between = sentences_between(reader, *ends, docs=doc)
    hops = (
        None if between is None else explained_path(network(reader, doc, sentences=between), *ends)
    )
    if hops is None:
        raise InputError(f"no sentence of the documents leads from {one} to {other}")
    labels = [hops[0].one, hops[-1].other]
    if here.as_json:
        say_json({"from": labels[0], "to": labels[1], "hops": [asdict(hop) for hop in hops]})
        return
    several = len({hop.doc for hop in hops}) > 1
    say(" → ".join([labels[0], *(hop.other for hop in hops)]))
    for hop in hops:
        say(f"\n  {hop.one} — {hop.other}  {reference(hop, several=several)}\n    {hop.text}")


def reference(hop: Hop, *, several: bool) -> str:
    """The sources of a step as answers print them; its passage where it has none."""
    prefix = f"{hop.doc}:" if several else ""
    numbers = hop.citations or (f"¶{hop.block}",)
    return "".join(f"[{prefix}{number}]" for number in numbers)


def written(
    reader: GraphReader, docs: Sequence[str], *, format: str, entity: str | None, bom: bool = False
) -> str:
    """The network of *docs* in a format: ``csv`` ranks entities, ``svg`` draws *entity*.

    :raises InputError: if the format or the entity is unknown.
    """
    from kg.exports import rows_csv
    from kg.network import (
        EntityRank,
        entity_ranks,
        find_entity,
        graphml,
        neighbourhood_svg,
        network,
        node_link,
    )

    if format not in FORMATS:
        raise InputError(f"no format {format!r} for network; there are {', '.join(FORMATS)}")
    graph = network(reader, docs)
    if format == "svg":
        return neighbourhood_svg(graph, find_entity(reader, entity or "", docs))
    if format == "csv":
        return rows_csv(entity_ranks(graph), EntityRank, bom=bom)
    return graphml(graph) if format == "graphml" else node_link(graph)
