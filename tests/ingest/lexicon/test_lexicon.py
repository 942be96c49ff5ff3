"""The lexicon against the outside: ISO codes, exchanges' symbol rules, SKOS, and itself."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.lexicon import (
    BUNDLED,
    LISTED,
    LexiconEntry,
    NameIndex,
    load_lexicon,
    read_lexicon,
    write_turtle,
)
from ingest.lexicon.folding import fold
from ingest.lexicon.tickers import printed_forms
from kg.errors import InputError
from kg.records import EntityType

LEXICON = load_lexicon()

# What an exchange issues: six digits by board, five for Hong Kong (leading zeros dropped), letters.
SYMBOLS = {
    "XSHG": r"6\d{5}",
    "XSHE": r"[03]\d{5}",
    "BJSE": r"[4892]\d{5}",
    "XHKG": r"\d{4}",
    "XTAI": r"\d{4}",
    "XTKS": r"\d{3}[\dA-Z]",
    "XKRX": r"\d{6}",
    "XNAS": r"[A-Z]{1,5}",
    "XNYS": r"[A-Z]{1,5}(?:\.[A-Z])?",
}


def test_bundled_is_broad() -> None:
    assert len(LEXICON) >= 9600
    types = {entry.type for entry in LEXICON.entries.values()}
    assert types == set(get_args(EntityType)) - {"quantity", "currency"}


def test_bundled_is_skos_to_an_independent_parser() -> None:
    import rdflib

    graph = rdflib.Graph().parse(BUNDLED, format="turtle")
    concepts = set(graph.subjects(rdflib.RDF.type, rdflib.SKOS.Concept))
    assert len(concepts) == len(read_lexicon(BUNDLED))
    for concept in concepts:
        labels = [str(o.language) for o in graph.objects(concept, rdflib.SKOS.prefLabel)]
        assert labels.count("zh") == 1  # SKOS S14: at most one preferred label a language
        assert labels.count("en") <= 1


def test_the_two_bundled_files_share_no_id() -> None:
    ids = [entry.id for path in (BUNDLED, LISTED) for entry in read_lexicon(path)]
    assert len(set(ids)) == len(ids) == len(LEXICON)


def test_references_lead_somewhere() -> None:
    for entry in LEXICON.entries.values():
        for other in (*entry.broader, *entry.members):
            assert other in LEXICON.entries, (entry.id, other)
            assert other != entry.id


def test_tickers_follow_their_market_and_are_of_one_entity() -> None:
    owners: dict[str, str] = {}
    for entry in LEXICON.entries.values():
        for ticker in entry.tickers:
            market, _, symbol = ticker.partition(" ")
            assert re.fullmatch(r"[A-Z]{4}", market), ticker
            assert re.fullmatch(SYMBOLS.get(market, r".+"), symbol), (entry.id, ticker)
            assert owners.setdefault(ticker, entry.id) == entry.id, ticker


def test_a_name_of_two_entities_is_weak() -> None:
    for name, entries in LEXICON.by_name.items():
        if len(entries) > 1:
            assert all((name, entry.id) in LEXICON.weak for entry in entries), name


def test_ambiguous_names_are_names() -> None:
    for entry in LEXICON.entries.values():
        assert set(entry.ambiguous) <= set(entry.names), entry.id


@pytest.mark.parametrize(
    ("ticker", "name"),
    [
        ("MU", "美光科技"),
        ("600519.SH", "贵州茅台"),
        ("00700.HK", "腾讯控股"),
        ("0700.HK", "腾讯控股"),
        ("7203.T", "丰田汽车"),
        ("005930.KS", "三星电子"),
        ("2330.TW", "台积电"),
        ("TSM", "台积电"),
        ("300750", "宁德时代"),
        ("601398", "工商银行"),
        ("600104.SH", "上汽集团"),
        ("000709", "河钢股份"),
        ("300315", "掌趣科技"),
        ("688478.SH", "晶升股份"),
        ("06690.HK", "海尔智家"),
    ],
)
def test_printed_tickers(ticker: str, name: str) -> None:
    assert LEXICON.by_ticker[ticker].zh == name


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("USDC", "commodity"),
        ("Azure", "product"),
        ("微软云", "product"),
        ("可灵AI", "product"),
        ("上海航运交易所", "institution"),
        ("中国音数协", "institution"),
        ("CoinGecko", "company"),
        ("弗若斯特沙利文", "company"),
        ("赫伯罗特", "company"),
        ("德鲁里世界集装箱指数", "index"),
        ("碳边境调节机制", "policy"),
        ("中期选举", "event"),
        ("脑机接口", "sector"),
        ("自民党", "group"),
        ("连豆粕", "commodity"),
        ("郑棉", "commodity"),
        ("ICE原糖期货", "commodity"),
        ("英国碳配额", "commodity"),
        ("澳门幸运博彩毛收入", "index"),
        ("3个月期HIBOR", "index"),
        ("超大型油轮", "product"),
    ],
)
def test_what_kind_of_thing_a_name_is_of(name: str, kind: str) -> None:
    assert [entry.type for entry in LEXICON.by_name[fold(name)]] == [kind]


def test_a_sector_belongs_to_a_wider_one_that_holds_it() -> None:
    wider = {
        name: {LEXICON.entries[b].zh for b in LEXICON.by_name[fold(name)][0].broader}
        for name in ("内房", "水泥", "博彩", "医疗器械", "快递", "模拟芯片")
    }
    assert wider == {
        "内房": {"房地产"},
        "水泥": {"建筑材料"},
        "博彩": {"非必需消费品"},
        "医疗器械": {"医疗保健"},
        "快递": {"交通运输"},
        "模拟芯片": {"电子"},
    }


def test_the_seven_have_seven_members() -> None:
    seven = LEXICON.by_name["七巨头"][0]
    members = {LEXICON.entries[m].zh for m in seven.members}
    assert members == {"苹果", "微软", "谷歌", "亚马逊", "英伟达", "Meta", "特斯拉"}


def test_turtle_and_table_say_the_same(tmp_path: Path) -> None:
    entry = LexiconEntry(
        id="star-cloud",
        type="company",
        zh='星云"𠮷"科技',
        en="Star Cloud",
        aliases=("星云", "SC\\2"),
        ambiguous=("星云",),
        tickers=("XNAS SCLD",),
        broader=("information-technology",),
        country="US",
    )
    turtle, table = tmp_path / "own.ttl", tmp_path / "own.csv"
    turtle.write_text(write_turtle([entry]), encoding="utf-8")
    table.write_text(
        "\ufeffid,type,zh,en,aliases,ambiguous,tickers,broader,country\r\n"
        'star-cloud,company,"星云""𠮷""科技",Star Cloud,星云;SC\\2,星云,'
        "XNAS SCLD,information-technology,US\r\n",
        encoding="utf-8",
    )
    assert read_lexicon(turtle) == read_lexicon(table) == [entry]
    assert load_lexicon([table]).entries["star-cloud"] == entry


def test_a_users_entry_replaces_ours(tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text("id,type,zh\napple,commodity,苹果\n", encoding="utf-8")
    assert load_lexicon([own]).entries["apple"].type == "commodity"


def test_a_users_names_are_no_longer_anothers(tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text(
        "id,type,zh,aliases,ambiguous,tickers\n"
        "my-fund,product,美光一号,美光,,XNAS MU\nmy-firm,company,镁光农业,镁光,镁光,\n",
        encoding="utf-8",
    )
    lexicon = load_lexicon([own])
    theirs = lexicon.entries["micron-technology"]
    assert [e.id for e in lexicon.by_name["美光"]] == ["my-fund"]
    assert "美光" not in theirs.names and theirs.tickers == ()
    assert "镁光" in theirs.names, "an ambiguous name is shared"
    assert lexicon.by_ticker["MU"].id == "my-fund"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.txt", "", "A lexicon is a .ttl or .csv file, not '.txt'"),
        ("a.ttl", "<a> <b", "is not valid Turtle"),
        ("a.ttl", '<http://x/e> <https://yinzheng.example/ns#entityType> "x" .', "lacks a skos"),
        ("a.csv", "id,type\n", "lacks the column 'zh'"),
        ("a.csv", "id,type,zh\nx,planet,火星\n", "line 2, lacks a known type"),
        ("a.csv", "id,type,zh\n,place,火星\n", "line 2, lacks an id"),
        ("a.csv", "id,type,zh\nm,place,火星\nm,place,金星\n", "line 3, has the id 'm' of line 2"),
        ("a.csv", "id,type,zh\nm,place,火星,x\n", "line 2, has more cells than the header"),
        ("a.csv", "id,type,zh,tickers\nm,company,火星,MARS\n", "line 2: 'm' has the ticker 'MARS'"),
        (
            "a.csv",
            "id,type,zh,ambiguous\nm,company,火星,水\n",
            "line 2: 'm' marks '水' as ambiguous",
        ),
        (
            "a.ttl",
            "@prefix e: <http://x/> .\n@prefix yz: <https://yinzheng.example/ns#> .\n\n"
            "e:mars yz:entityType yz:type-place .\n",
            "line 4: <http://x/mars> lacks a skos:prefLabel",
        ),
    ],
)
def test_faulty_files_are_refused_in_one_line(
    tmp_path: Path, name: str, content: str, message: str
) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=re.escape(message)) as caught:
        read_lexicon(path)
    assert "\n" not in str(caught.value)
    assert name in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"Cannot read the lexicon .*none\.ttl: No such file"):
        read_lexicon(tmp_path / "none.ttl")


@given(st.text())
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=60), st.lists(st.text(min_size=1, max_size=6), max_size=6))
def test_found_names_are_names_and_do_not_overlap(text: str, names: list[str]) -> None:
    index = NameIndex([(name, name) for name in names], simplify=False)
    end = 0
    for span, ids in index.find(text):
        assert end <= span.start < span.end <= len(text)
        assert all(fold(name.strip()) == fold(span.of(text)) for name in ids)
        end = span.end


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("臺積電和ＴＳＭＣ", ["tsmc", "tsmc"]),
        ("标普500指数与标普5001", ["sp-index"]),
        ("tsmcs", []),
        ("𠮷😀台积电\r\n", ["tsmc"]),
        ("", []),
    ],
)
def test_name_index(text: str, found: list[str]) -> None:
    index = NameIndex(
        [("台积电", "tsmc"), ("TSMC", "tsmc"), ("标普500", "sp"), ("标普500指数", "sp-index")]
    )
    assert [ids[0] for _, ids in index.find(text)] == found


def test_hong_kong_codes_are_printed_with_and_without_zeros() -> None:
    assert set(printed_forms("XHKG 0005")) == {"0005.HK", "00005.HK", "5.HK", "00005"}
