import {
  compareAmounts,
  fromMillionths,
  subtractAmounts,
  toMillionths,
  type Formats,
} from '@minga/i18n'

const MILLION = 1_000_000n

/** A percentage text (`"15.604812"`) rounded half up to some decimals and written with its sign. */
export function percentText(formats: Formats, percent: string, decimals = 2): string {
  return `${formats.number(roundedText(percent, decimals))}\u00a0%`
}

/** Decimal text rounded half away from zero. */
export function roundedText(text: string, decimals: number): string {
  const step = 10n ** BigInt(6 - decimals)
  const value = toMillionths(text)
  const size = value < 0n ? -value : value
  const rounded = ((size + step / 2n) / step) * step
  return fromMillionths(value < 0n ? -rounded : rounded, decimals)
}

const NICE = [1n, 2n, 5n]
const MOST_STEPS = 400n

/** The steps of a slider between two amounts: a round number that gives some hundreds of them at most. */
export function stepBetween(least: string, most: string): string {
  const span = toMillionths(most) - toMillionths(least)
  let scale = MILLION
  for (;;) {
    for (const nice of NICE)
      if (span / (nice * scale) <= MOST_STEPS) return fromMillionths(nice * scale, 0)
    scale *= 10n
  }
}

/** Where an amount stands among the steps; the nearest, within the limits. */
export function positionOf(value: string, least: string, most: string): number {
  const step = toMillionths(stepBetween(least, most))
  const from = (toMillionths(value) - toMillionths(least)) * 2n + step
  const position = Number(from / (step * 2n))
  return Math.min(Math.max(position, 0), stepsBetween(least, most))
}

/** How many steps lead from the least amount to the most; the last may be shorter. */
export function stepsBetween(least: string, most: string): number {
  const step = toMillionths(stepBetween(least, most))
  return Number((toMillionths(most) - toMillionths(least) + step - 1n) / step)
}

/** The amount at a position: round numbers, save the limits themselves. */
export function amountAt(position: number, least: string, most: string): string {
  const step = toMillionths(stepBetween(least, most))
  const first = toMillionths(least)
  if (position <= 0) return least
  const round = ((first + step * BigInt(position)) / step) * step
  const amount = fromMillionths(round, 0)
  return compareAmounts(amount, most) > 0 || position >= stepsBetween(least, most) ? most : amount
}

/** The difference to show beside a figure; null where there is none. */
export function differenceOf(value: string, base: string): string | null {
  return compareAmounts(value, base) === 0 ? null : subtractAmounts(value, base)
}
