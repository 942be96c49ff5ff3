"""What holds digits and is no figure: stretches of text in which no quantity may begin.

Dates and the like come from the grammar of periods; the rest is here: tenors, ordinals,
clock times, index names, product and security codes, citation marks, version numbers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.periods.patterns import TIME
from ingest.quantities.old_dates import FIRST_OF_OLD_DATES, OLD_DATES
from ingest.quantities.units import currency_words
from kg.records import Span

_N = r"(?:\d{1,4}|[一二两三四五六七八九十百]{1,4})"
_INDEX_FAMILIES = (
    r"标普|标准普尔|道琼斯|纳斯达克|纳指|罗素|威尔希尔|沪深|中证|上证|深证|深成|科创|创业板|北证|国证|万得|恒生|恒指|富时|日经|"
    r"斯托克|德国DAX|东证|印度Nifty|澳洲标普|路透|彭博|MSCI|STOXX|FTSE|CAC|DAX|IBEX|Nikkei|Nifty|S&P|Russell|"
    r"NASDAQ|Nasdaq|ASX|TOPIX|KOSPI|KOSDAQ|OMX|AEX|SMI|CSI|HSI|TSX"
)
_COORDINATE = (
    r"\d{1,3}(?:\.\d+)?(?:°?度?)(?:\d{1,2}(?:\.\d+)?[′'分])?(?: ?\d{1,2}(?:\.\d+)?[″\"秒])?"
)
_MARKS = (
    # citation marks, codes in brackets, tickers with their market, clock times, ratios
    r"[\[【]\d{1,3}(?:[,，、;\-—~]\d{1,3}){0,40}[\]】]"
    r"|\((?:[A-Z]{2,4}[:：]? ?)?\d{4,6}(?:\.[A-Z]{1,3})?\)"
    r"|(?<=[一-龥])\((?:1[0-2]|[1-9])\.[1-3]?\d\)(?=\n|\Z)"  # 精选(3.9), a day
    r"|(?<!\d)\d{4,6}\.[A-Z]{1,3}(?![A-Za-z])|代码[:：]? ?\d{4,6}"
    r"|(?<![\d.])\d{1,4}(?:\.\d{1,4})?(?:[:：]\d{1,4}(?:\.\d{1,4})?){1,2}(?!\d)"
    r"|(?<!\d)\d{1,2}\+(?:\d{1,2}|[A-Za-zXN])(?![\d.%A-Za-z])"  # 10+3, 5+2
    r"|(?:(?<!\d)\d{1,2}|零)(?:点(?:\d{1,2}分|半|整|钟)|时\d{1,2}分)(?:\d{1,2}秒)?"
    rf"|[东西南北][经纬]度?{_COORDINATE}(?:[-—~至到]{_COORDINATE})?"
    r"|\d{1,3}°\d{1,2}[′']?(?: ?\d{1,2}(?:\.\d+)?[″\"])?"
    r"|(?:上午|下午|凌晨|清晨|早上?|晚上?|晚间|中午|傍晚|北京时间|当地时间|美东时间|当日|当天) ?"
    r"\d{1,2}(?:点|时)(?:\d{1,2}分|半)?"
    r"|(?<!\d)(?:19|20)\d\d(?=年)"
)
_TENORS = (
    # 5年期以上, 7天逆回购, 10年美国国债, 30日均线
    rf"{_N}(?: ?(?:[-—~至到]|、) ?{_N})? ?(?:个?月|年|天|日|周|个?交易日)"
    r"(?:期|(?:[美德英日中法意韩]国?)?(?:国|地方|国开|企业|公司)?债(?![务权台])|均线|移动|线"
    r"|定期|定存|存[单款]|目标价|远期|(?:质押式?)?[逆正]?回购|拆借|票据|国库券|按揭|房贷"
    r"|SHIBOR|HIBOR|LIBOR|Shibor|Hibor|Libor|SOFR|MLF|LPR)(?:以[上下])?"
    r"|\d{1,3}[天日周](?=[及和、与]\d{1,3}[天日周](?:移动平|均)?线)"  # 20天及10天线
)
_ORDINALS = (
    rf"第 ?{_N}(?:[-—~至到、]第?{_N})*"
    rf"|(?:(?<![提目此以之日当空往])前|末|倒数){_N}(?=[大名强位家只个款项场轮局盘批组支])"
    rf"|(?:分列|位列|位居|排名|名列|排行|排在)(?:全球|全国|行业)?{_N}(?![\d一二三四五六七八九十])"
    rf"(?!名[一-龥](?<![之以开]))(?:[、和]{_N})*"
    # 列积分榜4、5位; 刑法354条, 《保险法》16条
    r"|[列居排](?:[一-龥]{0,6}?(?:榜|名|第|世界|全球|全国|全省|行业|联赛|小组)[一-龥]{0,2}?)?"
    rf"(?:[头首]|{_N})(?:[、和至到]{_N})*(?=位|名(?![一-龥]))"
    rf"|(?<=[法例》])第?{_N}条(?:第?{_N}款)?"
    rf"|(?<=届){_N}次"  # 七届十九次董事会
    rf"|(?:(?<=[^一-龥]国)|(?<=\A国)|(?<=[新老]国)){_N}条"  # 国11条, 新国八条
    # 119层观光厅, 从12层坠下: which floor
    rf"|(?<!共)(?<!有){_N} ?层(?=楼?的? ?(?:观光|旋转餐|餐厅|会议室|办公室|办公区|展厅|大堂|宴会厅"
    r"|报告厅|露台|阳台|窗台|住户|病房|坠|跳下|摔下|跌落|掉下))"
    # 十四届全国人大四次会议, 二十届四中全会
    r"|(?<=[大协届会])[一二三四五六七八九十]{1,3}(?:次(?:全体)?会议|[次中]全会)"
)
_EVENTS = (
    # 10米气步枪, 女子25米手枪, 单人皮艇200米, 4×100米接力, 四分之一决赛
    r"(?:(?<=男子|女子|男女|皮艇|划艇|单人|双人|四人|场地|泳池|短池|速滑|短道|竞走)"
    r"\d+(?:公里|米|公斤)"
    rf"|(?:{_N}[×xX乘])?(?:\d+|[一二三四五六七八九十百千]+)(?:公里|米)"
    r"(?=(?:运动|标准|大口径|军用|小口径)?(?:[气手步]{1,2}枪|移动靶|多向|双向)|个人|混合|自由泳"
    r"|[蛙仰蝶]泳|接力|[跨高低]?栏(?![杆目])|障碍赛|竞走|速滑|短道|越野|[单双四]人|男子|女子|跳[台板]"
    r"|(?:自由|仰|蛙|蝶|混合)式|游泳|排名|板(?![材块房面])|台(?![阶风湾])|(?:半|预)?决赛|折桂|夺[冠金]|摘[金银铜]|预赛|资格赛|[短长赛]跑|跑(?![道步])|计时赛"
    r"|公开水域))"
    r"|(?<=费城)76人|76人队"
    rf"|(?:{_N}分之一|1/\d{{1,2}})(?=决赛)"
)
_INDICES = (  # a level (上证3,500点) is no name
    rf"(?:{_INDEX_FAMILIES})(?:综合?指数?|成指?|全指|创新|港股通|[A-Za-z]{{1,8}})? ?"
    r"\d{2,4}(?![\d点,.%只家股支个倍次]|\.\d)"
)
_PRODUCTS = (  # H200, GPT-4.5, Q3, 1.2.3
    r"(?<![A-Za-z$])(?!(?:RMB|CNY|USD|HKD|EUR|JPY|GBP|US|HK|NT|EPS|AU|CA)(?![A-Za-z]))"
    r"[A-Za-z]{1,20}[A-Za-z+&/]{0,3}-?\d[\dA-Za-z]{0,20}(?!\d|\.?\d*[%‰])(?:\.\d{1,4})?"
    r"|(?<![\d.])\d+(?:\.\d+){2,10}(?![\d.])"
)
_PHRASES = (  # 每10股派2元, 1美元兑155日元: what is measured by is no figure
    rf"每\d{{1,4}}股|(?:三十|30)年河[东西]|1 ?(?:{'|'.join(currency_words())})(?=兑|对|约?合)"
    rf"|(?:[这那该]|[上下头]个){_N}(?:个月|[年天周])(?![多半])|两个一百年"
    # 显德二年（955年）; 八项规定; 三四名决赛
    r"|[一二三四五六七八九十]{1,3}年"
    r"(?:[(（](?:公元前?)?\d{2,4}年|(?=闰?[正一二三四五六七八九十腊]{1,2}月))"
    r"|费城76人|76人(?=队)|7[×xX*]24(?=小时)|坐标[为是:：]?[(（][^)）\n]{1,40}[)）]"
    r"|[两三四五六七八九十]个(?:全面|自信(?!心)|意识|维护|确立|代表(?=重要)|务必|毫不动摇|一以贯之)"
    r"|三番[五两]次|两次三番|三[年天][五两][载天]|十天半个?月|十年磨一剑|十年寒窗|三分钟热度|七年之痒|五朵金花"
    r"|[三四五六七八九十]项(?:规定|(?:基本)?原则|全能|纪律)"
    r"|三四名(?=决赛|之?争|排位)|三天两头"
    rf"|{_N}[局场战盘]{_N}胜"
    r"|\d\.\d(?=[”\"]?(?:版|时代|模式|阶段|升级))"
    r"|\d{1,4}种(?=[一-龥]{0,4}股票[一-龥]{0,4}指数)"
    r"|(?<=[号栋幢座])\d{1,4}(?=[栋幢座层楼室号]|单元)"
    rf"|{_N}家子(?=[镇村乡屯沟])|{_N}(?=人(?:论坛|组合|制|组(?![织成])|帮|间|桌)|分位[数点值水])"
    r"|(?<![共仅只先后各曾达了有])二次(?![获被荣])|二套(?=住?房|普通|贷|首付)|二[胎孩]|二手|(?<=[高初])[一二三](?=[一两]年|学|班|生|毕)"
    r"|\d{1,2}[.·]\d{1,2}(?=事件|惨案|事变|运动|讲话|爆炸|大选|地震|起义|政变|恐怖|枪击|遇难|事故|空难|特大|动车|大案|抢劫)"
    r"|[内外]三元|三元(?=股份|集团|食品|乳业|桥|锂|材料|正极|电池|前驱|生?猪|母猪|杂交)|一次性"
    rf"|{_N}位(?=数(?![量额字值])|号码|密码|代码|小数|编码)"
)
_FIRST = (
    r"(?:(?<!\d)\d|(?<![一二两三四五六七八九十百千万零])[一二两三四五六七八九十]|[第前末倒列居这那该内外上下头凌早晚中清傍北当美标道坐纳分位排名"
    r"代罗威沪深科创国万恒东西南富日斯德印澳路彭费A-Za-z\[【(每"
    rf"{FIRST_OF_OLD_DATES}])"
)
_EXCLUSION = re.compile(
    rf"(?={_FIRST})(?:{_MARKS}|{_TENORS}|{_ORDINALS}|{_EVENTS}|{_INDICES}|{OLD_DATES}"
    rf"|{_PRODUCTS}|{_PHRASES})"
)
_SPENT = re.compile(r"的?时间")
_ONGOING = re.compile(r"(?:持续|历时|长达|为期|耗时|经过|历经|时隔|花了|已|达|超|等待|用了)\Z")
_HOLDS_NUMERAL = re.compile(r"[\d一二两三四五六七八九十半]")


def find_exclusions(folded: str, names: Sequence[Span] = ()) -> list[tuple[int, int]]:
    """The stretches of *folded* in which nothing is a figure, by start, not overlapping.

    *names* are recognised names (罗素2000, 标普500, 三只松鼠); nothing in them is a figure.
    """
    spans = [(name.start, name.end) for name in names]
    spans += [match.span() for match in _EXCLUSION.finditer(folded)]
    for match in TIME.finditer(folded):
        start, end = match.span()
        if not _HOLDS_NUMERAL.search(folded, start, end):
            continue
        if match.lastgroup == "window" and (
            _ONGOING.search(folded, max(0, start - 2), start) or _SPENT.match(folded, end)
        ):
            continue  # 持续近两周 and 近70天时间 are lengths
        spans.append((start, end))
    spans.sort()
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
