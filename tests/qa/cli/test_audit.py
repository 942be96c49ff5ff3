"""The command `audit` on the source article, whose three faults were told beforehand."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

import qa.cli  # noqa: F401  (registers the commands)
from qa.cli.program import run

Call = Callable[..., str]
FAULTS = {"difference": "约400个基点", "containment": "16-24%", "calendar": "14个交易日"}


@pytest.fixture
def audit(
    corpus_home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Call:
    monkeypatch.setenv("YINZHENG_HOME", str(corpus_home))

    def call(*arguments: str, status: int = 3) -> str:
        assert run(["audit", *arguments]) == status
        printed = capsys.readouterr()
        return printed.out if status in (0, 3) else printed.err

    return call


def test_the_source_article_has_its_three_faults_and_no_other(audit: Call, corpus: Path) -> None:
    found = [json.loads(line) for line in audit("--json").splitlines()]
    assert {f["kind"] for f in found} == set(FAULTS) and len(found) == 3
    for finding in found:
        text = (corpus / "articles" / f"{finding['doc']}.txt").read_bytes().decode()
        words = [text[start:end] for start, end in finding["spans"]]
        assert FAULTS[finding["kind"]] in words
        assert all(sentence in text for sentence in finding["sentences"])
        assert finding["severity"] == "error" and finding["explanation"].endswith("。")


def test_the_report_marks_the_figures_and_tells_the_arithmetic(audit: Call) -> None:
    shown = audit("great-rotation-2026")
    assert "⟦约400个基点⟧" in shown and "510个基点" in shown
    assert "纽约证券交易所只有11个交易日" in shown
    assert shown.rstrip().endswith("3处错误。")


def test_reports_as_markdown_and_html(audit: Call, tmp_path: Path) -> None:
    assert "**约400个基点**" in audit("--format", "md")
    page = tmp_path / "page.html"
    audit("--format", "html", "-o", str(page))
    assert "<mark>约400个基点</mark>" in page.read_text("utf-8")


def test_rules_are_switched_off_tuned_and_added(audit: Call, tmp_path: Path) -> None:
    left = audit("--json", "--off", "stated-gap", "--off", "trading-days")
    assert [json.loads(line)["kind"] for line in left.splitlines()] == ["containment"]
    assert "difference" not in audit("--json", "--set", "stated-gap.slack=20")
    (tmp_path / "yen.rq").write_text(
        "# title-zh: 倍\n# title-en: seven\n# zh: 倍\n# en: seven\n# kind: unit\n# severity: note\n"
        "# check: always\n"
        'SELECT ?case ?role ?figure ("七" AS ?detail) WHERE { ?figure yz:lexical "7%"'
        ' BIND (?figure AS ?case) BIND ("value" AS ?role) }\n',
        "utf-8",
    )
    noted = [
        json.loads(line) for line in audit("--json", "--all", "--rules", str(tmp_path)).splitlines()
    ]
    assert [f["explanation"] for f in noted if f["rule"] == "yen"] == ["七。"]


def test_all_rules_off_finds_nothing(audit: Call) -> None:
    names = [json.loads(line)["name"] for line in audit("--list", "--json", status=0).splitlines()]
    off = [argument for name in names for argument in ("--off", name)]
    assert audit("--json", *off, status=0) == ""


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["nowhere"], 1, "no document named 'nowhere'"),
        (["--off", "nothing"], 1, "no audit rule 'nothing'; there are: "),
        (["--set", "slack"], 2, "'slack' sets nothing; write it like stated-gap.slack=1"),
        (["--rules", "nofolder"], 1, "nofolder is no folder"),
    ],
)
def test_wrong_calls_are_told(audit: Call, arguments: list[str], status: int, message: str) -> None:
    assert message in audit(*arguments, status=status)


def test_the_chat_shows_them_too(corpus_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from qa.cli.chat import Conversation, reply
    from qa.knowledge_base import KnowledgeBase

    with KnowledgeBase.open(corpus_home) as kb:
        shown = reply(Conversation(kb), "/audit") or ""
    assert "⟦16-24%⟧" in shown and shown.endswith("3处错误。")
