"""Makers and their goods, sellers and their customers: X推出P, X向Y供货, Y的供应商X, X采购自Y."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.relations.coordination import row_after
from ingest.relations.drafts import Draft
from ingest.relations.phrases import back_of, topic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ingest.relations.scene import Scene

_MAKES = re.compile("推出|发布|上线|量产|研发|生产|自研|发售|开售|首发|投产|推向市场")
_GOODS = re.compile(
    "(?:芯片|模型|大模型|手机|车型|轿车|SUV|系统|平台|药物|新药|疫苗|产品|系列|品牌|电池|服务器|处理器|显卡|GPU|CPU|眼镜|头显|"
    "机器人|软件|应用|APP|App|工具|助手|版本|设备|终端|存储器|内存|颗粒|硬盘|面板|光模块|组件|电芯|机型|套餐|酒|饮料|"
    "[一-龥]{0,4}ETF|债券|浏览器|引擎|智能体|操作系统|云服务|耳机|手表|平板|电脑|汽车|乘用车|轮胎|"
    "(?:车型|手机|芯片|模型|产品)[A-Za-z0-9一-龥 -]{1,8})$"
)
_REPORTS = re.compile(
    "报告|数据|公告|财报|[年季月周]报|预告|快报|指引|声明|消息|业绩|计划|方案|政策|通知|意见|新规|指数|预测|文件|白皮书|办法|展望"
)
_OBJECT = re.compile(
    r"了?(?:[一二三四五六七八九十两数多\d]+[款项种个台批代部系]+|全新|新款|新一代|首款|新|旗下|其|自家|最新)*的?(?P<what>[^，；：。]{2,30})"
)
_SELLS = re.compile(
    r"(?:向|给|为|对)(?P<whom>[^，；：。]{2,16}?)(?:独家|批量|大规模|持续|开始|直接|小批量)*(?P<cue>供货|供应|出货|交付|销售|出售|提供)(?!链|商|支|了?[^，；：。]{0,16}(?:支撑|支持|空间|保障|动力|动能|服务咨询|担保|贷款|条件|方向|机会|背景|参考|依据))"
)
_BUYS = re.compile(r"(?:从|向)(?P<whom>[^，；：。]{2,16}?)(?P<cue>采购|进货|订购|购买|购入|下单)")
_BOUGHT_FROM = re.compile("(?:采购|进口|购)自")
_CLIENT = re.compile(
    "的?(?:最?[大要]|主要|核心|重要|关键|独家|长期|潜在|第一|前[一二三四五]大|下游|终端)*(?P<cue>客户)(?:包括|有|为|是|涵盖)?"
)
_SUPPLIER = re.compile(
    "的?(?:最?[大要]|主要|核心|重要|关键|独家|长期|潜在|第一|前[一二三四五]大|上游|唯一)*[A-Za-z0-9]{0,6}(?P<cue>供应商|代工厂|代工商)(?:包括|有|为|是|涵盖)?"
)
_IS = re.compile("(?:也|已|正)?(?:是|为|成为)")
_TRADERS = frozenset(("company",))
_MAKERS = frozenset(("company", "institution"))


def trades(scene: Scene) -> Iterator[Draft]:
    """The products, and the supplies, of a sentence."""
    yield from _products(scene)
    yield from _supplies(scene)
    yield from _partners(scene)


def _products(scene: Scene) -> Iterator[Draft]:
    for found in _MAKES.finditer(scene.text):
        word = scene.word_at(found.start())
        if word is None or not word.tag.startswith("v"):
            continue
        maker = topic(scene, found.start(), types=_MAKERS)
        clause = scene.clauses[scene.clause_of(found.start())]
        what = _OBJECT.match(scene.text, found.end(), clause.end)
        if maker is None or what is None:
            continue
        start, end = what.span("what")
        named = next((n for n in scene.names_in(start, end) if n.type == "product"), None)
        if _REPORTS.search(scene.text, start, end) or (
            named is None and not _GOODS.search(scene.text[start:end])
        ):
            continue
        if any(w.tag == "v" for w in scene.words_in(start, end)) and named is None:
            continue
        thing = scene.named(named) if named else scene.argument(start, end)
        yield Draft(
            kind="product",
            cue=found.span(),
            tail=back_of(scene, clause.start, found.start()),
            subject=scene.named(maker),
            object=thing,
        )


def _supplies(scene: Scene) -> Iterator[Draft]:
    for pattern, selling in ((_SELLS, True), (_BUYS, False)):
        for found in pattern.finditer(scene.text):
            who = topic(scene, found.start(), types=_TRADERS)
            row = row_after(scene, found.start("whom"))
            if who is None or not row or row[-1].end > found.end("whom"):
                continue
            if scene.text[row[-1].end : found.end("whom")] not in ("", "等", "批量", "独家"):
                continue
            for whom in row:
                if whom.type != "company" or whom.mention.entity == who.mention.entity:
                    continue
                seller, buyer = (who, whom) if selling else (whom, who)
                yield Draft(
                    kind="supply",
                    cue=found.span("cue"),
                    tail=back_of(scene, who.end, found.start())
                    if who.end <= found.start()
                    else found.start(),
                    subject=scene.named(seller),
                    object=scene.named(buyer),
                )
    for found in _BOUGHT_FROM.finditer(scene.text):
        who = topic(scene, found.start(), types=_TRADERS)
        seller_name = scene.name_at(found.end())
        if who is not None and seller_name is not None and seller_name.type == "company":
            if who.mention.entity != seller_name.mention.entity:
                yield Draft(
                    kind="supply",
                    cue=found.span(),
                    tail=found.start(),
                    subject=scene.named(seller_name),
                    object=scene.named(who),
                )


def _partners(scene: Scene) -> Iterator[Draft]:
    """X的主要客户Y, X的客户包括Y, Y是X的客户; with 供应商 the other way round."""
    for pattern, selling in ((_CLIENT, True), (_SUPPLIER, False)):
        for found in pattern.finditer(scene.text):
            owner = next((n for n in scene.names if n.end == found.start()), None)
            if owner is None or owner.type != "company":
                continue
            row = [n for n in row_after(scene, found.end()) if n.type == "company"]
            if not row:
                is_ = next((m for m in _IS.finditer(scene.text) if m.end() == owner.start), None)
                other = topic(scene, is_.start(), types=_TRADERS) if is_ else None
                row = [other] if other else []
            for partner in row:
                if partner.mention.entity == owner.mention.entity:
                    continue
                seller, buyer = (owner, partner) if selling else (partner, owner)
                yield Draft(
                    kind="supply",
                    cue=found.span("cue"),
                    tail=found.start("cue"),
                    subject=scene.named(seller),
                    object=scene.named(buyer),
                )
