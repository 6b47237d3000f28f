import type { StaffTermProduct, TermProduct } from '../api'
import { jsonText, OWN_TERMS, withoutBlanks, type Json } from '../own-terms'

/** Terms of a term deposit as they are typed: plain JSON, blanks where nothing was said. */
export type Terms = { [name: string]: Json }

/** As long a term as the simulator takes. */
const LONGEST_DAYS = 3660
const PAYMENTS: TermProduct['payments'] = [
  'maturity',
  'advance',
  'monthly',
  'quarterly',
  'half_yearly',
  'yearly',
  'capitalised',
  'advance_capitalised',
]
/** What holds where nothing is said, as the API has it; a cycle is asked for only where interest joins the capital. */
export const TERM_DEFAULTS: Terms = {
  rate_kind: 'nominal',
  day_count: 'actual/360',
  compounding: 'simple',
  reinvest_advance: 'full',
  period_unit: 'calendar',
  interest_rounding: 'half_up',
  maturity_unit: 'calendar',
  due_date_shift: 'next',
  accrue_on_roll: true,
  grace_days: 0,
  maturity_rate: '0',
  withholding: { source: 'none' },
  early_cancellation: {
    allowed: true,
    method: 'none',
    value: '0',
    free_percent: '0',
    may_touch_principal: false,
  },
}
/** How often interest joins the capital where nothing is said. */
export const USUAL_CYCLE = 'monthly'

/** The terms with what holds where they say nothing. */
export function withDefaults(terms: Terms): Terms {
  const filled = Object.entries(TERM_DEFAULTS).map(([name, usual]): [string, Json] => {
    const own = terms[name]
    return [name, isGroup(usual) && isGroup(own) ? { ...usual, ...own } : (own ?? usual)]
  })
  return { capitalisation: USUAL_CYCLE, ...terms, ...Object.fromEntries(filled) }
}

/** What is like a product and is none: everything is asked, little is limited. */
export function ownTermProduct(currency: string, name: string): TermProduct {
  return {
    code: OWN_TERMS,
    name,
    description: '',
    currency,
    minimum_amount: { amount: '0.01', currency },
    maximum_amount: null,
    minimum_days: 1,
    maximum_days: LONGEST_DAYS,
    rate_kind: 'nominal',
    rates: [],
    day_count: 'actual/360',
    compounding: 'simple',
    payments: PAYMENTS,
    capitalisation: null,
    grace_days: 0,
    early_cancellation_allowed: true,
    withholding_percent: '0',
    withholding_exempt_days: null,
    to_be_confirmed: false,
  }
}

const isGroup = (value: Json | undefined): value is Terms =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const at = (terms: Terms, group: string, name: string): Json | undefined => {
  const inner = terms[group]
  return isGroup(inner) ? inner[name] : undefined
}
const given = (value: Json | undefined) => value !== undefined && value !== null && value !== ''
const withheld = (terms: Terms) => !['none', undefined].includes(sourceOf(terms))
const sourceOf = (terms: Terms) => at(terms, 'withholding', 'source') as string | undefined
const cancellable = (terms: Terms) => at(terms, 'early_cancellation', 'allowed') !== false
const penalised = (terms: Terms) => {
  const method = at(terms, 'early_cancellation', 'method')
  return cancellable(terms) && given(method) && method !== 'none'
}

/** Terms that say something only beside others, by their path. */
const NEEDS: Record<string, (terms: Terms, payment: string) => boolean> = {
  bonus_days: (terms) => given(terms.bonus_rate),
  compounding: (terms) => terms.rate_kind !== 'effective',
  capitalisation: (_, payment) => ['capitalised', 'advance_capitalised'].includes(payment),
  reinvest_advance: (_, payment) => payment === 'advance_capitalised',
  accrue_on_roll: (terms) => terms.due_date_shift !== 'none',
  maturity_rate: (terms) => Number(terms.grace_days) > 0,
  'withholding.percent': (terms) => sourceOf(terms) === 'percent',
  'withholding.figure': (terms) => sourceOf(terms) === 'figure',
  'withholding.figure_code': (terms) => sourceOf(terms) === 'figure',
  'withholding.exempt_days': withheld,
  'withholding.exempt_days_figure': withheld,
  'withholding.exempt_days_code': (terms) =>
    withheld(terms) && given(at(terms, 'withholding', 'exempt_days_figure')),
  'withholding.daily_threshold': withheld,
  'early_cancellation.method': cancellable,
  'early_cancellation.value': penalised,
  'early_cancellation.bands': penalised,
  'early_cancellation.minimum': penalised,
  'early_cancellation.maximum': penalised,
  'early_cancellation.free_percent': penalised,
  'early_cancellation.may_touch_principal': penalised,
}

/** Whether a term says anything beside the others and this way of paying. */
export const applies = (path: string, terms: Terms, payment: string) =>
  NEEDS[path]?.(terms, payment) ?? true

/** Terms as they are sent: without blanks, defaults and what says nothing beside the rest. */
export function ownTerms(text: string, payment: string): Terms {
  const typed = text === '' ? {} : (JSON.parse(text) as Terms)
  const said = (value: Terms, usual: Terms, under: string): Terms =>
    Object.fromEntries(
      Object.entries(value).flatMap(([name, inner]): [string, Json][] => {
        const path = `${under}${name}`
        const held = usual[name]
        if (!applies(path, typed, payment) || inner === held) return []
        if (!isGroup(inner)) return [[name, inner]]
        return [[name, said(inner, isGroup(held) ? held : {}, `${path}.`)]]
      }),
    )
  const cycle: Terms = applies('capitalisation', typed, payment)
    ? { capitalisation: USUAL_CYCLE }
    : {}
  return { ...cycle, ...(withoutBlanks(said(typed, TERM_DEFAULTS, '')) as Terms | undefined) }
}

/** A product's terms, written out as one's own. */
export function termsOf(product: TermProduct): string {
  const rates = product.rates.map((row) => ({
    ...row,
    from_amount: row.from_amount.amount,
    to_amount: row.to_amount?.amount ?? '',
  }))
  const { terms = {} } = product as Partial<StaffTermProduct>
  return JSON.stringify(withoutBlanks({ ...(terms as Terms), rates }))
}

const COLUMNS = ['from_amount', 'to_amount', 'from_days', 'to_days', 'rate'] as const
/** As long as the largest table of rates that the API takes. */
const MOST_TEXT = 12_000
const ROW =
  /^(\d{1,24}(?:\.\d{1,6})?|)_(\d{1,24}(?:\.\d{1,6})?|)_(\d{0,5})_(\d{0,5})_([\d.]{0,12})$/

/** The text of an address for one's own terms: a table of rates as `0_5000_31_90_5.50*…`, the rest as it is. */
export function ownTermsText(text: string, payment: string): string {
  const { rates, ...rest } = ownTerms(text, payment)
  const rows = (Array.isArray(rates) ? rates : []).map((row) =>
    COLUMNS.map((name) => (row as Terms)[name] ?? '').join('_'),
  )
  const body = { ...rest, ...(rows.length > 0 ? { rates: rows.join('*') } : {}) }
  return Object.keys(body).length > 0 ? JSON.stringify(body) : ''
}

/** What `ownTermsText` wrote, to be typed on; a table that is not of its shape is as if it were not there. */
export function ownTermsFrom(text: string | undefined): string {
  const read = jsonText(text, MOST_TEXT)
  if (read === '') return ''
  const { rates, ...rest } = JSON.parse(read) as Terms
  const rows = typeof rates === 'string' ? rates.split('*').map((row) => ROW.exec(row)) : []
  if (rows.length === 0 || rows.includes(null)) return JSON.stringify(rest)
  const table = rows.map((row) => {
    const [, from = '', to = '', first = '', last = '', rate = ''] = row as RegExpExecArray
    return withoutBlanks({
      from_amount: from,
      to_amount: to,
      from_days: first && Number(first),
      to_days: last && Number(last),
      rate,
    }) as Terms
  })
  return JSON.stringify({ ...rest, rates: table })
}
