import { describe, expect, test } from 'vitest'
import { addressWith, optionsIn, readAmount, readCount, readDate } from '../src/address'
import { firstLoan, LOAN_NAMES, loanAddress, loanFrom, type LoanAsk } from '../src/loan/ask'
import { firstTerm, TERM_NAMES, termAddress, termFrom, type TermAsk } from '../src/term/ask'
import { aLoanProduct, aTermProduct } from './products'

const loans = [aLoanProduct()]
const deposits = [aTermProduct()]
const TODAY = '2026-03-18'

const LOAN: LoanAsk = {
  product: 'CONSUMO',
  amount: '5000.50',
  count: '20',
  frequency: 'months_3',
  method: 'FIXED',
  disbursedOn: TODAY,
  firstDueOn: '2026-04-30',
  options: ['LIFE'],
  birthDate: '1990-02-28',
  terms: '{"grace":{"principal":2}}',
}
const DEPOSIT: TermAsk = {
  product: 'PF',
  amount: '5000',
  by: 'days',
  days: '180',
  maturityOn: '',
  payment: 'monthly',
  openedOn: TODAY,
  cancelAfter: '90',
  rate: '7.25',
  terms: '',
  own: '',
}

/** Through the text of an address and back. */
function reopened(asks: (LoanAsk | null)[]): (LoanAsk | null)[] {
  const fields = asks.map((ask) => ask && loanAddress(ask))
  const text = addressWith(new URLSearchParams('t=chakana'), LOAN_NAMES, fields).toString()
  return optionsIn(new URLSearchParams(text), LOAN_NAMES).map(
    (one) => one && loanFrom(one, loans, TODAY),
  )
}

describe('an address reopens the very same simulation', () => {
  test('of one loan, and of three side by side', () => {
    const other = { ...LOAN, count: '12', options: [], birthDate: '', terms: '' }
    expect(reopened([LOAN])).toEqual([LOAN])
    expect(reopened([LOAN, other, LOAN])).toEqual([LOAN, other, LOAN])
  })
  test('with a place left free where an option is not projected', () => {
    expect(reopened([null, LOAN])).toEqual([null, LOAN])
  })
  test('of a term deposit by days, and by date', () => {
    expect(termFrom(termAddress(DEPOSIT), deposits)).toEqual(DEPOSIT)
    const dated: TermAsk = { ...DEPOSIT, by: 'date', maturityOn: '2026-09-14' }
    expect(termFrom(termAddress(dated), deposits)).toEqual(dated)
  })
})

test('what else the address says is left alone, and a removed option goes', () => {
  const two = addressWith(new URLSearchParams('t=chakana'), LOAN_NAMES, [
    loanAddress(LOAN),
    loanAddress(LOAN),
  ])
  const one = addressWith(two, LOAN_NAMES, [loanAddress(LOAN)])
  expect(one.get('t')).toBe('chakana')
  expect([...one.keys()].some((name) => name.endsWith('2'))).toBe(false)
})

describe('an address that was tampered with', () => {
  const read = (fields: Record<string, string>) =>
    loanFrom({ p: 'CONSUMO', ...fields }, loans, TODAY)
  const first = firstLoan(aLoanProduct())
  test('asks for no product that is not offered', () => {
    expect(loanFrom({ p: 'OTRO' }, loans, TODAY)).toBeNull()
    expect(termFrom({ p: '__proto__' }, deposits)).toBeNull()
  })
  test.each([
    [{ a: '5e3' }, 'amount'],
    [{ a: '-5000' }, 'amount'],
    [{ a: '<b>' }, 'amount'],
    [{ n: '24.5' }, 'count'],
    [{ n: '999999' }, 'count'],
    [{ f: 'weeks_1' }, 'frequency'],
    [{ m: 'BULLET' }, 'method'],
    [{ d: '2026-02-30' }, 'firstDueOn'],
    [{ i: 'DESGRAVAMEN,LIF E' }, 'options'],
    [{ b: 'ayer' }, 'birthDate'],
    [{ x: '[1]' }, 'terms'],
    [{ x: '{"a":' }, 'terms'],
  ] as const)('%o falls back to the proposal', (fields, name) => {
    expect(read(fields)?.[name]).toEqual(first[name])
  })
  test('starts today when its day is over, for those who may not look back', () => {
    const past = { o: '2026-03-17', d: '2026-04-01' }
    expect(read(past)).toMatchObject({ disbursedOn: '', firstDueOn: '' })
    expect(loanFrom({ p: 'CONSUMO', ...past }, loans, '')).toMatchObject({
      disbursedOn: '2026-03-17',
      firstDueOn: '2026-04-01',
    })
  })
  test('of a deposit pays in a way that is offered', () => {
    const found = termFrom({ p: 'PF', y: 'advance', n: 'x', c: '-4' }, deposits)
    expect(found).toEqual(firstTerm(aTermProduct()))
  })
})

test.each([
  [readAmount('5000.123456'), '5000.123456'],
  [readAmount('5000.1234567'), ''],
  [readAmount(undefined), ''],
  [readCount('00024'), '00024'],
  [readCount('1 000'), ''],
  [readDate('2028-02-29'), '2028-02-29'],
  [readDate('2027-02-29'), ''],
  [readDate('2026-13-01'), ''],
])('%j is read as %j', (read, expected) => {
  expect(read).toBe(expected)
})

test('names of the two simulators are short and do not repeat', () => {
  for (const names of [LOAN_NAMES, TERM_NAMES]) {
    expect(new Set(names).size).toBe(names.length)
    expect(names).not.toContain('t')
  }
})
