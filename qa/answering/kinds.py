"""What kind of question a question is."""

from __future__ import annotations

import re
from typing import Final, Literal, TypeAlias

from qa.answering import cues
from qa.answering.text import fold

Kind: TypeAlias = Literal[
    "advice",
    "small_talk",
    "source",
    "about",
    "summary",
    "consistency",
    "verify",
    "why",
    "who",
    "superlative",
    "comparison",
    "difference",
    "list",
    "when",
    "where",
    "how",
    "lookup",
]

_QUOTED = re.compile(r"[“\"「『]([^”\"」』]{2,})[”\"」』]|[‘']([^’']{4,})[’']")

# Read from the top: the first that is found tells the kind.
_KINDS: Final[tuple[tuple[Kind, str], ...]] = (
    ("small_talk", r"^(你好|您好|嗨|hi|hello|谢谢|多谢|再见|你是谁|你能做什么)[!！。.?？\s]*$"),
    (
        "advice",
        r"(该|应该|能|可以|可不可以|值得|要不要|适合|能不能|建议我|推荐我?)(现在|继续|再)?"
        r"(不该|不要|不)?(买|卖|加仓|减仓|抄底|持有|入手|投资哪|配置哪|上车|清仓)"
        r"|推荐.{0,6}(股票|个股|基金|标的)|(明天|下周|下个?月|明年|以后|未来)(还)?会(涨|跌)",
    ),
    (
        "about",
        r"^(什么时候|何时|哪天|哪一天)(发布|发表|写)的?[?？]?$"
        r"|(这篇|本文|文章)[^?？]{0,6}(什么时候|何时|哪天)"
        r"|(这篇|本文|文章|(这|该)份?报告)的?(标题|题目|作者|发布|日期|来源|出处|是?谁写)"
        r"|有(几|多少|哪些)篇?(文章|文档|报告)[?？]?$",
    ),
    (
        "consistency",
        r"一致[吗么]?|对得上|对不上|相符|吻合|矛盾|匹配[吗么]|自洽|算得对|算错|算得准|说得通"
        r"|(落在|都在|一直在|处于).{2,30}(之间|区间|范围|以内).{0,4}(吗|么|对不对)",
    ),
    (
        "summary",
        r"概括|总结|概述|归纳|摘要|简述|综述|要点|主要内容|讲了(些)?什么|主要情况|核心观点|主要观点",
    ),
    (
        "verify",
        r"对吗|对么|对不对|是吗|是么|是不是|是否|属实|正确[吗么]|是真的|是这样|没错吧|对吧|是吧"
        r"|吗[?？。\s]*$|(?<![什怎那多])么[?？。\s]*$|有没有",
    ),
    (
        "why",
        r"怎么(会|就|比|反|还|突然|这么|那么)|怎么来的|怎么形成|如何形成|怎么产生|为什么|为何|为啥|原因|主因|怎么会|由于什么|因何|缘何|凭什么|受什么|因为什么|驱动因素|靠什么|导火索|诱因|起因|动因|推手|背景是|什么(因素|原因|力量)|什么(推动|拖累|支撑|导致|带动|引发|促使)了?|why",
    ),
    (
        "who",
        r"(谁|哪位|何人)(曾|也|还)?(认为|预计|表示|觉得|看好|看空|提醒|指出|预测|担心|建议|强调|警告|主张|质疑|称)",
    ),
    (
        "list",
        r"哪[个家只项][^?？]{0,8}(唯一|逆市|逆势)|唯一[^?？]{0,8}的?是?[哪谁]|哪些|分别(?!.{0,12}[哪谁])|哪[几两二三四五六七八九十]|(?<!最)各[^，,。?？]{0,4}多少",
    ),
    ("superlative", cues.MOST.pattern),
    (
        "who",
        r"哪[一几]?[家个些](机构|公司|券商|投行|银行|企业|单位|部门|国家)?.{0,12}?"
        r"(?<!得)(分析|认为|预计|表示|指出|提示|预测|看好|看空|主张|公布|发布|统计|建议|警告)"
        r"|谁(?!的)(?!.{0,12}(更|多|高|低|大|小)[?？]?$)|哪位|何人|出自|(?<![a-z])who(?![a-z])",
    ),
    (
        "comparison",
        r"(哪|谁|孰)[^?？]{0,10}[大高多快强好低小少差][?？]?$|(哪|谁|孰).{0,24}(更|较)|(哪|谁|孰).{0,10}(得|的)多|更.{1,4}的?是(哪|谁)|.还是."
        r"|(改善|恶化|变好|变差|加快|放缓|上升|下降)了?还是",
    ),
    (
        "difference",
        r"相差|差多少|差距|差(了|几|出)|[多少](涨|跌|赚|增|降|卖|交付)了?(多少|几)|(好|强|弱)了?(多少|几)|(高|低|多|少|贵|便宜|快|慢|大|小)(出|了)?(多少|几)"
        r"|((?<![同环占])比|较|与|从).{0,16}(下降|上升|缩小|扩大|收窄|提高|回升|回落|下滑|减少|增加|变化|上涨|下跌)"
        r"(了|出)?(多少|几)|(下调|上调|下修|上修|调整)(了|出)?(多少|几)",
    ),
    (
        "list",
        r"分别|列[出举](?!的)|都有(谁|哪|什么)|各.{0,6}(如何|怎样|怎么样)",
    ),
    ("when", r"什么时候|何时|哪一?天|哪一?年|几月|什么时间|when"),
    ("where", r"哪里|哪儿|在哪|何地|什么地方|where"),
    ("how", r"如何|怎么|怎样|咋|有何|有什么|how(?! (much|many))"),
)


def kind_of(text: str) -> Kind:
    """The kind that the first cue tells; a question without any is a look-up."""
    folded = fold(_QUOTED.sub("", text)) or fold(text)
    for kind, pattern in _KINDS:
        if re.search(pattern, folded):
            return kind
    return "lookup"


def quoted_in(text: str) -> tuple[str, ...]:
    """The words that a question quotes."""
    return tuple(a or b for a, b in _QUOTED.findall(text))
