"""The nouns that decide what a phrase can be: vocabulary only, as in `cues`."""

from __future__ import annotations

import re

from ingest.attribution.cues import OWNING, alternation

# What stands before a measure and makes no thing of it: 综合毛利率, 单季净利润.
QUALIFIERS = """
周度 活跃 月活跃 日活跃 付费 注册 周活跃 存量 合同 期末 期初
周 美元 人民币 月 年 年化 日 积压 在手 新签 综合 净 总 营业 全年 调整后 经调整 单季 单月 累计 核心
实际 平均 整体 当期 商业 整车 非GAAP GAAP 非公认会计准则
全球 海外 国内 新增 当季 当月 相对 远期 动态 静态 滚动 历史 当前 年度 季度 月度 单日 日均 全部
单票 单车 单吨 单瓦 单店 单客 人均 户均 头均 吨
其 合并 主营 业务 预期 目标 现金 每股 最新 盘中 固定资产 国际 境外 境内 出口 合计 最高 最低 约
市场 批发 零售 综合平均 同店 可比 产品 税后 税前 除税后 归母 扣非 扣非归母 经营 经营性 主要
"""
# Measures that somebody has, unless a modifier makes them a thing: 海外销量, but 零售销售额.
OWNED = """
库存 销量 产量 出货量 成交额 成交量 价格 装机 装机容量 产能 持仓 投资额 销售额 杠杆 开工率 供应
需求 存量 余额 储备 利息 债务 人数 就业 资金 岗位 存量 增量 缺口 溢价率 用电量 发电量 总产量
总销量 指数 客流 人口 新增装机 票房 总市值 利率 汇率 通胀
"""
# What is said of a measure behind it: 实际GDP增速预期 is about 实际GDP.
FACETS = """
指引 日均 单日 增速 增幅 涨幅 跌幅 降幅 升幅 幅度 预期 预测 目标 目标位 中值 水平 表现 概率 读数
增长 走势 变动
变化 涨跌幅 收盘 数据 初值 终值 修正值 合计 上限 下限 区间
"""
# Measures that need no owner.
STANDALONE = """
经济增速 经济增长
失业率 就业 就业人数 新增就业 时薪 薪资 工资 裁员 职位空缺 CPI PPI GDP LPR PMI PCE HICP M0 M1 M2
社融 通胀 通胀率 利差 剪刀差 中间价 政策利率 存款准备金率
"""
# Common nouns that name nobody unless something stands before them.
BARE_NOUNS = frozenset(
    """
公司 企业 行业 机构 市场 客户 用户 投资者 产品 业务 板块 品牌 平台 项目 渠道 部门 服务 技术 数据
个股 央行 政府 基金 银行 地区 店 业 股 云 集团 组织 车型 经销商 门店 合约 品种 标的 经济体 指数
贷款 存款 期货 现货 系列 概念 龙头 巨头 基地 上市公司 金额 规模 数量
数额 总额 额度 比例 区间 范围 幅度 厂商 商家 股票 债券 常规时段 常规交易时段 电价 融资 订单
""".split()
)
TENOR_RE = re.compile(
    r"[\d一二三四五六七八九十两]+(?:年|天|个月|月|日|周)期(?:及?以上)?(?:质押式)?(?:逆?回购)?"
    r"|[七7][日天]年化|隔夜(?=$|[A-Z])"
)
CURRENCIES = (
    "(?:[离在]岸)?人民币|日元|欧元|英镑|瑞郎|澳元|加元|[新纽]元|韩元|港元|美元|新台币|卢布|泰铢|里拉"
    "|(?:印尼)?卢比|印尼盾|越南盾|雷亚尔|(?:墨西哥|菲律宾|阿根廷|智利)?比索|兰特|林吉特|令吉"
    "|[瑞挪]典?克朗|福林|兹罗提|谢克尔|里亚尔|迪拉姆"
)

QUALIFIERS_RE = re.compile(f"(?:{alternation(QUALIFIERS)})*")
OWNED_END_RE = re.compile(f"(?:{alternation(OWNED)})$")
FACETS_END_RE = re.compile(f"(?:{alternation(FACETS)})$")
STANDALONE_RE = re.compile(f".*(?:{alternation(STANDALONE)})")
CURRENCY_RE = re.compile(CURRENCIES)
PAIR_RE = re.compile("^[^，]{2,5}[兑对][^，]{2,4}?(?:汇率$|(?=即期|$))")
GAP_END_RE = re.compile("(?:剪刀差|利差|价差|之差|差距|比值|比价)$")
MACRO_RE = re.compile("GDP|CPI|PPI|PMI|PCE|M[012]$|通胀|就业|失业率|物价|零售|外汇储备")
# What a market or a country spends, earns or trades is a statistic of its own.
SPENT_END_RE = re.compile(
    "(?:全国|全球|国内|我国|全行业|全市场|全社会)[^，]{2,}(?:支出|消费|收入|投资|开支)|[^，]{2,}(?:总结余|出口|进口|进出口)"
)
LENT_END_RE = re.compile("(?:贷款|存款)$")  # what is lent is a thing, only its growth a flow
GRADE_RE = re.compile("核心|实际|名义")
YIELD_RE = re.compile("(?:国债)?收益率|利差")
PRICE_RE = re.compile(
    "(?:现货|期货|主力合约)?(?:批|均|售|现货)?(?:(?<![票运电房])价格?|报价|收盘价|股价)"
)
# What is quoted of goods, 航油价格, is their price; what grows on the year is a price index.
PRICE_END_RE = re.compile("(?:现货|期货|合约|成交|市场|主流|平均)*(?:价格|均价|报价)$")
STOCK_RE = re.compile("(?:社会|显性|隐性)?库存$")
# What a noun of measure ends with although no list has it: 客座率, 周转量, 注册账户数.
SUFFIXED_MEASURE_RE = re.compile(
    ".(?:率|量|额|数|值|费)$|(?:限售|锁定|交付|建设|回收|有效|存续|交货|行权|禁售|保修|质保|账|工)期$|(?<=[存销负产])比$|"
    "(?:规模|天数|周期|金额|均价|单价|报价|幅度)$"
)
# Measures of a commodity that is traded or made; what lies in stock is a thing of its own.
OF_GOODS_RE = re.compile(
    "(?:产量|销量|排产|出货量|产能|成交额|成交量|成交|持仓|持仓量|开工率|价格|均价|进口量|出口量|消费量|供应|运行区间)$"
)
# Who or what makes a longer noun of a name that stands before it.
OF_MAKING_RE = re.compile("(?:总?[销产]量|出货量|发[运货]量|装运量|交付量|批发量|排产量?)$")
# What the goods of a whole market are sold for: 全球光刻设备|销售额.
SOLD_GOODS_RE = re.compile("(?<![零控])(?:总|净)?销售额$")
TRADED_RE = re.compile("进口|出口")  # 中国进口大豆 tells of the country
PARTY_END_RE = re.compile(
    "(?:企业|公司|家庭|居民|客户|用户|银行|券商|车企|[险药房酒矿钢]企|厂商?|投资者|基金|龙头股?|交易所)$"
)
GOODS_END_RE = re.compile(
    "(?:[片机器柜卡板膜料芯管线件车船药酒油气铝铜镍锌]|电芯|组件|卡车|设备|材料|航线|航班|合约|ETF|基金)$"
)
# A line of business by itself, 海外业务, where it is not all that a firm does.
BUSINESS_RE = re.compile("(?!主营|主要|全部|公司|相关|其|该|本).{1,8}业务$")
MODEL_LEAD_RE = re.compile(r"[\u3400-\u9fff]{1,2}|.*[A-Za-z0-9]型?")  # 秦 of 秦PLUS, N型
SIDE_RE = re.compile("[中内外港]资|[AHB]股|[港美日欧]股|上市")
MARKET_RE = re.compile("(?:海外|国内|国际|境外|境内|海内外)市场")
# 国内游客 and 国内旅游收入 are not those of all countries; 国内硅片 is silicon wafers.
AT_HOME_RE = re.compile("(?:游客|旅客|居民|消费者|收入|市场|企业|客户)$")
SITE_RE = re.compile("[^的]{2,6}(?:门店|市场|工厂|基地|子公司|航线|地区)$")
HOME_RE = re.compile("(?:我国|国内|(?:沪深)?两市(?=融资|两融|融券))(?=[^，]{2,})")
COLLECTIVE_RE = re.compile("[两二三四五六七八九十]大")
NATIONAL_RE = re.compile("(?:全国|全球|国内|我国|全行业|全市场|全社会|新建|规模以上)[^，]{3,}")
# 百济神州核心产品百悦泽: the name in apposition is what is spoken of.
APPOSITION_RE = re.compile(
    "(?:核心|旗舰|主打|主力|自研|重磅|爆款|旗下|首款|控股)*"
    "(?:产品|车型|品牌|游戏|药物|新药|手游|新游|机型|大?模型|子公司|应用)(?=.{2,})"
)
TRAILING_RE = re.compile(
    "(?:注册|[月日周]?活跃|付费|全球|海外|国内|累计|平均|成交|交货|周转|开户|现货|(?<=业务)经营)+$"
)
OWNING_INSIDE_RE = re.compile(f"(.{{2,}}?(?:{alternation(OWNING)}))(?=.{{1,4}}$)")
PARTY_INSIDE_RE = re.compile("(.{2,}?(?:企业|公司|客户|渠道|家庭|居民|银行|基金|机构))(?=.{2,6}$)")
