import { decimalParts } from './amount'

export type MoneyText = { amount: string; currency: string }
export type AmountStyle = {
  /** How the currency is told: its sign (default), its ISO code, or not at all. */
  currency?: 'symbol' | 'code' | 'none'
  /** `always` puts a plus before what is not negative. */
  sign?: 'auto' | 'always' | 'never'
}
export type DateStyle = 'short' | 'long' | 'month' | 'weekday'

const MINUS = '\u2212'
const NO_BREAK = '\u00a0'

/**
 * How one tenant writes numbers, amounts and dates. `locale` (es-EC) says order and separators;
 * `language` only says in which words months are named, so they can differ.
 */
export type Formats = {
  locale: string
  language: string
  decimalMark: string
  groupMark: string
  decimals(currency: string): number
  number(text: string): string
  money(value: MoneyText, style?: AmountStyle): string
  /** Canonical decimal text from what a person typed; null when it is no number. */
  parse(typed: string): string | null
  /** A calendar date `2026-03-31`, untouched by time zones. */
  date(iso: string, style?: DateStyle): string
  /** The calendar date a person typed in the tenant's order; null when it is none. */
  parseDate(typed: string): string | null
  /** An instant, in the reader's time zone. */
  dateTime(iso: string): string
  time(iso: string): string
  percent(share: number): string
}

const DATE_STYLES: Record<DateStyle, Intl.DateTimeFormatOptions> = {
  short: { day: '2-digit', month: '2-digit', year: 'numeric' },
  long: { day: 'numeric', month: 'long', year: 'numeric' },
  month: { month: 'long', year: 'numeric' },
  weekday: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
}

const CLOCK = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const

function marksOf(locale: string) {
  const parts = new Intl.NumberFormat(locale, { useGrouping: true }).formatToParts(1234567.5)
  const mark = (type: string, other: string) =>
    parts.find((part) => part.type === type)?.value ?? other
  return { decimalMark: mark('decimal', '.'), groupMark: mark('group', ',') }
}

function currencyFacts(locale: string, currency: string) {
  try {
    const options = { style: 'currency', currency, currencyDisplay: 'narrowSymbol' } as const
    const format = new Intl.NumberFormat(locale, options)
    const symbol = format.formatToParts(1).find((part) => part.type === 'currency')?.value
    return {
      symbol: symbol ?? currency,
      decimals: format.resolvedOptions().maximumFractionDigits ?? 2,
    }
  } catch {
    return { symbol: currency, decimals: 2 }
  }
}

function writeDecimal(text: string, least: number, decimalMark: string, groupMark: string) {
  const { whole, fraction } = decimalParts(text)
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, groupMark)
  const decimals = fraction.padEnd(least, '0')
  return decimals === '' ? grouped : grouped + decimalMark + decimals
}

function signOf(text: string, style: AmountStyle['sign'] = 'auto') {
  if (style === 'never') return ''
  if (decimalParts(text).negative) return MINUS
  return style === 'always' ? '+' : ''
}

/** Undoes the locale's own writing; a lone mark followed by other than three digits is a decimal. */
function parseTyped(typed: string, decimalMark: string, groupMark: string): string | null {
  const text = typed.replace(/[\s\u00a0\u202f]/g, '').replace(/^\u2212/, '-')
  const grouped = new RegExp(`^-?\\d{1,3}(\\${groupMark}\\d{3})+(\\${decimalMark}\\d+)?$`)
  const canonical = grouped.test(text)
    ? text.split(groupMark).join('').replace(decimalMark, '.')
    : text.replace(decimalMark, '.').replace(',', '.')
  const padded = canonical.replace(/^(-?)\./, '$10.').replace(/\.$/, '')
  return /^-?\d+(\.\d+)?$/.test(padded) ? padded.replace(/^(-?)0+(?=\d)/, '$1') : null
}

/** `31/3/26`, `31-03-2026` or `31032026` in the locale's order, and ISO anywhere. */
function parseTypedDate(typed: string, locale: string): string | null {
  const text = typed.trim()
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text)
  const order = new Intl.DateTimeFormat(locale)
    .formatToParts(0)
    .map((part) => part.type)
    .filter((type) => type === 'day' || type === 'month' || type === 'year')
  const whole = /^(\d{2})(\d{2})(\d{4})$/.exec(text)
  const parts = iso ? iso.slice(1) : whole ? whole.slice(1) : text.split(/\D+/)
  if (parts.length !== 3 || parts.some((part) => part === '')) return null
  const named = iso ? ['year', 'month', 'day'] : order
  const of = (name: string) => Number(parts[named.indexOf(name)])
  const year = of('year') < 100 ? 2000 + of('year') : of('year')
  const date = new Date(Date.UTC(year, of('month') - 1, of('day')))
  const real = date.getUTCMonth() === of('month') - 1 && date.getUTCDate() === of('day')
  return real && year > 1800 && year < 2200 ? date.toISOString().slice(0, 10) : null
}

/** `es-EC` read in English becomes `en-EC`: English words in Ecuador's order. */
function wordsLocale(locale: string, language: string): string {
  const region = new Intl.Locale(locale).region
  const base = new Intl.Locale(language).language
  return region === undefined ? base : `${base}-${region}`
}

/** Computed when first asked for: the browser's locale data are slow to open. */
function once<T>(compute: () => T): () => T {
  let known: { value: T } | undefined
  return () => (known ??= { value: compute() }).value
}

export function createFormats(locale: string, language: string): Formats {
  const marks = once(() => marksOf(locale))
  const words = once(() => wordsLocale(locale, language))
  const facts = new Map<string, ReturnType<typeof currencyFacts>>()
  const factsOf = (currency: string) => {
    const known = facts.get(currency) ?? currencyFacts(locale, currency)
    facts.set(currency, known)
    return known
  }
  const write = (text: string, least: number) =>
    writeDecimal(text, least, marks().decimalMark, marks().groupMark)
  // Making a format takes a cheap phone milliseconds, and a list of movements asks for dozens.
  const dates = new Map<DateStyle, Intl.DateTimeFormat>()
  const datesOf = (style: DateStyle) => {
    const tag = style === 'short' ? locale : words()
    const known =
      dates.get(style) ?? new Intl.DateTimeFormat(tag, { ...DATE_STYLES[style], timeZone: 'UTC' })
    dates.set(style, known)
    return known
  }
  const instants = once(() => new Intl.DateTimeFormat(locale, { ...CLOCK, ...DATE_STYLES.short }))
  const times = once(() => new Intl.DateTimeFormat(locale, CLOCK))
  return {
    locale,
    language,
    get decimalMark() {
      return marks().decimalMark
    },
    get groupMark() {
      return marks().groupMark
    },
    decimals: (currency) => factsOf(currency).decimals,
    number: (text) => signOf(text) + write(text, 0),
    money({ amount, currency }, style = {}) {
      const { symbol, decimals } = factsOf(currency)
      const digits = write(amount, decimals)
      const sign = signOf(amount, style.sign)
      if (style.currency === 'none') return sign + digits
      if (style.currency === 'code') return `${sign}${digits}${NO_BREAK}${currency}`
      return sign + symbol + (/\p{L}$/u.test(symbol) ? NO_BREAK : '') + digits
    },
    parse: (typed) => parseTyped(typed, marks().decimalMark, marks().groupMark),
    date: (iso, style = 'short') =>
      datesOf(style).format(new Date(`${iso.slice(0, 10)}T00:00:00Z`)),
    parseDate: (typed) => parseTypedDate(typed, locale),
    dateTime: (iso) => instants().format(new Date(iso)),
    time: (iso) => times().format(new Date(iso)),
    percent: (share) =>
      new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(share),
  }
}
