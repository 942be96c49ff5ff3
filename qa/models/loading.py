"""The chat model that the user names, through LangChain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.errors import InputError
from kg.terms import one_line

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

SECONDS = 60.0
_RETRIES = 1  # of one request, by the provider's package
_NO_KEY = "none"  # for servers of one's own, which want none but whose clients want one


class ModelError(InputError):
    """A model that cannot be used here: no package, no key, no file."""


def load_chat_model(
    name: str,
    *,
    url: str | None = None,
    seconds: float = SECONDS,
    **options: Any,  # noqa: ANN401
) -> BaseChatModel:
    """The chat model *name*: ``PROVIDER:NAME`` as LangChain's `init_chat_model` takes it.

    With *url* it is asked for at that address: ``openai:NAME`` for whatever speaks OpenAI's
    protocol (llama.cpp, Ollama, vLLM), which needs no key then.  ``gguf:FILE`` is served in
    this process by llama.cpp (`qa.models.gguf`).  Keys are the provider's package's matter: it
    reads them from the environment.  Nothing is sent yet.  *options* go to `init_chat_model`.

    :raises InputError: if the name is empty, or of a provider that LangChain does not know.
    :raises ModelError: if it cannot be used here: no package, no key.
    """
    provider, _, rest = name.strip().partition(":")
    if not provider:
        raise InputError("the model has no name; give it as PROVIDER:NAME, openai:NAME say")
    if provider == "gguf":
        from qa.models.gguf import serve

        url, name = serve(rest), "openai:gguf"
    try:
        from langchain.chat_models import init_chat_model
    except ImportError as error:
        raise _missing(name, error) from None
    given: dict[str, Any] = {"timeout": seconds, "max_retries": _RETRIES}
    if url is not None:
        given |= {"base_url": url, "temperature": 0}
    if url is not None and provider in ("openai", "gguf"):
        given |= {"use_responses_api": False} | _key(provider)
    try:
        model: BaseChatModel = init_chat_model(name, **given | options)
    except ImportError as error:
        raise _missing(name, error) from None
    except ValueError as error:
        if "provider" in str(error).lower():
            raise InputError(f"the model {name!r}: {one_line(error)[:200]}") from None
        raise ModelError(f"the model {name!r} cannot be used: {one_line(error)[:200]}") from None
    except Exception as error:  # providers raise what they like
        raise ModelError(f"the model {name!r} cannot be used: {one_line(error)[:200]}") from None
    return model


def _missing(name: str, error: ImportError) -> ModelError:
    return ModelError(
        f"the model {name!r} needs a package that is not installed ({one_line(error)[:120]})"
    )


def _key(provider: str) -> dict[str, Any]:
    """A key where none is set: a server of one's own wants none, its client does."""
    from langchain_core.utils import get_from_env

    try:
        get_from_env("api_key", "OPENAI_API_KEY")
    except ValueError:
        return {"api_key": _NO_KEY}
    return {} if provider == "openai" else {"api_key": _NO_KEY}
