"""Ranks: what is called the highest or the lowest, and of which."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from ingest.ties.skeleton import FIGURE, Skeleton
from ingest.ties.words import is_point
from kg.records import Figure, Mention
from kg.ties import Sign, Tie

_FALLS = "跌幅|降幅|回撤|净流出|跌|降|回落|亏损|减持|缩水"
_RISES = "涨幅|升幅|增幅|增速|回报|净流入|涨|升|增长"
_SIZES = (
    "规模|金额|占比|份额|贡献|成交额|成交量|销量|交付量|收入|营收|利润|净利|市值|收益率|利率|毛利率|"
    "市盈率|估值|产量|订单|股息率|不良贷款率|不良率|占有率|渗透率|客座率|失业率"
)
TOP = (
    "最大|最高|最多|最快|居首位?|居于首位|之首|首位|第一|之最|榜首|居前列?之首|冠军|"
    "最深|最强劲?|最为强劲|最好|最佳|最为亮眼|最为显著|最显著|最为突出|领跑(?=[,;。]|$)|领涨(?![力格地主者股品势方板角])|拔得头筹|"
    "最小|最低|最少|最慢|最差|最弱|最惨|垫底|末位|末席|领跌(?![力格地主者股品势方板角])|居末"
)
_CUE = re.compile(rf"(?P<top>{TOP})")
WHAT = re.compile(f"{_FALLS}|{_RISES}|{_SIZES}|表现")
_ALONE = re.compile(
    "唯一(?:一个|一家|一只)?(?:实现|录得|保持|取得)?(?:(?P<up>正增长|收涨|上涨|增长|收红|飘红|走高)|(?P<down>收跌|下跌|"
    "下降|负增长|收绿|飘绿|走低))"
)
_ORDER = re.compile(
    "(?P<down>[从由](?:高到低|大到小|多到少|强到弱|高至低|大至小))|[从由](?:低到高|小到大|少到多)"
)
LEADS = {"领涨": "涨幅", "领跑": "涨幅", "领跌": "跌幅"}
_BIG = re.compile("最大|最深|显著|突出|最高|最多|最快|首|第一|之最|冠军|头筹")
_GOOD = re.compile("最强|最为强劲|最好|最佳|亮眼|领涨|领跑")
_BAD = re.compile("最差|最弱|最惨|垫底|末|领跌")
COMPARED_WITH_PAST = re.compile(
    "年内|历史|以来|年来|单日|单月|单周|单季|纪录|记录|有史|上市|首次|阶段|盘中|一度|日内|新高|新低|期内|全球|"
    "全国|之一|创|水平|行业|市场最|国内最|世界|第一[季个批次轮大步财方线天日时家阶部类]|首位[^,。]{0,4}(?:执行|女)|可能|或将|预计|有望"
)
_THING = re.compile(
    "最大(?:的)?(?!的?为|,|[。;])[^是为,。;]{1,6}(?:商|股东|企业|公司|国|客户|市场|拖累|因素|亮点|风险|压力|赢家|输家|变量)"
)
_CHANGES = ("price_change", "growth_yoy", "growth_qoq", "rate_change", "price_adjustment")
_SCOPE = re.compile(
    "样本|可比|各类|所有|全部|各板块|各行业|上述|主要|其中|当中|三者|四者|几家|各家|表中|大指数|大股指|"
    "(?:板块|指数|行业|公司|企业|品种|车企|银行|券商|个股|运营商)(?:之)?中"
)


_GROUP = re.compile(
    "(?:^|[,;。])[^,;。各所全几两三四五六七八九十0-9上主大]+(?:板块|行业|概念股?|个股)(?:之)?中"
)
"""周期板块中: some of the rows of a table, told by what they are."""
SUMS = re.compile("合计|总计|小计|平均|均值|整体|全部|总体|全国|大盘|全市场")


def ranks(
    skeletons: Sequence[Skeleton], number: int, *, mentions: Sequence[Mention]
) -> Iterator[Tie]:
    """What sentence *number* calls the highest or lowest."""
    skeleton = skeletons[number]
    if skeleton.sentence.kind == "table":
        return  # `ingest.ties.table_ranks`
    yield from _descending(skeleton)
    yield from _only(skeletons, skeleton, mentions)
    for match in _CUE.finditer(skeleton.text):
        begin, end = _clause(skeleton.text, match.start("top"))
        clause = skeleton.text[begin:end]
        if COMPARED_WITH_PAST.search(clause) or _THING.search(clause):
            continue
        said = WHAT.findall(skeleton.text, begin, match.start("top"))
        what = said[-1] if said else LEADS.get(match["top"], "")
        pool = _pool(skeletons, skeleton, skeleton.text[:end])
        ranked = _ranked(skeleton, match.start("top"), what, (begin, end), pool, mentions)
        if ranked is None or not _may_be(ranked, what):
            continue
        sign = named_sign(match["top"], what, ranked)
        if sign is None:
            continue
        whole = _whole(skeleton, ranked)
        others = [f for f in pool if f is not whole and _comparable(f, ranked)]
        if others:
            operands = [("ranked", ranked), *(("other", f) for f in others)]
            yield skeleton.tie("rank", match.span("top"), operands, sign=sign)


def _only(
    skeletons: Sequence[Skeleton], skeleton: Skeleton, mentions: Sequence[Mention]
) -> Iterator[Tie]:
    """唯一实现正增长的公司."""
    for match in _ALONE.finditer(skeleton.text):
        begin, end = _clause(skeleton.text, match.start())
        pool = _pool(skeletons, skeleton, skeleton.text[:end])
        what = "涨幅" if match["up"] else "跌幅"
        ranked = _ranked(skeleton, match.start(), what, (begin, end), pool, mentions)
        others = [f for f in pool if ranked and _comparable(f, ranked)]
        if ranked is not None and others:
            operands = [("ranked", ranked), *(("other", f) for f in others)]
            sign: Sign = "up" if match["up"] else "down"
            yield skeleton.tie("rank", match.span(), operands, sign=sign, detail="only")


def _descending(skeleton: Skeleton) -> Iterator[Tie]:
    """从高到低依次为: each is above the next."""
    for match in _ORDER.finditer(skeleton.text):
        listed = [f for f in skeleton.after(match.end() - 1) if is_point(f)]
        listed = [f for f in listed if f.unit == listed[0].unit]
        falls = re.search(_FALLS, skeleton.text[max(0, match.start() - 8) : match.start()])
        for one, other in pairwise(listed):
            first = one if match["down"] else other
            second = other if match["down"] else one
            sign: Sign = "down" if falls and (first.value or 0) < 0 else "up"
            yield skeleton.tie(
                "rank", match.span(), [("ranked", first), ("other", second)], sign=sign
            )


def _whole(skeleton: Skeleton, ranked: Figure) -> Figure | None:
    """The one figure that *ranked* is told to be part of: 共612万台，其中华为205万台，居首."""
    if ranked.sentence != skeleton.index:
        return None
    mark = skeleton.text.rfind("其中", 0, skeleton.place(ranked))
    before = [f for f in skeleton.before(mark) if f.unit == ranked.unit] if mark >= 0 else []
    return before[0] if len(before) == 1 else None


def _clause(text: str, place: int) -> tuple[int, int]:
    begin = max(text.rfind(mark, 0, place) for mark in ",;。") + 1
    stops = [stop for mark in ",;。" if (stop := text.find(mark, place)) >= 0]
    return begin, min(stops, default=len(text))


def named_sign(top: str, what: str, ranked: Figure) -> Sign | None:
    """Which end of a list *top*, said of *what*, calls *ranked*; None where that is not clear."""
    if not what and not _names_itself(top):
        return None
    if re.fullmatch(_SIZES, what) and (ranked.value or 0) < 0:
        return None
    if _GOOD.search(top):
        return "up"
    if _BAD.search(top):
        return "down"
    falling = bool(re.fullmatch(_FALLS, what)) or (not what and (ranked.value or 0) < 0)
    if re.fullmatch(_FALLS, what) and (ranked.value or 0) > 0:
        falling = False  # told without a sign
    big = bool(_BIG.search(top))
    return "up" if big != falling else "down"


def _names_itself(top: str) -> bool:
    """Whether the word alone tells what it is the highest of."""
    return bool(_GOOD.search(top) or _BAD.search(top) or "首" in top)


def _pool(skeletons: Sequence[Skeleton], skeleton: Skeleton, words: str) -> list[Figure]:
    """The figures that a rank may be among: of the sentence, its paragraph, a table before it."""
    block = skeleton.sentence.block
    wide = bool(_SCOPE.search(words))
    near = [
        other
        for other in skeletons
        if other.index == skeleton.index
        or (wide and other.sentence.block == block)
        or (abs(other.index - skeleton.index) == 1 and other.sentence.block == block)
    ]
    pool = [f for other in near for f in other.figures]
    if wide and not _GROUP.search(words):
        rows = [
            other
            for other in skeletons[: skeleton.index]
            if other.sentence.kind == "table"
            and other.sentence.section == skeleton.sentence.section
        ]
        pool += [f for row in rows for f in row.figures if not SUMS.search(f.subject)]
    return [f for f in pool if is_point(f)]


def _ranked(
    skeleton: Skeleton,
    top: int,
    what: str,
    clause: tuple[int, int],
    pool: Sequence[Figure],
    mentions: Sequence[Mention],
) -> Figure | None:
    """The figure of what the clause names, or the figure of the clause or just before it."""
    begin, end = clause
    inside = [
        figure
        for figure, place in zip(skeleton.figures, skeleton.places, strict=True)
        if begin <= place < end and is_point(figure)
    ]
    if len(inside) == 1:
        return inside[0]
    if inside:
        return None
    named = _named(skeleton, clause, pool, mentions)
    if named:
        wanted = [
            f
            for f in named
            if told_of(f, what) and (f.sentence == skeleton.index or heads(f, what))
        ]
        here = [f for f in wanted if f.sentence == skeleton.index]
        return next(iter(here or wanted), None)
    if re.search("其中|而|但", skeleton.text[begin:top]):
        return None
    before = skeleton.before(begin)
    words = skeleton.text[begin:top]
    if before and is_point(before[-1]) and _is_bare(words):
        gap = skeleton.text[skeleton.place(before[-1]) + 1 : begin]
        listed = skeleton.text[: skeleton.place(before[-1])].endswith(("、", "和", "与", "及"))
        return before[-1] if len(gap) <= 2 and not listed else None
    after = skeleton.after(end - 1)
    if (
        what
        and after
        and is_point(after[0])
        and "分别" not in skeleton.text[end : skeleton.place(after[0])]
    ):
        between = skeleton.text[end : skeleton.place(after[0])]
        return after[0] if len(between) <= 8 and _alone(skeleton, after[0]) else None
    return None


def _is_bare(words: str) -> bool:
    return (
        re.fullmatch(
            f"(?:{_FALLS}|{_RISES}|{_SIZES}|表现|位|并|且|在|的|各|板块|中|成为|为|是|高|居|同样|也|样本|公司)*",
            words,
        )
        is not None
    )


def _alone(skeleton: Skeleton, figure: Figure) -> bool:
    place = skeleton.place(figure)
    return not skeleton.text[place + 1 : place + 3].startswith(("、", "和" + FIGURE, "与" + FIGURE))


def _named(
    skeleton: Skeleton,
    clause: tuple[int, int],
    pool: Sequence[Figure],
    mentions: Sequence[Mention],
) -> list[Figure]:
    begin, end = clause
    words = skeleton.text[begin:end]
    span = skeleton.span(begin, end) if begin < end else None
    entities = {m.entity for m in mentions if span is not None and span.contains(m.span)}
    named = [f for f in pool if f.subject in words]
    found = [f for f in pool if f.subject in words or (f.entity and f.entity in entities)]
    # 中信证券的涨幅在上述个股中居首: 上述个股 speaks of all of them.
    return next((each for each in (found, named) if len({f.subject for f in each}) == 1), [])


def told_of(figure: Figure, what: str) -> bool:
    """Whether a figure is one that 跌幅, 增速 or 市盈率 is said of: a fall of what fell."""
    falls = re.fullmatch("跌幅|降幅|回撤|跌|降|回落", what) is not None
    fell = figure.value is not None and (not falls or figure.value < 0)
    return _may_be(figure, what) and (fell or figure.metric not in _CHANGES)


def _may_be(figure: Figure, what: str) -> bool:
    """Whether its metric is of the kind of *what*; a rate that nothing names may be a change."""
    if not what:
        return True
    if not re.fullmatch("跌幅|降幅|回撤|跌|降|回落|涨幅|升幅|增幅|增速|回报|涨|升|增长|表现", what):
        return figure.metric not in _CHANGES
    return figure.metric in _CHANGES or (figure.metric == "other" and figure.unit == "percent")


def heads(figure: Figure, what: str) -> bool:
    """Whether the words of a table's column may be those of *what*: 交付量 is no 客座率."""
    words = figure.metric_words
    if re.fullmatch(_SIZES, what):
        return words is not None and (what in words or words in what)
    return True


def _comparable(figure: Figure, ranked: Figure) -> bool:
    if figure.subject == ranked.subject or figure.span == ranked.span:
        return False
    if figure.unit != ranked.unit or figure.basis != ranked.basis:
        return False
    if figure.unit == "count" and figure.text[-1] != ranked.text[-1]:
        return False  # 八轮 and 4球
    both = {figure.metric, ranked.metric}
    if len(both) > 1 and not (both <= {"level", "other"} and figure.sentence == ranked.sentence):
        return False
    if figure.modality != ranked.modality or not _one_kind(figure, ranked):
        return False
    return figure.period == ranked.period or figure.sentence == ranked.sentence


_KINDS: Mapping[str, re.Pattern[str]] = {
    "sector": re.compile("板块|行业|概念$"),
    "index": re.compile("指数|指$|50$|100$|500$"),
}


def _one_kind(one: Figure, other: Figure) -> bool:
    return (
        all(
            bool(form.search(one.subject)) == bool(form.search(other.subject))
            for form in _KINDS.values()
        )
        or one.sentence == other.sentence
    )
