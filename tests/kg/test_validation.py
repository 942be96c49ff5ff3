from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import Quad

from kg.convert import to_quads
from kg.errors import InputError
from kg.exports import graph_text
from kg.records import Extraction
from kg.validation import concerns, read_graph, validate
from kg.vocabulary import RDF, YZ, coded

Make = Callable[..., Extraction]


def turned(make: Make) -> list[Quad]:
    """A graph whose one fall is called a rise."""
    up, down = coded("direction", "up"), coded("direction", "down")
    return [
        Quad(q.subject, q.predicate, up, q.graph_name) if q.object == down else q
        for q in to_quads(make())
    ]


def test_both_engines_agree_and_are_named(make: Make) -> None:
    (fault,) = validate(turned(make), engines=("store", "pyshacl"))
    assert fault.message == "the sign of -3.64 contradicts its direction"
    assert fault.engines == ("store", "pyshacl")
    (alone,) = validate(turned(make), engines=("pyshacl",))
    assert (alone.node, alone.message) == (fault.node, fault.message)
    assert validate(to_quads(make()), engines=("store", "pyshacl")) == ()


@pytest.mark.parametrize("format", ["ttl", "trig", "nq", "jsonld"])
def test_a_file_in_any_format_is_held_against_the_shapes(
    make: Make, tmp_path: Path, format: str
) -> None:
    file = tmp_path / f"图.{format}"
    file.write_text(graph_text(turned(make), format=format), "utf-8")
    (fault,) = validate(read_graph(file))
    assert "contradicts its direction" in fault.message


def test_anybodys_turtle_with_blank_nodes_is_validated(tmp_path: Path) -> None:
    file = tmp_path / "theirs.ttl"
    file.write_text(
        '@prefix yz: <https://yinzheng.example/ns#> . [] a yz:FigureClaim ; yz:low "七" .', "utf-8"
    )
    found = validate(read_graph(file), engines=("store", "pyshacl"))
    messages = {fault.message for fault in found}
    assert "yz:low is '七', which is no decimal" in messages
    assert "yz:unit must occur at least 1 time" in messages


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.ttl cannot be read: No such file"):
        read_graph(tmp_path / "none.ttl")
    broken = tmp_path / "broken.ttl"
    broken.write_text("<x> <y> .", "utf-8")
    with pytest.raises(InputError, match=r"broken\.ttl is no Turtle: .* line 1"):
        read_graph(broken)


def test_a_graph_of_other_things_is_told_from_a_good_one(make: Make) -> None:
    quads = to_quads(make())
    assert concerns(quads)
    assert not concerns(quad for quad in quads if quad.predicate != RDF.type)
    assert not concerns([])


def test_an_absent_engine_is_told(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyshacl", None)
    with pytest.raises(InputError, match=r"needs pyshacl, .*pip install 'yinzheng\[shacl\]'"):
        validate(to_quads(make()), engines=("pyshacl",))


def test_a_figure_without_a_sentence_is_no_figure(make: Make) -> None:
    quads = [quad for quad in to_quads(make()) if quad.predicate != YZ.sentence]
    assert {fault.message for fault in validate(quads)} == {
        "yz:sentence must occur at least 1 time"
    }
