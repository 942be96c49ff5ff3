from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.http.negotiation import GRAPH_MEDIA, TABLE_MEDIA, acceptable, by_name

OFFERED = {"a/x": "x", "a/y": "y", "b/z": "z"}


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        (None, "a/x"),
        ("", "a/x"),
        ("*/*", "a/x"),
        ("b/*", "b/z"),
        ("A/Y", "a/y"),
        ("a/x;q=0.1, a/y;q=0.2", "a/y"),
        ("a/*;q=0.9, a/x;q=0.1, b/z;q=0.5", "a/y"),  # the most specific range counts
        ("*/*, a/x;q=0", "a/y"),
        ("a/x ; charset=utf-8 ; q=0.5 , b/z;q=0.4", "a/x"),
        ("a/x;q=1.5, b/z;q=0.001", "b/z"),  # a weight that is none is no wish
        ("c/*, a/x;q=0", None),
        ("*/*;q=0.0", None),
        (",,", None),
    ],
)
def test_the_best_of_what_is_offered(accept: str | None, media: str | None) -> None:
    assert acceptable(accept, OFFERED) == media


@given(st.text('a/xyzb*;q=0.1, "é', max_size=40))
def test_any_header_is_read(accept: str) -> None:
    assert acceptable(accept, OFFERED) in {None, *OFFERED}


def test_names_of_formats() -> None:
    assert by_name("csv", TABLE_MEDIA) == "text/csv"
    assert by_name("text/csv", TABLE_MEDIA) == "text/csv"
    assert by_name("xml", GRAPH_MEDIA) == "application/rdf+xml"
    assert by_name("csv", GRAPH_MEDIA) is None
