"""Tickers: market and symbol in the lexicon, and the forms that articles print.

Stored as "MIC symbol", the market by its ISO 10383 code: a symbol alone is ambiguous (AAL is an
airline in New York and a miner in London) and is reassigned over time, so it never is identity.
"""

from __future__ import annotations

import re

# Suffixes in print, by Reuters, Yahoo, Wind and Bloomberg custom.
_SUFFIXES = {
    "XSHG": ("SH", "SS"),
    "XSHE": ("SZ",),
    "BJSE": ("BJ",),
    "XHKG": ("HK",),
    "XTAI": ("TW",),
    "XTKS": ("T", "JP"),
    "XKRX": ("KS", "KR"),
    "XNAS": ("O", "US"),
    "XNYS": ("N", "US"),
    "XLON": ("L",),
    "XETR": ("DE",),
    "XPAR": ("PA",),
    "XAMS": ("AS",),
    "XSWX": ("SW",),
    "XCSE": ("CO",),
}
_BARE = frozenset({"XNAS", "XNYS", "BATS", "XSHG", "XSHE", "BJSE"})

# A ticker in print: letters (BRK.B), or digits with their market; bare six-digit mainland codes.
PRINTED = re.compile(
    r"(?<![A-Za-z0-9.])"
    r"(?:(?:[A-Z]{1,6}|\d{4,6})\.[A-Z]{1,2}|\d{6}|0\d{4}|[A-Z]{1,5}(?:-[A-Z]{1,2})?)"
    r"(?![A-Za-z0-9.])"
)


def printed_forms(ticker: str) -> tuple[str, ...]:
    """How a stored ticker may stand in an article, upper case.

    >>> printed_forms("XHKG 0700")
    ('0700.HK', '00700.HK', '700.HK', '00700')
    >>> printed_forms("XNAS MU")
    ('MU.O', 'MU.US', 'MU')
    """
    market, _, symbol = ticker.partition(" ")
    symbol = symbol.upper().rstrip(".")
    symbols = [symbol]
    if market == "XHKG":
        symbols += [symbol.zfill(5), symbol.lstrip("0")]
    forms = [f"{s}.{suffix}" for s in symbols for suffix in _SUFFIXES.get(market, ())]
    bare = [symbol] if market in _BARE else [s for s in symbols if len(s) == 5 and s.isdigit()]
    return tuple(dict.fromkeys([*forms, *bare]))
