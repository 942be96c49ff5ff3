"""Attribution: what each quantity of a document is about, and what it says of it."""

from ingest.attribution.figures import Attribution, attribute
from ingest.attribution.spans import periods_of, quantities_of

__all__ = ["Attribution", "attribute", "periods_of", "quantities_of"]
