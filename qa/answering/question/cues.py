"""The words by which a question tells what it asks for: kinds, metrics, directions, units."""

from __future__ import annotations

import re
from typing import Final

from kg.records import EntityType, Metric

# Each row: the words, and the classes of metric that a figure answering them may have.
# Longer words are tried first, and what one row has read no other row reads again.
_METRIC_CUES: Final[tuple[tuple[str, tuple[Metric, ...]], ...]] = (
    ("同比增速 同比增幅 同比涨幅 同比降幅 同比 年增率", ("growth_yoy",)),
    ("环比增速 环比增幅 环比涨幅 环比降幅 环比", ("growth_qoq",)),
    ("增速 增长率 增幅", ("growth_yoy", "growth_qoq")),
    (
        "每股收益 每股盈利 每股净利 每股能赚 每股赚 eps"
        " 归母净利润 扣非净利润 调整后净利润 调整后利润 经营利润 营业利润 利润总额 净利润"
        " 扣非净利润 扣除非经常性损益的净利润 净利 利润 盈利 亏损 净亏损 溢利 赚 亏 盈余 业绩",
        ("profit",),
    ),
    (
        "营业总收入 营业收入 营收 净销售额 零售销售额 销售额 收入 营业额",
        ("revenue",),
    ),
    (
        "综合毛利率 毛利率 净利润率 净利率 营业利润率 经营利润率 利润率 净息差 净利息收益率",
        ("margin",),
    ),
    (
        "动态市盈率 远期市盈率 相对市盈率 市盈率 市净率 市销率 估值 折价 溢价 pe pb",
        ("valuation",),
    ),
    ("跑赢 跑输 超额收益 超额回报", ("relative_return",)),
    ("提价幅度 提价 涨价幅度 涨价 降价 价格调整 调价", ("price_adjustment",)),
    ("市场占有率 市场份额 市占率 占比 比重 份额 比例 贡献了 占", ("share",)),
    (
        "固定资产投资 资本开支 资本支出 投资额 投资 投入 投多少 投了多少 融资额 募资 募集资金 回购",
        ("investment",),
    ),
    (
        "净流入 净流出 资金流 流入 流出 净融资 增量 新增贷款 净买入 净卖出 净申购 净赎回"
        " 抛售 抢筹 扫货 吸金 失血 吸引资金 吸引的资金 吸引到的资金 资金流向",
        ("flow",),
    ),
    ("总市值 市值 管理规模 资产规模", ("market_value",)),
    (
        "成交额 成交量 交付量 交付 交车 销量 排产 产量 出货量 装机量 库存"
        " 黄金储备 储备 持仓 净购金 爆仓",
        ("volume",),
    ),
    (
        "回购价 回购均价 发行价 起售价 售价 单价 零售价 批发价 现货价 合约价"
        " 目标价 目标区间 均价 点位 收盘价 收盘 收于 收报 报收 批价 价格 股价 报价 现价 汇率 收益率"
        " 利率 失业率 存款准备金率 利差 余额 总资产",
        ("level",),
    ),
    (
        "降准 降息 加息 基点",
        ("rate_change",),
    ),
    (
        "下调幅度 上调幅度 下调 上调",
        ("rate_change", "level"),
    ),
    (
        "涨跌幅 累计涨幅 年内涨幅 涨幅 跌幅 降幅 回报率 正回报 负回报 回报 收益 涨跌 上涨 下跌 暴跌"
        " 暴涨 大涨 大跌 涨 跌 表现 走势 怎么走 升幅 升跌 回撤",
        ("price_change",),
    ),
    ("概率 可能性 几率 机率 押注", ("forecast",)),
    ("profit earnings", ("profit",)),
    ("revenue sales", ("revenue",)),
    ("gain rise fall drop return performance", ("price_change",)),
    ("持续时间 多久 多长时间 交易日", ("duration",)),
    ("人数 就业 岗位 职位空缺 裁员 家数 数量", ("count",)),
)

# A noun that names a quantity by its last characters, which no row lists: 拨备覆盖率, 积压订单.
QUANTITY_NOUN: Final = re.compile(
    r"[\u4e00-\u9fff]{0,8}(?:[\u4e00-\u9fff]率|[\u4e00-\u9fff]额|[\u4e00-\u9fff](?<![力质能])量|[\u4e00-\u9fff](?<!评)价|[\u4e00-\u9fff](?<!消)费|费用|[股利期红]息|订单|负债|成本|现金|存款|贷款|规模|敞口|产能|缺口|[逆顺]差|票房|人数|户数|时长|单价)"
)

METRIC_WORDS: Final = tuple(
    sorted(
        ((word, classes) for row, classes in _METRIC_CUES for word in row.split()),
        key=lambda pair: -len(pair[0]),
    )
)
"""Each word with its classes, longer words first."""

FORECAST: Final = re.compile(
    r"预计|预期|预测|预(?=[降增亏盈减])|[自己会预]估|估计|预判|目标|指引|展望|有望|将会|空间|概率|可能性|怎么看|看到|看高|点阵图|中值"
)

ASKED_UNITS: Final[tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]] = tuple(
    (re.compile(pattern), units)
    for pattern, units in (
        (r"(多少|几)个?(百分点)", ("percentage_point", "percent", "basis_point")),
        (r"(多少|几)个?(基点|bp)", ("basis_point", "percentage_point", "percent")),
        (r"百分之(多少|几)|(多少|几)个?百分比|(多少|几)成(?!本|交|立|分)", ("percent",)),
        (r"(多少|几)倍", ("multiple",)),
        (r"(多少|几)点(?!钟)", ("index_point",)),
        (r"(多少|几)个?交易日", ("trading_day",)),
        (r"(多少|几)个月", ("month",)),
        (r"(多少|几)(天|日(?!元|本|均))", ("day", "trading_day")),
        (r"(多少|几)年", ("year",)),
        (r"(多少|几)(个?周|星期)", ("week",)),
    )
)
ASKED_MONEY: Final = re.compile(
    r"(?:多少|几)(?:万|亿|万亿|千|百万)*"
    r"(?P<currency>人民币|美元|港元|港币|欧元|日元|英镑|韩元|新台币|元|块|钱)"
)
CURRENCIES: Final = {
    "人民币": "CNY",
    "美元": "USD",
    "港元": "HKD",
    "港币": "HKD",
    "欧元": "EUR",
    "日元": "JPY",
    "英镑": "GBP",
    "韩元": "KRW",
    "新台币": "TWD",
}
ASKED_COUNT: Final = re.compile(
    r"(多少|几)(万|亿)?(家|只|辆|台|人|个(?!百分|基点|交易|月|点)|名|位|艘|座|户|次)"
)

UP: Final = re.compile(
    r"涨|升|增|多(?!少|久)|高(?!管|盛)|扩大|流入|盈|强|正|加息|上调|提|好(?!转)|跑赢|领先"
)
DOWN: Final = re.compile(
    r"跌|降|减|少(?!于)|低|缩小|收窄|流出|亏|弱|负|下滑|下行|下修|回落|差(?!距|多少|异|价|额)|惨|跑输|落后"
)

MOST: Final = re.compile(
    r"最(?![早晚迟](?:在|于|要|会|到|将)?[哪什何几]|多(?:要|会|能|可|不|将|拟)|新|近|终|后|初|早|高院|惠)|居首|之首|第一(?!季|财季|、|次|阶段|届|批|产业|期|大)|领涨|领跌|垫底|倒数|冠军|排名|数一数二|第[二三四五](高|低|大|小|多|少|快|慢|强|弱)"
)

# What follows the one whose view is asked for: 高盛对…的预测, 大和给…的目标价, 中金预计….
OPINES: Final = re.compile(
    r"^(?:证券|银行|集团|公司)?(?:的?(?:分析师|首席|团队|研报|报告)[\u4e00-\u9fff]{0,6}?)?(?:最新|目前|又|也|都)?"
    r"(?:预计|预测|预期|预估|估计|估算|测算|认为|看好|看空"
    r"|(?:对|给予?|把|将|维持).*(?:预测|预期|预估|目标价|目标位|评级|看法|判断|展望))"
)
# What a question may range over: the words that name a kind of thing.
GROUP_WORDS: Final[tuple[tuple[str, tuple[EntityType, ...]], ...]] = (
    ("板块 行业 赛道 领域 类别 店", ("sector",)),
    ("业务 产品 渠道 分部 品类", ("product", "group", "sector")),
    (
        "公司 企业 个股 股票 车企 房企 险企 药企 央企 民企 航司 银行 券商 厂商 龙头 巨头",
        ("company",),
    ),
    ("指数 股指 大盘", ("index",)),
    ("国家 地区 经济体 国", ("place", "group", "index")),
    ("品种 商品 大宗 金属", ("commodity", "product")),
    ("机构 投行", ("company", "institution")),
    ("货币 币种", ("commodity", "product")),
    ("人 官员 委员 分析师", ("person",)),
)
# Firms by their trade, with the id of its sector: 几家银行, 哪家车企, 航空股里.
TRADES: Final[tuple[tuple[re.Pattern[str], str], ...]] = tuple(
    (re.compile(rf"(?:{words})(?!指数|板块|行业|间|业|家协会)"), sector)
    for words, sector in (
        (
            "(?<!投资)(?<!中央)(?<!国家)(?<!世界)(?<=[家只个大些哪的])(?:上市|商业)?银行|银行股",
            "banks",
        ),
        ("券商|证券公司", "brokerages"),
        ("险企|保险公司|保险股|保险商", "insurance"),
        ("航司|航空公司|航空股", "airlines"),
        ("车企|汽车公司|汽车股|汽车厂商|造车新势力", "automobiles"),
        ("房企|地产商|开发商|地产股|内房股", "real-estate"),
        ("药企|医药公司|医药股|制药公司", "health-care"),
        ("航运公司|船公司|航运股", "shipping"),
        ("芯片公司|芯片企业|芯片股|半导体公司|半导体企业|半导体股", "semiconductors"),
        ("光伏企业|光伏公司|光伏股", "photovoltaics"),
    )
)
# What ends in one of these is a kind of firm, or its share: 电池厂, 活跃股, 外资行.
FIRMS: Final = re.compile(r"[\u4e00-\u9fff](?:[厂商企股]|(?<![银发执进同])行(?!业))$")
# Where the word for the kind of thing stands: 哪个板块, 板块是哪个, 四家公司中谁.
GROUP_ASKED: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?:哪(?:一|个|些|几|类|种|家|只|支|项|款)*|什么|何种|各(?:个|大|类|家)?|所有)(?P<word>[\u4e00-\u9fff]{1,8})",
        r"(?P<end>[\u4e00-\u9fff]{1,6})(?:[是为有])?(?:哪|谁)",
        r"(?P<end>[\u4e00-\u9fff]{1,6})(?:中|里|当中|之中)[^?？]{0,24}(?:哪|谁)",
        r"最[^，。,?？]{1,4}的(?P<word>[\u4e00-\u9fff]{1,8})",
        r"(?:提到|提及|列出|给出)的(?P<word>个股|股票|公司|企业|板块|行业|指数|机构)",
        r"列[出举][^?？]{0,20}?(?P<word>板块|行业|公司|企业|个股(?!票)|指数|机构)",
        r"(?:[两二三四五六七八九十几\d])[家只](?P<end>[\u4e00-\u9fff]{1,6}?股)(?!份)",
        r"(?P<end>[\u4e00-\u9fff]{1,6}?股)(?:名单|榜单?|排行)",
        r"列[出举][^?？]{0,20}?(?P<end>[\u4e00-\u9fff]{1,6})(?:及其?|和|与|的|$)",
    )
)
# 多少个基点 asks for a unit, not for a move of rates.
ASKED_POINTS: Final = re.compile(r"(?<=[少几])个?(百分点|基点|bps?|交易日)")
# The number word with its measure, which no answer needs to hold.
ASKED_WORDS: Final = re.compile(
    r"(多少|几)(个|万|亿|千|百(?!分))*(百分点|基点|bp|交易日|百分比|点|倍|成(?!本|交|立)|元|美元|港元|欧元|日元|块钱|钱|家|只|辆|台|人|名|位|天|日|周|月|年|季度|吨|桶|次|座)?"
    r"|百分之(多少|几)"
)

SESSION: Final = re.compile(r"盘[前中后]|早盘|午盘|尾盘|午后|夜盘|收盘后|盘后交易")

# Words of one class of metric that mean different things: a figure that is said of one
# does not answer for another.
APART: Final[tuple[tuple[tuple[str, ...], ...], ...]] = tuple(
    tuple(tuple(group.split()) for group in family)
    for family in (
        (
            "收盘 收于 收报 报收 股价 现价 收市 开盘 高开 低开",
            "目标价 目标位",
            "回购价 回购均价 发行价 定增价",
            "批价",
            "合约价 现货价",
            "利率",
            "收益率",
            "汇率 中间价",
            "失业率",
            "不良率",
        ),
        ("市占率 市场占有率", "占其 占自身 占总 比例"),
        ("毛利率", "净利率 净利润率", "净息差 息差 净利息收益率", "营业利润率 经营利润率"),
        ("扣非 扣除非经常性", "归母净利润 归属于", "经调整净利润 调整后净利润"),
        ("市盈率", "市净率", "市销率", "股息率"),
        (
            "销量 销售 售出 卖出 交付 交车",
            "产量 生产 产能 产出",
            "排产",
            "库存",
            "成交额 成交量 成交",
            "储备 持仓 持有",
            "出货",
            "装机 装车",
        ),
        ("资本开支 资本支出", "回购", "募资 募集 融资 定增", "固定资产投资"),
        (
            "净利润 归母净利润 净利",
            "营业利润 经营利润 经营溢利",
            "毛利润 毛利额",
            "税前利润 除税前 利润总额",
            "ebit",
        ),
        (
            "营收 营业收入 营业总收入 收入 销售额",
            "净利润 归母净利润 净利 利润",
            "每股收益 每股盈利 每股净利 每股能赚 每股赚 eps",
        ),
    )
)

# Words that frame a question and that no answer needs to hold.
FRAME: Final = re.compile(
    r"文章|正文|摘要|报告|本文|原文|文中|文里|全文|资料|消息|新闻|数据|数字|数值|数额|金额|具体|表格|表中|表里|表"
    r"|情况|水平|幅度|程度|方面|内容|问题|说法|信息|名称|名字|人物|答案|结果|时候|时间|日期|期间|当时|阶段"
    r"|开始|结束|发生|公布|宣布|发布|分项|类别|类型|种类|品种|项目|成员|个体|单位|价位|位置|地方|原因|理由|主因|因素|缘故|意思|看法|观点|态度|业务|手里|手上|手头|手中|这里|那里|眼前|总共"
    r"|区间|范围|位置|个股|股票|公司|企业|计划|落地|相差|差距|差额|差别|差异|区别|一半|半数|变化|变动|改善|恶化|靠前|居前|排名|前列|最新|目前|现在"
    r"|提到|提及|列出|给出|列示|列举|介绍|说明|告诉|包括|涉及|属于|进行|达到|出现|使得|认为|表示|预计|预期|预测"
    r"|部分|那?一?节|章节|栏目|快的|慢的|多的|少的|月份|股份|波动|震荡|想|看|做|讲|说|称|叫|用|要|会|能|可以|可能|应该|知道|觉得|计算|算|准|对|错|真|正确|一致|相符|吻合|矛盾"
    r"|概括|总结|概述|归纳|摘要|简述|综述|要点|主要|核心|整体|总体|全部|所有|各自|分别|合计|总共|一共|大约|大概"
    r"|操作|举措|措施|动作|会议|样本|是不是|是否|有没有|对不对|是|有|为|在|到|给|让|把|被|比|和|与|及|或|之|的|了|吗|呢|吧|家|个|种|类|项|位|名|只|点|次|下|上|中|里|后|前"
    r"|什么时候|何时|什么|时候|怎么|怎样|百分点|基点|百分比|元|倍|辆|吨|万|亿|回事|怎么回事|眼里|眼中|看来|何在|一栏|栏目|表态"
    r"|what|who|whom|whose|which|when|where|why|how|much|many|is|was|are|were|do|does|did|the|a|an"
    r"|of|in|on|at|by|for|to|from|and|its?|s|tell|me|about|say|said"
    r"|公布后|会议后|发布后|之后|之前|以来|以上|以下"
)
