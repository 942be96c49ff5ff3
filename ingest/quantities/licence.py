"""Whether what reads like a quantity is a figure.

A percentage or an amount of money always is.  A count is when somebody counted: 一家 and
两种 are articles and turns of phrase, 7名 and 三名 are counts.  A bare number is when it is
plainly a value: it has a decimal point, a thousands separator or a scale, or it follows a
word that announces one (报, 升至, 为, 于) and ends there.
"""

from __future__ import annotations

import re

from ingest.quantities.terms import Term

_TURNS_OF_PHRASE = frozenset("种类层块片手股门头组包批点张条粒道")
_QUOTES = frozenset('“‘「"')
_SLOGAN = re.compile(r"[一-龥]{0,2}[”’」\"]")
_OF_OFFICE = re.compile(r"[科处队组部]长|副[科处队组部]长|负责人|民警")
_BODIES = {"局": "铁建交电航冶路", "所": "科工航船", "环": "东南西北"}
"""What a numbered body is known by."""
_MORE_THAN_TEN = frozenset("环口字分双")
"""十分, 十字, 五环, 三双, 三口之家: in Chinese digits these count only where they go beyond ten."""
_ABSTRACT = re.compile(
    r"(?:核心|关键|主要|重要|基本|大|不同|重大|新|独立|相互|明显|突出)?(?:[一-龥]{2})?(?:方面|原因|因素|阶段|层面|维度|问题|特点|特征|条件|"
    r"方向|部分|步骤|角度|逻辑|主线|变量|信号|理由|挑战|领域|环节|趋势|层次|要素|支撑|支柱|窗口|字|样|世界|极端|选择|工具|版本|说法|之间)"
)
_ONLY = re.compile(r"(?:仅有?|只有?|共|唯一|至多|至少|累计|总共|合计)\Z")
_ONCE_MORE = re.compile(
    r"(?:再[次度]?(?:降息?|加息?|升息?|减息?|提价|下调|上调)|(?:降息|加息|减息|下调|上调|提价|降价|涨价|分红))\Z"
)
_LENGTH = re.compile(
    r"(?:连续|一连|为期|历时|延长|持续|长达|耗时|缩短|推迟|延期|提前|延后|需要?|满|达|仅|不到|不足|超过|超|逾|近|约|至少|最多|至多|再|整整|用了?)(?:了|至|到)?\Z"
)
_ANNOUNCES = re.compile(r"(?:报|至|为|于|达|到|破|在|近|约|逾|超|过|上|下) ?\Z")
_CODE_NAME = re.compile(r"[一-龥](?<![报至为于达到破在近是从由比的])\Z")
_ENDS = re.compile(
    r"$|[\s，。；、！？,;!?()（）\[【》”\"]|的|附近|之间|上方|下方|关口|大关|左右|一线|水平|区间|以[上下]|之[上下]|升|降|涨|跌|上[升涨行]|下[降跌行滑]|和|与|至|或"
)
_MEASURED_BY = re.compile("每[隔逢]?\\Z")
_CHAPTER = re.compile(r"(?:见|参见|[“\"(（]|\A|\n) ?\Z")
_VERSION = re.compile(r"(?<![A-Za-z])(?!(?:EPS|VIX|PMI|CPI|PPI|ROE|ROA|DXY) )[A-Za-z]{3,20} \Z")
_SHORT_DECIMAL = re.compile(r"\d{1,2}\.\d{1,2}")
_OF_VERSION = re.compile(r"\d\.\d")
_HAN = re.compile("[一-龥]")
_EARLIER_YEAR = re.compile(r"(?:\A|[于在至到从自。；\n(（])[2-9]\d\d年.{1,40}\Z")
_WHEN = frozenset("至到在于为")
_DATES = frozenset("于在从自")
_OPENINGS = frozenset(("", "\n", "。", "；", "“"))
_DISCOUNTED = frozenset("打约近至到为享扣")
_MOVES = re.compile(r"[涨跌升降加减增低高行]了?\Z")
_MODELS = frozenset("款环届版")
_SEVERAL = frozenset("数几")
_SCALES = frozenset("百千")
_NOTHING = re.compile("[零〇]+(?:[百千万亿]|\\Z)")
_LENGTHS = frozenset(
    {
        "trading_day",
        "working_day",
        "day",
        "week",
        "month",
        "quarter",
        "year",
        "hour",
        "minute",
        "second",
    }
)
_COMPANIES = ("控股", "集团", "股份", "科技", "传媒")
_BOOKS = re.compile(".{0,6}?[书著作说志册典集照账簿谱经教笔日证漫剧刊]")
_THRESHOLD = re.compile("大关(?![节系键注])|年薪")
_AND_MORE = re.compile(r"[年时分]零?[\d一二两三四五六七八九十]")
"""一年六个月"""
_TIME_AWAY = re.compile(r"[之以]?(?:(?P<before>前)|后)(?![台卫场排续期])")
_OF_STATISTIC = re.compile(
    r"以?来?内?的?(?:历史)?(?:移动)?(?:平均|均值|均线|中位数|新高|新低|高点|低点|最高|最低|高位|低位|分位)"
)
"""20年平均水平, 五年新高: the time is part of the statistic's name, like a tenor."""
_OF_DEVICE = re.compile(
    r" ?[+/] ?\d|的?(?:运行)?(?:内存|显存|运存|闪存|硬盘|固态|存储版|HBM"
    r"|LPDDR|DDR|GDDR|SSD|RAM|ROM|版|机型|款)"
)
"""12GB+256GB, 8GB内存: a size that tells one model from another."""
_STARTING_VALUE = re.compile(
    r"(?:大幅|小幅|一举|进一步)?(?:[上下]调|提[高升]|[升降涨跌增减调]|[上下][升涨行降跌滑]|回[升落]|反弹|扩大|收窄)"
    r"[^，。；,;\d]{0,3}[至到为]"
)
_CLASS = re.compile(r"(?:(?<=[万亿])(?:千瓦|兆瓦|[吨辆瓦人台]))?(?:及?以[上下])?级(?!别)")
_DIMENSION = re.compile(r"(?:线宽|厚度?|波长|间距|直径|孔径|节距|精度|误差|缩小|缩短).{0,3}\Z")


def is_figure(text: str, term: Term) -> bool:
    """Whether *term*, read from the folded *text*, is a figure."""
    if _NOTHING.match(term.numeral):
        return False  # 零部件, 零百加速
    if text[max(0, term.start - 1) : term.start] in _SEVERAL and term.numeral[0] in "十百千万亿":
        return False  # 数十家 is vague
    if _MEASURED_BY.search(text, max(0, term.start - 4), term.start):
        return False  # 每5年, 每隔两年, 每10万人: what is measured by is no figure
    if term.numeral == "一" and text[max(0, term.start - 2) : term.start - 1] == "一":
        return False  # 一降一升
    if term.shape == "chinese" and text[max(0, term.start - 1) : term.start] in _SCALES:
        return False  # 百八十块
    if _CLASS.match(text, term.end):
        return False  # 90公斤级, 100公斤以上级, 30万辆级
    if term.numeral[0] == "0" and term.numeral[1:2].isdigit():
        return False  # 08年, 007
    if term.unit is None:
        return _is_plain_value(text, term)
    name, after = term.unit.name, text[term.end : term.end + 8]
    before = text[max(0, term.start - 6) : term.start]
    chinese = term.shape == "chinese"
    if name == "percent" and chinese and text[term.end - 1] == "折":
        # 打三折 and 六点五折 are discounts, 一波三折 is not.
        return "点" in term.numeral or before[-1:] in _DISCOUNTED
    if name == "index_point":
        if chinese:
            return term.high >= 100
        # 19点之后 is an hour of the day, 下跌19点 is not.
        hour = "." not in term.numeral and term.high <= 24
        return not hour or bool(_MOVES.search(before))
    if name == "multiple" and text[term.end - 1] in "xX":
        return text[term.end : term.end + 1] != "”"
    if name == "nanometre":
        return bool(_DIMENSION.search(before))
    if name in ("GB", "TB", "MB"):
        return not (_OF_DEVICE.match(text, term.end) or before.endswith(("GB+", "GB/")))
    if name in _LENGTHS:
        if term.numeral == "四" and name == "week" and not _LENGTH.search(before):
            return False  # 四周环山
        if after.startswith(_COMPANIES):
            return False  # 九天控股
        if text[term.end - 1] == "旬":
            return chinese and 30 <= term.high < 100 and len(term.numeral) == 1
        if after.startswith("期") or _OF_STATISTIC.match(text, term.end):
            return False
        away = _TIME_AWAY.match(text, term.end)
        if away and (away["before"] or not (before.endswith("了") or _LENGTH.search(before))):
            return False  # 800万年前 tells when; 等候了约五个小时之后
        if name == "hour" and term.numeral == "24" and not (term.hedge or _LENGTH.search(before)):
            return bool(_ENDS.match(after))  # 24小时值班 is round the clock
        if term.numeral in ("一", "半"):
            if "整" in text[term.start : term.end]:
                return False  # 一整年 is all of it, no count
            return bool(
                term.hedge
                or _LENGTH.search(before)
                or "半" in text[term.start + 1 : term.end]
                or _AND_MORE.search(text, term.start + 1, term.end)
            ) and not after.startswith("前")
        bare = text[term.end - 1] == "年" and text[term.end - 2].isdigit()
        return not (bare and _is_calendar_year(text, term))
    if term.unit.noun is None:
        if chinese and text[term.end - 1] == "仙":
            return False  # 八仙
        if name == "barrel" and term.numeral == "一":
            return False  # 一桶水
        return not (name == "degree" and chinese and term.high < 10)  # 二度, 一度 are times
    if term.unit.noun in _MODELS and 1990 <= term.high < 2035 and term.numeral.isdigit():
        return False  # 2015款
    if _OF_OFFICE.match(after) or (before and before[-1] in _BODIES.get(term.unit.noun, "")):
        return False  # 侦查三处科长, 中铁四局, 中电科14所
    if not chinese:
        return True
    if text[max(0, term.start - 1) : term.start] in _QUOTES and _SLOGAN.match(after):
        return False  # “三个代表”
    if term.unit.noun in _MORE_THAN_TEN:
        return term.high > 10
    if term.numeral == "四" and term.unit.noun == "处" and not _ONLY.search(before):
        return False  # 四处求医
    if term.numeral in ("二", "三") and term.unit.noun == "本":
        return bool(_BOOKS.match(text, term.end))  # 二本, 三本线 are classes of colleges
    if term.numeral == "一":
        if term.per:
            return False
        if after.startswith("性"):
            return False
        return bool(_ONLY.search(before) or (term.unit.noun == "次" and _ONCE_MORE.search(before)))
    if term.high >= 10 or term.hedge:
        return True
    if term.unit.noun in _TURNS_OF_PHRASE:
        return False
    return not _ABSTRACT.match(after)


def _is_calendar_year(text: str, term: Term) -> bool:
    if not term.numeral.isdigit():
        return False
    before = text[max(0, term.start - 1) : term.start]
    if len(term.numeral) == 3 and not term.hedge:  # 于394年被杀，396年攻下
        return before == "，" and bool(
            _EARLIER_YEAR.search(text, max(0, term.start - 60), term.start)
        )
    if len(term.numeral) != 4 or not 1000 <= term.high < 2100:
        return False
    if term.high >= 1900 or term.high % 100 != 0:
        return True
    # 1500年历史 is a length, 于1700年 and a sentence that opens 1700年，are a date
    if term.hedge:
        return False
    return before in _DATES or (text[term.end : term.end + 1] == "，" and before in _OPENINGS)


def _is_plain_value(text: str, term: Term) -> bool:
    after = text[term.end : term.end + 1]
    if _SHORT_DECIMAL.fullmatch(term.numeral) and (
        _VERSION.search(text, max(0, term.start - 24), term.start)
        or (
            _CHAPTER.search(text, max(0, term.start - 3), term.start)
            and (_HAN.match(after) or text[max(0, term.start - 1) : term.start] == "见")
        )
    ):
        return False  # DOS 4.0, 见8.39, 7.14药品费
    if _OF_VERSION.fullmatch(term.numeral) and _HAN.match(after) and not term.hedge:
        announced = _ANNOUNCES.search(text, max(0, term.start - 3), term.start)
        if not announced and not _ENDS.match(text, term.end):
            return False  # 石器时代2.5超炫
    if after.isascii() and (after.isalnum() or after in "/-") and after:
        return False
    if after in ("年", "月", "日", "号", "时", "期", "届", "级", "强", "大", "里"):
        return term.high >= 10 and bool(_THRESHOLD.match(text, term.end))
    if term.shape == "fraction":
        return True
    if term.power != 1:
        return not after or after not in "元"
    if term.shape == "chinese":
        return False
    if term.sign and _CODE_NAME.search(text, max(0, term.start - 1), term.start):
        return False  # 火力-2015
    if "." in term.numeral or "," in term.numeral or term.sign:
        return True
    before = text[max(0, term.start - 3) : term.start]
    if _is_calendar_year(text, term) and before[-1:] in _WHEN and not _MOVES.search(before[:-1]):
        return False  # 从2001到2015
    if before[-1:] in ("由", "从") and _STARTING_VALUE.match(text, term.end):
        return True  # 由164下调至160
    return bool(term.hedge or _ANNOUNCES.search(before)) and bool(_ENDS.match(text, term.end))
