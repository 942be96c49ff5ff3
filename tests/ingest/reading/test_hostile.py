"""Files that are broken or built to harm: one clear line, nothing executed, nothing fetched."""

from __future__ import annotations

import io
import zlib
from pathlib import Path

import pytest

from ingest.reading import isolation, read_article
from ingest.reading.isolation import ExtractionError, extract_isolated
from kg.errors import InputError

SENTENCE = "罗素2000指数上涨1.32%。"


def refusal(folder: Path, name: str, content: bytes) -> str:
    path = folder / name
    path.write_bytes(content)
    with pytest.raises(InputError) as refused:
        read_article(path)
    message = str(refused.value)
    assert message.startswith(f"{path}: the file ")
    assert "\n" not in message
    return message


def made_pdf(*, password: str | None = None, text: str | None = "Hello, market.") -> bytes:
    """A PDF of one page with *text*, or with a picture only."""
    from PIL import Image
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    stream = io.BytesIO()
    canvas = Canvas(stream, encrypt=StandardEncryption(password) if password else None)
    if text is None:
        canvas.drawImage(ImageReader(Image.new("RGB", (80, 100), "white")), 0, 0, 600, 800)
    else:
        canvas.drawString(100, 700, text)
    canvas.save()
    return stream.getvalue()


def pdf_of_stream(data: bytes) -> bytes:
    """A PDF of one page whose content is *data*, compressed."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(data), data),
    ]
    out = b"%PDF-1.4\n"
    for number, content in enumerate(objects, 1):
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    return out + b"trailer << /Size 5 /Root 1 0 R >>\n%%EOF"


class TestPages:
    @pytest.mark.parametrize("content", [b"", b" \r\n\t", "\ufeff".encode()])
    def test_empty(self, tmp_path: Path, content: bytes) -> None:
        assert "is empty" in refusal(tmp_path, "a.html", content)

    @pytest.mark.parametrize(
        "markup",
        ["<html></html>", "<script>alert('" + SENTENCE + "')</script>", "<p> </p>", "<<<>>>"],
    )
    def test_without_text(self, tmp_path: Path, markup: str) -> None:
        message = refusal(tmp_path, "a.html", markup.encode())
        assert "holds no article text" in message
        assert "save it as UTF-8 text" in message

    @pytest.mark.parametrize("tag", ["div", "b", "table", "ul", "blockquote", "span"])
    def test_ten_thousand_nested_tags(self, tmp_path: Path, tag: str) -> None:
        path = tmp_path / "a.html"
        opened, closed = f"<{tag}>" * 10_000, f"</{tag}>" * 10_000
        path.write_text(f"<html><body><p>{SENTENCE}</p>{opened}{SENTENCE}{closed}</body></html>")
        try:
            assert SENTENCE in read_article(path).text
        except InputError as error:
            assert str(path) in str(error)
            assert "\n" not in str(error)

    def test_malformed(self, tmp_path: Path) -> None:
        path = tmp_path / "a.html"
        path.write_text(f"<html><p>{SENTENCE}<div><table><td>甲</p></b></html>&#xD800;&#0;<")
        text = read_article(path).text
        assert SENTENCE in text
        assert text.encode()

    def test_entities_reach_no_file(self, tmp_path: Path) -> None:
        (tmp_path / "secret.txt").write_text("机密")
        path = tmp_path / "a.html"
        path.write_text(
            f'<!DOCTYPE html [<!ENTITY x SYSTEM "{tmp_path / "secret.txt"}">]>'
            f"<html><body><article><p>{SENTENCE}&x;</p></article></body></html>"
        )
        assert "机密" not in read_article(path).text


class TestPdfs:
    def test_empty(self, tmp_path: Path) -> None:
        assert "is empty" in refusal(tmp_path, "a.pdf", b"")

    @pytest.mark.parametrize(
        "content",
        [b"hello", b"%PDF-1.7\n" + b"\xff\xfe" * 3000, made_pdf()[:600]],
        ids=["text", "garbage", "cut off"],
    )
    def test_broken(self, tmp_path: Path, content: bytes) -> None:
        message = refusal(tmp_path, "a.pdf", content)
        assert message.endswith("is broken or no PDF; save it as UTF-8 text (.txt or .md)")

    def test_encrypted(self, tmp_path: Path) -> None:
        message = refusal(tmp_path, "a.pdf", made_pdf(password="secret"))
        assert message.endswith("is encrypted; save it without its password")

    def test_scanned(self, tmp_path: Path) -> None:
        message = refusal(tmp_path, "a.pdf", made_pdf(text=None))
        assert "has no text layer" in message
        assert message.endswith("save what an OCR program reads in them")

    @pytest.mark.slow
    def test_a_stream_that_unpacks_to_gigabytes(self, tmp_path: Path) -> None:
        packer = zlib.compressobj(9)
        data = b"".join(packer.compress(bytes(10_000_000)) for _ in range(250)) + packer.flush()
        assert len(data) < 3_000_000
        message = refusal(tmp_path, "a.pdf", pdf_of_stream(data))
        assert "memory" in message or "no text layer" in message


class TestIsolation:
    def test_time_is_limited(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(isolation, "SECONDS", 0.01)
        with pytest.raises(ExtractionError, match=r"takes more than 0\.01 seconds"):
            extract_isolated("page", SENTENCE.encode())

    def test_a_process_that_dies_is_one_line(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(isolation, "_START", "import os; os.abort()")
        with pytest.raises(ExtractionError, match="broken, or needs too much"):
            extract_isolated("page", SENTENCE.encode())

    @pytest.mark.parametrize(
        "act",
        [
            "import socket; socket.create_connection(('192.0.2.1', 80), 1)",
            "import socket; socket.getaddrinfo('example.com', 80)",
            "import subprocess; subprocess.run(['true'])",
            "import os; os.system('true')",
        ],
    )
    def test_nothing_outside_can_be_reached(
        self, monkeypatch: pytest.MonkeyPatch, act: str
    ) -> None:
        start = (
            "import sys; sys.path.insert(0, sys.argv[1]); from ingest.reading import isolation\n"
            f"def act(*_):\n    {act}\n    return 'reached'\n"
            "isolation._extract = act; isolation.serve()"
        )
        monkeypatch.setattr(isolation, "_START", start)
        with pytest.raises(ExtractionError, match="tries to reach outside"):
            extract_isolated("page", b"")
