"""Findings for people: lines of a terminal, Markdown, a page of HTML."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kg.audit.rule import Rule
from kg.records import Finding, Span

_SEVERITIES = {"error": "错误", "note": "提示"}
_STYLE = (
    "body{font-family:'Noto Sans CJK SC','PingFang SC','Microsoft YaHei',sans-serif;"
    "max-width:48rem;margin:2rem auto;padding:0 1rem;line-height:1.7;color:#292524}"
    "section{border-left:4px solid #dc2626;padding:.2rem 1rem;margin:1.2rem 0}"
    "section.note{border-color:#d6d3d1}mark{background:#fde68a}blockquote{margin:.4rem 0}"
    "small{color:#78716c}"
)


@dataclass(frozen=True, slots=True)
class Report:
    """Findings with what a reader needs beside them: the texts and the rules, by name."""

    findings: Sequence[Finding]
    texts: Mapping[str, str]
    rules: Mapping[str, Rule]

    def title_of(self, finding: Finding) -> str:
        """What the rule of a finding is called."""
        rule = self.rules.get(finding.rule)
        return rule.title_zh if rule else finding.rule

    def passages(
        self, finding: Finding, mark: Callable[[str], str], plain: Callable[[str], str]
    ) -> list[tuple[str, str]]:
        """Documents and sentences, the figures written by *mark*, all else by *plain*."""
        shown = []
        for doc, spans in zip(finding.docs, finding.spans, strict=True):
            text = self.texts[doc]
            for sentence in finding.sentences:
                for start in _places(text, sentence, spans):
                    shown.append((doc, _marked(text, start, len(sentence), spans, mark, plain)))
        return shown


def as_lines(report: Report, mark: Callable[[str], str]) -> list[str]:
    """The report for a terminal."""
    lines = []
    for finding in report.findings:
        docs = "、".join(finding.docs)
        named = f"{report.title_of(finding)}，{finding.rule}"
        head = f"{_SEVERITIES[finding.severity]} {finding.kind} {docs}（{named}）"
        lines += [head, f"  {finding.explanation}"]
        for doc, words in report.passages(finding, mark, str):
            where = f"{doc}: " if len(finding.docs) > 1 else ""
            lines.append(f"  · {where}{' '.join(words.split())}")
        lines.append("")
    return lines


def as_markdown(report: Report) -> str:
    """The report as Markdown."""
    lines = ["# 审核报告", "", summary(report.findings), ""]
    for doc in _documents(report.findings):
        lines += [f"## {_escaped(doc)}", ""]
        for finding in report.findings:
            if finding.docs[0] == doc:
                head = f"{_SEVERITIES[finding.severity]}：{report.title_of(finding)}"
                lines += [f"### {head}（{finding.kind}，`{finding.rule}`）", ""]
                lines += [_escaped(finding.explanation), ""]
                for where, words in report.passages(finding, lambda w: f"**{w}**", _escaped):
                    source = f"{_escaped(where)}：" if len(finding.docs) > 1 else ""
                    lines += [f"> {source}{' '.join(words.split())}", ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def as_html(report: Report) -> str:
    """The report as a page that needs nothing else."""
    parts = [
        '<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>审核报告</title>',
        f"<style>{_STYLE}</style></head><body><h1>审核报告</h1>",
        f"<p>{html.escape(summary(report.findings))}</p>",
    ]
    for doc in _documents(report.findings):
        parts.append(f"<h2>{html.escape(doc)}</h2>")
        for finding in report.findings:
            if finding.docs[0] == doc:
                head = f"{_SEVERITIES[finding.severity]}：{report.title_of(finding)}"
                parts.append(f'<section class="{finding.severity}"><h3>{html.escape(head)}</h3>')
                parts.append(f"<p>{html.escape(finding.explanation)}</p>")
                for where, words in report.passages(
                    finding, lambda w: f"<mark>{html.escape(w)}</mark>", html.escape
                ):
                    source = f"{html.escape(where)}：" if len(finding.docs) > 1 else ""
                    parts.append(f"<blockquote>{source}{words}</blockquote>")
                parts.append(
                    f"<small>{finding.kind} · {html.escape(finding.rule)}</small></section>"
                )
    return "\n".join([*parts, "</body></html>"]) + "\n"


def summary(findings: Sequence[Finding]) -> str:
    """How many there are, in a sentence."""
    errors = sum(finding.severity == "error" for finding in findings)
    notes = len(findings) - errors
    if not findings:
        return "没有发现矛盾。"
    return f"{errors}处错误，{notes}处提示。" if notes else f"{errors}处错误。"


def _documents(findings: Sequence[Finding]) -> list[str]:
    return list(dict.fromkeys(finding.docs[0] for finding in findings))


def _places(text: str, sentence: str, spans: Sequence[Span]) -> list[int]:
    """Where *sentence* stands in *text* around one of *spans*."""
    found = []
    start = text.find(sentence)
    while start >= 0:
        if any(start <= span.start < start + len(sentence) for span in spans):
            found.append(start)
        start = text.find(sentence, start + 1)
    return found


def _marked(
    text: str,
    start: int,
    length: int,
    spans: Sequence[Span],
    mark: Callable[[str], str],
    plain: Callable[[str], str],
) -> str:
    parts, position, end = [], start, start + length
    for span in sorted(spans, key=lambda span: span.start):
        if position <= span.start and span.end <= end:
            parts += [plain(text[position : span.start]), mark(span.of(text))]
            position = span.end
    return "".join([*parts, plain(text[position:end])])


def _escaped(words: str) -> str:
    for sign in "\\`*_[]<>|#":
        words = words.replace(sign, "\\" + sign)
    return words
