"""Across documents, one entity is one node, whatever each of them calls it."""

from __future__ import annotations

from pathlib import Path

from qa.knowledge_base import KnowledgeBase

TEXTS = {
    "a": "存储芯片\n\n美光科技第三财季营收为113亿美元，同比增长37%[0]。\n",
    "b": "美股收盘\n\nMicron（MU）收涨5.2%，成交额为60亿美元[0]。\n",
    "c": "周报\n\n镁光计划投资200亿美元扩产[0]。\n",
    "d": "收評\n\n台積電營收為8800億元，成長30%[0]。\n",
    "e": "晶圆代工\n\n台积电营收为8800亿元，增长30%[0]。\n",
    "f": "水果\n\n山东苹果价格上涨5%[0]。\n",
    "g": "手机\n\n苹果（AAPL）营收增长8%[0]。\n",
    "h": "公告\n\n星溪电子（Starbrook）净利润为2亿元，星溪电子拟减持岚川科技3%的股权[0]。\n",
    "i": "快讯\n\n星溪电子股价上涨4%[0]。\n",
}
NODES = """
SELECT ?doc ?e WHERE { GRAPH ?g { ?d a yz:DocumentEntity ; yz:denotes ?e ; yz:name ?doc } }
"""


def test_documents_share_the_node(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for stem, text in TEXTS.items():
        (folder / f"{stem}.txt").write_text(text, "utf-8")
    with KnowledgeBase.open(tmp_path / "home") as kb:
        assert not kb.ingest([folder]).refused
        found = {doc: {e.id for e in kb.extraction(doc).entities} for doc in TEXTS}
        nodes = [row["e"] for row in kb.select(NODES)]
    micron = {doc for doc, ids in found.items() if "micron-technology" in ids}
    assert micron == {"a", "b", "c"}
    assert sum(str(node).endswith("/micron-technology") for node in nodes) == 3
    assert {doc for doc, ids in found.items() if "tsmc" in ids} == {"d", "e"}
    assert {doc for doc, ids in found.items() if "apple" in ids} == {"g"}
    assert found["h"] & found["i"], "a firm that no list holds is one node by its name"
