/**
 * Exact decimal text. Amounts travel as strings and stay so: they are compared and added as
 * integers of millionths, never as floating point.
 */
const SCALE = 6
const PATTERN = /^(-?)(\d+)(?:\.(\d+))?$/

export type Decimal = { negative: boolean; whole: string; fraction: string }

/** Splits `"-1234.50"`. Errors: RangeError on anything else. */
export function decimalParts(text: string): Decimal {
  const match = PATTERN.exec(text)
  if (match === null) throw new RangeError(`not a decimal: ${text}`)
  const [, sign, whole = '0', fraction = ''] = match
  const zero = /^0*$/.test(whole + fraction)
  return { negative: sign === '-' && !zero, whole: whole.replace(/^0+(?=\d)/, ''), fraction }
}

/** Millionths of the unit, for comparing and adding. */
export function toMillionths(text: string): bigint {
  const { negative, whole, fraction } = decimalParts(text)
  const value = BigInt(whole + fraction.slice(0, SCALE).padEnd(SCALE, '0'))
  return negative ? -value : value
}

/** Back to text with the given number of decimals, which must hold the value exactly. */
export function fromMillionths(value: bigint, decimals: number): string {
  const digits = (value < 0n ? -value : value).toString().padStart(SCALE + 1, '0')
  const whole = digits.slice(0, -SCALE)
  const fraction = digits.slice(-SCALE, digits.length - SCALE + decimals)
  const sign = value < 0n ? '-' : ''
  return decimals === 0 ? `${sign}${whole}` : `${sign}${whole}.${fraction}`
}

export function compareAmounts(one: string, other: string): number {
  const difference = toMillionths(one) - toMillionths(other)
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

export function isZero(text: string): boolean {
  return toMillionths(text) === 0n
}

export function isNegative(text: string): boolean {
  return decimalParts(text).negative
}

/** Sum of amounts of one currency, with as many decimals as the longest. */
export function sumAmounts(amounts: string[]): string {
  const decimals = Math.max(0, ...amounts.map((text) => decimalParts(text).fraction.length))
  return fromMillionths(
    amounts.reduce((sum, text) => sum + toMillionths(text), 0n),
    Math.min(decimals, SCALE),
  )
}

/** The first less the second, of one currency. */
export function subtractAmounts(one: string, other: string): string {
  const decimals = Math.max(decimalParts(one).fraction.length, decimalParts(other).fraction.length)
  return fromMillionths(toMillionths(one) - toMillionths(other), Math.min(decimals, SCALE))
}

/** Share of the total between 0 and 1, for drawing only. */
export function shareOf(part: string, total: string): number {
  const whole = toMillionths(total)
  return whole === 0n ? 0 : Number((toMillionths(part) * 1_000_000n) / whole) / 1_000_000
}
