"""The grammar of time expressions: find_periods."""

from ingest.periods.recognition import find_periods

__all__ = ["find_periods"]
