"""Whether two texts say the opposite of each other: 上涨 and 下跌, 恢复 and 推迟."""

from __future__ import annotations

import re
from typing import Final

_OPPOSITES: Final = (
    (
        "上涨 涨 上升 升 增长 增加 上调 走高 回升 扩大 提高 走强 正增长",
        "下跌 跌 下降 降 下滑 减少 下调 走低 回落 收窄 降低 走弱 负增长",
    ),
    ("净流入 流入", "净流出 流出"),
    ("加息", "降息"),
    ("增产", "减产"),
    ("提价 涨价", "降价"),
    ("跑赢 优于 领先", "跑输 落后 弱于"),
    ("盈利", "亏损"),
    ("买入 增持", "卖出 减持"),
    ("恢复", "推迟 延长 暂停"),
    ("高于", "低于"),
    ("最高 最大 最多 最好 最强 最佳", "最低 最小 最少 最差 最弱 最惨"),
    ("支持 赞成", "反对"),
    ("乐观", "悲观"),
    ("看好", "看空"),
    ("宽松", "收紧 紧缩"),
    ("强劲", "疲软"),
    ("全票 一致通过 一致同意", "反对票 异议"),
    ("证实 确认 承认 坐实", "否认 未获证实 驳斥 辟谣 未予置评"),
    ("现金", "换股"),
    ("跟进", "未跟进 不参与"),
    ("照常 继续 如期", "暂停 取消 推迟 停止"),
    ("上涨 涨", "持平 不变"),
    ("加息 降息", "按兵不动 不变"),
    ("下跌 跌 下调 上调 降 升", "持平 不变 维持"),
)
_NEGATION: Final = re.compile(
    r"并非|不是|没有|未(?!来)|并不|不会|无法|不再|而非|不足以|难以|否认|无意|拒绝|不参与|不在|暂停|取消|清一色"
)


def denied(question: str, sentence: str) -> bool:
    """Whether *sentence* denies what *question* says, by an opposite or a negation."""
    return opposite(question, sentence) or bool(_NEGATION.search(sentence)) != bool(
        _NEGATION.search(re.sub(r"是不是|有没有|是否|对不对", "", question))
    )


def opposite(question: str, sentence: str) -> bool:
    """Whether *sentence* tells the opposite of what *question* says."""
    for ups, downs in _OPPOSITES:
        up, down = ups.split(), downs.split()
        for here, there in ((up, down), (down, up)):
            asked = any(w in question for w in here) and not any(w in question for w in there)
            told = any(w in sentence for w in there) and not any(w in sentence for w in here)
            if asked and told:
                return True
    return False
