"""Currencies, exchange rates, and what an amount is worth in another currency."""

from chalicelib.kernel.currency import currency
from chalicelib.kernel.names import name_in
from chalicelib.platform import clock, currencies, formats, today
from chalicelib.platform.http.routes import SIGNED_IN, Routes
from chalicelib.platform.kinds_declared import CURRENCY, EXCHANGE_RATE
from chalicelib.platform.parameters import listing, service
from chalicelib.platform.schemas.money import (
    Conversion,
    Convert,
    Currencies,
    CurrencyView,
    Rates,
    RatesQuery,
    RateView,
    SetRate,
    UsedRate,
)
from chalicelib.platform.schemas.parameters import VersionView
from chalicelib.platform.work import UnitOfWork

routes = Routes("platform")


@routes.get("/currencies", permission=SIGNED_IN, response=Currencies)
def list_currencies(work: UnitOfWork) -> Currencies:
    """The base currency and every other one that the cooperative works with."""
    base = work.context.tenant.currency
    declared = [code for code, _ in work.config.all(CURRENCY, today.calendar_day(work))]
    return Currencies(items=[_currency(work, code) for code in dict.fromkeys([base, *declared])])


@routes.get("/exchange-rates", permission=SIGNED_IN, query=RatesQuery, response=Rates)
def list_exchange_rates(work: UnitOfWork, query: RatesQuery) -> Rates:
    """The rates that hold at an instant."""
    at = query.at or clock.now()
    return Rates(
        at=at,
        items=[
            RateView(
                currency=held.rate.currency,
                base=work.context.tenant.currency,
                rate_type=held.rate.rate_type,
                value=f"{held.rate.value:f}",
                valid_from=held.rate.valid_from,
                source=held.rate.source,
                version_id=held.version_id,
            )
            for held in currencies.rates_at(work.config, at, query.currency)
        ],
    )


@routes.post(
    "/exchange-rates", permission="platform.set_exchange_rates", request=SetRate, response=VersionView
)
def set_exchange_rate(work: UnitOfWork, body: SetRate) -> VersionView:
    """Propose a rate; it holds from its instant on, once another person has approved it."""
    code = currency(body.currency).code
    if code == work.context.tenant.currency:
        raise currencies.BaseCurrencyHasNoRate("currency", currency=code)
    day, valid_from = today.calendar_day(work), body.valid_from or clock.now()
    rate = {
        "currency": code,
        "rate_type": body.rate_type,
        "value": f"{body.value:f}",
        "valid_from": valid_from.isoformat(),
        "source": body.source,
    }
    if clock.day_at(valid_from, work.context.tenant.time_zone) < day:
        raise service.EffectiveInThePast("valid_from", business_date=day.isoformat())
    version = service.propose(work, EXCHANGE_RATE, f"{code}.{body.rate_type}", rate, day, today=day)
    return listing.view(work, version, [version])


@routes.post(
    "/conversions", permission=SIGNED_IN, request=Convert, response=Conversion, status=200, idempotent=False
)
def convert_amount(work: UnitOfWork, body: Convert) -> Conversion:
    """What an amount is in another currency, with the rates that say so. Nothing is posted."""
    at = body.at or clock.now()
    converted = currencies.convert(work, body.amount, body.to, at, body.rate_type)
    return Conversion(
        amount=body.amount,
        result=converted.result,
        base_value=converted.base_value,
        at=at,
        rates=[
            UsedRate(
                currency=held.rate.currency,
                rate_type=held.rate.rate_type,
                value=f"{held.rate.value:f}",
                valid_from=held.rate.valid_from,
            )
            for held in converted.rates
        ],
    )


def _currency(work: UnitOfWork, code: str) -> CurrencyView:
    terms = currencies.terms_of(work, code, clock.now())
    language = work.context.language
    return CurrencyView(
        code=code,
        name=name_in(terms.names, language) if terms else formats.currency_name(code, language),
        symbol=terms.symbol if terms else "",
        decimals=currency(code).decimals,
        accrual_decimals=terms.accrual_decimals if terms else 8,
        base=code == work.context.tenant.currency,
    )
