"""The pages in a real browser: YASGUI where it is installed, and our plain page."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from browser import Browser, chromium
from pyoxigraph import Literal, NamedNode, Quad, Store
from served import Served

from kg.http.page import EDITOR
from kg.saved import saved_queries

EVIL = "<img src=x onerror='window.hurt=1'><script>window.hurt=1</script>"
HURT = "!!window.hurt || !!document.querySelector('main img[src=x]')"
FIGURES = "SELECT ?unit ?name ?low { ?f yz:subjectName ?name ; yz:low ?low ; yz:unit ?unit }"
needs_editor = pytest.mark.skipif(
    not EDITOR.is_dir(), reason="YASGUI is not installed; `make web` does"
)


@pytest.fixture(scope="module")
def downloads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("downloads")


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory, downloads: Path) -> Iterator[Browser]:
    with chromium(tmp_path_factory.mktemp("profile"), downloads) as window:
        yield window


@pytest.fixture
def plain(browser: Browser, server: Served) -> Browser:
    """The plain page, of a server that has the editor or not."""
    browser.requested(), browser.log("browser")
    browser.open(f"{server.url}/page/plain.html")
    browser.wait("document.body.dataset.ready")
    return browser


def ask(page: Browser, query: str) -> str:
    """Run a query on the plain page; what the page says of it."""
    page.run(
        "document.getElementById('query').value = arguments[0];"
        "document.getElementById('run').click()",
        query,
    )
    said = page.wait(
        "document.getElementById('stop').disabled && document.getElementById('status').textContent"
    )
    return str(said)


def column(page: Browser, number: int) -> list[str]:
    found: list[str] = page.run(
        f"return [...document.querySelectorAll('tbody tr td:nth-child({number})')]"
        ".map((cell) => cell.textContent)"
    )
    return found


def stayed_at_home(page: Browser, server: Served) -> None:
    """Nothing was asked of another host, and nothing was forbidden by the page's own policy."""
    own = f"http://{urlsplit(server.url).netloc}/"
    asked = {url for url in page.requested() if not url.startswith(("chrome:", "data:", "blob:"))}
    assert asked and all(url.startswith(own) for url in asked)
    complaints = [entry["message"] for entry in page.log("browser")]
    assert not [text for text in complaints if "400 (Bad Request)" not in text]


def saved_file(downloads: Path, name: str) -> bytes:
    end = time.monotonic() + 20
    while not (downloads / name).exists():
        assert time.monotonic() < end, (
            f"{name} was not saved; there are {list(downloads.iterdir())}"
        )
        time.sleep(0.1)
    data = (downloads / name).read_bytes()
    (downloads / name).unlink()
    return data


def test_a_browser_gets_a_page_and_a_program_the_description(server: Served) -> None:
    accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    page = server.ask(accept=accept)
    assert page.media == "text/html"
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
    assert "script-src 'self';" in policy and "http" not in policy
    for source in (b'src="', b'href="'):
        links = [part.split(b'"')[0] for part in page.body.split(source)[1:]]
        assert all(link.startswith((b"/sparql/", b"data:,")) for link in links)
    assert server.ask(accept="*/*").media == "text/turtle"


@pytest.mark.slow
def test_the_plain_page_shows_sorts_draws_and_saves(
    plain: Browser, server: Served, downloads: Path
) -> None:
    names = plain.run("return [...document.querySelectorAll('#saved option')].map((o) => o.value)")
    assert names == [query.name for query in saved_queries()]
    assert "20 秒" in plain.run("return document.getElementById('limits').textContent")

    assert ask(plain, FIGURES).startswith("8 行")
    assert set(column(plain, 1)) == {"百分比unit:PERCENT", "美元unit:CCY_USD"}
    order = ["-3.64", "-3.64", "35", "35", "63", "63", "16000000000", "16000000000"]
    for wanted in (order, order[::-1]):
        plain.run("document.querySelector('th:nth-child(3) button').click()")
        assert column(plain, 3) == wanted

    plain.run("document.getElementById('chart').click()")
    assert plain.run("return document.querySelectorAll('svg rect').length") == 8
    assert plain.run("return document.querySelectorAll('svg rect.down').length") == 2
    assert plain.run("return document.querySelector('svg text').textContent") == "台积电"

    plain.run("document.getElementById('saved').value = 'documents'")
    plain.run("document.getElementById('csv').click()")
    text = saved_file(downloads, "documents.csv")
    assert text.startswith(b"unit,name,low\r\n") and "𠮷田电器板块".encode() in text
    plain.run("document.getElementById('excel').click()")
    assert saved_file(downloads, "documents.csv") == b"\xef\xbb\xbf" + text
    stayed_at_home(plain, server)


@pytest.mark.slow
def test_the_plain_page_tells_what_is_wrong_and_goes_on(plain: Browser, server: Served) -> None:
    assert ask(plain, "SELECT ?x {\n ?x }").startswith("400: the query is broken in line 2")
    assert plain.run("return document.getElementById('csv').disabled") is True
    assert ask(plain, "ASK { ?s a yz:FigureClaim }").startswith("true")
    assert "行" not in ask(plain, "DESCRIBE entity:tsmc")
    assert "台积电" in plain.run("return document.querySelector('#result pre').textContent")
    assert ask(plain, "SELECT ?x { ?x a <x:none> }").startswith("0 行")
    stayed_at_home(plain, server)


@pytest.mark.slow
def test_text_of_strangers_stays_text(
    browser: Browser, serve: Callable[..., Served], raw_home: Callable[[Store], Path]
) -> None:
    name = NamedNode("https://yinzheng.example/ns#name")
    denotes = NamedNode("https://yinzheng.example/ns#denotes")
    one, graph = NamedNode("http://x.example/one"), NamedNode("http://x.example/g")
    store = Store()
    store.extend([Quad(one, name, Literal(EVIL), graph), Quad(one, denotes, one, graph)])
    served = serve(raw_home(store))
    browser.requested(), browser.log("browser")
    browser.open(f"{served.url}/page/plain.html")
    browser.wait("document.body.dataset.ready")
    ask(browser, "SELECT ?s ?o (1 AS ?n) { ?s yz:name ?o }")
    assert column(browser, 2) == [EVIL]
    assert column(browser, 1)[0].startswith(EVIL)  # as a label
    browser.run("document.getElementById('chart').click()")
    assert ask(browser, f'SELECT * {{ "{EVIL}" }}').startswith("400")
    assert browser.run(f"return {HURT}") is False
    stayed_at_home(browser, served)


@pytest.mark.slow
@needs_editor
def test_yasgui_runs_a_saved_query(browser: Browser, server: Served, downloads: Path) -> None:
    browser.requested(), browser.log("browser")
    browser.open(server.url)
    browser.wait("document.body.dataset.ready")
    browser.run(
        "const menu = document.getElementById('saved'); menu.value = 'company-figures';"
        "menu.dispatchEvent(new Event('change'))"
    )
    assert browser.run("return yasgui.getTab().getName()") == "某公司的所有数字"
    assert browser.run("return yasgui.getTab().getEndpoint()") == server.url
    browser.run("document.querySelector('.tabPanel.active .yasqe_queryButton').click()")
    browser.wait("document.querySelector('.tabPanel.active .results tbody tr')")
    browser.wait("document.body.textContent.includes('美元unit:CCY_USD')")
    browser.run("return yasgui.getTab().getYasr().selectPlugin('chart')")
    assert browser.wait("document.querySelectorAll('svg.chart rect').length") == 6
    browser.run("return yasgui.getTab().getYasr().selectPlugin('labels')")
    browser.run("yasgui.getTab().getYasr().download()")
    (saved,) = _soon(lambda: list(downloads.glob("*.csv")))
    text = saved.read_text("utf-8")
    assert text.startswith('"doc","metric","low"') and "约160亿美元" in text
    assert browser.run(f"return {HURT}") is False
    stayed_at_home(browser, server)


def _soon(found: Callable[[], list[Path]]) -> list[Path]:
    end = time.monotonic() + 20
    while not (files := found()):
        assert time.monotonic() < end, "nothing was saved"
        time.sleep(0.1)
    return files
