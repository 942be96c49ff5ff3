"""Lines around an article that tell where it comes from: date, source, author, section."""

from __future__ import annotations

import re
from datetime import date

from ingest.structure.furniture import is_control, is_counter, is_of_page
from ingest.structure.lines import bullet_length, has_mark, is_prose, simplified

_DATE = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)\s?(?:年|[-/.])\s?(?P<month>\d{1,2})\s?(?:月|[-/.])\s?(?P<day>\d{1,2})(?!\d)"
)
_TIME = (
    r"(?:日|T|,|，|\s)*(?:星期.|周.)?\s*(?:GMT\s?[+-]\d{1,2}|(?:北京|当地|香港|东京)时间)?\s*"
    r"(?:[上下]午|早上|凌晨|晚间)?\s*(?:\d{1,2}[:：]\d\d(?:[:：]\d\d)?(?:\s?[+Z]\S*)?)?"
)
# A date with its time where nothing but a gap is beside it: one that opens a title has words.
_DATE_FIELD = re.compile(rf"(?<![^\s(（|｜])(?P<field>{_DATE.pattern}{_TIME})(?![^\s)）|｜·])")
_LABELS = (
    r"(?:文章|信息|稿件|新闻|本文)?(?:来源|出处|作者|记者|分析师|撰文|撰稿|采写|文|编译|编辑|责编|校对|审核"
    r"|日期|时间|发布时间|发布日期|更新时间|最后更新|发送时间|发布于|发表于|更新于|修改于"
    r"|标签|关键词|关键字|栏目|分类|频道|source|author|date)"
)
_LABELLED = re.compile(
    rf"[(（【\[]?(?P<label>{_LABELS})\s*[:：/｜|]\s*(?P<value>\S[\s\S]*)", re.IGNORECASE
)
# 文 | 贺清源, 发布于 2026年3月19日: a bar or nothing stands where others print a colon.
_BARE_LABEL = re.compile(
    rf"(?<![^\s|｜(（])(?P<label>{_LABELS})(?:\s*[|｜丨]\s*|(?<=于|新)\s?(?=\d{{4}}))",
    re.IGNORECASE,
)
_FIELD_GAP = re.compile(r"[\t\u3000|｜]+|[ \xa0]{2,}")
_POINT_GAP = re.compile(r"\s[·∙•/]\s")
_SINGLE_GAP = re.compile(rf"[\s，,；;](?={_LABELS}\s?[:：])", re.IGNORECASE)
_SIGNED = re.compile(
    r"(?P<house>[\w·]{2,12}?)??\s?(?:本报|本刊|特约)?"
    r"(?:记者|作者|撰文|撰稿人?|written by\b|by\b)\s*[|｜丨:：]?\s*"
    r"(?P<name>[\u3400-\u9fff·]{2,6}(?:(?:[、，,和]|\s(?!编辑|责编|摄影|校对))[\u3400-\u9fff·]{2,6}){0,3}"
    r"|[A-Za-z][A-Za-z .,]{1,40})(?:\s(?:编辑|责编|摄影|校对).{0,40})?",
    re.IGNORECASE,
)
# The hundred commonest family names; they tell who wrote from who published.
_PERSON = re.compile(
    "[王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶"
    "阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段章钱汤尹黎易常武乔贺赖龚文]"
    r"[\u3400-\u9fff]{1,2}(?<![社网报刊券行金商院所视台])"
)
_AGE = re.compile(r"(?:更新于)?\s*\d+\s*(?:秒|分钟|小时|天)前(?:更新)?")
_PLACED = re.compile(r"(?:发[布表]于|来自)[^\s\d]{1,6}(?:\s+|$)|官方账号|^[原首]创\s*")
_NAME_END = re.compile(r"\s*[·∙•|｜/>＞，,；;（(]\s*|[\u3000\t]|\s(?=编辑|责编|摄影|校对)")
_TRAIL_GAP = re.compile(r"\s*[>＞»›/|｜→]\s*")
_TRAIL_EDGE = re.compile(r"^[\s<＜>＞»›/|｜]+|[\s<＜>＞»›/|｜]+$")
ARROW = re.compile(r"[>＞»›→]")
_HERE = re.compile(r"(?:(?:您|你)?(?:的|当前|现在)?(?:所在)?位置|当前栏目)\s*(?:是|在)?\s*[:：]\s*")
_HOME = re.compile(r"(?:.{0,10}首页|home)$", re.IGNORECASE)
_CLAUSE = re.compile(r"[，,：:；;！!？?。“”]")
_BAR_GAP = re.compile(r"\s*[|｜/·∙•]\s*|\s+")
_MAX_BYLINE = 160
_MAX_TRAIL_STEP = 16
_MAX_STEPS = 4
_MAX_BARE_FIELD = 15
_MAX_BAR_WORD = 6


def find_date(text: str) -> date | None:
    """The first complete date in *text* that the calendar knows: 2026年1月17日, 2026-04-17."""
    for match in _DATE.finditer(text):
        year, month, day = (int(match[name]) for name in ("year", "month", "day"))
        try:
            return date(year, month, day)
        except ValueError:
            continue
    return None


def fields(text: str) -> list[str]:
    """The fields of a byline: what wide gaps divide, and single ones beside a date or label."""

    def set_apart(match: re.Match[str]) -> str:
        # 发布时间：2026-01-17 is one field
        after_label = labelled_text[: match.start()].rstrip().endswith((":", "："))
        return match[0] if after_label else f"\t{match['field']}\t"

    labelled_text = _with_colons(text)
    divided = _SINGLE_GAP.sub("\t", _DATE_FIELD.sub(set_apart, labelled_text))
    if _DATE_FIELD.search(divided):
        divided = _POINT_GAP.sub("\t", divided)
    stripped = (field.strip(" ()（）·") for field in _FIELD_GAP.split(divided))
    return [field for field in stripped if field]


def _with_colons(text: str) -> str:
    """*text* with a colon behind each label that has a bar there or nothing."""
    parts, position = [], 0
    for match in _BARE_LABEL.finditer(simplified(text)):
        parts += [text[position : match.end("label")], "："]
        position = match.end()
    return "".join([*parts, text[position:]])


def _is_date(field: str) -> bool:
    """Whether a field of a byline is a date, with or without its time."""
    return _DATE_FIELD.fullmatch(field) is not None


def labelled(field: str) -> tuple[str, str] | None:
    """Label and value of a field of a byline: ``("来源", "新浪财经")``."""
    match = _LABELLED.match(simplified(field))
    return (field[slice(*match.span("label"))], field[match.start("value") :]) if match else None


def signature(field: str) -> tuple[str | None, str] | None:
    """House and name of a field that somebody signs: 浪涌新闻 and 贺清源 of 浪涌新闻记者 贺清源."""
    match = _SIGNED.fullmatch(field.strip(" -—（）()"))
    return (match["house"], match["name"].strip()) if match else None


def is_person(name: str) -> bool:
    """Whether a name has the form of a Chinese person's: family name and one or two more."""
    return _PERSON.fullmatch(name) is not None


def name_in(value: str) -> str | None:
    """The name that a field of a byline gives, without counters, controls and places."""
    value = _AGE.sub("", _PLACED.sub("", value))
    name = _NAME_END.split(value.strip(), maxsplit=1)[0]
    words = [word for word in name.split(" ") if not (is_counter(word) or is_control(word))]
    name = " ".join(words).strip(" ©®-—–")
    return name if re.search(r"[^\W\d_]{2}", name) and not _is_date(name) else None


def is_byline(text: str) -> bool:
    """Whether a line gives a date, or a labelled source, author or time, and little else."""
    text = text[bullet_length(text) :]
    if len(text) > _MAX_BYLINE or is_prose(text) or has_mark(text):
        return False
    parts = fields(text)
    named = [
        _is_date(field) or labelled(field) is not None or signature(field) is not None
        for field in parts
    ]
    return any(named) and all(
        known or len(field) <= _MAX_BARE_FIELD or is_of_page(field)
        for known, field in zip(named, parts, strict=True)
    )


def trail_of(text: str) -> tuple[str, ...]:
    """The steps of a trail of breadcrumbs, home page and end left out; empty for other lines."""
    if len(text) > _MAX_BYLINE or is_of_page(text) or is_prose(text) or is_byline(text):
        return ()
    text = _HERE.sub("", text)
    steps = [step for step in _TRAIL_GAP.split(_TRAIL_EDGE.sub("", text)) if step]
    if len(steps) < 2 or any(
        len(step) > _MAX_TRAIL_STEP or is_person(step) or step.isdecimal() or _CLAUSE.search(step)
        for step in steps
    ):
        return ()
    named = tuple(step for step in steps if not (is_control(step) or _HOME.match(step)))
    # Bars and strokes divide a site's sections too; only arrows lead from one into another.
    if ARROW.search(text) or 2 <= len(named) == len(steps) <= _MAX_STEPS:
        return named
    return ()


def is_trail(text: str) -> bool:
    """Whether a line is a trail of breadcrumbs: 首页 > 大宗商品 > 周报."""
    return bool(trail_of(text))


def is_bar(text: str) -> bool:
    """Whether a line is a row of short names, a bar of navigation: 财经首页　行情中心　自选股."""
    if _CLAUSE.search(text):
        return False
    names = [name for name in _BAR_GAP.split(text) if name]
    short = [name for name in names if len(name) <= _MAX_BAR_WORD]
    return len(names) >= 3 and len(short) * 4 >= len(names) * 3
