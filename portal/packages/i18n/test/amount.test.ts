import { describe, expect, test } from 'vitest'
import { compareAmounts, isNegative, shareOf, subtractAmounts, sumAmounts } from '../src'

describe('amounts stay exact', () => {
  test('sums beyond what a floating-point number can hold', () => {
    expect(sumAmounts(['999999999999999999.99', '0.01'])).toBe('1000000000000000000.00')
  })
  test('sums tenths without drift', () => {
    expect(sumAmounts(['0.10', '0.20'])).toBe('0.30')
  })
  test('keeps amounts without decimals whole', () => {
    expect(sumAmounts(['1500', '250'])).toBe('1750')
  })
  test('subtracts what is owed from what is held', () => {
    expect(subtractAmounts('6820.35', '2310.10')).toBe('4510.25')
    expect(subtractAmounts('100', '250.50')).toBe('-150.50')
  })
  test('orders by value and not by text', () => {
    expect(['10.00', '9.00', '-1.00'].sort(compareAmounts)).toEqual(['-1.00', '9.00', '10.00'])
  })
  test('knows no negative zero', () => {
    expect(isNegative('-0.00')).toBe(false)
  })
  test('shares nothing of nothing', () => {
    expect(shareOf('1', '0')).toBe(0)
    expect(shareOf('25', '100')).toBe(0.25)
  })
  test('refuses what is no decimal', () => {
    expect(() => sumAmounts(['1e5'])).toThrow(RangeError)
  })
})
