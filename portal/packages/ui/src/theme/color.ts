/** OKLCH colour arithmetic, enough to derive a legible palette from one brand colour. */
export type Oklch = { lightness: number; chroma: number; hue: number }

const channel = (hex: string, at: number) => parseInt(hex.slice(at, at + 2), 16) / 255
const toLinear = (value: number) =>
  value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
const fromLinear = (value: number) =>
  value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055

/** `#1f6b5e`, `1f6b5e` or `#abc`; null when it is no colour. */
export function normaliseHex(text: string | null | undefined): string | null {
  const digits = text?.trim().replace(/^#/, '').toLowerCase() ?? ''
  if (/^[0-9a-f]{6}$/.test(digits)) return `#${digits}`
  if (/^[0-9a-f]{3}$/.test(digits)) return `#${digits.replace(/./g, '$&$&')}`
  return null
}

function linearRgb(hex: string): [number, number, number] {
  return [toLinear(channel(hex, 1)), toLinear(channel(hex, 3)), toLinear(channel(hex, 5))]
}

export function toOklch(hex: string): Oklch {
  const [r, g, b] = linearRgb(hex)
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s
  const bb = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s
  return {
    lightness: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    chroma: Math.hypot(a, bb),
    hue: (Math.atan2(bb, a) * 180) / Math.PI,
  }
}

function rgbOf({ lightness, chroma, hue }: Oklch): [number, number, number] {
  const a = chroma * Math.cos((hue * Math.PI) / 180)
  const b = chroma * Math.sin((hue * Math.PI) / 180)
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ]
}

/** The nearest colour a screen can show, giving up chroma before lightness. */
export function toHex(color: Oklch): string {
  let { chroma } = color
  let rgb = rgbOf(color)
  while (chroma > 0.001 && rgb.some((value) => value < -0.0001 || value > 1.0001)) {
    chroma *= 0.94
    rgb = rgbOf({ ...color, chroma })
  }
  const byte = (value: number) =>
    Math.round(Math.min(1, Math.max(0, fromLinear(Math.max(0, value)))) * 255)
  return `#${rgb.map((value) => byte(value).toString(16).padStart(2, '0')).join('')}`
}

function luminance(hex: string): number {
  const [r, g, b] = linearRgb(hex)
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

/** WCAG contrast ratio, 1 to 21. */
export function contrast(one: string, other: string): number {
  const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number]
  return (high + 0.05) / (low + 0.05)
}

/** Moves the lightness step by step until the colour stands out enough from every background. */
export function legible(color: Oklch, backgrounds: string[], ratio: number, step: number): Oklch {
  let candidate = color
  const enough = () => backgrounds.every((ground) => contrast(toHex(candidate), ground) >= ratio)
  const room = () => (step < 0 ? candidate.lightness > 0.05 : candidate.lightness < 0.97)
  while (!enough() && room()) candidate = { ...candidate, lightness: candidate.lightness + step }
  return candidate
}
