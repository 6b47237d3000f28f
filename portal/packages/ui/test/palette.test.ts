import { describe, expect, test } from 'vitest'
import { contrast, paletteOf } from '../src'

const BRANDS = ['#7a1f3d', '#1b5e4b', '#ffdd00', '#00e5ff', '#ff0000', '#0000ff', '#ffffff', '#000']

describe.each(BRANDS)('a cooperative whose colour is %s', (primary) => {
  const { light, dark } = paletteOf({ primary, accent: primary })
  const of = (scheme: Record<string, string>, name: string) => scheme[name] ?? ''

  test('reads on every ground of the light scheme', () => {
    expect(contrast(of(light, 'on-fill'), of(light, 'fill'))).toBeGreaterThanOrEqual(4.5)
    for (const ground of ['#ffffff', '#faf7f2', of(light, 'tint')])
      expect(contrast(of(light, 'text'), ground)).toBeGreaterThanOrEqual(4.5)
    for (const end of ['hero-from', 'hero-to'])
      expect(contrast('#ffffff', of(light, end))).toBeGreaterThanOrEqual(4.5)
  })

  test('reads on every ground of the dark scheme', () => {
    expect(contrast(of(dark, 'on-fill'), of(dark, 'fill'))).toBeGreaterThanOrEqual(4.5)
    for (const ground of ['#211d18', '#171410', of(dark, 'tint')])
      expect(contrast(of(dark, 'text'), ground)).toBeGreaterThanOrEqual(4.5)
    for (const end of ['hero-from', 'hero-to'])
      expect(contrast('#ffffff', of(dark, end))).toBeGreaterThanOrEqual(4.5)
  })

  test('tells the parts of a chart from their ground', () => {
    for (let part = 1; part <= 5; part += 1) {
      expect(contrast(of(light, `series-${part}`), '#ffffff')).toBeGreaterThanOrEqual(3)
      expect(contrast(of(dark, `series-${part}`), '#211d18')).toBeGreaterThanOrEqual(3)
    }
  })
})

test('a colour that is none falls back to ours', () => {
  expect(paletteOf({ primary: 'teal', accent: null })).toEqual(paletteOf({}))
})
