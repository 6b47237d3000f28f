import { describe, expect, test } from 'vitest'
import { addDays, addMonths, endOfMonth, rangeFault, startOfMonth } from '../src'

describe('calendar arithmetic', () => {
  test.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2028-01-31', 1, '2028-02-29'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-12-15', 1, '2027-01-15'],
    ['2026-01-15', -1, '2025-12-15'],
  ])('%s and %i months is %s', (from, months, to) => {
    expect(addMonths(from, months)).toBe(to)
  })
  test('knows where months and years end', () => {
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01')
    expect(startOfMonth('2026-02-17')).toBe('2026-02-01')
    expect(endOfMonth('2028-02-17')).toBe('2028-02-29')
  })
})

describe('the dates of a statement', () => {
  const limits = { last: '2026-03-18', maxMonths: 24 }
  test.each([
    ['2026-03-01', '2026-03-18', null],
    ['2026-03-18', '2026-03-18', null],
    ['2024-03-18', '2026-03-18', null],
    ['2024-03-17', '2026-03-18', 'ui.range.too_long'],
    ['2026-03-10', '2026-03-09', 'ui.range.inverted'],
    ['2026-03-01', '2026-03-19', 'ui.range.future'],
    ['', '2026-03-18', 'ui.range.missing'],
    ['2026-03-01', '', 'ui.range.missing'],
  ])('from %s to %s: %s', (from, to, fault) => {
    expect(rangeFault({ from, to }, limits)?.key ?? null).toBe(fault)
  })
})
