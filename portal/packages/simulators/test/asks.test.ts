import { describe, expect, test } from 'vitest'
import { firstLoan, loanFaults, loanRequest, withProduct, type LoanAsk } from '../src/loan/ask'
import { firstTerm, termFaults, termRequest, withTermProduct } from '../src/term/ask'
import { rateFor } from '../src/term/rate'
import { aLoanProduct, aTermProduct } from './products'

const TODAY = '2026-03-18'
const product = aLoanProduct()
const asked = (changes: Partial<LoanAsk>): LoanAsk => ({ ...firstLoan(product), ...changes })
const faults = (changes: Partial<LoanAsk>) => loanFaults(asked(changes), product, TODAY)

describe('a loan of 300 to 20,000 over 6 to 60 months', () => {
  test.each([
    [{ count: '61' }, { count: { reason: 'above', limit: '60' } }],
    [{ count: '5' }, { count: { reason: 'below', limit: '6' } }],
    [{ count: '24.5' }, { count: { reason: 'whole' } }],
    [{ count: '' }, { count: { reason: 'missing' } }],
    [{ amount: '299' }, { amount: { reason: 'below', limit: '300.00' } }],
    [{ amount: '299.99' }, { amount: { reason: 'below', limit: '300.00' } }],
    [{ amount: '20000.01' }, { amount: { reason: 'above', limit: '20000.00' } }],
    [{ amount: '' }, { amount: { reason: 'missing' } }],
    [{ firstDueOn: TODAY }, { firstDueOn: { reason: 'before', limit: '2026-03-19' } }],
    [{ firstDueOn: '2026-05-20' }, { firstDueOn: { reason: 'after', limit: '2026-05-19' } }],
    [{ options: ['LIFE'] }, { birthDate: { reason: 'missing' } }],
    [{ options: ['LIFE'], birthDate: '1990-02-28' }, {}],
    [{ amount: '5000', count: '24' }, {}],
    [{ amount: '300', count: '6' }, {}],
    [{ amount: '20000', count: '60' }, {}],
  ])('with %o has the faults %o', (changes, expected) => {
    expect(faults(changes)).toEqual(expected)
  })

  test('takes the limits of the frequency that was chosen', () => {
    expect(faults({ frequency: 'months_3', count: '20' })).toEqual({})
    expect(faults({ frequency: 'months_3', count: '24' }).count).toEqual({
      reason: 'above',
      limit: '20',
    })
  })

  test('is sent with what was typed and nothing more', () => {
    const sent = loanRequest(asked({ amount: '5000', count: '24' }), product, 'chakana')
    expect(sent).toEqual({
      tenant: 'chakana',
      product: 'CONSUMO',
      principal: { amount: '5000', currency: 'USD' },
      instalments: 24,
      frequency: { unit: 'months', every: 1 },
      method: 'LEVEL',
      disbursed_on: null,
      first_due_on: null,
      options: [],
    })
  })

  test('sends a birth date only where an insurance asks for it', () => {
    const typed = asked({ birthDate: '1990-02-28' })
    expect(loanRequest(typed, product, '')).not.toHaveProperty('insured')
    const insured = loanRequest({ ...typed, options: ['LIFE'] }, product, '')
    expect(insured.insured?.[0]?.birth_date).toBe('1990-02-28')
  })
})

test('the first proposal is within the limits', () => {
  expect(loanFaults(firstLoan(product), product, TODAY)).toEqual({})
  const narrow = aLoanProduct({
    amount_min: { amount: '1450.50', currency: 'USD' },
    amount_max: { amount: '1500.00', currency: 'USD' },
  })
  expect(loanFaults(firstLoan(narrow), narrow, TODAY)).toEqual({})
  expect(termFaults(firstTerm(aTermProduct()), aTermProduct(), TODAY)).toEqual({})
})

test('another product keeps what fits it and proposes the rest anew', () => {
  const housing = aLoanProduct({
    code: 'VIVIENDA',
    amount_min: { amount: '10000.00', currency: 'USD' },
    amount_max: { amount: '120000.00', currency: 'USD' },
  })
  const kept = withProduct(asked({ amount: '5000', count: '36', method: 'FIXED' }), housing)
  expect(kept.count).toBe('36')
  expect(kept.amount).toBe('30000')
  const deposit = withTermProduct(
    { ...firstTerm(aTermProduct()), days: '90', payment: 'monthly' },
    aTermProduct({ code: 'PC', minimum_days: 180, payments: ['capitalised'] }),
  )
  expect([deposit.days, deposit.payment]).toEqual(['180', 'capitalised'])
})

describe('a term deposit from 100 over 31 to 1,080 days', () => {
  const deposit = aTermProduct()
  const of = (changes: object) => ({ ...firstTerm(deposit), ...changes })
  test.each([
    [{ amount: '99.99' }, { amount: { reason: 'below', limit: '100.00' } }],
    [{ amount: '100' }, {}],
    [{ amount: '250000.01' }, { amount: { reason: 'above', limit: '250000.00' } }],
    [{ days: '30' }, { days: { reason: 'below', limit: '31' } }],
    [{ days: '1081' }, { days: { reason: 'above', limit: '1080' } }],
    [{ by: 'date' }, { maturityOn: { reason: 'missing' } }],
    [
      { by: 'date', maturityOn: '2026-04-17' },
      { maturityOn: { reason: 'before', limit: '2026-04-18' } },
    ],
    [{ by: 'date', maturityOn: '2026-04-18' }, {}],
    [{ days: '180', cancelAfter: '180' }, { cancelAfter: { reason: 'above', limit: '179' } }],
  ])('with %o has the faults %o', (changes, expected) => {
    expect(termFaults(of(changes), deposit, TODAY)).toEqual(expected)
  })

  test('is sent by days or by date, never both', () => {
    expect(termRequest(of({ days: '180' }), deposit, '')).toMatchObject({
      term_days: 180,
      maturity_date: null,
    })
    const dated = of({ by: 'date', days: '180', maturityOn: '2026-09-14' })
    expect(termRequest(dated, deposit, '')).toMatchObject({
      term_days: null,
      maturity_date: '2026-09-14',
    })
  })

  test.each([
    ['999.99', 180, '6.75'],
    ['1000', 180, '7.50'],
    ['1000', 361, null],
    ['', 180, null],
  ])('the published rate of %s for %i days is %s', (amount, days, rate) => {
    expect(rateFor(deposit, amount, days)).toBe(rate)
  })
})
