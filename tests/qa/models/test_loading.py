"""Finding a model by its name."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from kg.errors import InputError
from qa.models.loading import ModelError, load_chat_model


@pytest.mark.parametrize("name", ["", "  ", ":m"])
def test_a_model_wants_a_name(name: str) -> None:
    with pytest.raises(InputError, match="the model has no name; give it as PROVIDER:NAME"):
        load_chat_model(name)


@pytest.mark.parametrize("name", ["nobody:m", "m"])
def test_a_provider_that_nobody_knows_is_a_wrong_call(name: str) -> None:
    with pytest.raises(InputError, match=f"the model '{name}'") as failed:
        load_chat_model(name)
    assert not isinstance(failed.value, ModelError) and "\n" not in str(failed.value)


def test_a_package_that_is_missing_is_named() -> None:
    with pytest.raises(
        ModelError, match=r"needs a package that is not installed.*mistralai"
    ) as failed:
        load_chat_model("mistralai:m")
    assert "\n" not in str(failed.value)


def test_a_key_is_missed_only_where_one_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    assert load_chat_model("openai:m", url="http://127.0.0.1:9/v1")
    with pytest.raises(ModelError, match=r"the model 'openai:m' cannot be used: .*OPENAI_API_KEY"):
        load_chat_model("openai:m")


def test_the_key_is_the_environments(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "of-the-environment")
    model = load_chat_model("openai:m", url="http://127.0.0.1:9/v1")
    key = model.openai_api_key  # type: ignore[attr-defined]
    assert key.get_secret_value() == "of-the-environment"


def test_a_model_file_must_be_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match=r"none\.gguf: No such file"):
        load_chat_model(f"gguf:{tmp_path / 'none.gguf'}")
    other = tmp_path / "other.gguf"
    other.write_bytes(b"GGML")
    with pytest.raises(InputError, match="no GGUF file"):
        load_chat_model(f"gguf:{other}")
    other.write_bytes(b"GGUF" + bytes(40))
    monkeypatch.setitem(sys.modules, "xllamacpp", None)
    with pytest.raises(InputError, match=r"needs llama.cpp; pip install 'yinzheng\[gguf\]'"):
        load_chat_model(f"gguf:{other}")
