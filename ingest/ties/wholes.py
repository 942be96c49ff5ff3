"""Wholes and their parts: 合计, 其中, 占."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.ties.moves import moves
from ingest.ties.skeleton import FIGURE, Skeleton, pattern
from ingest.ties.words import RATES, alike, is_point, magnitude
from kg.records import Figure
from kg.ties import Tie

_TOTAL = pattern(
    r"(?P<cue>合计|共计|总计|总共|加总|总和|一共|(?:两|三|四|五|六|二)(?:者|项|家|地|大|个|部分)~{0,4}?共|"
    r"(?:[,;#]|全年|全月|全周|上半年|年内|期内)共|加起来|相加|累计)"
    r"(?P<link>~{0,14}?)(?P<w>#)"
)
_AMONG = pattern(r"(?P<w>#)(?P<link>[^#;。]{0,16}?)[,(;:]?(?P<cue>其中|包括|分别来自|分别为)")
_REST = re.compile("其余|余下|剩余|剩下")
_OF = pattern(r"(?P<w>#)~{0,8}?(?P<cue>中|里面|当中)[,]?~{0,6}?#")
_SHARE_OF = pattern(r"(?P<cue>占)~{0,12}?(?P<w>#)的?(?P<s>#)")
_SHARE = pattern(r"(?P<cue>占(?!据|优|领|用|比)(?:到|据了?|了)?)(?P<whole>~{1,22}?)(?P<s>#)")
_SHARE_BARE = pattern(r"(?P<cue>占比|比重|份额)(?:约?为|达到?|是|高达|仅)?(?P<s>#)")
_NET = re.compile("顺差|逆差|净")
_NET_OF = pattern(r"(?P<cue>顺差|逆差|净投放|净回笼|净现金|净负债)~{0,6}?(?P<n>#)")
_OPPOSITES = (("出口", "进口"), ("投放", "到期"), ("操作", "到期"), ("现金", "负债"))
_MAY_FALL = re.compile("贷款|社会融资|社融|利润")  # of which another part may be negative
_LESS = re.compile("卖出|流出|减|降|下滑|亏|负|赎回|回笼")
_REMAINDER = pattern(r"(?P<cue>其余|剩余|余下|剩下)的?(?P<last>#)")
_BESIDES = re.compile("此外|另外|同时|与此同时|其中")
_MEAN = re.compile("平均|人均|均")
_ALL_OF = re.compile("共|合计|总计|总额|累计")
_IS_GAP = re.compile("(?:比|较).*(?:多出?|高出?|少|增加|减少|增长|上升|下降|净增)了?$")
_HALVES = pattern(r"(?P<w>#)[,(](?P<names>~{2,24}?)分别~{0,8}?(?P<a>#)(?:和|与|、|及)(?P<b>#)")
_STOP = re.compile("[;。]|其中")
_FLAT = re.compile("持平|平盘|不变|走平|收平")
_TOTAL_ROW = re.compile(r"(?:合计|总计|总和|全部合计|小计)")
_COMPLEMENTS = (
    ("直销", "批发"), ("直销", "经销"), ("境内", "境外"), ("国内", "国外"), ("国内", "海外"),
    ("内销", "外销"), ("内地", "海外"), ("线上", "线下"), ("男", "女"), ("上半年", "下半年"),
    ("公募", "私募"), ("个人", "机构"), ("沪市", "深市"), ("沪股通", "深股通"),
)  # fmt: skip
_VAGUE = re.compile(
    "总|全部|整体|合并|当月|当年|全年|当季|同期|公司|集团|的|约|其|同|年度|比重|比例|份额"
)


def wholes(skeletons: Sequence[Skeleton], number: int) -> Iterator[Tie]:
    """The sums, parts and shares that sentence *number* tells."""
    skeleton = skeletons[number]
    if skeleton.sentence.kind == "table":
        yield from _total_row(skeletons, skeleton)
        return
    yield from _totals(skeletons, skeleton)
    yield from _among(skeleton)
    yield from _halves(skeleton)
    yield from _net(skeleton)
    yield from _rest(skeleton)
    yield from _shares(skeletons, skeleton)


def _totals(skeletons: Sequence[Skeleton], skeleton: Skeleton) -> Iterator[Tie]:
    for match in _TOTAL.finditer(skeleton.text):
        whole = skeleton.figure(match, "w")
        if not is_point(whole) or ("占" in match["link"] and whole.metric != "share"):
            continue
        if match["cue"] == "累计" and not re.search(
            "分别[^,;。]*[和与、][^,;。]{0,3},?$", skeleton.text[: match.start()]
        ):
            continue  # else it is of a time
        begin = max(skeleton.text.rfind(mark, 0, match.start()) for mark in (";", "。", "其中"))
        earlier = [f for f in skeleton.before(match.start()) if skeleton.place(f) > begin]
        steps = [
            tie
            for tie in moves(skeleton)
            if tie.kind == "move"
            and tie.cue.end <= whole.span.start
            and {operand.role for operand in tie.operands} >= {"from", "to"}
        ]
        spans = [operand.span for tie in steps for operand in tie.operands[:2]]
        stepped = [f for f in earlier if f.span in spans]
        if len(steps) > 1 and len(stepped) == len(spans) == len(earlier):
            pairs = [("from" if place % 2 == 0 else "to", f) for place, f in enumerate(stepped)]
            if all(alike(f, whole) for f in stepped):
                yield skeleton.tie("sum", match.span("cue"), [*pairs, ("whole", whole)])
            continue
        parts = _listed([f for f in earlier if alike(f, whole)], whole)
        if len(parts) < 2 and match.start() <= 12 and not _BESIDES.match(skeleton.text):
            before = _previous(skeletons, skeleton)
            parts = _listed([f for f in before if alike(f, whole)], whole)
        if len(parts) > 1:
            operands = [("part", f) for f in parts]
            yield skeleton.tie("sum", match.span("cue"), [*operands, ("whole", whole)])


def _listed(parts: Sequence[Figure], whole: Figure) -> list[Figure]:
    """The figures that a total is of, if they are all of one metric."""
    if not parts or (whole.unit in RATES and whole.metric not in ("share", "other", "flow")):
        return []
    metrics = {f.metric for f in parts}
    if len(metrics) != 1 or (whole.unit in RATES and whole.metric not in metrics):
        return []
    return list(parts)


def _previous(skeletons: Sequence[Skeleton], skeleton: Skeleton) -> tuple[Figure, ...]:
    if not skeleton.index:
        return ()
    before = skeletons[skeleton.index - 1]
    return before.figures if before.sentence.block == skeleton.sentence.block else ()


def _among(skeleton: Skeleton) -> Iterator[Tie]:
    """W，其中A为a，B为b; a rest makes them all, else they are some."""
    for form in (_AMONG, _OF):
        for match in form.finditer(skeleton.text):
            whole = skeleton.figure(match, "w")
            if not is_point(whole) or (whole.unit in RATES and whole.metric != "share"):
                continue
            if _IS_GAP.search(re.split("[,;。]", skeleton.text[: match.start("w")])[-1]):
                continue  # 比前一交易日多出2,300亿元，其中: not of the gap
            words = skeleton.text[: match.start("w")][-12:]
            if _MEAN.search(words) or _one_of_two(skeleton, whole):
                continue
            stop = _STOP.search(skeleton.text, match.end("cue"))
            end = stop.start() if stop else len(skeleton.text)
            parts = [
                f
                for f in skeleton.after(match.end("cue") - 1)
                if skeleton.place(f) < end and alike(f, whole)
            ]
            if form is _OF:
                if whole.unit != "count" or whole.value is None:
                    continue
                parts = [f for f in parts if f.metric == "count" and f.text[-1] == whole.text[-1]]
            elif not _listed(parts, whole) or not _kin(parts[0], whole):
                continue
            if not parts:
                continue
            told = skeleton.text[match.end("cue") : end]
            both = len(parts) > 1 and _whole(told)
            signed = _NET.search(words) or _MAY_FALL.search(words + whole.subject)
            if signed and (not both or _LESS.search(told)):
                continue  # one part of a net amount may be more than the whole
            operands = [("whole", whole), *(("part", f) for f in parts)]
            yield skeleton.tie("sum" if both else "part", match.span("cue"), operands)


def _one_of_two(skeleton: Skeleton, whole: Figure) -> bool:
    """结汇8,654亿元，售汇11,310亿元，其中: of which of the two, or of both, nobody knows."""
    before = skeleton.before(skeleton.place(whole))
    if not before or not alike(before[-1], whole) or before[-1].metric != whole.metric:
        return False
    between = skeleton.text[skeleton.place(before[-1]) + 1 : skeleton.place(whole)]
    return re.fullmatch("[,、和与][^#,;。]{1,8}", between) is not None


def _net(skeleton: Skeleton) -> Iterator[Tie]:
    """顺差, 净投放: what one amount is above another."""
    for match in _NET_OF.finditer(skeleton.text):
        net = skeleton.figure(match, "n")
        amounts = [f for f in skeleton.figures if f is not net and alike(f, net)]
        words = skeleton.text
        known = any(one in words and other in words for one, other in _OPPOSITES)
        if len(amounts) == 2 and known and is_point(net):
            operands = [("one", amounts[0]), ("other", amounts[1]), ("gap", net)]
            yield skeleton.tie("gap", match.span("cue"), operands)


def _rest(skeleton: Skeleton) -> Iterator[Tie]:
    """12家机构，8家…，3家…，其余1家: counted out to the last; of amounts if 共 tells the whole."""
    for match in _REMAINDER.finditer(skeleton.text):
        last = skeleton.figure(match, "last")
        counts = [
            f
            for f in skeleton.before(match.start() + len(match.group()))
            if alike(f, last) and f.text[-1] == last.text[-1]
        ]
        first = re.split("[,;。]", skeleton.text[: skeleton.place(counts[0])])[-1] if counts else ""
        if last.unit != "count" and not _ALL_OF.search(first):
            continue
        if len(counts) > 2 and magnitude(counts[0]) == max(map(magnitude, counts)):
            operands = [("whole", counts[0]), *(("part", f) for f in counts[1:])]
            yield skeleton.tie("sum", match.span("cue"), operands)


def _halves(skeleton: Skeleton) -> Iterator[Tie]:
    """W，沪市与深市分别a和b: two that are known to be all there is."""
    for match in _HALVES.finditer(skeleton.text):
        whole, one, other = (skeleton.figure(match, group) for group in ("w", "a", "b"))
        words = match["names"]
        if _IS_GAP.search(re.split("[,;。]", skeleton.text[: match.start("w")])[-1]):
            continue  # 比前一交易日多出2,300亿元，沪市与深市分别: not of the gap
        if alike(whole, one) and alike(whole, other) and _kin(one, whole) and _known(words):
            operands = [("whole", whole), ("part", one), ("part", other)]
            yield skeleton.tie("sum", match.span("names"), operands)


def _known(words: str) -> bool:
    return any(one in words and other in words for one, other in _COMPLEMENTS)


def _kin(part: Figure, whole: Figure) -> bool:
    return part.metric == whole.metric or {part.metric, whole.metric} <= {
        "volume", "flow", "count", "other", "investment", "revenue",
    }  # fmt: skip


def _whole(words: str) -> bool:
    if _REST.search(words) or (words.count(FIGURE) > 2 and _FLAT.search(words)):
        return True
    return words.count(FIGURE) == 2 and _known(words)


def _shares(skeletons: Sequence[Skeleton], skeleton: Skeleton) -> Iterator[Tie]:
    for match in _SHARE_OF.finditer(skeleton.text):
        stated, whole = skeleton.figure(match, "s"), skeleton.figure(match, "w")
        parts = [f for f in skeleton.before(match.start()) if alike(f, whole)][-1:]
        if parts and stated.unit == "percent" and is_point(stated):
            operands = [("part", parts[0]), ("share", stated), ("whole", whole)]
            yield skeleton.tie("share", match.span("cue"), operands)
    for match in _SHARE.finditer(skeleton.text):
        stated = skeleton.figure(match, "s")
        core = _VAGUE.sub("", match["whole"])
        parts = _parts(skeleton, match, stated)
        if not parts:
            continue
        known = [
            f
            for other in skeletons[: skeleton.index + 1]
            for f in other.figures
            if f.span.start < stated.span.start and f not in parts
        ]
        candidates = [
            f
            for f in known
            if alike(f, parts[0])
            and f.modality == parts[0].modality
            and magnitude(f) > magnitude(parts[0])
            and _meant(f, core, match["whole"], parts[0])
            and (f.sentence != skeleton.index or _stated_whole(skeleton, f, match))
            and _averaged(skeletons, f) == _averaged(skeletons, parts[0])
        ]
        if candidates:
            nearest = sorted(candidates, key=lambda f: -f.span.start)
            operands = [*(("part", f) for f in parts), ("share", stated)]
            operands += [("whole", f) for f in nearest]
            yield skeleton.tie("share", match.span("cue"), operands)
    for match in _SHARE_BARE.finditer(skeleton.text):
        stated = skeleton.figure(match, "s")
        parts = _parts(skeleton, match, stated)
        wholes = [
            f
            for f in skeleton.before(match.start())
            if parts
            and alike(f, parts[0])
            and f.span.start < parts[0].span.start
            and magnitude(f) > magnitude(parts[0])
        ]
        between = skeleton.text[skeleton.place(wholes[-1]) : match.start()] if wholes else ""
        if parts and len(wholes) == 1 and re.search("其中|中", between):
            operands = [("part", parts[0]), ("share", stated), ("whole", wholes[0])]
            yield skeleton.tie("share", match.span("cue"), operands)


def _parts(skeleton: Skeleton, match: re.Match[str], stated: Figure) -> list[Figure]:
    """What the share is of: the last amount before it, or, of 合计占, all of the sentence."""
    if stated.unit != "percent" or not is_point(stated):
        return []
    begin = max(skeleton.text.rfind(mark, 0, match.start()) for mark in ";。")
    amounts = [
        f
        for f in skeleton.before(match.start())
        if is_point(f)
        and f.unit not in RATES
        and skeleton.place(f) > begin
        and f.metric not in ("growth_yoy", "growth_qoq", "duration", "valuation")
    ]
    if not amounts:
        return []
    if re.search(
        "合计|共$|共计|总计|两者|三者", skeleton.text[max(0, match.start() - 6) : match.start()]
    ):
        parts = [f for f in amounts if alike(f, amounts[-1])]
        return _listed(parts, amounts[-1])
    last = amounts[-1]
    near = skeleton.text[skeleton.place(last) + 1 : match.start()]
    if near.endswith(("前者", "后者")):
        pair = [f for f in amounts if alike(f, last)][-2:]
        return pair[:1] if near.endswith("前者") and len(pair) == 2 else pair[-1:]
    if last.subject != stated.subject and len(near) > 4:
        return []
    return [last] if near.count(",") <= 2 else []


def _averaged(skeletons: Sequence[Skeleton], figure: Figure) -> bool:
    skeleton = skeletons[figure.sentence]
    place = skeleton.place(figure)
    return "均" in skeleton.text[max(0, place - 7) : place]


def _stated_whole(skeleton: Skeleton, figure: Figure, match: re.Match[str]) -> bool:
    """Whether a figure of the same sentence is the whole, and not another part."""
    place = skeleton.place(figure)
    words = re.sub("的|比重|比例|份额|其|总", "", match["whole"])
    return "其中" in skeleton.text[place : match.start()] or words in skeleton.text[:place]


def _meant(figure: Figure, core: str, phrase: str, part: Figure) -> bool:
    """Whether the words of the whole fit a figure's subject or metric."""
    if figure.period and part.period and figure.period_begin != part.period_begin:
        return False
    words = figure.metric_words or ""
    if core and (core in words + figure.subject or (len(words) > 1 and words in core)):
        return True
    if figure.subject in phrase:
        return figure.metric == part.metric or bool(words and words in phrase)
    ends = core[-2:]
    return len(ends) == 2 and ends in words + figure.subject


def _total_row(skeletons: Sequence[Skeleton], row: Skeleton) -> Iterator[Tie]:
    """A table's row 合计: the sum of each column."""
    if not _TOTAL_ROW.match(row.text.lstrip("|")):
        return
    above: list[Skeleton] = []
    for other in reversed(skeletons[: row.index]):
        if other.sentence.kind != "table" or other.sentence.table != row.sentence.table:
            break
        if len(other.figures) == len(row.figures):
            above.append(other)
        elif other.figures:
            return
    for place, whole in enumerate(row.figures):
        parts = [other.figures[place] for other in reversed(above)]
        if len(parts) < 2 or whole.unit in RATES or not all(alike(f, whole) for f in parts):
            continue
        cue = (row.places[place], row.places[place] + 1)
        yield row.tie("sum", cue, [*(("part", f) for f in parts), ("whole", whole)])
