"""The page that documents the ontology, made from it; ``docs/`` keeps the page as it is now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.model import Property, Term, borrowed, classes, properties, schemes
from kg.vocabulary import PREFIXES

_INTRODUCTION = """\
# 引证本体 · The Yinzheng ontology

本页由 `yinzheng export ontology` 从 `kg/ontology.ttl` 与 `kg/shapes.ttl` 生成，请勿手改。
This page is made by `yinzheng export ontology` from these two files; it is not to be edited.

![主张的模型 · the model of a claim](claims.svg)

- 每篇文章一个命名图；登记的实体、单位、本体与由来各一个图；没有一条陈述同在两个图中。
  One named graph an article; one each for registered entities, units, the ontology and
  provenance; no statement is in two.
- 位置以 Unicode 码点计，末位不含。Offsets count Unicode code points, the end exclusive.
"""


def ontology_page() -> str:
    """The page, in Markdown, in Chinese and English side by side."""
    parts = [_INTRODUCTION, "## 类 · Classes\n"]
    for each in classes():
        parts.append(f"### {_heading(each.term)}\n\n{_meaning(each.term)}\n")
        rows = ((_name(p.term), _label(p.term), _values(p), _times(p)) for p in each.properties)
        parts.append(_table(("属性 property", "名称 label", "值 values", "次数 times"), rows))
    parts.append("## 属性 · Properties\n")
    parts.append(
        _table(
            ("属性 property", "名称 label", "含义 meaning", "值 values", "参见 see also"),
            (
                (_name(term), _label(term), _meaning(term), _code(range_), _code(*near))
                for term, range_, near in properties()
            ),
        )
    )
    parts.append("## 代码 · Codes\n")
    for scheme, members in schemes():
        parts.append(f"### {_heading(scheme)}\n\n{_meaning(scheme)}\n")
        rows = ((f"`{code}`", _name(term), _label(term), _meaning(term)) for code, term in members)
        parts.append(_table(("代码 code", "节点 node", "名称 label", "含义 meaning"), rows))
    parts.append("## 其他词汇 · Terms of other vocabularies\n")
    parts.append(
        _table(
            ("词 term", "名称 label", "在此的用途 used here for"),
            ((_name(term), _label(term), _meaning(term)) for term in borrowed()),
        )
    )
    parts.append("## 前缀 · Prefixes\n")
    parts.append(
        _table(("前缀 prefix", "IRI"), ((f"`{p}:`", f"`{i}`") for p, i in PREFIXES.items()))
    )
    return "\n".join(parts)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines) + "\n"


def _heading(term: Term) -> str:
    return f"{term.zh} · {term.en} (`{term.name}`)"


def _name(term: Term) -> str:
    return _code(term.name)


def _label(term: Term) -> str:
    return term.zh if term.zh == term.en else f"{term.zh} · {term.en}"


def _meaning(term: Term) -> str:
    return " · ".join(filter(None, (term.meaning_zh, term.meaning_en)))


def _code(*names: str) -> str:
    return ", ".join(f"`{name}`" for name in names if name)


def _values(each: Property) -> str:
    return _code(each.values)


def _times(each: Property) -> str:
    """How often the property occurs: ``1``, ``0–1``, ``0–n``."""
    most = "n" if each.most is None else str(each.most)
    return most if str(each.least) == most else f"{each.least}–{most}"
