"""Tools for agents: asking, and querying the graph."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from langchain_core.callbacks import CallbackManagerForToolRun
from langchain_core.tools import BaseTool, ToolException
from pydantic import BaseModel, ConfigDict, Field

from kg.errors import YinzhengError
from kg.sparql import run
from qa.answering import answer
from qa.interchange import answer_to_record, make_question
from qa.langchain.access import Base, reading
from qa.plain import printable

_LONGEST = 20_000  # characters of a result: what a model can make use of


class AskInput(BaseModel):
    """What `AskTool` takes."""

    question: str = Field(description="问题，中文，例如 哪个板块跌得最惨?")


class AskTool(BaseTool):
    """Asks the knowledge base: every sentence of the answer is proved and cited, or it says no.

    The content of a tool message is the answer with its sources, the artifact its record
    (`Answer` of the interchange formats).
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    name: str = "yinzheng_ask"
    description: str = (
        "就已读入的中文市场文章提问：涨跌幅、利润、增长、价格、比较、差额、原因、人物、来源。"
        "回答附有来源编号和原文；文章没有说的，它会直说。"
    )
    args_schema: type[BaseModel] = AskInput
    response_format: Literal["content_and_artifact"] = "content_and_artifact"
    handle_tool_error: bool = True
    kb: Base
    docs: Sequence[str] | None = None

    def _run(
        self, question: str, run_manager: CallbackManagerForToolRun | None = None
    ) -> tuple[str, dict[str, Any]]:
        try:
            with reading(self.kb) as kb:
                found = answer(make_question(question), kb, docs=self.docs)
        except YinzhengError as error:
            raise ToolException(str(error)) from None
        sources = [f"{source.ref} {' '.join(source.text.split())}" for source in found.sources]
        return printable("\n".join([found.answer, *sources])), answer_to_record(found)


class SparqlInput(BaseModel):
    """What `SparqlTool` takes."""

    query: str = Field(description="SPARQL 1.1 SELECT、ASK、CONSTRUCT 或 DESCRIBE")


class SparqlTool(BaseTool):
    """Queries the graph, read-only; a query that names no dataset sees the union of all graphs.

    A broken or refused query comes back as one line that tells what is wrong with it.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    name: str = "yinzheng_sparql"
    description: str = (
        "对知识图谱执行只读的 SPARQL 查询，返回 CSV。常用前缀（yz、schema、skos、prov、oa、cito）"
        "不必声明。yz:Figure 有 yz:subject、yz:metric、yz:value、yz:unit、yz:period、yz:citation。"
    )
    args_schema: type[BaseModel] = SparqlInput
    handle_tool_error: bool = True
    kb: Base
    format: Literal["csv", "tsv", "json", "table"] = "csv"

    def _run(self, query: str, run_manager: CallbackManagerForToolRun | None = None) -> str:
        try:
            result = run(self.kb.graph, query, format=self.format)
        except YinzhengError as error:
            raise ToolException(str(error)) from None
        cut = "" if len(result) <= _LONGEST else "\n… (cut; ask for less with LIMIT)"
        return printable(result[:_LONGEST]) + cut
