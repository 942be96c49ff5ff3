"""The words by which a Chinese market article says what a number means, as data.

Each table is an ordered alternation for `re`; longer words stand before the
words that they begin with.  The tables hold vocabulary only: what a word does
in a sentence is decided by the modules that read them.
"""

from __future__ import annotations

import re

from kg.records import Metric


def alternation(words: str) -> str:
    """A regular expression for any of the *words*, the longest first; a Latin word as a whole."""
    longest = sorted(words.split(), key=len, reverse=True)
    return "|".join(
        f"(?<![A-Za-z]){re.escape(word)}(?![A-Za-z])" if word.isascii() else re.escape(word)
        for word in longest
    )


def last_match(pattern: re.Pattern[str], words: str) -> re.Match[str] | None:
    """The last match of *pattern* in *words*."""
    found = None
    for match in pattern.finditer(words):
        found = match
    return found


FALLING = """
下跌 下降 下滑 下挫 调贬 下行 下修 下调 下移 降低 降息 降准 降价 官降 减少 减持 减产 减 缩减 缩水
收缩 收窄 萎缩 回落 回撤 回调 回吐 暴跌 大跌 急跌 重挫 跌超 跌逾 跌 走低 走弱 走软 贬值 净流出
流出 净卖出 净赎回 净回笼 净偿还 净减少 净减 赎回 亏损 净亏损 亏 蒸发 折价 折让 贴水 低 少 落后
跑输 逊于 裁减 调低 调降 削减 砍掉 砍 收跌 低开 缩量 负增长 缩表 转跌 跳水 滑落 骤降 锐减 降
放缓 抛售 净抛售 流失 收低 缩短 腰斩 倒退 挫
"""
RISING = """
上涨 上升 上行 上调 上修 调升 涨 增长 增加 增持 增 提高 提升 回升 反弹 扩大 攀升 飙升 大涨 劲升 升
走高 走强 升值 净流入 流入 净买入 净增加 净增 高出 高 多 领先 跑赢 加息 提价 涨价 加价 溢价 拉升
新增 跳涨 扩张 走阔 收高 收涨 高开 翻 加快 拉长 延长 调高 抬升 上扬 暴涨 增厚 净投放 净买入
净增持 净申购 升水
走扩 放量 好于 优于
"""
FALL_NOUNS = (
    "跌幅 降幅 减幅 缩幅 净亏损 亏损 净流出 流出 折价 折让 贴水 回撤 净卖出 净赎回 净回笼 "
    "下调幅度 下跌幅度 下降幅度 回落幅度 降息幅度 降价幅度 下修幅度"
)
RISE_NOUNS = "涨幅 升幅 增幅 增速 净流入 溢价 升水 净买入"
LEVEL_VERBS = """
至 到 为 达 达到 达至 报 收报 收于 收在 报收 收盘于 录得 在 定在 是 触及 升破 突破 跌破 失守
站上 守住 升穿 逼近 约为 仅为 高达 维持在 保持在 等于 共 合计 累计 落在 位于 处于 来到 触 收 有
拟 已
"""
# Words that hold a direction word and yet say nothing of a direction.
UNDIRECTED = """
最高 最低 高达 新高 新低 低位 高位 较高 较低 不高于 不低于 不少于 不超过 至少 多家 多数 多次
多年 不少 高于 低于 高管 高端 低端 中低 中高 次高端 增量 增速 增幅 加速 升级 高度 高峰 减值 低估
高估 高估值 低估值
流出额 流入额 亏损额 减少额 增加额 流出量 流入量
增值 高盛 高通 多空 多元 多头 增发 升至 降至 减至 跌至 涨至 增至 升到 降到
跌到 涨到 高级 高性能 高频 低碳 上升期 下行周期 看跌 看涨 看空 看多
"""

COMPARING = """
相较于 相较 相对于 较之 较 高于 低于 超过 好于 优于 弱于 强于 差于 不及 超出 跑赢 跑输 逊于
远超 大于 小于 领先 落后
"""
RELATIVE = "跑赢 跑输 领先 落后 超额 优于 逊于"

YEAR_ON_YEAR = """
同比 按年 较上年同期 较去年同期 比上年同期 比去年同期 较上年 较去年 比上年 比去年 与去年同期相比
较前一年
"""
QUARTER_ON_QUARTER = """
周环比 月环比 季环比 环比 按月 按季 较上月 较上季 比上月 比上季 较上季度 较前一季 较前月
较上一季 环比折年率 年化季率
"""

REPORTING = """
显示 表明 表示 认为 指出 称 公布 披露 宣布 提出 透露 强调 提醒 提示 统计 测算 预估 预计 估计 估算
预测 预告 重申 报道 公告 暗示 决定 承诺 力争 计划 确认 宣称 坦言 判断 预期 相信 援引
"""
CAUSING = "推动 带动 拉动 拖累 令 使得 促使 导致 刺激 提振 引发 使"
FORESEEING = """
预计 预期 预测 估计 预估 料将 料会 料于 有望 指引 中值 概率 可能性 几率 预告 展望 将达 将升
将降 将增 将超 将在 将为 将突破 将落 力争 空间 计划于 望达 或将 或达 或升 或降 或超 应升 应降 承诺
运行区间 赔率 押注 拟于 规划
将下降 将增长 将上升 将上涨 将下跌 将超过 将达到 将实现 将保持 将扩大 将减少
将回落 将回升 将维持 有可能 计划把 计划将 计划在 打算 或在
"""
HEARSAY = "据传 传闻 据悉 知情人士 消息人士 市场传言 传言 据称"
NEGATING = "未达到 未达 未能 没有达到 并未 未 不及 不足以 否认"

LISTING = "分别 依次 双双 各自 各 顺次"

PERSONS = """
策略师 分析师 经济学家 首席执行官 首席财务官 首席营收官 行长 主席 理事 总裁 董事长 总经理 交易员
投资者 官员 官员们 机构 市场 分析人士 业内人士 管理层 业内 研究员 基金经理 委员会 记者 数据 报告
公告 财报 年报 工具 研报 发言人 负责人 点阵图 期货 公司 企业 行业 大盘 监管层 商家 消费者
用户 客户方 媒体 同行 卖方 买方 多数 业绩 结果 消息 摘要 董事会 监事会 股东大会 股东会 股东
董事 监事 高管 集团管理层 合伙人 主管 总监 秘书长 部长 大臣 局长 署长 财长 首相 总统 教授 专家
原因 理由 因素 背景 主因 推手 导火索
"""

# Who can own a figure although no lexicon lists it: 批发代理渠道, 智能手机客户.
OWNING = """
渠道 业务 部门 板块 行业 产业 企业 公司 集团 银行 基金 客户 店 业 股 经济体 机场 港口 工厂 厂 平台
事业部 分部 系列 酒 市场 地区 品牌 车型 机型 型号 产品 项目 站 基地 联盟 组织 机构 芯片 组件
电池 硅料 硅片 模型 手机 债券 债 合约 代币 币 券商 险企 车企 药企 房企 酒企 央行 家庭 居民 政府
指数 概念 概念股 龙头 巨头 经销商 成分股 矿商 矿工 云 服务 技术 院线 航线 门店 玻璃 厂商 两市
三市 贷款 存款 期货 现货 ETF
"""

# Measures that are things in their own right: the whole phrase is the subject.
AUTONOMOUS = """
收益率 准备金率 目标区间 失业率 时薪 薪资 工资 就业人数 就业 人数 裁员 增量 存量 库存 指数 汇率
中间价 利差 剪刀差 价差 CPI PPI GDP PMI HICP PCE LPR 社融 M0 M1 M2 过剩量 缺口 供应 需求 销售额
零售额 零售总额 总值 增加值 出口额 进口额 进出口 顺差 逆差 职位空缺 申请人数 岗位 流动性 储备
外汇储备 余额 运价 价格 电价 利息 比价 溢价率 通胀率 通胀 债务 赤字 用电量 发电量 装机 新增装机
装机容量 开工率 客流 票房 人口 产能 出货量 产量 销量 总产量 总销量 持仓 比特币价格 总市值 成交额
成交量 杠杆 两融余额 新增就业 库存周期 总结余 汇价 投资额 算力 主力资金 资金 北向资金 南向资金
融资余额 融券余额 融资买入额 经济增速 经济增长 房地产开发投资 固定资产投资 波动率
"""

MEASURES: tuple[tuple[Metric, str], ...] = (
    (
        "other",
        """
        研发费用 研发投入 研发支出 研发开支 订单 开工率 产能利用率 稼动率 费用 手续费 管理费
        加工费 运费 保费 新业务价值 内含价值 杠杆比率 净值
        首年期交保费 首年保费 期交保费 趸交保费 续期保费 新单保费 新单期交保费 首年标准保费
        年化新保费 年化保费
        规模保费 新业务价值率 新业务合同服务边际 合同服务边际 新业务保费 综合成本率 综合赔付率
        综合费用率 赔付率 退保率 继续率 保单继续率
        综合偿付能力充足率 核心偿付能力充足率 偿付能力充足率
        核心一级资本充足率 一级资本充足率 资本充足率 拨备覆盖率 拨贷比 贷款拨备率 拨备率 存贷比
        贷存比
        成本收入比 信用成本率 信贷成本率 信用成本 信贷成本 流动性覆盖率 净稳定资金比例
        风险覆盖率 净资本 净资本收益率
        分红 股息 派息 红利 股利 罚款 差额 差距 剪刀差 总资产 负债 杠杆率 杠杆 缺口 费率 佣金
        补贴 成本 现金流 应收账款 振幅 回购 派息 末期息 中期息 资本比率 一级资本比率
        现金储备 剩余履约义务 履约义务 积压订单 购回
        总投资收益率 净投资收益率 综合投资收益率 投资收益率
        """,
    ),
    (
        "valuation",
        """
        市盈率 市净率 市销率 估值 折价 折价率 溢价率 溢价 折让 贴水 升水 PE PB PS P/E P/B
        企业价值倍数 股息率 股息收益率
        """,
    ),
    (
        "margin",
        """
        毛利率 净利率 利润率 净息差 营业利润率 经营利润率 毛利 净利润率 息差 净资产收益率 ROE
        净利息收益率 净利差 新业务利润率 新业务价值利润率 承保利润率
        """,
    ),
    (
        "share",
        """
        占比 比重 份额 市占率 渗透率 占有率 占 比例 贡献了 贡献 派息率 派息比率 分红率 分红比例
        派息比例 股利支付率 持股比例 仓位
        """,
    ),
    (
        "profit",
        """
        归属于上市公司股东的净利润 归母净利润 扣非净利润 扣非归母净利润 归母净利 扣非净利 净利润
        净利 利润 盈利 净亏损 亏损 溢利 收益净额 EBITDA EBIT EPS 营业利润 经营利润 每股收益
        每股盈利 每股净利 净收入 净赚 净亏 预亏 税前利润 税后利润 营运利润 归母营运利润 税后营运利润
        承保利润 拨备前利润 保险服务业绩
        """,
    ),
    (
        "revenue",
        """
        营业总收入 营业收入 营收 总收入 收入 净销售额 销售额 营业额 零售额 零售总额 票房
        销售收入 原保险保费收入 原保费收入 总保费收入 新单保费收入 规模保费收入 保费收入
        保险服务收入
        净利息收入 利息收入 手续费收入 佣金收入 手续费及佣金收入 手续费及佣金净收入 手续费净收入
        订阅收入 广告收入
        """,
    ),
    (
        "investment",
        """
        资本支出 资本开支 固定资产投资 投资额 投资 融资额 融资 募资 募集 募集资金 收购 对价 注资
        首付款 里程碑付款 开价 出资 入股 交易金额 斥资 耗资 投入 IPO 发行规模 开支 增资 动用
        集资额 集资 募资额 定增 定向增发 配股 总价 总对价 作价 总代价
        """,
    ),
    (
        "flow",
        """
        净融资 净流入 净流出 流入 流出 净买入 净卖出 净赎回 净申购 净投放 净回笼 增量 吸金 买入
        卖出 资金 新增贷款 人民币贷款 贷款 净抛售 申购 赎回 释放 逆回购 公开市场操作 干预 MLF操作
        购债规模 购债 买债 扩表 缩表规模
        吸引 中期借贷便利操作 增持金额 减持金额 套现 结售汇
        """,
    ),
    (
        "market_value",
        """
        基金规模 产品规模 总市值 市值
        总资产净值 资产净值 管理规模 资产管理规模 AUM 资产规模 净资产规模 锁仓量
        """,
    ),
    (
        "volume",
        """
        成交额 成交量 成交 换手 销量 销售量 产量 交付量 交付 出货量 出货 装机容量 装机量 装机
        库存 社会库存 储量 储备 产能 净购金 净购 持仓 持仓量 持有 增持 减持 爆仓 清算 用电量 发电量
        进口量 出口量 进口 出口 发运量 发货量 装运量 排产 成交面积 业务量 存栏量 存栏 销售
        供应量 需求量 批发 零售 上险量 保有量 减产 增产 购买
        购入 采购 注册量 累库 去库 客流 吞吐量 生产 售出 卖出了 出栏 发货 销售面积 产出 开采 挖出
        未平仓金额 未平仓量 未平仓合约 未平仓 持股
        旅客运输量 货物运输量 货邮运输量 运输量 客运量 货运量 旅客周转量 货物周转量 货邮周转量
        周转量 旅客吞吐量
        货物吞吐量 集装箱吞吐量 箱量 载货量 运送 承运
        """,
    ),
    (
        "price_adjustment",
        """
        优惠 让利 提价 涨价 降价 直降 调价 加价 官降 价格调整 提价幅度 降价幅度 售价上调 售价下调
        """,
    ),
    (
        "price_change",
        """
        涨幅 跌幅 回报 回报率 涨跌幅 周涨跌 涨跌 升幅 收益率为负 年化回报 正回报 负回报 总回报
        """,
    ),
    (
        "level",
        """
        收盘价 收报 报收 收于 报价 均价 批价 现货价 中间价 股价 金价 油价 价格 利率 收益率
        失业率 汇率 利差 点位 售价 单价 租金 价 外汇储备 官方储备 报 开盘价 运价 准备金率 通胀率
        资金费率 合约价 期货价 结算价 出厂价 零售价 批发价 到岸价 离岸价 收市价 市价 挂牌价 成交价
        客单价 发行价 回购价 指导价 中标价 合约均价 现货均价 成交均价 现货价格 合约价格
        不良率 不良贷款率 逾期率 违约率 波动率 逾期贷款率 关注贷款率 关注类贷款率 不良生成率
        不良贷款生成率
        不良贷款余额 不良余额 逾期贷款余额 关注类贷款余额
        融资余额 两融余额 融资融券余额 总结余
        """,
    ),
    (
        "count",
        """
        人数 就业 家数 用户 裁员 职位空缺 岗位 员工 门店 申请
        """,
    ),
)


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(alternation(words))


FALLING_RE = _pattern(FALLING)
RISING_RE = _pattern(RISING)
FALL_NOUN_RE = _pattern(FALL_NOUNS)
DIRECTION_RE = _pattern(FALLING + RISING + FALL_NOUNS + RISE_NOUNS)
UNDIRECTED_RE = _pattern(UNDIRECTED)
LEVEL_END_RE = re.compile(f"(?:{alternation(LEVEL_VERBS)})了?$")
COMPARING_RE = re.compile(
    f"{alternation(COMPARING)}|(?<![占同环对之])比(?![例重率值价亚])"  # not 占比, 比例
)
RELATIVE_RE = _pattern(RELATIVE)
YEAR_ON_YEAR_RE = _pattern(YEAR_ON_YEAR)
QUARTER_ON_QUARTER_RE = _pattern(QUARTER_ON_QUARTER)
REPORTING_RE = _pattern(REPORTING)
CAUSING_RE = _pattern(CAUSING)
FORESEEING_RE = re.compile(
    f"(?:(?<!利率)(?<!利率的)目标|{alternation(FORESEEING)})(?!区间|价差)|隐含(?!波动率)|(?:将|或|料|可望)(?:会)?(?:达到?|升至|降至|增至|减至|超|突破|跌至)$"
)
HEARSAY_RE = _pattern(HEARSAY)
NEGATING_RE = _pattern(NEGATING)
LISTING_RE = _pattern(LISTING)
PERSON_END_RE = re.compile(f"(?:{alternation(PERSONS)})$")
OWNING_END_RE = re.compile(f"(?:{alternation(OWNING)})$")
AUTONOMOUS_END_RE = re.compile(
    "(?:(?<![毛净])利率|(?<!投资)(?<!利息)(?<!不良)(?<!不良贷款)(?<!逾期贷款)(?<!关注类贷款)(?!(?<=净)利差)"
    f"(?:{alternation(AUTONOMOUS)}))$"
)
MEASURE_OF = {word: metric for metric, words in MEASURES for word in words.split()}
MEASURE_RE = _pattern(" ".join(MEASURE_OF))
# 票价 and 房价 are what is measured, not the 价 of 票.
MEASURE_END_RE = re.compile(f"(?:{alternation(' '.join(MEASURE_OF))})(?<![票房]价)$")
ISSUE_PRICE_RE = re.compile("目标价|目标位|目标点位")
