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
    r"|[放缩][大小](?:字体)?|标准|默认|超大|列印|聆听|保存(?:网页)?|翻译|举报|(?:收藏|分享)本文|退订|搜索?|跳至内容|Aa"
    r"|热门?|荐|图|新|顶|置顶|广告|推广|赞助|原创|独家|解锁更多功能|自动接受计划|深度投研"
    r"|[¥￥$]\s?[\d.,]+|[★☆✩✭⭐]+|--+)",
    re.IGNORECASE,
)
_COUNTER = re.compile(
    rf"(?:(?:文章|累计|总)?(?:{_COUNTED})(?:量|数|次数|人数|时[长间])?\s*[:：(（]?\s*约?{_NUMBER}(?:次|人|条|分钟?|字)?[)）]?"
    rf"|(?:已有|共有?|约)?\s*{_NUMBER}(?:人|次|条|个|篇|位)?\s*(?:用户|网友|投资者)?(?:已)?(?:{_COUNTED})(?:过|了|量|数)?"
    r"|约?\s?[\d,.]+\s?字|[\d.]+\s*分(?:[(（][^)）]{0,20}[)）])?"
    r"|(?:阅读|预计|全文|本文)[^。]{0,8}(?:约|需)[^。]{0,4}\d[^。]{0,4}(?:分钟|字)[^。]{0,10})",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"[\d０-９]\s*(?:[%％亿万元点倍]|个?[基百]点|美元|欧元)")
_DIGIT = re.compile(r"[\d０-９]")
_TOKEN_GAP = re.compile(r"[\s|｜/·•,，、:：>＞»›\[\]【】［］()（）]+")

# What a page calls the articles that it leads to.
_NEIGHBOURS = (
    r"(?:(?:相关|推荐|延伸|拓展|扩展|更多|热门|热点|热议|精彩|精选|往期|历史|过往|编辑|最新|人气|本版|大家都在|为[你您])"
    r"(?:阅读|推荐|文章|新闻|资讯|报道|链接|专题|话题|标签|回顾|精选|热文|内容|视频|下载|评论|看|快讯)"
    r"|(?:相关|推荐|往期|更多)(?:研究|报告))(?:推荐|列表|回顾)?"
)

# What opens a line that leads elsewhere or speaks for the page.
_OPENING = re.compile(
    r"[\[【［(（]?(?:热|荐|图|广告|推广|限时|AD)[\]】］)）]"
    r"|(?:阅读)?[上下]一[篇页条则期版]"
    rf"|{_NEIGHBOURS}\s*(?:[:：|｜(（>＞]|$)|猜你(?:喜欢|想看)"
    r"|(?:(?:免责|版权|重要|特别|法律|分析师|郑重)(?:声明|提示)|声明)\s*(?:[:：]|$)|风险提示及免责声明|投资评级说明"
    r"|(?:Disclaimer|Notice)\s*[:：]|(?:最新|滚动|实时)(?:播报|消息|快讯|动态|资讯)\s*[:：]"
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
    r"|(?:不代表|仅代表)[^。]{0,16}(?:立场|观点|趋势|意见|收益|表现|个人|本人)"
    r"|著作权|(?:书面|经|获得?|由作者)授权|©|Copyright|All rights reserved"
    r"|(?:AI|人工智能|智能助手|机器人|算法|大模型)[^。]{0,6}(?:辅助)?(?:生成|撰写|翻译)|不(?:承担|负)[^。]{0,14}责任"
    r"|不对[^。]{0,30}(?:负责|保证|承担)",
    re.IGNORECASE,
)
_CALL_TO_ACTION = re.compile(
    r"(?:请|欢迎|点击|立即|即可|扫码|长按|登[录陆入]|打开|下载|使用下方)[^。]{0,14}"
    r"(?:登[录陆入]|注册|关注|下载|查看|阅读|解锁|领取|订阅|开户|分享|公众号|二维码|聊天框|联系我们|隐私|Cookie)"
    r"|^关注[^。]{0,24}(?:获取|了解|查看|更多|第一时间)|点此下载"
    r"|本文(?:全文|约)[^。]{0,10}字|阅读(?:需|约)[^。]{0,6}分钟|浏览器(?:版本|不支持)|同意[^。]{0,10}(?:协议|政策|Cookie)",
    re.IGNORECASE,
)

# What may stand amid an article, a picture's credit or a pager, closes nothing.
# An end mark stands apart from the text, in brackets or between dashes, unless in capitals.
_END = re.compile(
    r"[\W_]*(?:THE\s)?END[\W_]*|[(（\-—–=~*【\[]+\s*(?:全文|正文|本文)?(?:完|结束|[Ee]nd)\s*[)）\-—–=~*】\]]+"
)
_CREDITS = re.compile(
    r"[-—–(（【\[\s※*]{0,4}(?:(?:责任|值班|图片|文字|本文|联系|协助)?(?:编辑|责编|翻译|编译|审校|校对|审核|审读|监制|排版)"
    r"|(?:文章|本文|原文)(?:来源|来自|标题|出处)|原标题)\s*[:：|｜丨]"
    r"|[(（][^()（）]{0,40}(?:记者|编译|编辑|审校)[^()（）]{0,40}[)）]$"
)
_CLOSING = re.compile(
    r"[\W_]{0,3}(?:(?:阅读)?[上下]一[篇条则期版](?![^:：\s]*[，。])"
    r"|本(?:文|内容)(?:来自|由|系|为)[^。]{0,40}(?:公众号|授权|原创|转载|发[布表])"
    r"|此致(?:敬礼)?$|To contact the |Disclaimer\s*[:：]|Copyright)|\s*©"
)
_RIGHTS = re.compile(
    r"未经[^。]{0,16}(?:授权|许可|同意|允许)[^。]{0,8}(?:转载|复制|摘编|转发|以任何方式)|(?:版权|著作权)(?:所有|归)|(?:免责|版权|郑重|特别)声明\s*[:：]"
    r"|不构成[^。]{0,14}(?:投资)?(?:建议|要约|邀约)|据此[^。，]{0,6}，?[^。，]{0,4}(?:风险|责任|后果)自"
    r"|仅代表(?:作者)?个人(?:的)?(?:观点|意见)"
)

_RELATED = re.compile(
    rf"{_NEIGHBOURS}|\w{{0,6}}(?:热文|热榜|热搜|最热|排行榜?|点击榜|点击排行)(?:\s*换一[换批])?"
    r"|猜你(?:喜欢|想看)|您?可能(?:还|也)?(?:喜欢|感兴趣)(?:的[^。]{0,6})?|热门|[Hh]ot\s?[Nn]ews|7[×xX*]24(?:小时|快讯)*"
)
_COMMENTS = re.compile(
    r"(?:(?:热门|网友|最新|全部|精彩|用户|读者|发表|我来)(?:评论|留言|热评|跟帖)|评论区?|留言区?)"
)
_NOTICES = re.compile(
    r"(?:免责|版权|重要|特别|法律|分析师|郑重)声明|(?:风险提示|披露)?[及与和]?免责(?:声明|条款)|(?:投资)?分析师(?:承诺|声明|证书)|(?:投资)?评级说明|关于(?:我们|本站)|法律声明"
)
_ZONE_TAIL = re.compile(
    r"[\s:：>＞»]*(?:[(（]\s*\d+\s*(?:条|篇)?\s*[)）]|\d+\s*(?:条|篇)?)?[\s:：>＞»]*"
)
_TAG = re.compile(r"#[^\s#]{1,40}#?")
_STOCKS = re.compile(
    r"(?:相关|关联|提及|涉及|文中)(?:个股|股票|资产|标的|证券|基金|行情|公司|品种|ETF)"
)
_MAX_CONTROL = 120
_MAX_CALL = 80
_PICTURES = "👍👎💬🔥❤️⭐★☆👀☕📖🕒 "


def is_control(text: str) -> bool:
    """Whether *text* holds nothing but a page's controls and counters: 登录 | 注册, 阅读 1.2万."""
    if len(text) > _MAX_CONTROL:
        return False
    text = simplified(text)
    if is_counter(text):
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


def is_counter(text: str) -> bool:
    """Whether *text* counts readers, votes or words: 3.1w阅读, 评论 48, 约1500字."""
    return _COUNTER.fullmatch(simplified(text).lstrip(_PICTURES)) is not None


def closes(text: str) -> bool:
    """Whether a line is one that pages print below the article's last words.

    An end mark, the credits, a notice of rights, the way to the next article.
    """
    plain = simplified(text)
    return (
        _END.fullmatch(plain) is not None
        or (len(text) <= _MAX_CONTROL and _CREDITS.match(plain) is not None)
        or _CLOSING.match(plain) is not None
        or _RIGHTS.search(plain) is not None
    ) and not has_mark(text)


def leads_away(text: str) -> bool:
    """Whether a line opens as those do that lead to another page or speak for this one."""
    return _OPENING.match(simplified(text)) is not None


def is_of_page(text: str) -> bool:
    """Whether a line without the punctuation of running text is the page's by its shape."""
    return (
        is_control(text)
        or leads_away(text)
        or _LEGAL.search(simplified(text)) is not None
        or any(is_counter(part) for part in re.split(r"[\s|｜]{1,9}", text[:200]))
    )


def is_furniture(text: str) -> bool:
    """Whether a line outside the body is the page's: one of its words is enough."""
    plain = simplified(text)
    return (
        is_of_page(text)
        or _ANYWHERE.search(plain) is not None
        or (len(text) <= _MAX_CALL and _CALL_TO_ACTION.search(plain) is not None)
    )


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
            or (len(text) <= _MAX_CALL and _CALL_TO_ACTION.search(sentence))
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
