import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { OWN_TERMS } from '../src/own-terms'
import {
  firstTerm,
  termAddress,
  termFaults,
  termFrom,
  termRequest,
  withTermProduct,
  type TermAsk,
} from '../src/term/ask'
import { ownTermProduct, ownTermsFrom, TERM_DEFAULTS, termsOf } from '../src/term/own-terms'
import { aTermProduct } from './products'

const own = ownTermProduct('USD', 'Propias')
const product = aTermProduct()
const asked = (terms: object, changes: Partial<TermAsk> = {}): TermAsk => ({
  ...firstTerm(own),
  own: JSON.stringify(terms),
  ...changes,
})
const sent = (terms: object, payment = 'maturity') =>
  termRequest(asked(terms, { payment }), own, '').terms

type Node = {
  $ref?: string
  default?: unknown
  properties?: Record<string, Node>
}
const { components } = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../../openapi.json'), 'utf8'),
) as { components: { schemas: Record<string, Node> } }

describe('a term deposit without a product', () => {
  test('asks for none, and for nothing that changes one', () => {
    const request = termRequest(asked({ rate: '7.50' }, { rate: '9', terms: '{"a":1}' }), own, '')
    expect(request).toMatchObject({ product: null, terms: { rate: '7.50' }, term_days: 180 })
    expect(request).not.toHaveProperty('rate')
    expect(request).not.toHaveProperty('overrides')
  })

  test('is within limits that hardly limit', () => {
    const faults = (changes: Partial<TermAsk>) => termFaults(asked({}, changes), own, '2026-06-01')
    expect(faults({ amount: '999999999', days: '3660', payment: 'advance' })).toEqual({})
    expect(faults({ days: '3661' }).days).toEqual({ reason: 'above', limit: '3660' })
    expect(faults({ amount: '0' }).amount).toEqual({ reason: 'below', limit: '0.01' })
  })

  test('says nothing that was left blank or holds anyway', () => {
    expect(
      sent({
        rate: '7.50',
        bonus_rate: '',
        day_count: 'actual/360',
        grace_days: 0,
        accrue_on_roll: false,
        withholding: { source: 'none' },
        rates: [],
      }),
    ).toEqual({ rate: '7.50', accrue_on_roll: false })
    expect(termRequest({ ...firstTerm(own) }, own, '').terms).toEqual({})
  })

  test.each([
    [{ bonus_days: 30 }, {}],
    [{ rate_kind: 'effective', compounding: 'daily' }, { rate_kind: 'effective' }],
    [{ due_date_shift: 'none', accrue_on_roll: false }, { due_date_shift: 'none' }],
    [{ maturity_rate: '1' }, {}],
    [{ capitalisation: 'yearly', reinvest_advance: 'one_pass' }, {}],
    [
      { withholding: { source: 'percent', percent: '2', figure: 'F', figure_code: 'C' } },
      { withholding: { source: 'percent', percent: '2' } },
    ],
    [
      { withholding: { source: 'figure', percent: '2', figure: 'F', exempt_days_code: 'C' } },
      { withholding: { source: 'figure', figure: 'F' } },
    ],
    [{ withholding: { source: 'none', exempt_days: 180 } }, {}],
    [{ early_cancellation: { method: 'none', value: '5' } }, {}],
    [
      { early_cancellation: { allowed: false, method: 'percent_of_amount', value: '5' } },
      { early_cancellation: { allowed: false } },
    ],
  ])('of %o sends %o: what a choice has hidden is not said', (terms, expected) => {
    expect(sent(terms)).toEqual(expected)
  })

  test('has a cycle where interest joins the capital', () => {
    expect(sent({}, 'capitalised')).toEqual({ capitalisation: 'monthly' })
    expect(
      sent({ capitalisation: 'quarterly', reinvest_advance: 'one_pass' }, 'advance_capitalised'),
    ).toEqual({ capitalisation: 'quarterly', reinvest_advance: 'one_pass' })
  })

  test('is what the API takes it to be where nothing is said', () => {
    const schema = (name: string) => components.schemas[name]?.properties ?? {}
    const defaults = (properties: Record<string, Node>) =>
      Object.fromEntries(
        Object.entries(properties).map(([name, node]) => [name, node.default ?? null]),
      )
    const request = defaults(schema('TermDepositTermsRequest'))
    for (const [name, usual] of Object.entries(TERM_DEFAULTS))
      expect([name, request[name]]).toEqual([
        name,
        typeof usual === 'object' ? expect.objectContaining(usual as object) : usual,
      ])
  })
})

describe('its link', () => {
  const reopened = (ask: TermAsk) => termFrom(termAddress(ask), [product, own])
  const rows = (count: number) =>
    Array.from({ length: count }, (_, at) => ({
      from_amount: `${at}000000.50`,
      ...(at + 1 < count ? { to_amount: `${at + 1}000000.50` } : {}),
      from_days: 1000 + at,
      to_days: 3660,
      rate: '12.3456',
    }))

  test('reopens the very same terms', () => {
    const ask = asked(
      {
        rate: '7.50',
        withholding: { source: 'percent', percent: '2' },
        early_cancellation: {
          method: 'percent_of_interest',
          bands: [{ from_days: 9, value: '1' }],
        },
      },
      { payment: 'monthly', openedOn: '2026-06-01', cancelAfter: '60' },
    )
    expect(reopened(ask)).toEqual(ask)
    expect(termAddress(ask)).toMatchObject({ p: OWN_TERMS, r: '' })
  })

  test('holds as large a table of rates as the API takes, and asks for the same', () => {
    const ask = asked({ rates: rows(200) })
    const again = reopened(ask)
    expect(termAddress(ask).x?.length).toBeLessThan(12_000)
    expect(again && termRequest(again, own, '')).toEqual(termRequest(ask, own, ''))
  })

  test('of a product says nothing of them, and theirs nothing of a product', () => {
    const ofProduct: TermAsk = { ...asked({ rate: '7' }), product: 'PF', terms: '{"grace_days":3}' }
    expect(termAddress(ofProduct).x).toBe('{"grace_days":3}')
    expect(reopened(ofProduct)).toMatchObject({ own: '', terms: '{"grace_days":3}' })
    expect(termAddress({ ...ofProduct, product: OWN_TERMS }).x).toBe('{"rate":"7"}')
  })

  test('that somebody garbled loses its table, not its sense', () => {
    expect(ownTermsFrom('{"rate":"7","rates":"0_x_1_360_7"}')).toBe('{"rate":"7"}')
    expect(ownTermsFrom('{"rate":"7","rates":{"a":1}}')).toBe('{"rate":"7"}')
    expect(ownTermsFrom('[1]')).toBe('')
  })

  test('opens for nobody who has no terms of their own', () => {
    expect(termFrom(termAddress(asked({ rate: '7' })), [product])).toBeNull()
  })
})

describe('beginning from a product', () => {
  test('takes its terms and its table, without what it leaves blank', () => {
    const staff = { ...product, terms: { grace_days: 5, bonus_rate: null } }
    expect(JSON.parse(termsOf(staff))).toEqual({
      grace_days: 5,
      rates: [
        { from_amount: '0.00', to_amount: '1000.00', from_days: 31, to_days: 1080, rate: '6.75' },
        { from_amount: '1000.00', from_days: 180, to_days: 360, rate: '7.50' },
      ],
    })
  })

  test('a rate that was set for it comes along, once', () => {
    const ask: TermAsk = { ...firstTerm(product), rate: '8.25' }
    const without = withTermProduct(ask, own)
    expect(JSON.parse(without.own)).toEqual({ rate: '8.25' })
    const back = withTermProduct({ ...without, own: '{"rate":"9"}' }, product)
    expect(withTermProduct(back, own).own).toBe('{"rate":"9"}')
  })
})
