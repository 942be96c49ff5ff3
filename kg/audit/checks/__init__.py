"""The checks by the name that rules call them by: pure functions on frozen cases."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from kg.audit.cases import Check
from kg.audit.checks import changes, days, order, quarters, same, wholes

CHECKS: Mapping[str, Check] = MappingProxyType(
    {
        "gap": changes.gap,
        "change": changes.change,
        "rate": changes.rate,
        "points": changes.points,
        "slip": changes.slip,
        "sum": wholes.total,
        "part": wholes.part,
        "share": wholes.share,
        "range": order.within,
        "rank": order.extreme,
        "compared": order.compared,
        "moved": order.moved,
        "worded": order.worded,
        "same": same.same,
        "restated": same.restated,
        "scale": same.scale,
        "days": days.length,
        "sessions": days.sessions,
        "weekday": days.weekday,
        "closed": days.closed,
        "unreal": days.unreal,
        "happened": days.happened,
        "quarter": quarters.quarter,
        "always": same.always,
    }
)
"""What a rule may name as its ``check``."""
