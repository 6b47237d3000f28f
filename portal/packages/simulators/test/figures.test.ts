import { createFormats } from '@minga/i18n'
import { describe, expect, test } from 'vitest'
import {
  amountAt,
  differenceOf,
  percentText,
  positionOf,
  roundedText,
  stepBetween,
  stepsBetween,
} from '../src/figures'
import type { LoanSimulation } from '../src/api'
import { loanPoints, withheldAtStart } from '../src/loan/loan-result'
import { bestOf, type CompareFact } from '../src/parts/compare'

const fact = (values: (string | null)[], better: CompareFact['better']): CompareFact => ({
  label: '',
  values,
  better,
  write: (value) => value,
})

describe('which option is better', () => {
  test.each([
    [fact(['852.67', '1292.40'], 'low'), [0]],
    [fact(['183.75', '187.50', '99.00'], 'high'), [1]],
    [fact(['10.00', '10.00', '12.00'], 'low'), [0, 1]],
    [fact(['10.00', '10.0'], 'low'), []],
    [fact(['10.00', null], 'low'), []],
    [fact(['10.00'], 'low'), []],
    [fact(['24', '36'], null), []],
    [fact(['9.5', '10.25'], 'low'), [0]],
  ])('%o: %o', (given, best) => {
    expect(bestOf(given)).toEqual(best)
  })
  test('a difference is exact, and none is none', () => {
    expect(differenceOf('1292.40', '852.67')).toBe('439.73')
    expect(differenceOf('852.67', '1292.40')).toBe('-439.73')
    expect(differenceOf('10.00', '10')).toBeNull()
  })
})

describe('a slider between two amounts', () => {
  test.each([
    ['300.00', '20000.00', '50'],
    ['100.00', '250000.00', '1000'],
    ['1200000', '80000000', '200000'],
    ['5', '5', '1'],
  ])('from %s to %s moves by %s', (least, most, step) => {
    expect(stepBetween(least, most)).toBe(step)
  })
  test('gives round amounts within the limits, and the limits at its ends', () => {
    const steps = stepsBetween('300.00', '20000.00')
    expect(amountAt(0, '300.00', '20000.00')).toBe('300.00')
    expect(amountAt(steps, '300.00', '20000.00')).toBe('20000.00')
    expect(amountAt(94, '300.00', '20000.00')).toBe('5000')
    expect(amountAt(1, '1450.50', '9000.00')).toBe('1460')
  })
  test('stands where the amount is, whatever was typed', () => {
    expect(positionOf('5000', '300.00', '20000.00')).toBe(94)
    expect(positionOf('1', '300.00', '20000.00')).toBe(0)
    expect(positionOf('99999', '300.00', '20000.00')).toBe(stepsBetween('300.00', '20000.00'))
  })
})

test.each([
  ['16.764999', 2, '16.76'],
  ['16.765', 2, '16.77'],
  ['-0.005', 2, '-0.01'],
  ['7.5', 2, '7.50'],
  ['7.5', 0, '8'],
])('%s to %i decimals is %s', (text, decimals, rounded) => {
  expect(roundedText(text, decimals)).toBe(rounded)
})

test('a percentage is written as the cooperative writes numbers', () => {
  expect(percentText(createFormats('es-EC', 'es'), '15.6')).toBe('15,60\u00a0%')
})

test('the parts of a long loan add up by year', () => {
  const money = (amount: string) => ({ amount, currency: 'USD' })
  const rows = Array.from({ length: 80 }, (_, index) => ({
    number: index + 1,
    starts_on: '2026-01-01',
    due_on: `${2026 + Math.floor(index / 12)}-01-15`,
    days: 30,
    counted_days: null,
    principal: money('10.00'),
    interest: money('1.25'),
    charges: money('0.10'),
    insurance: money('0.15'),
    instalment: money('11.50'),
    balance: money('0.00'),
    drawn: null,
    slots: [],
  }))
  const points = loanPoints(rows, (row) => row.due_on)
  expect(points).toHaveLength(7)
  expect(points[0]?.label).toBe('2026')
  expect(points[0]?.values.map(({ amount }) => amount)).toEqual(['120.00', '15.00', '3.00'])
  expect(loanPoints(rows.slice(0, 24), (row) => row.due_on)).toHaveLength(24)
})

describe('what is withheld when a loan is paid out', () => {
  const usd = (amount: string) => ({ amount, currency: 'USD' })
  const loan = (interest: string, charges: string, insurance: string) =>
    ({
      currency: 'USD',
      disbursement: {
        drawn: usd('20000.00'),
        interest: usd(interest),
        charges: usd(charges),
        insurance: usd(insurance),
        net: usd('0'),
        items: [],
      },
    }) as unknown as LoanSimulation

  test('is a line of its own, whose sum the table adds to the instalments', () => {
    const line = withheldAtStart(loan('12.50', '100.00', '0.00'))
    expect(line?.instalment).toEqual(usd('112.50'))
    expect(line?.charges).toEqual(usd('100.00'))
    expect(line?.balance).toEqual(usd('20000.00'))
  })
  test('is no line where it is nothing', () => {
    expect(withheldAtStart(loan('0.00', '0.00', '0.00'))).toBeUndefined()
  })
})
