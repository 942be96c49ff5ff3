"""The examples of the documentation, run: each prints what the comments behind it say."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path
from typing import Any

from tests.qa.langchain.conftest import ARTICLE

README = Path(__file__).parents[3] / "qa" / "langchain" / "README.md"
BLOCKS = re.findall(r"```python\n(.*?)```", README.read_text("utf-8"), re.DOTALL)


def test_every_part_has_an_example() -> None:
    import qa.langchain

    told = set(re.findall(r"^from qa\.langchain import (.+)$", "\n".join(BLOCKS), re.MULTILINE))
    assert {name for line in told for name in line.split(", ")} == set(qa.langchain.__all__)


def test_the_examples_say_what_they_print(corpus_home: Path) -> None:
    names: dict[str, Any] = {"home": corpus_home, "article": ARTICLE}
    for block in BLOCKS:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(block, str(README), "exec"), names)
        told = [line.removeprefix("# ") for line in block.splitlines() if line.startswith("# ")]
        assert printed.getvalue().splitlines() == told
