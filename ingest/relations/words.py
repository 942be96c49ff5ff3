"""Closed classes of words that frame a relation without being part of it."""

from __future__ import annotations

import re

SPEECH = re.compile(
    "表示|认为|指出|称|说|强调|坦言|透露|预计|预期|预测|判断|相信|提示|提醒|警告|测算|估计|估算|解释|"
    "显示|表明|意味着|意味|反映出?|说明|暗示|担心|担忧|确认|宣布|补充|分析|披露|公告|称作|看到|发现"
)
"""Verbs whose object is a clause: what follows them is told by somebody."""

FRONT = re.compile(
    r"(?:但是?|而且?|不过|然而|并且?|且|也|又|还|则|同时|与此同时|此外|另外|其中|其次|首先|最后|尤其是?|特别是|"
    r"此前|随后|目前|当前|近期|当日|当时|今年|去年|近年来?|今日|昨日|短期内?|长期|中期|未来|今后|彼时|"
    r"不仅|不但|既|尽管|虽然|虽|由于|因为|因此|所以|于是|从而|进而|由此|因而|若|如果|如|一旦|只要|只有|随着|"
    r"结果|事实上|实际上|总体上?|整体上?|整体而言|总体而言|相比之下|相反|相应地|换言之|对此|不仅如此|就连|连|"
    r"一方面|另一方面|一是|二是|三是|四是|例如|比如|其实|毕竟|显然|未来|届时|正是|"
    r"(?=\d)(?:\d{2,4}年)?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:前后|以来|起|当天|当日|晚间?|盘[前中后])?|"
    r"(?:\d{4}年)?第[一二三四1-4]季度|上半年|下半年|上周|本周|本月|上月|年初以?来?|年内|年末|"
    r"在[^，的]{1,14}(?:[上中下内外时后前]|方面|期间|背景下)|(?<=^)[一二三四五六七八九十\d]+[、.]|"
    r"(?:主要|核心|直接)?(?:原因|理由|主因)(?:是|在于|为)|[，\s])"
)
"""What may stand before the subject of a clause."""

TAIL = re.compile(
    "将|会|可能|可能会|或|或将|或许|有望|可望|仍|仍将|仍然|能|可|能够|可以|应|正|正在|已|已经|曾|并|也|则|还|都|均|"
    "又|才|就|亦|更|并未|并不|并不会|未|没有|没|不|不会|不能|难以|无法|未能|尚未|恐|恐将|恐怕|势必|必将|料|料将|"
    "将会|也将|还将|都将|都会|也会|进一步|一定程度上|短期内|反过来|主要|更多|成为|继续|持续|有助|开始"
)
"""Auxiliaries and adverbs between a subject and its verb."""

CONDITION = re.compile("若|如果|如|一旦|只要|假如|倘若|假设")
"""What opens a clause that is supposed, not told."""

DEMONSTRATIVE = re.compile("(?:这|此|此举|这一点|这些|这样|上述因素|这一[一-龥]{2}|以上)(?:也|都)?")
"""Words that take up all that was said before."""

NEGATION = re.compile("不|未|没有?|并非|难以|无法|无意|否认|尚未|未能|毫无")
FORECAST = re.compile(
    "将(?!其|该|这)|或(?!者|许多|和)|可能|有望|可望|预计|料|恐|拟|计划|势必|若|如果|一旦|只要|假如|倘若|有助|力争|目标"
)

EVIDENCE = re.compile("数据|证据|历史|统计|样本|资金支持|政策支持$|多数|股东|管理层")
"""What bears a claim out but causes nothing."""

AGENTS = frozenset(("company", "person", "institution", "group"))
"""Types of those who act."""
