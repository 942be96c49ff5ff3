"""Classes of metrics and of units that answering treats alike."""

from __future__ import annotations

from typing import Final

GROWTH: Final = frozenset({"growth_yoy", "growth_qoq"})
SIGNED: Final = GROWTH | {"price_change"}
"""Moves, whose sign says which way."""
MOVES: Final = SIGNED | {"rate_change", "other"}
MOVING: Final = SIGNED | {"rate_change", "flow", "price_adjustment", "relative_return", "valuation"}
"""Metrics whose sign tells a direction, also of money and of what is paid for it."""
AMOUNTS: Final = frozenset({"profit", "revenue", "market_value", "investment", "flow", "volume"})
RATES: Final = frozenset({"percent", "percentage_point", "basis_point", "multiple"})
"""Units of what is measured against something else."""
