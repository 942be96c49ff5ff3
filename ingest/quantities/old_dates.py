"""Dates that the grammar of periods does not resolve, so that no length of time is read in them.

Years of reigns (康熙五十年), years before 1900 or of three digits (公元前4000年, 于394年),
seasons (2017/18球季), months and days in a list (7、8月份) and hours in words (九时三十分).
"""

from __future__ import annotations

_CHINESE_YEAR = r"[一二两三四五六七八九十百千〇零]{1,6}"
_ERAS = (
    # Reigns that are met in prose; titles that are places or words today (永康, 和平) are left out
    "建武 建安 黄初 赤乌 嘉禾 义熙 贞观 永徽 显庆 开元 天宝 贞元 元和 开成 会昌 显德 开宝 "
    "太平兴国 雍熙 淳化 咸平 大中祥符 天禧 天圣 明道 景祐 景佑 宝元 庆历 皇祐 皇佑 至和 嘉祐 "
    "治平 熙宁 元丰 元祐 绍圣 崇宁 宣和 靖康 建炎 乾道 淳熙 嘉泰 开禧 嘉熙 淳祐 宝祐 景定 咸淳 "
    "德祐 统和 重熙 皇统 泰和 贞祐 中统 至元 元贞 延祐 至治 至正 洪武 建文 永乐 洪熙 宣德 正统 "
    "景泰 成化 弘治 正德 嘉靖 隆庆 万历 天启 崇祯 弘光 隆武 永历 崇德 顺治 康熙 雍正 乾隆 嘉庆 "
    "道光 咸丰 同治 光绪 宣统 洪宪 民国 永禄 天正 文禄 庆长 宽永 庆安 元禄 享保 宽政 文久 庆应 "
    "明治 大正 昭和 平成 令和 佛历 回历 檀纪"
).split()
_ERA = "|".join(sorted(set(_ERAS), key=len, reverse=True))
_RULER = r"(?<=[一-龥])(?:[宗祖](?:[一-龥]{2})?|(?<!称)王|天皇|皇帝|更元)"
_NEXT_YEARS = "|".join(f"{year}年?[、/和与及]{year + 1}" for year in range(10, 35))
_GOES_ON = r"(?!多|余|来|[以之]?[内后前来久间]|[的之]?(?:历史|久|时|间|期|中|悠|风|老|古)|期|或|制)"

OLD_DATES = (
    rf"(?:{_ERA})(?:元|\d{{1,4}}|[一二三四五六七八九十百]{{1,4}})年"
    rf"|{_RULER}(?:元|[一二三四五六七八九十]{{1,3}})年(?![半多来间])"
    # 公元前三千年至公元前两千年, 西元前7000到5000年间
    rf"|(?:公元|西元|纪元)前? ?(?:约|大约)? ?(?:\d{{1,5}}|{_CHINESE_YEAR})"
    rf"(?:年?[-—~至到、](?:公元|西元)?前? ?(?:\d{{1,5}}|{_CHINESE_YEAR}))?(?=年|世纪)"
    # a year that its other reckoning explains: 天正3年（1575年
    r"|(?:\d{1,4}|[一二三四五六七八九十百]{1,4})年(?= ?[(（](?:公元|西元)?前?\d{3,4}年)"
    # 于394年, （376年）, 783年，拥立: three digits that open a sentence or follow a preposition
    rf"|(?<![\d.,])(?:(?<=[于在至到从自])\d{{3}}(?:年?[-—~至到]\d{{3}})?(?=年{_GOES_ON})"
    rf"|(?<=[\n。；“])\d\d[1-9](?=年{_GOES_ON}(?!左右|以上))|\A\d\d[1-9](?=年{_GOES_ON}(?!左右|以上))"
    r"|(?<=年[(（])\d{3}(?=年)|\d{3}(?=年(?:\d{1,2}|[正一二三四五六七八九十腊]{1,2})月(?!期))"
    r"|[2-9]\d\d年[-—~至到]\d{3}(?=年[在间末初，。)）]))"
    # 1678-79年, 2017/18球季, 83—84年间
    r"|(?<!\d)(?:1[0-8]\d\d[-—~/至到](?:1[0-8]\d\d|\d\d)(?=年)|(?:19|20)\d\d(?:/(?:20)?\d\d)+(?![\d.])"
    # 18年和19年, 17/18/19年净利: years that follow each other
    rf"|(?<![\d.])(?=[123]\d年?[、/和与及]\d)(?:{_NEXT_YEARS})(?=年(?!多|[期内以]|有期|徒刑))"
    r"|[6-9]\d[-—~至][6-9]\d(?=年间))"
    # 7、8月份, 三、四日
    r"|(?<!\d)\d{1,2}(?:[、和与及]\d{1,2})+(?=月(?!龄)|日(?![元圆均线]))"
    # 九时三十分, 零时9分9秒
    r"|(?:零|[一二三四五六七八九十]{1,3})时(?:[一二三四五六七八九十]{1,3}|\d{1,2})分"
    r"(?:(?:[一二三四五六七八九十]{1,3}|\d{1,2})秒)?"
)

FIRST_OF_OLD_DATES = "公西纪零宗祖王天皇更" + "".join(sorted({era[0] for era in _ERAS}))
"""What such a date opens with, beside digits and numerals."""
