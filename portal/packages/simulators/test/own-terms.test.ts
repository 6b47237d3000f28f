import { describe, expect, test } from 'vitest'
import { firstLoan, loanAddress, loanFaults, loanFrom, loanRequest } from '../src/loan/ask'
import { ownTermsProduct, termsBody } from '../src/loan/own-terms'
import { OWN_TERMS, termsText } from '../src/own-terms'

const own = ownTermsProduct('USD', 'Propias', (frequency) => frequency)

describe('terms that staff set', () => {
  test('are sent without blanks, with amounts of the loan in its currency', () => {
    const text = JSON.stringify({
      draws: [{ on: '2026-03-18', amount: '3000' }, {}],
      events: [{ kind: 'payment', on: '2026-06-18', amount: '500', effect: '' }],
      insured: [],
      terms: {
        rate: { percent: '15.60', index: '', quoted: { kind: null } },
        fixed_principal: '250',
        growth: { amount: '10' },
        charges: [{ code: 'C1', amount: '2.50' }],
      },
    })
    expect(termsBody(text, 'USD')).toEqual({
      draws: [{ on: '2026-03-18', amount: { amount: '3000', currency: 'USD' } }],
      events: [{ kind: 'payment', on: '2026-06-18', amount: { amount: '500', currency: 'USD' } }],
      terms: {
        rate: { percent: '15.60' },
        fixed_principal: { amount: '250', currency: 'USD' },
        growth: { amount: '10' },
        charges: [{ code: 'C1', amount: '2.50', names: { es: 'C1', en: 'C1' } }],
      },
    })
  })
  test('that were all left blank are none', () => {
    expect(termsBody('', 'USD')).toEqual({})
    expect(termsText('{"terms":{"rate":{"percent":""}},"draws":[{}]}')).toBe('')
  })
  test('that are false or zero are said', () => {
    expect(termsText('{"terms":{"capitalises":false,"grace":{"principal":0}}}')).toBe(
      '{"terms":{"capitalises":false,"grace":{"principal":0}}}',
    )
  })
})

test('a loan without a product asks for none, and its link reopens it', () => {
  const ask = { ...firstLoan(own), amount: '5000', terms: '{"terms":{"rate":{"percent":"15.60"}}}' }
  expect(loanFaults(ask, own, '2026-03-18')).toEqual({})
  expect(loanRequest(ask, own, '')).toMatchObject({
    product: null,
    method: null,
    terms: { rate: { percent: '15.60' } },
  })
  expect(ask.product).toBe(OWN_TERMS)
  expect(loanFrom(loanAddress(ask), [own], '')).toEqual(ask)
})
