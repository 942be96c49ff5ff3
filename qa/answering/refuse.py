"""Saying no, and why."""

from __future__ import annotations

import re
from typing import Final

from qa.answering.draft import Workspace
from qa.answering.facts.matching import closeness, matches
from qa.answering.facts.naming import is_subject
from qa.answering.question.understand import Intent
from qa.answering.text import fold

_OPENING: Final = "文中没有提到"


def reason(workspace: Workspace, intent: Intent) -> str:
    """Why the documents do not tell, in one sentence."""
    if intent.kind == "advice":
        return "无法回答：这是投资建议或对未来的预测，资料只能说明文中写了什么"
    if intent.kind == "small_talk":
        return "您好，我只根据已读入的文章回答，并给出可核对的出处；请问一个关于文章内容的问题"
    if not workspace.views:
        return "无法回答：知识库里没有文档"
    if not (intent.names or intent.metrics or intent.terms or intent.hints or intent.periods):
        return "没有看懂这个问题：请写明要问的公司、指数或指标，例如“哪个板块跌得最惨?”"
    for name in intent.names:
        if not any(
            fold(name.surface) in view.whole or set(name.entities) & set(view.entities)
            for view in workspace.views
        ):
            return f"{_OPENING}{name.surface}，无法回答"
    unknown = [
        term
        for term in intent.terms
        if len(term) > 1 and not any(_piece(term, view.whole) for view in workspace.views)
    ]
    if unknown:
        return f"{_OPENING}“{unknown[0]}”，无法回答"
    _, refused = matches(workspace.facts, intent)
    bad = sorted(refused, key=lambda r: -closeness(r, intent))  # the nearest first
    about = [r for r in bad if any(is_subject(r.fact, n) for n in intent.names)] or bad[:1]
    if about:
        blocker, figure = about[0].blocker, about[0].fact.figure
        if blocker == "period" and figure.period:
            wanted = "、".join(p.text for p in intent.periods)
            near = f"{figure.subject}{figure.period}"
            return f"文中没有给出{wanted}的数字（与之相近的只有{near}的数字），无法回答"
        if blocker in ("metric", "unit") and intent.names:
            return f"文中提到了{intent.names[0].surface}，但没有给出所问的指标，无法回答"
    if intent.names and intent.asks_number:
        return f"文中提到了{intent.names[0].surface}，但没有给出所问的数字，无法回答"
    return "文中没有提供相关信息，无法回答"


def _piece(term: str, whole: str) -> bool:
    if term in whole:
        return True
    if re.fullmatch(r"[a-z0-9.&+-]+", term):
        return False
    return any(term[i : i + 2] in whole for i in range(len(term) - 1))
