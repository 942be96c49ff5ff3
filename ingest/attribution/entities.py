"""Common nouns that become entities because a figure is about them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256

from ingest.attribution.names import Name
from ingest.quantities.units import currency_words
from ingest.records import Recognition
from kg.records import Document, Entity, EntityType

_TYPE_BY_HEAD: tuple[tuple[EntityType, str], ...] = (
    ("policy", "利率|LPR|准备金率|逆回购|MLF|SHIBOR|关税税率"),
    (
        "sector",
        "板块|行业|产业|(?<!企)业|电信|化工|医疗保健|店|加油站|概念|概念股|小盘股|大盘股|成长股|价值股|科技股|中概股|地产|光伏|[风核水火]电|储能",
    ),
    (
        "index",
        "指数|CPI|PPI|GDP|PMI|PCE|HICP|M0|M1|M2|增速|增量|存量|失业率|就业|就业人数|职位空缺|时薪|薪资|工资|销售额|零售总额|"
        "成交额|总值|增加值|顺差|逆差|储备|剪刀差|利差|价差|通胀率|通胀|裁员|汇率|中间价|运价|产量|销量|出货量|库存|装机|人数",
    ),
    (
        "commodity",
        "价格|现货|[航煤汽柴燃原]油|煤油|铜精矿|黄金|白银|铜|铝|锂|煤|钢|硅料|硅片|碳酸锂|天然气|比特币|以太坊|代币|"
        "[密字拟]货币|稀土|精矿|氧化.|[钨钼锑锗镓钴镍锡锌铅]|[豆棕菜]油|粕|[白原]糖|棉花|橡胶|纸浆|尿素|甲醇|纯碱|咖啡豆|[猪牛]肉|鸡蛋",
    ),
    (
        "product",
        "收益率|债|债券|中票|存单|车|贷款|存款|基金|ETF|酒|药|疫苗|险|证券|系列|车型|机型|型号|芯片|组件|电池|模型|手机|产品|"
        "票据|凭证|合约|服务器|逆变器|设备|仪器|电芯|电池片|内存|闪存|颗粒|硬盘|显卡|处理器|光模块|机器人|项目|工程|产能建设|"
        "制程|工艺|软件|系统|终端|电脑|平板|电视|手表|手环|音箱|洗衣机|空调|冰箱|航线|眼镜|耳机|支架|游戏|显示器|面板|药物|器械|卫星|火箭|飞机|理财|信托|"
        "[掘载重动电风缩印人]机|兑.+",
    ),
    ("event", "春运|暑运|黄金周|长假|购物节|车展|世界杯|奥运会|亚运会"),
    (
        "institution",
        "国家银行|中央银行|法院|央行|联储|政府|局|(?<![总全乐营内外南北东西中底头局业])部|委员会|协会|交易所|署",
    ),
    (
        "group",
        "公司|集团|银行|企业|客户|渠道|家庭|居民|投资者|机构|业务|部门|股|巨头|基地|委员|官员|经济体",
    ),
)

_QUANTITY = re.compile(
    "(?:收益率|利差|价差|库存|汇率|顺差|逆差|剪刀差|差额|利率|售价|均价|价格|加工费|兑.{2,6}|[产销客装开]\\w?率|[量额值]|流动性|需求|供应|供给|收入|利润|费用|余额|结余)$"
)
"""What a thing has, and is none itself: 10年期国债收益率."""

_STATISTIC = re.compile(
    "(?:失业率|就业|人数|时薪|工资|薪资|薪酬|职位空缺|裁员|零售销售额?|销售额|支出|订单)(?:数据)?$"
)
"""Statistics called by a common noun; CPI, GDP and 社会融资规模 have names of their own."""

_TRADE = re.compile("..(?:出口|进口|进出口)$")
"""What customs count, as they count it: 韩国出口, 半导体出口."""

_NAMED_INDEX = re.compile("指数$|^(?:核心)?[A-Z]+[0-9]*$")

_ROLE = re.compile("(?:委员|官员|议员|专家|学者|分析师|交易员|员工|高管|股东|股民|会议|讲话|报告)$")
"""Who or what takes part in an event of which a figure tells: 三名委员, 为期两天的会议."""

_CURRENCY = re.compile(f"(?:在岸|离岸)?(?:{'|'.join(currency_words())})")


def with_subjects(
    document: Document, recognition: Recognition, subjects: Sequence[tuple[Name, int]]
) -> tuple[Entity, ...]:
    """The recognised entities, and one for each other subject of a figure.

    *subjects* are names with the offset of a figure about them.  Entities come
    by first mention.  A role is no entity, whatever is told of it, and goods are one only
    where a figure is told of them.
    """
    known = {name for e in recognition.entities for name in (e.name, *e.aliases)}
    added: dict[str, Entity] = {}
    for name, position in subjects:
        if name.entity is not None or name.text in known or name.text in added:
            continue
        if set(name.text.split("和")) <= known:
            continue  # 隆基绿能和晶科能源 together are no third party
        kind = name.type or _type_of_subject(name.text, recognition)
        if kind is None:
            continue
        start = _first_place(document, name.text)
        added[name.text] = Entity(
            id=entity_id(name.text, kind),
            name=name.text,
            aliases=(),
            type=kind,
            ticker=None,
            first_start=position if start is None else start,
        )
    told = {name.entity for name, _ in subjects}
    named = [
        replace(e, type="quantity") if _is_statistic(e) else e
        for e in recognition.entities
        if e.type != "commodity" or e.id in told
    ]
    return tuple(sorted((*named, *added.values()), key=lambda e: e.first_start))


def _first_place(document: Document, name: str) -> int | None:
    """Where the article, page furniture and list of sources aside, has *name* first."""
    for line in document.lines:
        if line.kind not in ("furniture", "references", "meta"):
            found = document.text.find(name, line.span.start, line.span.end)
            if found >= 0:
                return found
    return None


def _type_of_subject(name: str, recognition: Recognition) -> EntityType | None:
    if _ROLE.search(name):
        return None
    if _CURRENCY.fullmatch(name):
        return "currency"
    if _QUANTITY.search(name) or _STATISTIC.search(name):
        return "quantity"
    if _TRADE.search(name):
        return "index"
    kind = _type_by_tail(name, recognition) or type_of(name)
    return "quantity" if kind == "index" and _NAMED_INDEX.search(name) is None else kind


def _is_statistic(entity: Entity) -> bool:
    return entity.type == "index" and _STATISTIC.search(entity.name) is not None


def type_of(words: str) -> EntityType:
    """The kind of thing that a common noun names, by its head."""
    for kind, heads in _TYPE_BY_HEAD:
        if re.search(f"(?:{heads})$", words):
            return kind
    return "group"


def _type_by_tail(words: str, recognition: Recognition) -> EntityType | None:
    """服务器DRAM is a product as DRAM is: the type of the longest known goods it ends with."""
    tails = [
        (len(name), entity.type)
        for entity in recognition.entities
        if entity.type in ("product", "commodity", "index")
        for name in (entity.name, *entity.aliases)
        if words.endswith(name)
    ]
    return max(tails)[1] if tails else None


def entity_id(name: str, kind: EntityType) -> str:
    """An identifier from content: the same name and type give the same one everywhere."""
    return "x-" + sha256(f"{kind}\n{name}".encode()).hexdigest()[:16]
