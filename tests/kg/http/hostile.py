"""Queries that mean harm, and what may come of each; `benchmarks.hostile` times them too.

Statuses: 200 it does no harm, 400 broken, 403 refused, 413 too long a request, 422 more rows,
bytes, memory or nesting than there are, 504 more time.
"""

from __future__ import annotations

HARMLESS = {200, 504}  # as long as the machine is not very busy, the former
STOPPED = {422, 504}
REFUSED = {403}
BROKEN = {400}
CALL = "<http://127.0.0.1:9/> { ?s ?p ?o }"
ALL = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l"
LONG = "a" * 40 + "b"
REGEX = "SELECT * {{ ?s ?p ?o . ?t ?q ?r . ?u ?v ?w FILTER REGEX(CONCAT(STR(?o), STR(?r)), '{}') }}"


def _nested(opening: str, inner: str, closing: str, times: int) -> str:
    return opening * times + inner + closing * times


HOSTILE: dict[str, tuple[str, set[int]]] = {
    # cross products
    "count of a product": (f"SELECT (COUNT(*) AS ?n) {{ {ALL} }}", STOPPED),
    "rows of a product": (f"SELECT * {{ {ALL} }}", STOPPED),
    "sorted product": (f"SELECT * {{ {ALL} }} ORDER BY ?l ?a ?g", STOPPED),
    "distinct product": (f"SELECT DISTINCT ?a ?d ?g ?j {{ {ALL} }} ORDER BY ?a", STOPPED),
    "product that nothing passes": (f"ASK {{ {ALL} FILTER(?a = ?l && ?a != ?l) }}", STOPPED),
    "product in EXISTS": (
        f"SELECT (COUNT(*) AS ?n) {{ ?s ?p ?o FILTER EXISTS {{ {ALL} FILTER(?a = <x:no>) }} }}",
        STOPPED | HARMLESS,
    ),
    "product in NOT EXISTS": (
        f"ASK {{ ?s ?p ?o FILTER NOT EXISTS {{ {ALL} FILTER(STRLEN(STR(?l)) < 0) }} "
        "FILTER(STRLEN(STR(?o)) < 0) }",
        STOPPED | HARMLESS,
    ),
    "product in MINUS": (f"SELECT * {{ {ALL} MINUS {{ ?j ?k ?l . ?a ?b ?m }} }}", STOPPED),
    "product in OPTIONAL": (f"SELECT * {{ ?s ?p ?o OPTIONAL {{ {ALL} }} }}", STOPPED),
    "product in a subquery": (
        f"SELECT (COUNT(*) AS ?n) {{ {{ SELECT * {{ {ALL} }} }} ?s ?p ?o }}",
        STOPPED,
    ),
    "product of graphs": (
        "SELECT (COUNT(*) AS ?n) { GRAPH ?x { ?a ?b ?c } GRAPH ?y { ?d ?e ?f } "
        "GRAPH ?z { ?g ?h ?i } GRAPH ?w { ?j ?k ?l } }",
        STOPPED,
    ),
    "product constructed": (
        f"CONSTRUCT {{ ?a ?e ?i . ?d ?h ?l . ?g ?k ?c }} WHERE {{ {ALL} }}",
        STOPPED,
    ),
    "product described": (f"DESCRIBE ?a ?d ?g ?j WHERE {{ {ALL} }}", STOPPED),
    "product of unions": (
        "SELECT (COUNT(*) AS ?n) {" + " { ?s ?p ?o } UNION { ?x ?y ?z }" * 6 + f" {ALL} }}",
        STOPPED,
    ),
    "product grouped": (
        f"SELECT ?a ?d ?g (GROUP_CONCAT(STR(?l)) AS ?z) {{ {ALL} }} GROUP BY ?a ?d ?g",
        STOPPED,
    ),
    "one text of everything": (
        f"SELECT (GROUP_CONCAT(CONCAT(STR(?c), STR(?f), STR(?i))) AS ?z) {{ {ALL} }}",
        STOPPED,
    ),
    "sum of a product": (f"SELECT (SUM(STRLEN(STR(?c))) AS ?n) {{ {ALL} }}", STOPPED),
    "skipping a product": (f"SELECT * {{ {ALL} }} OFFSET 1000000000 LIMIT 1", STOPPED),
    # paths
    "any path twice": (
        "SELECT (COUNT(*) AS ?n) { ?a (!<x:a>)* ?b . ?b (!<x:b>)* ?c . ?c (!<x:c>)* ?d }",
        STOPPED | HARMLESS,
    ),
    "path there and back": (
        "SELECT (COUNT(*) AS ?n) { ?a (!<x:a>|^(!<x:a>))+ ?b . ?c (!<x:a>|^(!<x:a>))+ ?d }",
        STOPPED,
    ),
    "star of stars": (
        "SELECT (COUNT(*) AS ?n) { ?a ((((!<x:a>)*)*)*)* ?b . ?c (((!<x:b>)*)*)* ?d . ?e ?f ?g }",
        STOPPED,
    ),
    "long path": (
        "SELECT (COUNT(*) AS ?n) { ?a " + "/".join(["(!<x:a>|^(!<x:a>))"] * 12) + " ?b }",
        STOPPED,
    ),
    "optional path": (
        "SELECT * { ?a " + "/".join(["(!<x:a>|^(!<x:a>))?"] * 12) + " ?b . ?c ?d ?e }",
        STOPPED,
    ),
    # regular expressions and texts
    "regex over a product": (REGEX.format("^(a+)+$"), STOPPED),
    "regex of alternatives": (REGEX.format("(x+x+)+y|(.*)*z|(.*.*.*.*)=$"), STOPPED),
    "regex of counts": (
        'SELECT (REGEX("aaa", "((((a{1,99}){1,99}){1,99}){1,99}){1,99}") AS ?x) {}',
        STOPPED | HARMLESS,
    ),
    "regex of one long text": (f'SELECT (REGEX("{LONG}", "^(a+)+$") AS ?x) {{}}', HARMLESS),
    "replacing that grows": (
        "SELECT (STRLEN(?h) AS ?n) { "
        + 'BIND("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" AS ?x0) '
        + " ".join(f'BIND(REPLACE(?x{n}, "a", ?x0) AS ?x{n + 1})' for n in range(9))
        + " BIND(?x9 AS ?h) }",
        STOPPED,
    ),
    "doubling of a text": (
        'SELECT (STRLEN(?x40) AS ?n) { BIND("'
        + "x" * 64
        + '" AS ?x0) '
        + " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(40))
        + " }",
        STOPPED,
    ),
    "texts of a product": (
        "SELECT (MD5(CONCAT(STR(?a), STR(?f))) AS ?m) (SHA512(STR(?l)) AS ?n) "
        f"{{ {ALL} }} ORDER BY ?m",
        STOPPED,
    ),
    # giants
    "giant VALUES": (
        "SELECT (COUNT(*) AS ?n) { VALUES ?x { "
        + "1 " * 60_000
        + "} VALUES ?y { "
        + "2 " * 60_000
        + "} ?s ?p ?o }",
        STOPPED,
    ),
    "giant VALUES of many columns": (
        "SELECT * { VALUES ("
        + " ".join(f"?v{n}" for n in range(200))
        + ") { "
        + ("(" + "UNDEF " * 200 + ") ") * 400
        + "} ?s ?p ?o }",
        STOPPED,
    ),
    "giant IN": (
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o . ?t ?q ?r FILTER(?o NOT IN ("
        + ", ".join(map(str, range(20_000)))
        + ")) }",
        STOPPED,
    ),
    "thousands of UNIONs": (
        "ASK { " + " UNION ".join(f"{{ ?s ?p {n} }}" for n in range(5_000)) + " }",
        STOPPED,
    ),
    "thousands of OPTIONALs": (
        "SELECT * { ?s ?p ?o "
        + " ".join(f"OPTIONAL {{ ?s ?p{n} ?o{n} }}" for n in range(3_000))
        + " }",
        STOPPED,
    ),
    "thousands of triples": (
        "ASK { " + " . ".join(f"?a{n} ?b{n} ?c{n}" for n in range(3_000)) + " }",
        STOPPED | HARMLESS,
    ),
    "thousands of columns": (
        "SELECT " + " ".join(f"(?o AS ?x{n})" for n in range(3_000)) + " { ?s ?p ?o . ?t ?q ?r }",
        STOPPED,
    ),
    "query text of 10 MB": ("SELECT * { ?s ?p '" + "x" * 10_000_000 + "' }", {413}),
    "comment of 10 MB": ("ASK {} #" + "x" * 10_000_000, {413}),
    "text of a megabyte": ("ASK { ?s ?p '" + "é" * 500_000 + "' }", HARMLESS),
    # nesting
    "parentheses without end": (f"ASK {{ FILTER({_nested('(', '1', ')', 200_000)}) }}", STOPPED),
    "braces without end": (f"ASK {_nested('{', '', '}', 200_000)}", STOPPED),
    "negations without end": (f"ASK {{ FILTER({'!' * 500_000}true) }}", STOPPED),
    "minus signs without end": (f"SELECT ({'- ' * 300_000}1 AS ?x) {{}}", STOPPED | BROKEN),
    "calls without end": (f"SELECT ({_nested('STR(', '1', ')', 100_000)} AS ?x) {{}}", STOPPED),
    "subqueries without end": (_nested("SELECT * { ", "", " }", 60_000), STOPPED | BROKEN),
    "collections without end": (f"ASK {{ {_nested('(', '1', ')', 200_000)} ?p ?o }}", STOPPED),
    "open brackets": ("SELECT * " + "{" * 300_000, STOPPED | BROKEN),
    # other servers, files and updates
    "SERVICE": (f"SELECT * {{ SERVICE {CALL} }}", REFUSED),
    "service in EXISTS": (f"ASK {{ ?s ?p ?o FILTER EXISTS {{ service {CALL} }} }}", REFUSED),
    "SERVICE in escapes": (f"SELECT * {{ \\u0053ERVICE {CALL} }}", REFUSED),
    "SERVICE with the long s": (f"SELECT * {{ \u017fERVICE {CALL} }}", REFUSED),
    "SERVICE behind a comment": (f"SELECT * {{ ?s ?p ?o . # '\n SeRvIcE SILENT {CALL} }}", REFUSED),
    "SERVICE glued to a word": (f"SELECT * {{ ?s ?p trueSERVICE {CALL} }}", REFUSED),
    "LOAD": ("LOAD <file:///etc/passwd>", REFUSED),
    "LOAD behind a prologue": ("BASE <http://x/> PREFIX a: <b> load silent <a>", REFUSED),
    "INSERT": ("insert data { <x:a> <x:b> <x:c> }", REFUSED),
    "DROP behind a comment": ("# SELECT\nDROP ALL", REFUSED),
    "FROM a file": ("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", BROKEN),
    "FROM the web": ("SELECT * FROM NAMED <http://127.0.0.1:9/> { GRAPH ?g { ?s ?p ?o } }", BROKEN),
    "query and update": ("ASK {} ; DROP ALL", BROKEN),
    # nonsense
    "no characters of text": ("\x00\x01\x02\ufffe SELECT", BROKEN),
    "half an escape": ("SELECT * { ?s ?p '\\u12' }", BROKEN),
    "one megabyte of signs": ("SELECT * { " + "<>?{}[]()" * 100_000 + " }", STOPPED | BROKEN),
}
