"""Currencies of ISO 4217 and the decimals their amounts are kept with.

Source: ISO 4217 list one (SIX, active codes; metals, funds without minor unit and test codes are left out).
One deviation, by practice: Colombian institutions account in whole pesos, so COP has no decimals here.
"""

from __future__ import annotations

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.errors import Invalid

_CODES_BY_DECIMALS = {
    0: "BIF CLP COP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    2: (
        "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF "
        "CHE CHF CHW CNY COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ "
        "GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA "
        "MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN "
        "QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY "
        "TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG"
    ),
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}


class UnknownCurrency(Invalid):
    """Not an active ISO 4217 code."""

    code = "unknown_currency"


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency and the number of decimals of its minor unit (2 for USD, 0 for COP, 3 for BHD)."""

    code: str
    decimals: int


CURRENCIES: dict[str, Currency] = {
    code: Currency(code, decimals) for decimals, codes in _CODES_BY_DECIMALS.items() for code in codes.split()
}


def currency(code: str) -> Currency:
    """The currency of an ISO 4217 code in capitals. Raises UnknownCurrency."""
    try:
        return CURRENCIES[code]
    except (KeyError, TypeError):
        raise UnknownCurrency("currency", currency=code) from None
