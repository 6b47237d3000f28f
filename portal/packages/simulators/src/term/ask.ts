import { readAmount, readCode, readCount, readDate, type AddressFields } from '../address'
import type { Asked, TermBody, TermProduct } from '../api'
import { amountFault, countFault, dateFault, type Fault } from '../limits'
import { jsonText, OWN_TERMS } from '../own-terms'
import { ownTerms, ownTermsFrom, ownTermsText } from './own-terms'

/** What somebody asks of the term-deposit simulator, as texts of a form. */
export type TermAsk = {
  product: string
  amount: string
  /** Whether the term is given by its days or by the day on which it ends. */
  by: 'days' | 'date'
  days: string
  maturityOn: string
  payment: string
  /** Blank: today. */
  openedOn: string
  /** Days after which it would be cancelled; blank for not at all. */
  cancelAfter: string
  /** A rate of their own, set by staff; blank for the product's. */
  rate: string
  /** Terms of the plan that staff change, as JSON; blank for none. */
  terms: string
  /** Terms of no product, as JSON: kept while a product is looked at. */
  own: string
}

export type TermField = 'amount' | 'days' | 'maturityOn' | 'cancelAfter'
export type TermFaults = Partial<Record<TermField, Fault>>

export const TERM_NAMES = ['p', 'a', 'n', 'e', 'y', 'o', 'c', 'r', 'x'] as const

/** A first proposal within the product's limits. */
export function firstTerm(product: TermProduct): TermAsk {
  const { minimum_amount: least, maximum_amount: most } = product
  const usual = product.currency === 'COP' ? '5000000' : '5000'
  const fits = amountFault(usual, least.amount, most?.amount ?? null) === null
  const days = Math.min(Math.max(product.minimum_days, 180), product.maximum_days)
  return {
    product: product.code,
    amount: fits ? usual : least.amount,
    by: 'days',
    days: String(days),
    maturityOn: '',
    payment: product.payments[0] ?? '',
    openedOn: '',
    cancelAfter: '',
    rate: '',
    terms: '',
    own: '',
  }
}

/** What stays when another product is chosen: what fits it. */
export function withTermProduct(ask: TermAsk, product: TermProduct): TermAsk {
  const fresh = firstTerm(product)
  const kept = { ...ask, product: product.code }
  const faults = termFaults(kept, product, '')
  return {
    ...kept,
    amount: faults.amount ? fresh.amount : kept.amount,
    days: faults.days ? fresh.days : kept.days,
    payment: (product.payments as string[]).includes(kept.payment) ? kept.payment : fresh.payment,
    cancelAfter: product.early_cancellation_allowed ? kept.cancelAfter : '',
    terms: '',
    own:
      product.code === OWN_TERMS && kept.own === '' && kept.rate !== ''
        ? JSON.stringify({ rate: kept.rate })
        : kept.own,
  }
}

/** Everything that keeps the deposit from being projected. `today` blank where it is not known. */
export function termFaults(ask: TermAsk, product: TermProduct, today: string): TermFaults {
  const { minimum_amount: least, maximum_amount: most } = product
  const byDays = ask.by === 'days'
  const start = ask.openedOn || today
  const lastCancel = byDays ? Number(ask.days) - 1 : product.maximum_days
  const found: Record<TermField, Fault | null> = {
    amount: amountFault(ask.amount, least.amount, most?.amount ?? null),
    days: byDays ? countFault(ask.days, product.minimum_days, product.maximum_days) : null,
    maturityOn: byDays
      ? null
      : ask.maturityOn === ''
        ? { reason: 'missing' }
        : start === ''
          ? null
          : dateFault(
              ask.maturityOn,
              daysAfter(start, product.minimum_days),
              daysAfter(start, product.maximum_days),
            ),
    cancelAfter:
      ask.cancelAfter === '' ? null : countFault(ask.cancelAfter, 1, Math.max(lastCancel, 1)),
  }
  return Object.fromEntries(
    Object.entries(found).filter(([, fault]) => fault !== null),
  ) as TermFaults
}

export function daysAfter(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

export function termAddress(ask: TermAsk): AddressFields {
  const byDays = ask.by === 'days'
  const own = ask.product === OWN_TERMS
  return {
    p: ask.product,
    a: ask.amount,
    n: byDays ? ask.days : '',
    e: byDays ? '' : ask.maturityOn,
    y: ask.payment,
    o: ask.openedOn,
    c: ask.cancelAfter,
    r: own ? '' : ask.rate,
    x: own ? ownTermsText(ask.own, ask.payment) : ask.terms,
  }
}

/** Null for a product that is not offered. */
export function termFrom(fields: AddressFields, products: TermProduct[]): TermAsk | null {
  const product = products.find(({ code }) => code === fields.p)
  if (product === undefined) return null
  const first = firstTerm(product)
  const end = readDate(fields.e)
  const payment = readCode(fields.y)
  const own = product.code === OWN_TERMS
  return {
    product: product.code,
    amount: readAmount(fields.a) || first.amount,
    by: end === '' ? 'days' : 'date',
    days: readCount(fields.n) || first.days,
    maturityOn: end,
    payment: (product.payments as string[]).includes(payment) ? payment : first.payment,
    openedOn: readDate(fields.o),
    cancelAfter: product.early_cancellation_allowed ? readCount(fields.c) : '',
    rate: readAmount(fields.r),
    terms: own ? '' : jsonText(fields.x),
    own: own ? ownTermsFrom(fields.x) : '',
  }
}

export function termRequest(ask: TermAsk, product: TermProduct, tenant: string): Asked<TermBody> {
  const asked: Asked<TermBody> = {
    tenant,
    amount: { amount: ask.amount, currency: product.currency },
    term_days: ask.by === 'days' ? Number(ask.days) : null,
    maturity_date: ask.by === 'days' ? null : ask.maturityOn,
    payment: (ask.payment || null) as TermBody['payment'],
    opening_date: ask.openedOn || null,
    cancel_after_days: ask.cancelAfter === '' ? null : Number(ask.cancelAfter),
  }
  if (ask.product === OWN_TERMS)
    return { ...asked, product: null, terms: ownTerms(ask.own, ask.payment) as TermBody['terms'] }
  return {
    ...asked,
    product: ask.product,
    ...(ask.rate === '' ? {} : { rate: ask.rate }),
    overrides: ask.terms === '' ? {} : (JSON.parse(ask.terms) as Record<string, unknown>),
  }
}
