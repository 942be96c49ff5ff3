"""Unit codes of the interchange format and their IRIs.

QUDT has terms for money and the common units of measure; percentage and basis points
are terms of our own.  A physical unit or ratio that neither knows (``GWh``,
``USD/ounce``) is minted under the data base, so that any unit can be read back.
"""

from __future__ import annotations

import re

from pyoxigraph import NamedNode

from kg.vocabulary import PREFIXES, code_of, coded

QUDT: dict[str, str] = {
    "percent": "PERCENT",
    "count": "NUM",
    "day": "DAY",
    "week": "WK",
    "month": "MO",
    "year": "YR",
    "tonne": "TONNE",
    "barrel": "BBL",
}
"""Unit codes that are a term of QUDT, money aside."""

OWN = ("percentage_point", "basis_point", "multiple", "index_point", "trading_day", "quarter")
"""Unit codes that are terms of our ontology."""

CURRENCIES = frozenset(
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP "
    "BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP "
    "GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR "
    "KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK "
    "MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR "
    "SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH "
    "UGX USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW".split()
)
"""ISO 4217 alphabetic codes of national currencies."""

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*(/[A-Za-z][A-Za-z0-9_]*)?")
_FROM_QUDT = {term: code for code, term in QUDT.items()}


def unit_node(code: str, *, base: str) -> NamedNode:
    """The node of a unit code; *base* is the data base IRI, with its closing slash.

    :raises ValueError: if the code is neither an English name nor a ratio of two.
    """
    if not _NAME.fullmatch(code):
        raise ValueError(f"'{code}' is no unit: English names, or two with a slash between")
    if code in QUDT:
        return NamedNode(PREFIXES["unit"] + QUDT[code])
    if code in CURRENCIES:
        return NamedNode(f"{PREFIXES['unit']}CCY_{code}")
    if code in OWN:
        return coded("unit", code)
    return NamedNode(f"{base}measure/{code}")


def unit_code(iri: str) -> str:
    """The unit code of an IRI made by `unit_node`, whatever the data base.

    :raises ValueError: if the IRI is no unit.
    """
    if iri.startswith(PREFIXES["unit"]):
        term = iri.removeprefix(PREFIXES["unit"])
        code = _FROM_QUDT.get(term) or term.removeprefix("CCY_")
        if code in QUDT or code in CURRENCIES:
            return code
        raise ValueError(f"<{iri}> is no unit that figures are given in")
    if iri.startswith(PREFIXES["yz"]):
        return code_of(NamedNode(iri), "unit")
    _, found, code = iri.partition("/measure/")
    if not found or not _NAME.fullmatch(code):
        raise ValueError(f"<{iri}> is no unit")
    return code
