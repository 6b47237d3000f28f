import type { LoanProduct } from '../api'
import { OWN_TERMS, type Json } from '../own-terms'

/** As many instalments as the simulator takes. */
const MOST_INSTALMENTS = 1200
const FREQUENCIES: [string, number][] = [
  ['months', 1],
  ['months', 2],
  ['months', 3],
  ['months', 4],
  ['months', 6],
  ['months', 12],
  ['weeks', 1],
  ['weeks', 2],
  ['days', 1],
  ['days', 15],
  ['days', 30],
]

/** What is like a product and is none: everything is asked, little is limited. */
export function ownTermsProduct(
  currency: string,
  name: string,
  labelOf: (frequency: string) => string,
): LoanProduct {
  const money = (amount: string) => ({ amount, currency })
  return {
    code: OWN_TERMS,
    name,
    description: '',
    requirements: [],
    loan_type: '',
    currency,
    amount_min: money('0.01'),
    amount_max: money('999999999999'),
    term_unit: 'months',
    term_min: 1,
    term_max: MOST_INSTALMENTS,
    frequencies: FREQUENCIES.map(([unit, every]) => ({
      unit,
      every,
      label: labelOf(`${unit}_${every}`),
      instalments_min: 1,
      instalments_max: MOST_INSTALMENTS,
    })),
    methods: [],
    rate_kind: 'fixed',
    nominal: '0',
    effective: '0',
    quoted: 'nominal',
    periods_per_year: 12,
    timing: 'arrears',
    tiers: [],
    options: [],
    first_due_days_max: 3650,
    published: false,
    notices: [],
  }
}

/** Where an amount is money of the loan's currency; elsewhere an amount is plain text. */
const MONEY = [
  /^draws\.\d+\.amount$/,
  /^exceptional\.\d+\.amount$/,
  /^events\.\d+(\.exceptional)?\.amount$/,
  /^terms\.fixed_principal$/,
  /^terms\.irregular\.\d+\.(principal|instalment)$/,
]
const SLOTS = /^terms\.(insurances|charges)\.\d+$/

/** Without what was left blank, and with amounts as the API takes them. */
export function termsBody(text: string, currency: string): Record<string, unknown> {
  if (text === '') return {}
  const made = (value: Json, path: string): unknown => {
    if (value === '' || value === null) return undefined
    if (MONEY.some((pattern) => pattern.test(path))) return { amount: String(value), currency }
    if (Array.isArray(value)) {
      const rows = value.map((row, at) => made(row, `${path}.${at}`)).filter(known)
      return rows.length > 0 ? rows : undefined
    }
    if (typeof value !== 'object') return value
    const fields = Object.entries(value)
      .map(([name, inner]) => [name, made(inner, path === '' ? name : `${path}.${name}`)] as const)
      .filter(([, inner]) => known(inner))
    if (fields.length === 0) return undefined
    const body = Object.fromEntries(fields)
    const code = typeof body.code === 'string' ? body.code : ''
    return SLOTS.test(path) ? { names: { es: code, en: code }, ...body } : body
  }
  return (made(JSON.parse(text) as Json, '') ?? {}) as Record<string, unknown>
}

const known = (value: unknown) => value !== undefined
