import { legible, normaliseHex, toHex, toOklch, type Oklch } from './color'

export type BrandColors = { primary?: string | null; accent?: string | null }
export type SchemeColors = Record<string, string>
export type Palette = { light: SchemeColors; dark: SchemeColors }

export const DEFAULT_PRIMARY = '#1f6b5e'
export const DEFAULT_ACCENT = '#c4811f'

/** Backgrounds of tokens.css on which brand colours must be read. */
const LIGHT = { paper: '#faf7f2', surface: '#ffffff' }
const DARK = { paper: '#171410', surface: '#211d18' }

const TEXT_RATIO = 4.6
const SHAPE_RATIO = 3.1
const SERIES_TURNS = [0, 0, 200, 110, 290]

const at = (color: Oklch, lightness: number, chroma = color.chroma): Oklch => ({
  ...color,
  lightness,
  chroma: Math.min(color.chroma, chroma),
})

function series(primary: Oklch, accent: Oklch, dark: boolean): SchemeColors {
  const backgrounds = dark ? [DARK.surface] : [LIGHT.surface]
  const colors = SERIES_TURNS.map((turn, index) => {
    const source = index === 1 ? accent : primary
    const most = turn === 0 ? 0.13 : 0.085
    const chroma = Math.max(0.06, Math.min(most, source.chroma))
    const lightness = (dark ? 0.76 : 0.56) + (index % 2 === 0 ? 0 : 0.06)
    const color = { lightness, chroma, hue: source.hue + turn }
    return toHex(legible(color, backgrounds, SHAPE_RATIO, dark ? 0.01 : -0.01))
  })
  return Object.fromEntries(colors.map((color, index) => [`series-${index + 1}`, color]))
}

function lightScheme(primary: Oklch, accent: Oklch): SchemeColors {
  const fill = legible(primary, ['#ffffff'], TEXT_RATIO, -0.01)
  const tint = at(primary, 0.955, 0.017)
  const text = legible(fill, [LIGHT.paper, LIGHT.surface, toHex(tint)], TEXT_RATIO, -0.01)
  const hero = at(legible(primary, ['#ffffff'], 6, -0.01), Math.min(fill.lightness, 0.45), 0.12)
  return {
    fill: toHex(fill),
    'fill-hover': toHex({ ...fill, lightness: fill.lightness - 0.06 }),
    'on-fill': '#ffffff',
    text: toHex(text),
    tint: toHex(tint),
    line: toHex(at(primary, 0.85, 0.06)),
    'hero-from': toHex(hero),
    'hero-to': toHex({ ...hero, lightness: hero.lightness - 0.12, hue: hero.hue + 12 }),
    ...series(primary, accent, false),
  }
}

function darkScheme(primary: Oklch, accent: Oklch): SchemeColors {
  const tint = at(primary, 0.29, 0.028)
  const fill = legible(at(primary, 0.76, 0.1), [DARK.paper, DARK.surface], TEXT_RATIO, 0.01)
  const text = legible(at(primary, 0.82, 0.1), [DARK.surface, toHex(tint)], TEXT_RATIO, 0.01)
  const hero = at(primary, 0.39, 0.09)
  return {
    fill: toHex(fill),
    'fill-hover': toHex({ ...fill, lightness: fill.lightness + 0.05 }),
    'on-fill': toHex(legible(at(primary, 0.22, 0.03), [toHex(fill)], TEXT_RATIO, -0.01)),
    text: toHex(text),
    tint: toHex(tint),
    line: toHex(at(primary, 0.43, 0.06)),
    'hero-from': toHex(hero),
    'hero-to': toHex({ ...hero, lightness: 0.28, hue: hero.hue + 12 }),
    ...series(primary, accent, true),
  }
}

/** Every brand-coloured token of both schemes, legible by WCAG AA whatever the tenant chose. */
export function paletteOf(brand: BrandColors): Palette {
  const primary = toOklch(normaliseHex(brand.primary) ?? DEFAULT_PRIMARY)
  const accent = toOklch(normaliseHex(brand.accent) ?? DEFAULT_ACCENT)
  return { light: lightScheme(primary, accent), dark: darkScheme(primary, accent) }
}

/** Puts the palette where tokens.css reads it, by CSSOM so that a strict CSP allows it. */
export function wearPalette(palette: Palette, root: HTMLElement = document.documentElement): void {
  for (const [scheme, colors] of Object.entries(palette))
    for (const [name, color] of Object.entries(colors))
      root.style.setProperty(`--brand-${scheme}-${name}`, color)
}
