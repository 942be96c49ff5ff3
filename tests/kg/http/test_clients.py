"""Clients that we did not write get right answers."""

from __future__ import annotations

import shutil
import subprocess
from urllib.parse import quote

import pytest
from rdflib import Dataset, Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from served import Served
from SPARQLWrapper import CSV, JSON, JSONLD, N3, POST, POSTDIRECTLY, RDFXML, TSV, TURTLE, XML
from SPARQLWrapper import SPARQLWrapper as Wrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

NUMBERS = "SELECT ?low { ?f yz:subjectName ?n ; yz:low ?low } ORDER BY ?low"
LOWS = ["-3.64", "-3.64", "35", "35", "63", "63", "16000000000", "16000000000"]
TEXTS = "CONSTRUCT { ?f yz:lexical ?t } WHERE { ?f yz:lexical ?t }"
LABEL = "SELECT ?l { entity:tsmc skos:prefLabel ?l FILTER(LANG(?l) = 'zh') }"


@pytest.mark.parametrize("method", ["GET", POST])
@pytest.mark.parametrize("form", [JSON, XML, CSV, TSV])
def test_sparqlwrapper(server: Served, method: str, form: str) -> None:
    for way in ("urlencoded", POSTDIRECTLY):
        client = Wrapper(server.url, returnFormat=form)
        client.setMethod(method)
        client.setRequestMethod(way)
        client.setQuery(NUMBERS)
        answer = client.queryAndConvert()
        if form == JSON:
            found = [row["low"]["value"] for row in answer["results"]["bindings"]]
        elif form == XML:
            found = [node.firstChild.data for node in answer.getElementsByTagName("literal")]
        else:
            found = [
                cell.split('"')[-2] if '"' in cell else cell for cell in answer.decode().split()
            ]
            assert found.pop(0) in ("low", "?low")
        assert found == LOWS


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # of rdflib's parser
@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")
@pytest.mark.parametrize("form", [TURTLE, RDFXML, N3, JSONLD])
def test_sparqlwrapper_reads_graphs(server: Served, form: str) -> None:
    client = Wrapper(server.url, returnFormat=form)
    client.setQuery(TEXTS)
    answer = client.queryAndConvert()
    graph = answer if isinstance(answer, Graph) else Graph().parse(data=answer, format="turtle")
    assert len(graph) == 8


def test_sparqlwrapper_hears_what_is_wrong(server: Served) -> None:
    client = Wrapper(server.url)
    client.setQuery("ASK {")
    with pytest.raises(QueryBadFormed, match="line 1, column 6"):
        client.query()


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_store(server: Served, method: str) -> None:
    store = SPARQLStore(server.url, method=method)
    graph = Dataset(store, default_union=True)
    assert [str(row[0]) for row in graph.query(LABEL)] == ["台积电"]  # type: ignore[index]
    assert [str(row[0]) for row in graph.query(NUMBERS)] == LOWS  # type: ignore[index]
    assert graph.query("ASK { ?s a yz:FigureClaim }").askAnswer is True


def test_rdflib_store_reads_one_graph(server: Served) -> None:
    (row, *_) = SPARQLStore(server.url).query(
        "SELECT ?g { GRAPH ?g { ?d a schema:NewsArticle } } ORDER BY ?g"
    )
    one = Graph(SPARQLStore(server.url), identifier=row[0])  # type: ignore[index]
    (count,) = one.query("SELECT (COUNT(?f) AS ?n) { ?f a yz:FigureClaim }")
    assert int(count[0]) == 4  # type: ignore[index]
    lexical = URIRef("https://yinzheng.example/ns#lexical")
    assert {str(text) for text in one.objects(None, lexical)} >= {"35%", "3.64%"}


def test_pandas(server: Served) -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.read_csv(f"{server.url}?format=csv&query={quote(NUMBERS)}")
    assert frame["low"].tolist() == [float(low) for low in LOWS]
    names = pandas.read_csv(f"{server.url}?format=csv&query={quote(LABEL)}")
    assert names["l"].tolist() == ["台积电"]


def test_roqet(server: Served) -> None:
    program = shutil.which("roqet")
    if program is None:
        pytest.skip("roqet (Debian's rasqal-utils) is not installed")
    query = "PREFIX yz: <https://yinzheng.example/ns#> " + NUMBERS
    done = subprocess.run(
        [program, "-q", "-p", server.url, "-r", "csv", "-e", query],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["low", *LOWS]
