"""What the page says rather than the article: controls, counters, notices, neighbours.

The wording of web pages is open-ended, so a cue here only ever judges a line that its place or
its shape has already put in doubt: before the first paragraph, after the last, or without the
punctuation of running text.  `ingest.structure.layout` knows the places.
"""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

from ingest.structure.lines import has_mark, simplified

Zone: TypeAlias = Literal["related", "comments", "notices", "stocks"]
"""Other articles, readers' words, the publisher's notices, the block of related securities."""

_NUMBER = r"[\d０-９][\d０-９.,，]*\s*[万亿wWkK]?\+?\s*"
_COUNTED = (
    r"阅读|浏览|评论|点击|播放|点赞|收藏|转发|回复|参与|关注|评价|热度|人气|讨论|跟帖|看过|在看"
)

# One word of a page's controls; a line made of nothing else is furniture wherever it stands.
_CONTROL = re.compile(
    r"(?:请?登[录陆入]|注册|(?:会员|用户|个人)中心|VIP|开通会员|首页|正文|我的|退出|搜索|导航|菜单"
    r"|分享(?:到|至)?|微信(?:好友)?|朋友圈|(?:新浪|腾讯)?微博|QQ(?:空间|好友)?|支付宝|复制(?:链接)?|链接"
    r"|收藏|转发|点赞|赞|踩|在看|评论|举报|纠错|反馈|打印|字[号体]|大|中|小|A[-+]?|T[-+]?"
    r"|听(?:全文|新闻|文章)|语音播报|播报|朗读|下载(?:APP)?|打赏(?:作者)?|赞赏|已?关注|加(?:入|至)?自选|自选股?"
    r"|订阅|更多|(?:展开|阅读|查看)(?:全文|全部|更多|原文|详情)|展开|收起|返回(?:顶部|首页|列表|上页)?|客户端|APP|App"
    r"|上一[页篇]|下一[页篇]|刷新|回复|打开|关闭|取消|确定|发送|发布|扫一扫|二维码|公众号|小程序|English|繁体?|简体?"
    r"|热门?|荐|图|新|顶|置顶|广告|推广|赞助|原创|独家|解锁更多功能|自动接受计划|深度投研"
    r"|[¥￥$]\s?[\d.,]+|[★☆✩✭⭐]+|--+)",
    re.IGNORECASE,
)
_COUNTER = re.compile(
    rf"(?:(?:文章|累计|总)?(?:{_COUNTED})(?:量|数|次数|人数|时[长间])?\s*[:：(（]?\s*约?{_NUMBER}(?:次|人|条|分钟?|字)?[)）]?"
    rf"|(?:已有|共有?|约)?\s*{_NUMBER}(?:人|次|条|个|篇|位)?\s*(?:用户|网友|投资者)?(?:已)?(?:{_COUNTED})(?:过|了|量|数)?"
    r"|[\d.]+\s*分(?:[(（][^)）]{0,20}[)）])?"
    r"|(?:阅读|预计|全文|本文)[^。]{0,8}(?:约|需)[^。]{0,4}\d[^。]{0,4}(?:分钟|字)[^。]{0,10})",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"[\d０-９]\s*(?:[%％亿万元点倍]|个?[基百]点|美元|欧元)")
_DIGIT = re.compile(r"[\d０-９]")
_TOKEN_GAP = re.compile(r"[\s|｜/·•,，、:：>＞»›\[\]【】［］()（）]+")

# What opens a line that leads elsewhere or speaks for the page.
_OPENING = re.compile(
    r"[\[【［(（]?(?:热|荐|图|广告|推广|AD)[\]】］)）]"
    r"|上一[篇页条则]|下一[篇页条则]"
    r"|(?:相关|推荐|延伸|拓展|更多|热门|精彩|猜你|往期|历史|编辑|最新|大家都在)(?:阅读|推荐|文章|新闻|资讯|报道|链接|专题|喜欢|回顾|评论|内容|看)"
    r"(?:推荐|列表)?\s*(?:[:：|｜(（>＞]|$)"
    r"|(?:免责|版权|重要|特别|法律|分析师|郑重)(?:声明|提示)\s*(?:[:：]|$)|风险提示及免责声明|投资评级说明"
    r"|关于(?:我们|本站|作者)\s*(?:[:：]|$)|联系我们|网站地图|加入我们"
    r"|[(（]?(?:责任编辑|责编|值班编辑|编辑|校对|审核|排版|图源|题图|封面图?|监制)\s*[:：]"
    r"|(?:请|点击|长按|扫码|扫描|立即|打开|前往|登[录陆入]后|下载)\s*[^。，]{0,12}"
    r"(?:登[录陆入]|注册|关注|下载|查看|阅读|解锁|领取|订阅|开户|进入|体验|使用|了解|APP|识别|二维码)"
    r"|(?:下载|打开|使用)[^。，]{0,8}(?:APP|客户端)"
    r"|基于这[条篇][^。]{0,8}提问|暂无(?:推荐|评论|数据|相关|更多)|打赏|©|Copyright"
    r"|举报电话|客服(?:电话|热线)|本[文页][^。]{0,8}(?:付费|会员|订阅)",
    re.IGNORECASE,
)

# Words that only a page uses; enough against a line outside the body, never against prose.
_ANYWHERE = re.compile(
    r"登[录陆入]|注册|会员|字号|字体|扫码|二维码|公众号|客户端|下载\s*APP|体验金|红包|优惠券|开户|解锁"
    r"|阅读全文|查看更多|聊天框|语音播报|听全文|打赏|点赞|分享到|复制链接|责任编辑|客服|热线|备案|ICP"
    r"|尽在|敬请|自选|收藏|转发|暂无|★|☆|©|¥\s?\d|￥\s?\d|JavaScript|Cookie|浏览器|隐私|用户协议",
    re.IGNORECASE,
)

_LEGAL = re.compile(
    r"不(?:构成|作为)[^。]{0,14}(?:建议|依据|要约|承诺|邀约|推荐)|仅供[^。]{0,8}参考"
    r"|(?:入市|投资|交易|操作|理财|购买)(?:者)?(?:需|须|请|应|务必)谨慎|据此(?:操作|入市|投资|买卖|交易)"
    r"|(?:风险|盈亏|后果|责任)自(?:担|负|行承担)|版权(?:所有|归|属)|未经[^。]{0,10}(?:授权|许可|同意|允许)"
    r"|转载(?:请|须|需|时|自|务必)|侵权|ICP|公网安备|违法和不良信息|免责声明|版权声明"
    r"|不代表[^。]{0,12}(?:立场|观点|趋势|意见|收益|表现)|©|Copyright|All rights reserved"
    r"|(?:AI|人工智能|智能助手|机器人|算法|大模型)[^。]{0,6}(?:辅助)?(?:生成|撰写|翻译)|不(?:承担|负)[^。]{0,14}责任"
    r"|不对[^。]{0,30}(?:负责|保证|承担)",
    re.IGNORECASE,
)
_CALL_TO_ACTION = re.compile(
    r"(?:请|欢迎|点击|立即|即可|扫码|长按|登[录陆入]|打开|下载|使用下方)[^。]{0,14}"
    r"(?:登[录陆入]|注册|关注|下载|查看|阅读|解锁|领取|订阅|开户|分享|公众号|二维码|聊天框|联系我们|隐私|Cookie)"
    r"|本文(?:全文|约)[^。]{0,10}字|阅读(?:需|约)[^。]{0,6}分钟|浏览器(?:版本|不支持)|同意[^。]{0,10}(?:协议|政策|Cookie)",
    re.IGNORECASE,
)

_RELATED = re.compile(
    r"(?:相关|推荐|延伸|拓展|更多|热门|精彩|往期|编辑|最新|大家都在)"
    r"(?:阅读|推荐|文章|新闻|资讯|报道|链接|专题|回顾|内容|看|快讯)(?:推荐|列表)?"
    r"|(?:24小时|一周|今日|本周)?(?:热文|热榜|排行榜?|点击榜|热门排行)|猜你喜欢|您?可能(?:还|也)?(?:喜欢|感兴趣)(?:的[^。]{0,6})?|热门"
)
_COMMENTS = re.compile(
    r"(?:(?:热门|网友|最新|全部|精彩|用户|读者|发表|我来)(?:评论|留言|热评|跟帖)|评论区?|留言区?)"
)
_NOTICES = re.compile(
    r"(?:免责|版权|重要|特别|法律|分析师|郑重)声明|(?:风险提示)?[及与和]?免责(?:声明|条款)|(?:投资)?评级说明|关于(?:我们|本站)|法律声明"
)
_ZONE_TAIL = re.compile(
    r"[\s:：>＞»]*(?:[(（]\s*\d+\s*(?:条|篇)?\s*[)）]|\d+\s*(?:条|篇)?)?[\s:：>＞»]*"
)
_TAG = re.compile(r"#[^\s#]{1,40}#?")
_STOCKS = re.compile(
    r"(?:相关|关联|提及|涉及|文中)(?:个股|股票|资产|标的|证券|基金|行情|公司|品种|ETF)"
)


_MAX_CONTROL = 120


def is_control(text: str) -> bool:
    """Whether *text* holds nothing but a page's controls and counters: 登录 | 注册, 阅读 1.2万."""
    if len(text) > _MAX_CONTROL:
        return False
    text = simplified(text)
    if _COUNTER.fullmatch(text):
        return True
    tokens = [token for token in _TOKEN_GAP.split(text) if token]
    return (
        bool(tokens)
        and all(
            _CONTROL.fullmatch(token) or _COUNTER.fullmatch(token) or token.isdecimal()
            for token in tokens
        )
        and any(not token.isdecimal() for token in tokens)
    )


def leads_away(text: str) -> bool:
    """Whether a line opens as those do that lead to another page or speak for this one."""
    return _OPENING.match(simplified(text)) is not None


def is_of_page(text: str) -> bool:
    """Whether a line without the punctuation of running text is the page's by its shape."""
    return (
        is_control(text)
        or leads_away(text)
        or _LEGAL.search(simplified(text)) is not None
        or any(_COUNTER.fullmatch(part) for part in re.split(r"[\s|｜]{1,9}", text[:200]))
    )


def is_furniture(text: str) -> bool:
    """Whether a line outside the body is the page's: one of its words is enough."""
    return is_of_page(text) or _ANYWHERE.search(simplified(text)) is not None


def is_boilerplate(text: str) -> bool:
    """Whether running text is the page's: its sentences are notices and calls to act.

    A citation mark tells otherwise, and so does a figure in a notice: pages do not cite.
    """
    if has_mark(text):
        return False
    if leads_away(text):
        return True
    sentences = [part for part in re.split(r"[。！!]", simplified(text)) if part.strip()]
    cued = [
        len(sentence) <= 80
        and bool(
            (_LEGAL.search(sentence) and not _FIGURE.search(sentence))
            or (len(text) <= 80 and _CALL_TO_ACTION.search(sentence))
        )
        for sentence in sentences
    ]
    # A long notice has sentences without a cue, but no number.
    return all(cued) or (cued[0] and sum(cued) * 2 >= len(cued) and not _DIGIT.search(text))


def zone_of(text: str) -> Zone | None:
    """The kind of zone that a line opens which says nothing else."""
    if len(text) > _MAX_CONTROL:
        return None
    heads: tuple[tuple[Zone, re.Pattern[str]], ...] = (
        ("related", _RELATED),
        ("comments", _COMMENTS),
        ("notices", _NOTICES),
        ("stocks", _STOCKS),
    )
    for zone, head in heads:
        match = head.match(simplified(text))
        if match and _ZONE_TAIL.fullmatch(text, match.end()):
            return zone
    return None


def is_tag_line(text: str) -> bool:
    """Whether a line holds nothing but tags: ``#small_caps #TSMC``."""
    return text.startswith("#") and all(_TAG.fullmatch(part) for part in text.split())
