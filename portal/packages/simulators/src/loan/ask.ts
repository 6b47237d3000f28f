import {
  readAmount,
  readCode,
  readCodes,
  readCount,
  readDate,
  type AddressFields,
} from '../address'
import type { Asked, LoanBody, LoanProduct } from '../api'
import { amountFault, countFault, dateFault, type Fault } from '../limits'
import { jsonText, OWN_TERMS, termsText } from '../own-terms'
import { termsBody } from './own-terms'

/** What somebody asks of the loan simulator, as texts of a form. */
export type LoanAsk = {
  product: string
  amount: string
  /** Number of instalments. */
  count: string
  /** `months_1`: its unit and how many of them. */
  frequency: string
  method: string
  /** Blank: today. */
  disbursedOn: string
  /** Blank: one period after the disbursement. */
  firstDueOn: string
  /** Codes of the optional insurances and charges that are wanted. */
  options: string[]
  birthDate: string
  /** Terms that staff set themselves, as JSON; blank for none. */
  terms: string
}

export type LoanField = 'amount' | 'count' | 'firstDueOn' | 'birthDate'
export type LoanFaults = Partial<Record<LoanField, Fault>>

/** The names of these fields in an address. */
export const LOAN_NAMES = ['p', 'a', 'n', 'f', 'm', 'o', 'd', 'i', 'b', 'x'] as const

export const frequencyKey = ({ unit, every }: { unit: string; every: number }) => `${unit}_${every}`

const offered = (product: LoanProduct, key: string) =>
  product.frequencies.find((frequency) => frequencyKey(frequency) === key)

/** The frequency that was chosen, or the product's first. */
export function frequencyOf(product: LoanProduct, key: string) {
  const found = offered(product, key) ?? product.frequencies[0]
  if (found === undefined) throw new Error(`${product.code} has no frequency`)
  return found
}

/** A first proposal within the product's limits: neither the least nor the most. */
export function firstLoan(product: LoanProduct): LoanAsk {
  const frequency = product.frequencies[0]
  const [least, most] = [frequency?.instalments_min ?? 1, frequency?.instalments_max ?? 1]
  return {
    product: product.code,
    amount: middle(product.amount_min.amount, product.amount_max.amount),
    count: String(Math.min(Math.max(least, 24), most)),
    frequency: frequency === undefined ? '' : frequencyKey(frequency),
    method: product.methods[0]?.code ?? '',
    disbursedOn: '',
    firstDueOn: '',
    options: [],
    birthDate: '',
    terms: '',
  }
}

/** A round amount a quarter of the way up. */
function middle(least: string, most: string): string {
  const [low, high] = [BigInt(least.split('.')[0] ?? '0'), BigInt(most.split('.')[0] ?? '0')]
  const quarter = low + (high - low) / 4n
  const unit = 10n ** BigInt(Math.max(0, quarter.toString().length - 1))
  const round = (quarter / unit) * unit
  return round >= low && round <= high && round > 0n ? round.toString() : least
}

/** What stays when another product is chosen: what fits it. */
export function withProduct(ask: LoanAsk, product: LoanProduct): LoanAsk {
  const fresh = firstLoan(product)
  const kept = { ...fresh, amount: ask.amount, count: ask.count, birthDate: ask.birthDate }
  const frequency = offered(product, ask.frequency) ? ask.frequency : fresh.frequency
  const faults = loanFaults({ ...kept, frequency }, product, '')
  return {
    ...kept,
    frequency,
    amount: faults.amount ? fresh.amount : ask.amount,
    count: faults.count ? fresh.count : ask.count,
    terms: ask.terms,
  }
}

/** Whether an insurance that was chosen asks for the age of whom it insures. */
export function needsBirthDate(ask: LoanAsk, product: LoanProduct): boolean {
  return product.options.some(
    (option) => option.needs_birth_date && (!option.optional || ask.options.includes(option.code)),
  )
}

/** Everything that keeps the loan from being projected. */
export function loanFaults(ask: LoanAsk, product: LoanProduct, businessDate: string): LoanFaults {
  const frequency = frequencyOf(product, ask.frequency)
  const start = ask.disbursedOn || businessDate
  const found: Record<LoanField, Fault | null> = {
    amount: amountFault(ask.amount, product.amount_min.amount, product.amount_max.amount),
    count: countFault(ask.count, frequency.instalments_min, frequency.instalments_max),
    firstDueOn: start === '' ? null : dateFault(ask.firstDueOn, ...firstDueBetween(product, start)),
    birthDate: needsBirthDate(ask, product)
      ? ask.birthDate === ''
        ? { reason: 'missing' }
        : dateFault(ask.birthDate, '', businessDate)
      : null,
  }
  return Object.fromEntries(
    Object.entries(found).filter(([, fault]) => fault !== null),
  ) as LoanFaults
}

/** The first and the last day on which the first instalment may be due. */
export function firstDueBetween(product: LoanProduct, start: string): [string, string] {
  return [daysLater(start, 1), daysLater(start, product.first_due_days_max)]
}

function daysLater(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

export function loanAddress(ask: LoanAsk): AddressFields {
  return {
    p: ask.product,
    a: ask.amount,
    n: ask.count,
    f: ask.frequency,
    m: ask.method,
    o: ask.disbursedOn,
    d: ask.firstDueOn,
    i: ask.options.join(','),
    b: ask.birthDate,
    x: termsText(ask.terms),
  }
}

/** Null for a product that is not offered. A disbursement in the past becomes today's for those who may not have it. */
export function loanFrom(
  fields: AddressFields,
  products: LoanProduct[],
  earliest: string,
): LoanAsk | null {
  const product = products.find(({ code }) => code === fields.p)
  if (product === undefined) return null
  const first = firstLoan(product)
  const start = readDate(fields.o)
  const past = start !== '' && start < earliest
  const frequency = readCode(fields.f)
  const method = readCode(fields.m)
  const known = new Set(product.options.filter(({ optional }) => optional).map(({ code }) => code))
  return {
    product: product.code,
    amount: readAmount(fields.a) || first.amount,
    count: readCount(fields.n) || first.count,
    frequency: offered(product, frequency) ? frequency : first.frequency,
    method: product.methods.some(({ code }) => code === method) ? method : first.method,
    disbursedOn: past ? '' : start,
    firstDueOn: past ? '' : readDate(fields.d),
    options: readCodes(fields.i).filter((code) => known.has(code)),
    birthDate: readDate(fields.b),
    terms: jsonText(fields.x),
  }
}

export function loanRequest(ask: LoanAsk, product: LoanProduct, tenant: string): Asked<LoanBody> {
  const frequency = frequencyOf(product, ask.frequency)
  const own = termsBody(ask.terms, product.currency) as Asked<LoanBody>
  return {
    ...own,
    tenant,
    product: ask.product === OWN_TERMS ? null : ask.product,
    principal: { amount: ask.amount, currency: product.currency },
    instalments: Number(ask.count),
    frequency: { unit: frequency.unit, every: frequency.every } as LoanBody['frequency'],
    method: ask.method || null,
    disbursed_on: ask.disbursedOn || null,
    first_due_on: ask.firstDueOn || null,
    options: ask.options,
    ...(needsBirthDate(ask, product)
      ? { insured: [{ birth_date: ask.birthDate, share_percent: '100', extra_points: '0' }] }
      : {}),
  }
}
