"""The words of time expressions, as regular expressions over folded text.

Each *form* names one stretch of the calendar (2025年第四季度, 12月10日, 上周五, 2026财年) or
one length counted from now (过去三个月). `TIME` finds any of them; `read` tells which form
it was and what its parts are. How forms join (10月1日至11月12日, 截至…当周, 自…起, …以来)
is the business of `ingest.periods.recognition`.
"""

from __future__ import annotations

import re

NUMBER = r"(?:\d{1,3}|[一二两三四五六七八九十]{1,3}|半)"
_DASH = r"[-—~至到]"
_CN_MONTH = r"十[一二]?|[一二三四五六七八九]"
_CN_DAY = r"三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九]"
_ALONE = r"(?<![\d.一二三四五六七八九十第])"  # no numeral goes on to the left
_NO_WORD = r"(?<![\dA-Za-z])"
_WORD_ENDS = r"(?![\dA-Za-z])"
_FOUR_DIGITS = r"(?:19|20)\d\d"
_MONTH_NUMBER = r"1[0-2]|0?[1-9]"
_DAY_NUMBER = r"3[01]|[12]\d|0?[1-9]"

_YEAR = (
    rf"(?:(?<![\d.])(?P<year>{_FOUR_DIGITS}) ?年(?!期)度?"
    r"|(?P<chinese_year>[一二][零〇一二三四五六七八九]{3})年度?"
    r"|(?<!\d)(?P<short_year>\d\d)年(?=Q[1-4]|[上下全]半?年|\d{1,2}月|[一二三四]季|第|末|底|初|全"
    r"| ?(?:P[BES]|EPS|ROE)|(?<![续近去达逾超约了满过]\d\d年)"
    r"(?:销售|营业?收|净利|同比|归母|扣非|业绩))"
    r"|(?P<relative_year>今年|去年|前年|明年|后年|上年|本年|当年|同年|次年|翌年|来年)(?!度))"
)
_MONTH = (
    rf"{_ALONE}(?:(?P<month>{_MONTH_NUMBER})|(?P<chinese_month>{_CN_MONTH})) ?"
    r"月(?!期(?!间)|效应)份?"
)
_DAY = rf"(?:(?P<day>{_DAY_NUMBER})|(?P<chinese_day>{_CN_DAY})) ?[日号]"
_NO_DAY = r"(?![元圆币历均线期内]|移动)"  # 8日元, 30日均线
_PART = (
    r"(?P<part>前(?:[一两二三]周|\d{1,2}[天日])|[上下]半月|[上中下]旬|初|末|底|全月|中(?=[，、的]))"
)
_QUARTER = (
    r"(?:第?(?P<quarter>[一二三四1-4])(?:季度(?P<quarter_edge>末|初|底)?|(?<=第.)季|季(?=[末报]))"
    rf"|(?P<edge_quarter>首季|末季)度?|Q(?P<western_quarter>[1-4]){_WORD_ENDS})"
)
_HALF = rf"(?:(?P<half>[上下])半年(?:度)?|H(?P<western_half>[12]){_WORD_ENDS})"
_SHORT_YEAR = rf"{_NO_WORD}(?P<bare_year>(?:20)?\d\d)年?"
_LENGTH_UNITS = (
    r"(?:个(?P<unit>月|季度|交易日|星期|财年|财季|工作日|小时)"
    r"|(?P<short_unit>年|周|日|天|季度|载|小时|星期|交易日))"
)

_FORMS: dict[str, str] = {
    "same": r"(?P<same>上年|去年|上月|上周|前年|历年)?同期(?!限)",
    "issue": r"(?<=[较比由从])[上前](?:一?期|一?次)"
    r"(?=的?\d|的?(?:公布|发布)?[值数][，。]|的?水平|[，。]|[上下增减升降提持])",
    "holiday": rf"(?:{_YEAR} ?)?(?:(?:元旦|春节|农历新年|清明节?|五一|劳动节|端午节?|中秋节?"
    r"|国庆中秋|国庆节?|十一(?=黄金|长?假)|双节|圣诞节?|感恩节|双十[一二]|双1[12]|618|黑五|黑色星期五|年货节)"
    r"(?:小?长假|假期|黄金周|假日|大促|促销|购物节|期间|前后|前夕|档期?|季|当[天日]|首日|前[^，。；]{1,3}天)+"
    r"|(?:春运|暑运|暑期|暑假|寒假)(?:期间|首日|前[^，。；]{1,3}天)?)",
    "lunar": r"(?:农历|阴历)(?:[一-龥]{2}年)?(?:[正腊冬闰一二三四五六七八九十]{1,3}月)?"
    r"(?:初[一二三四五六七八九十]|[十廿][一二三四五六七八九十]?|二十[一二三四五六七八九]|三十)?"
    r"|(?:(?<![修校更])正月(?!度)|腊月|大年(?=[初三廿]))(?:初[一二三四五六七八九十]|[十廿][一二三四五六七八九十]?"
    r"|二十[一二三四五六七八九]|三十)?|除夕",
    "decade": r"(?:(?P<century>上个?|本|\d{2}|[一二]十[一二三四五六七八九]?)世纪)?"
    r"(?P<decade>[1-9]0|[二三四五六七八九]十)年代(?P<decade_part>初期?|中期|末期?)?"
    r"|(?P<whole_century>上个?|本|\d{2}|[一二]十[一二三四五六七八九]?)世纪(?!福克斯)(?:初|末|中叶|以来)?",
    "week": r"(?P<week>上上|上[个一]?|下个?|本|这|前一|次|后一|当|全)(?:周|星期)"
    r"(?:(?P<weekday>(?!日均)[一二三四五六日天末])(?![期年岁转])"
    r"|前(?P<first_days>[一二两三四五])(?:天|个?交易日)|(?![期年岁转]))",
    "iso": rf"(?<![\d.])(?P<year>{_FOUR_DIGITS})(?P<mark>[-/.])(?P<month>{_MONTH_NUMBER})"
    rf"(?P=mark)(?P<day>{_DAY_NUMBER})(?![\d.])",
    "plan": r"[“\"]?(?P<plan>十[一二三四五六七]?)五[”\"]?(?:规划)?(?:期间|时期|末期?|以来|前期)",
    "fiscal": r"(?:(?P<year>20\d\d)(?:[-/](?P<to_year>(?:20)?\d\d))? ?财年"
    r"|(?<![A-Za-z])FY ?(?P<western_year>(?:20)?\d\d)"
    r"|(?P<relative_year>本|上一?|下一?|当前|全)个?财年)"
    r"(?: ?第?(?P<quarter>[一二三四])财?季度?"
    r"|Q(?P<western_quarter>[1-4])|(?P<half>[上下])半(?:财年|年))?"
    r"|第?(?P<bare_quarter>[一二三四])财季|(?:本|上|下|当|该)一?个?财季|财年",
    "years": rf"(?<![\d.])(?P<year>{_FOUR_DIGITS})(?:年度?)? ?{_DASH} ?"
    rf"(?P<to_year>{_FOUR_DIGITS}|\d\d) ?年度?",
    "months": rf"{_YEAR}?(?<![\d.])"
    rf"(?:(?P<month>{_MONTH_NUMBER})|(?P<chinese_month>{_CN_MONTH}))月? ?{_DASH} ?"
    rf"(?P<to_month>{_MONTH_NUMBER}|{_CN_MONTH})月份?(?!\d{{1,2}}日)",
    "days": rf"{_YEAR}?{_MONTH}(?P<day>{_DAY_NUMBER})日? ?{_DASH} ?(?P<to_day>{_DAY_NUMBER})日",
    "quarters": rf"{_YEAR}?第?(?P<quarter>[一二三1-3])(?:季度)?(?:{_DASH}|、)"
    r"第?(?P<to_quarter>[二三四2-4])季度",
    "day": rf"(?:{_YEAR} ?)?{_MONTH} ?{_DAY}",
    "quarter": rf"(?:{_YEAR}的? ?(?:全年)?|{_SHORT_YEAR}(?=Q)|{_NO_WORD})?{_QUARTER}"
    rf"|{_NO_WORD}(?P<leading_quarter>[1-4])Q(?P<quarter_year>\d\d)?{_WORD_ENDS}",
    "half": rf"(?:{_YEAR}的? ?|{_SHORT_YEAR}(?=H)|{_NO_WORD})?{_HALF}"
    rf"|{_NO_WORD}(?P<leading_half>[12])H(?P<half_year>\d\d){_WORD_ENDS}",
    "first": rf"{_YEAR}?(?<![提目空])前(?!一(?:个?[月季]|周))"
    r"(?P<count>\d{1,2}|[一二两三四五六七八九十]{1,2})"
    r"(?:个(?P<unit>月|季度|交易日)|(?P<short_unit>月|季度|周|季))",
    "month": rf"(?:{_YEAR} ?)?{_MONTH}{_PART}?",
    "year_part": rf"{_YEAR} ?(?P<year_part>全年|年?末|年?底|年?初|年?中(?=[，、的])|年内)"
    r"|(?P<bare_part>全年|年末|年底|年初(?!至今|以来)|年中|年内(?!至今))",
    "bare_days": rf"{_ALONE}(?P<day>{_DAY_NUMBER})日? ?{_DASH} ?(?P<to_day>{_DAY_NUMBER})日"
    rf"{_NO_DAY}",
    "bare_day": rf"{_ALONE}(?<!连续)(?<!一连)(?<!为期)(?<!历时)(?<!长达)(?<!持续)"
    rf"{_DAY}(?<!号)(?!公司|令|文){_NO_DAY}",
    "year": _YEAR,
    "weekday": r"(?:(?<![一二两三四五六七八九十\d每])周|星期|礼拜)(?<!黑色星期)"
    r"(?P<weekday>(?!日均)[一二三四五六日末])(?![期年岁转系刊线])",
    "relative_quarter": r"(?P<which>上|本|下|当|该|次|前(?=一))(?:一个?|个)?季度?(?![节后])",
    "relative_month": r"(?P<which>上上|上|本|下|当|次|同|该|前(?=一))(?:一个?|个)?月"
    r"(?P<part>初|上旬|中旬|下旬|末|底)?"
    r"|(?<![个正腊冬闰一二三四五六七八九十])(?P<bare_part>月内|月初|月末|月底|季末|季初)",
    "relative_day": r"(?P<which>今日|今天|今晨|今晚|昨日|昨天|昨晚|昨夜|前日|明日|明天|次日|翌日"
    r"|当日|当天|当晚|同日|同一天|隔夜|[前上]一(?:个)?交易日|[前上]一日)",
    "to_date": r"(?P<from>年初|月初|季初|年内|开年)(?:至今|以来)",
    "window": r"(?P<side>过去|最近|(?<![将接])近|未来|此前|接下来|随后|今后|之前|(?<!提)前)"
    r"的?(?:整整)?"
    rf"(?:{NUMBER}{_DASH})?(?P<count>{NUMBER})[多余]?{_LENGTH_UNITS}(?!期|均|线|移动)半?(?:以来|来|间|内|里|之内)?"
    rf"|(?<![\d.])(?P<away>{NUMBER})[多余]?(?P<away_unit>个(?:月|季度|交易日|星期)|年|周|天|日|小时)"
    rf"(?P<direction>以?前|以?后|之后|之前|以来|来)|(?<![\d.]){NUMBER}个?小时(?:之?内|以内)",
    "now": r"(?P<now>截至目前|目前|当前|迄今为止|迄今|现阶段|短期内|中长期内|中期内|长期内"
    r"|近期|近日|近年来?|日前)",
}


def _anonymous(pattern: str) -> str:
    return re.sub(r"\(\?P<\w+>", "(?:", pattern.replace("(?P=mark)", "[-/.]"))


_FIRST = (
    r"(?:(?<![0-9])[0-9]|[QHF今去前明后上本当同次翌来一二两三四五六七八九十半第首末年季月周星礼"
    r"昨隔这下过最近未此接随之目迄现短中长日截“\"全历该财元春清五端国圣感双农阴正腊大除黑暑寒劳开黄])"
)
TIME = re.compile(
    rf"(?={_FIRST})(?:" + "|".join(f"(?P<{n}>{_anonymous(p)})" for n, p in _FORMS.items()) + ")"
)
"""Any form; the group that matched last is the form's name."""

_READERS = {name: re.compile(pattern) for name, pattern in _FORMS.items()}


def read(form: str, text: str, start: int) -> dict[str, str]:
    """The named parts of *form* as it stands at *start* of the folded *text*."""
    match = _READERS[form].match(text, start)
    return {} if match is None else {k: v for k, v in match.groupdict().items() if v}
