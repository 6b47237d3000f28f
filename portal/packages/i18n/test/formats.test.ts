import { describe, expect, test } from 'vitest'
import { createFormats } from '../src'

const ecuador = createFormats('es-EC', 'es')
const usd = (amount: string) => ({ amount, currency: 'USD' })

describe('a tenant writes numbers its own way', () => {
  test.each([
    ['es-EC', '12.345,50'],
    ['en-US', '12,345.50'],
  ])('%s writes 12345.50 as %s', (locale, written) => {
    expect(createFormats(locale, 'es').money(usd('12345.50'), { currency: 'none' })).toBe(written)
  })
  test('the language changes words, never marks', () => {
    const english = createFormats('es-EC', 'en')
    expect(english.money(usd('1234.5'))).toBe('$1.234,50')
    expect(english.date('2026-03-05')).toBe(ecuador.date('2026-03-05'))
    expect(english.date('2026-03-05', 'long')).toContain('March')
    expect(ecuador.date('2026-03-05', 'long')).toContain('marzo')
  })
  test('large amounts keep every digit', () => {
    const written = '$999.999.999.999.999.999,99'
    expect(ecuador.money(usd('999999999999999999.99'))).toBe(written)
  })
  test('currencies have their own decimals', () => {
    const colombia = createFormats('es-CO', 'es')
    expect(colombia.money({ amount: '1500000', currency: 'COP' })).toMatch(/1\.500\.000$/)
    expect(colombia.decimals('BHD')).toBe(3)
  })
  test('signs are told apart from hyphens', () => {
    expect(ecuador.money(usd('-5'))).toBe('\u2212$5,00')
    expect(ecuador.money(usd('5'), { sign: 'always' })).toBe('+$5,00')
  })
})

describe('what a person types is understood', () => {
  test.each([
    ['1.234,50', '1234.50'],
    ['1234,5', '1234.5'],
    ['1234.50', '1234.50'],
    ['12.345', '12345'],
    ['0,05', '0.05'],
    [',5', '0.5'],
    ['007', '7'],
    [' 1 000 ', '1000'],
    ['doce', null],
    ['1,2,3', null],
    ['', null],
  ])('%s is %s', (typed, canonical) => {
    expect(ecuador.parse(typed)).toBe(canonical)
  })
  test.each([
    ['5/3/2026', '2026-03-05'],
    ['05-03-26', '2026-03-05'],
    ['05032026', '2026-03-05'],
    ['2026-03-05', '2026-03-05'],
    ['31/2/2026', null],
    ['3/2026', null],
    ['hoy', null],
  ])('the date %s is %s', (typed, iso) => {
    expect(ecuador.parseDate(typed)).toBe(iso)
  })
  test('the order of a date is that of the locale', () => {
    expect(createFormats('en-US', 'en').parseDate('3/5/2026')).toBe('2026-03-05')
  })
})
