"""Closed classes of words that recognition leans on: titles of office, name endings, cues.

They are classes of the language of market news, not lists of what one article holds.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.records import EntityType

# --- titles of office ---------------------------------------------------------------------------

_RANK = (
    r"(?:(?:首席|高级|资深|前任?|现任|时任|新任|候任|代理|临时|副|总|执行|联席|常务|独立|名誉|"
    r"联合|共同|第一)*)"
)
_FIELD = (
    r"(?:(?:执行|财务|营收|运营|技术|信息|投资|产品|法务|商务|战略|市场|营销|科学|人力资源|全球|中国|"
    r"美国|欧洲|亚洲|亚太|大中华区?|宏观|经济|策略|外汇|利率|股票|固定收益|信贷|商品|大宗商品|行业|"
    r"研究|量化|货币|债券|食品饮料|医药|电子|汽车|新能源|半导体|银行|地产|房地产|能源|金属|贵金属|"
    r"黄金|原油|化工|传媒|互联网|科技|通信|计算机|家电|消费|零售|军工|有色|煤炭|钢铁|交运|非银|"
    r"农业|机械|电新|固收|组合|基金|客户|业务|区域|市场部|研究部|数字资产|加密货币|大类资产|资产配置|资产|衍生品|另类|私募|财富|部门|团队)*)"
)
_HEAD = (
    r"(?:执行官|财务官|营收官|运营官|技术官|信息官|投资官|科学家|经济学家|策略师|分析师|战略师|"
    r"董事长|董事会主席|主席|总裁|总经理|经理|董事|行长|理事|秘书长|秘书|部长|院长|所长|局长|司长|"
    r"署长|主任|会长|理事长|发言人|代表|总统|总理|首相|大臣|长官|州长|市长|省长|委员|官员|创始人|"
    r"合伙人|负责人|主管|总监|教授|研究员|顾问|交易员|议员|总书记|书记|行政总裁|执行长|财务长|"
    r"社长|专员|掌门人|CEO|CFO|COO|CTO|CIO|CMO)"
)
DEPARTMENT = re.compile(rf"{_FIELD}(?:行业|研究部|研究所|研究院|研究|团队|部门?|事业部)?")
"""A desk within a firm: 汽车行业, 策略团队."""

TITLE = re.compile(rf"{_RANK}{_FIELD}{_RANK}{_FIELD}{_HEAD}(?:兼{_RANK}{_FIELD}{_RANK}{_HEAD})*")
"""A title: 首席执行官, 首席宏观分析师, 副董事长兼总裁."""

TITLE_HEAD = re.compile(_HEAD)

# --- endings that tell what a name is of --------------------------------------------------------

_ENDINGS: tuple[tuple[EntityType, str], ...] = (
    ("group", r"[一二三四五六七八九十\d]+国集团"),
    ("index", r"指数|综指|成指|收益率曲线"),
    (
        "institution",
        r"央行|联储|中央银行|储备银行|储备委员会|证监会|监管局|金管局|管理局|监督管理总局|交易所|"
        r"证交所|协会|学会|商会|公会|工会|研究院|研究所|研究会|委员会|统计局|财政部|商务部|总署|总局|"
        r"能源署|能源局|情报局|检察院|法院|议会|国会|参议院|众议院|政府|大学|学院|联合会|联席会|"
        r"联盟|基金组织|基金会|智库|税务局|劳工部|国防部|外交部|司法部|能源部|公安部|国务院|国资委|法院|医院|卫生院|管委会|[沪深北港上纽东伦]交所|财务省|经产省|内阁|央企|白宫",
    ),
    ("sector", r"板块|行业|产业|概念股"),
    (
        "company",
        r"公司|集团|股份|控股|银行|证券|基金|保险|人寿|财险|再保险|科技|技术|电子|汽车|车企|资本|"
        r"资管|资产管理|投资|创投|制药|药业|生物|医药|医疗|半导体|微电子|电气|电器|电力|航空|航天|"
        r"航运|物流|快递|重工|实业|工业|置业|地产|置地|传媒|影业|网络|软件|通信|通讯|光电|光能|材料|"
        r"新材|化工|化学|矿业|钢铁|石油|石化|煤业|锂业|钴业|铜业|铝业|酒业|乳业|食品|饮料|能源|"
        r"新能源|国际|咨询|期货|信托|租赁|商行|精密|机器人|智能|动力|机械|建材|水泥|玻璃|环境|环保|"
        r"旅游|酒店|百货|超市|商城|服饰|体育|教育|娱乐|游戏|互动|信息|数据|云计算|实验室|工作室",
    ),
    ("product", r"ETF|国债|债券|贷款|工具|系列|平台|大模型|芯片|手机|汽车品牌|数据库"),
    ("event", r"大选|停摆|峰会|论坛|博览会|发布会|冲突|战争|危机|疫情|罢工|风暴|公投"),
    ("policy", r"政策|法案|条例|规划|计划|办法|协议|准则|意见|新规|利率互换便利"),
)
ENDINGS = tuple((kind, re.compile(f"(?:{words})$")) for kind, words in _ENDINGS)

COMPANY_ENDING = next(ending for kind, ending in ENDINGS if kind == "company")

HOUSE_ENDING = re.compile(
    r"(?:公司|集团|股份|控股|银行|商行|证券|基金|保险|人寿|财险|信托|期货|资本|资管|资产管理|资产|投资|"
    r"创投|金控|财富|国际|咨询|顾问|量化|研究|研究院|研究所|研究中心|智库|协会|学会|商会|联合会|交易所|"
    r"事务所|评级|大学|学院)$"
)
"""How firms and bodies that judge the market are called: 启明山资产, 砺石产业研究院."""

PLACE_ENDING = re.compile(
    r"(?:省|市|县|区|州|国|岛|群岛|湾|港|海峡|运河|半岛|地区|自治区|大陆|三角洲)$"
)

CORPORATE_FORM = re.compile(
    r"(?:股份有限公司|有限责任公司|有限公司|集团公司|控股集团|公司|集团|股份|控股)"
)

# Words that end like a name but name nothing: 该公司, 部分银行, 多家机构, 相关板块.
GENERIC = re.compile(
    r"(?:该|本|此|这|那|其|各|某|每|多|两|几|数|大|小|中小|部分|多数|少数|相关|有关|其他|其它|主要|"
    r"一些|全部|所有|任何|个别|上市|子|母|分|总|同类|国内|国外|海外|境外|境内|大型|中型|小型|头部|龙头|"
    r"传统|新兴|商业|民营|国有|外资|中资|地方|联邦|中央|当地|全球|主流|整个|整体|投资|金融|银行|"
    r"监管|科技|互联网|新兴市场|市场|各国|多国|西方|发达经济体|央行|高|低|上游|下游|中游|不同|近|热门|周期|"
    r"前者|后者|第三方|非银行|非银行业|私募|公募|股票|货币|量化|主动|被动|对冲|养老|主权|财富|产业|创业|风险|"
    r"股权|股份制|开发性|政策性|资深|专业|知名|老牌|参股|城市|农村|农商|城商|新能源|电动|燃油|纯电|混动|智能|网联|乘用|"
    r"商用|固定|海外|加密|数字|无形|有形|流动|核心|风险|优质|避险|权益|固收|跨境|直接|间接|长期|短期|财务|战略)"
    r"{1,3}(?:公司|集团|机构|银行|企业|板块|行业|产业|指数|基金|证券|股份|央行|交易所|协会|委员会|政府|"
    r"股|券商|部门|平台|产品|债券|贷款|政策|计划|协议|工具|系列|汽车|车企|厂商|资产|资本|投资|期货|国际|"
    r"保险|信托|控股|研究|科技|技术|能源|咨询|顾问)?"
)

GOODS = (
    r"电池片|电芯|硅片|组件|电池|硅料|复投料|致密料|芯片|晶圆|显卡|光模块|面板|机型|储能柜|逆变器|内存|闪存|"
    r"服务器|处理器|钢|铝锭|电解液|正极材料|隔膜|铜箔"
)
"""Industrial goods that are traded by grade: N型硅片, 314Ah电芯."""

# What follows a word that means goods or a river, not the firm of that name: 苹果价格, 长江流域.
GOODS_AFTER = re.compile(
    r"(?:[收批零现出]?[购发售货口]?价格?(?!股)|期货|产量|产区|种植|流域|两岸|收成|库存|进口|出口|汁|树|园)"
)

# --- speech -------------------------------------------------------------------------------------

CUES = (
    "表示|认为|强调|指出|称|说|坦言|透露|预计|预期|预测|重申|提醒|警告|提示|补充|回应|承认|否认|写道|"
    "直言|解释|建议|呼吁|承诺|宣布|声称|评论|主张|判断|描述|形容|相信|谈到|提到|介绍|担心|看好|确认"
)
CUE = re.compile(CUES)

# --- reference ----------------------------------------------------------------------------------

NOT_NAMES = frozenset(
    "AI IT CEO CFO COO CTO CIO IPO ETF APP PDF GDP ESG PE PB ROE EPS FY H1 H2 Q1 Q2 Q3 Q4 A B H ST "
    "YoY QoQ "
    "PC TV 5G 4G 6G B2B B2C SaaS PaaS IaaS CAGR EBITDA EBIT R&D AM PM VIP OK ID URL KOL MOU NGO "
    "PPT "
    "GPU CPU ASIC SUV MPV EV PHEV BEV HPC RMB USD CNY HKD JPY EUR GBP KRW TWD API SDK LED OLED "
    "GMV MAU DAU ARPU NIM ROA ROIC FCF ARR SKU ADAS NOA IP KPI NAV AUM LNG AIGC LLM AGI CXO M&A "
    "END "
    "LCD IoT AR VR XR MR OTC NFT DeFi REIT REITs FOF QDII QFII EMS OEM ODM K U ".split()
)
"""Latin words of market Chinese that name no one thing."""

TRIMS = frozenset("MAX Max Pro Plus PLUS Ultra Mini Lite Air".split())
"""Versions of a model: part of a name after it, none alone."""
