from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Store

from kg.errors import QueryError
from kg.query_faults import broken


def fault(query: str) -> QueryError:
    with pytest.raises(SyntaxError) as caught:
        Store().query(query)
    return broken(query, str(caught.value))


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("SELECT * {", "in line 1, column 11, at its end"),
        ("ASK {}\r\nfoo", "in line 2, column 4, at its end"),
        ("SELECT ?x { ?x \n foo:bar ?y }", "line 2, column 9, at '?y }': Prefix not found"),
        ("SELECT ?é {\n '𠮷😀é' ?x  }", "line 2, column 12, at '}'"),  # code points
        ("SELECT (1 AS ?x) (2 AS ?x) {}", "Duplicated variable name in SELECT"),
        ("SELECT * { ?s ?p ?o } GROUP BY ?s", "SELECT * is not authorized"),
        ("ASK {} " + "x" * 100, "at 'xxxxxxxxxxxxxxxxxxxxxxxx…'"),
    ],
)
def test_line_column_and_words_are_told(query: str, words: str) -> None:
    assert words in str(fault(query))


@given(st.text("SELECTask{}()?xé𠮷😀<>\"'.:\\ \r\n#", max_size=30))
def test_any_broken_query_is_told_in_one_line(query: str) -> None:
    try:
        Store().query(query)
    except SyntaxError as error:
        told = broken(query, str(error))
        assert str(told) and not set("\r\n") & set(str(told))


def test_a_message_of_another_form_is_passed_on() -> None:
    error = broken("ASK {}", "something\n  else")
    assert (str(error), error.line) == ("the query is broken: something else", None)
