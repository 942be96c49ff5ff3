"""What can be read, what is refused, and that nothing of the text is changed."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.reading import MAX_BYTES, find_articles, read_article
from kg.errors import InputError

TEXT = "罗素2000指数上涨1.32%。\r\n\r\n𠮷野家😀收涨３％\r"


def put(folder: Path, name: str, content: bytes | str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(InputError) as refused:
        read_article(path)
    message = str(refused.value)
    assert "\n" not in message
    assert str(path) in message
    return message


class TestReadArticle:
    @pytest.mark.parametrize(
        ("prefix", "encoding"), [(b"", "utf-8"), (b"\xef\xbb\xbf", "utf-8"), (b"", "gb18030")]
    )
    def test_text_is_decoded_and_line_ends_are_untouched(
        self, tmp_path: Path, prefix: bytes, encoding: str
    ) -> None:
        article = read_article(put(tmp_path, "周报.txt", prefix + TEXT.encode(encoding)))
        assert article.text == TEXT
        assert article.encoding == encoding
        assert article.doc == "周报"
        assert article.sha256 == hashlib.sha256(TEXT.encode()).hexdigest()

    def test_gb18030_byte_order_mark_is_dropped(self, tmp_path: Path) -> None:
        article = read_article(put(tmp_path, "a.txt", ("\ufeff" + TEXT).encode("gb18030")))
        assert article.text == TEXT

    def test_only_a_leading_byte_order_mark_is_dropped(self, tmp_path: Path) -> None:
        assert read_article(put(tmp_path, "a.txt", "\ufeff甲\ufeff乙")).text == "甲\ufeff乙"

    def test_path_is_absolute(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        put(tmp_path, "a.md", TEXT)
        monkeypatch.chdir(tmp_path)
        assert read_article(Path("a.md")).path == str(tmp_path.resolve() / "a.md")

    def test_suffix_case_does_not_matter(self, tmp_path: Path) -> None:
        assert read_article(put(tmp_path, "A.TXT", TEXT)).doc == "A"

    @pytest.mark.parametrize("content", ["", " \t\r\n\u3000\u200b\n", "\ufeff"])
    def test_empty_file(self, tmp_path: Path, content: str) -> None:
        assert "is empty" in refusal(put(tmp_path, "a.txt", content))

    @pytest.mark.parametrize(
        "content",
        [b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", TEXT.encode("utf-16"), b"\x01\x02\x03\x04abc"],
        ids=["png", "utf-16", "controls"],
    )
    def test_binary_file(self, tmp_path: Path, content: bytes) -> None:
        assert "binary" in refusal(put(tmp_path, "a.txt", content))

    @pytest.mark.parametrize(
        "content",
        [
            "涨了".encode() + b"\xff\xff",
            "日本銀行は利上げを決定した。".encode("shift-jis"),
            "Société Générale a gagné".encode("latin-1"),
        ],
        ids=["broken", "shift-jis", "latin-1"],
    )
    def test_other_encodings(self, tmp_path: Path, content: bytes) -> None:
        assert "neither UTF-8 nor GB18030" in refusal(put(tmp_path, "a.txt", content))

    def test_large_file_is_refused_by_its_size(self, tmp_path: Path) -> None:
        path = tmp_path / "a.txt"
        with path.open("wb") as stream:
            stream.truncate(50_000_000)  # NULs: reading it would call it binary
        assert "larger than 20 MB" in refusal(path)
        with path.open("wb") as stream:
            stream.truncate(MAX_BYTES)
        assert "binary" in refusal(path)

    def test_other_kinds(self, tmp_path: Path) -> None:
        assert "no .txt, .md, .html, .pdf or .csv file" in refusal(put(tmp_path, "a.docx", TEXT))

    def test_missing_file_and_folder(self, tmp_path: Path) -> None:
        assert "no such file" in refusal(tmp_path / "a.txt")
        assert "is a folder" in refusal(tmp_path)

    def test_pipe_does_not_block(self, tmp_path: Path) -> None:
        path = tmp_path / "a.txt"
        os.mkfifo(path)
        assert "not a regular file" in refusal(path)

    def test_unreadable_file(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        path = put(tmp_path, "a.txt", TEXT)

        def refuse(self: Path, *_: object, **__: object) -> None:
            raise PermissionError(13, "Permission denied", str(self))

        # Permissions do not bind a test that runs as root.
        monkeypatch.setattr(Path, "open", refuse)
        assert "cannot be read (Permission denied)" in refusal(path)

    @given(content=st.binary(max_size=200))
    def test_any_bytes_are_read_or_refused(
        self, tmp_path_factory: pytest.TempPathFactory, content: bytes
    ) -> None:
        path = put(tmp_path_factory.getbasetemp(), "any.txt", content)
        try:
            article = read_article(path)
        except InputError as error:
            assert "\n" not in str(error)
        else:
            encoded = article.text.encode(article.encoding)
            assert content.removeprefix(b"\xef\xbb\xbf").endswith(encoded)


class TestFindArticles:
    def test_files_and_folders(self, tmp_path: Path) -> None:
        names = ["b/z.txt", "b/c/y.md", "b/x.TXT", "b/w.pdf", "b/v.csv", "b/u.HTM", "a.txt"]
        for name in [*names, "b/provenance.json", "b/.hidden.txt", "b/.git/v.txt"]:
            put(tmp_path, name, TEXT)
        found = find_articles([tmp_path / "b", tmp_path / "a.txt"])
        expected = ["b/c/y.md", "b/u.HTM", "b/v.csv", "b/w.pdf", "b/x.TXT", "b/z.txt", "a.txt"]
        assert found == tuple(tmp_path.resolve() / name for name in expected)

    @pytest.mark.parametrize("name", ["README.md", "readme.txt", "b/Readme.MD"])
    def test_what_tells_about_a_folder_is_no_article_of_it(self, tmp_path: Path, name: str) -> None:
        readme, article = put(tmp_path, name, TEXT), put(tmp_path, "b/a.txt", TEXT)
        put(tmp_path, "README.zh.md", TEXT)
        assert find_articles([tmp_path]) == (article.resolve(),)
        assert find_articles([readme]) == (readme.resolve(),)

    def test_a_folder_of_nothing_but_a_readme(self, tmp_path: Path) -> None:
        put(tmp_path, "README.md", TEXT)
        with pytest.raises(InputError, match="the folder holds no article"):
            find_articles([tmp_path])

    def test_a_file_named_twice_counts_once(self, tmp_path: Path) -> None:
        path = put(tmp_path, "a.txt", TEXT)
        assert find_articles([path, tmp_path, tmp_path / "." / "a.txt"]) == (path.resolve(),)

    def test_same_stem_names_both(self, tmp_path: Path) -> None:
        one, other = put(tmp_path, "b/a.txt", TEXT), put(tmp_path, "a.md", TEXT)
        with pytest.raises(InputError, match="same document name 'a'") as refused:
            find_articles([one, other])
        assert str(one.resolve()) in str(refused.value)
        assert str(other.resolve()) in str(refused.value)

    def test_missing_path(self, tmp_path: Path) -> None:
        with pytest.raises(InputError, match=r"b\.txt: no such file or folder; check the path"):
            find_articles([put(tmp_path, "a.txt", TEXT), tmp_path / "b.txt"])

    @pytest.mark.parametrize("name", ["a" * 5000, "a\0b"])
    def test_impossible_name(self, name: str) -> None:
        with pytest.raises(InputError, match="no such file or folder"):
            find_articles([Path(name)])

    def test_folder_without_articles(self, tmp_path: Path) -> None:
        put(tmp_path, "notes/picture.png", b"\x89PNG")
        with pytest.raises(InputError, match="the folder holds no article"):
            find_articles([tmp_path])

    def test_a_file_of_any_kind_is_left_to_the_reader(self, tmp_path: Path) -> None:
        path = put(tmp_path, "a.docx", TEXT)
        assert find_articles([path]) == (path.resolve(),)
