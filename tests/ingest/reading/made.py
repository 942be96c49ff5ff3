"""One article in four formats: from the structure of its text, Markdown, a web page and a PDF."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from ingest.structure import cell_spans
from ingest.structure.lines import MARK, bullet_length, has_words
from kg.records import Document, Line

Block = tuple[str, list[str]]  # kind, and its lines


def blocks_of(document: Document) -> Iterator[Block]:
    """What an author would put into the other formats: no page furniture; runs of one kind."""

    def key(line: Line) -> tuple[str, int]:
        grouped = line.kind in ("bullet", "table", "references")
        return line.kind, line.block if grouped else line.span.start

    title = False
    for (kind, _), lines in groupby(document.lines, key):
        if kind == "furniture" or (kind == "title" and title):
            continue
        title = title or kind == "title"
        yield kind, [line.span.of(document.text) for line in lines]


def markdown(document: Document) -> str:
    """Headings, lists and pipe tables; the first name of each paragraph in bold."""
    parts = []
    for kind, lines in blocks_of(document):
        if kind == "title":
            parts.append(f"# {lines[0]}")
        elif kind in ("heading", "run_in"):
            parts.append(f"{'##' if kind == 'heading' else '###'} {lines[0]}")
        elif kind == "bullet":
            parts.append("\n".join(f"- {line[bullet_length(line) :]}" for line in lines))
        elif kind == "table":
            rows = [_cells(line) for line in lines if has_words(line)]
            rule = "|" + " --- |" * len(rows[0])
            written = [f"| {' | '.join(row)} |" for row in rows]
            parts.append("\n".join([written[0], rule, *written[1:]]))
        elif kind == "paragraph":
            parts.append(re.sub(r"(\d+(?:\.\d+)?%)", r"**\1**", lines[0], count=1))
        else:
            parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"


def page(document: Document) -> str:
    """A web page with the article among what pages print, citation marks raised."""
    parts = []
    for kind, lines in blocks_of(document):
        if kind in ("title", "heading", "run_in"):
            tag = {"title": "h1", "heading": "h2", "run_in": "h3"}[kind]
            parts.append(f"<{tag}>{_marked(lines[0])}</{tag}>")
        elif kind == "bullet":
            items = "".join(f"<li>{_marked(line[bullet_length(line) :])}</li>" for line in lines)
            parts.append(f"<ul>{items}</ul>")
        elif kind == "table":
            rows = [_cells(line) for line in lines if has_words(line)]
            head = "".join(f"<th>{_marked(cell)}</th>" for cell in rows[0])
            body = "".join(
                f"<tr>{''.join(f'<td>{_marked(cell)}</td>' for cell in row)}</tr>"
                for row in rows[1:]
            )
            parts.append(f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>")
        else:
            parts += [f"<p>{_marked(line)}</p>" for line in lines]
    title = html.escape(document.metadata.title)
    day = document.metadata.published
    return (
        f'<!DOCTYPE html>\n<html lang="zh"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta property="article:published_time" content="{day}T08:00:00+08:00">'
        "<style>p { color: red }</style><script>document.write('股价暴涨99%');</script></head>\n"
        '<body><nav><ul><li><a href="/">首页</a></li><li><a href="/stock">行情</a></li></ul></nav>'
        f"<main><article>{chr(10).join(parts)}</article></main>"
        '<aside><h3>相关阅读</h3><ul><li><a href="/1">某股大涨88%</a></li></ul></aside>'
        "<footer><p>© 2026 版权所有，未经授权不得转载</p></footer>"
        "<script>fetch('https://tracker.example/')</script></body></html>\n"
    )


def pdf(document: Document) -> bytes:
    """A PDF with a header and a page number on each page, set in a font that is not embedded."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.platypus import BaseDocTemplate, Paragraph, SimpleDocTemplate, Table

    font = "STSong-Light"
    pdfmetrics.registerFont(UnicodeCIDFont(font))
    body = ParagraphStyle(
        "body", fontName=font, fontSize=10.5, leading=17, spaceAfter=9, wordWrap="CJK"
    )
    styles = {
        "title": ParagraphStyle("title", parent=body, fontSize=18, leading=26),
        "heading": ParagraphStyle("heading", parent=body, fontSize=14, leading=20),
        "run_in": ParagraphStyle("run_in", parent=body, fontSize=11, leading=17),
    }
    flow: list[Any] = []
    for kind, lines in blocks_of(document):
        if kind == "table":
            rows = [_cells(line) for line in lines if has_words(line)]
            flow.append(Table(rows, style=[("FONTNAME", (0, 0), (-1, -1), font)]))
        else:
            signs = "• " if kind == "bullet" else ""
            words = [line[bullet_length(line) if signs else 0 :] for line in lines]
            flow += [Paragraph(html.escape(signs + line), styles.get(kind, body)) for line in words]

    def furniture(canvas: Canvas, template: BaseDocTemplate) -> None:
        canvas.setFont(font, 8)
        canvas.drawString(60, 810, "明鉴投研 市场周报")
        canvas.drawCentredString(297, 30, f"第 {template.page} 页")

    stream = io.BytesIO()
    SimpleDocTemplate(stream, pagesize=A4).build(
        flow, onFirstPage=furniture, onLaterPages=furniture
    )
    return stream.getvalue()


def _cells(row: str) -> list[str]:
    from kg.records import Span

    return [cell.of(row) for cell in cell_spans(row, Span(0, len(row)))]


def _marked(line: str) -> str:
    return MARK.sub(lambda mark: f"<sup>{mark[0]}</sup>", html.escape(line, quote=False))
