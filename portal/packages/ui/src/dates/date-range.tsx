import { useT } from '@minga/i18n'
import { addDays, addMonths, endOfMonth, isDate, startOfMonth, startOfYear } from './calendar'
import { DateField } from './date-field'
import styles from './date-range.module.css'

export type Range = { from: string; to: string }
export type RangeLimits = {
  /** The latest day that can be asked for: the business date. */
  last: string
  /** The longest span, in months. */
  maxMonths: number
}

const QUICK: [key: string, range: (today: string) => Range][] = [
  ['ui.range.this_month', (today) => ({ from: startOfMonth(today), to: today })],
  ['ui.range.last_month', (today) => lastMonth(today)],
  ['ui.range.last_90_days', (today) => ({ from: addDays(today, -89), to: today })],
  ['ui.range.this_year', (today) => ({ from: startOfYear(today), to: today })],
]

function lastMonth(today: string): Range {
  const from = startOfMonth(addMonths(startOfMonth(today), -1))
  return { from, to: endOfMonth(from) }
}

/** Which rule a range breaks, as a catalogue key and the side it concerns; null when none. */
export function rangeFault({ from, to }: Range, { last, maxMonths }: RangeLimits) {
  if (!isDate(from)) return { side: 'from', key: 'ui.range.missing' } as const
  if (!isDate(to)) return { side: 'to', key: 'ui.range.missing' } as const
  if (from > to) return { side: 'from', key: 'ui.range.inverted' } as const
  if (to > last) return { side: 'to', key: 'ui.range.future' } as const
  if (addMonths(from, maxMonths) < to) return { side: 'from', key: 'ui.range.too_long' } as const
  return null
}

export type DateRangeProps = {
  value: Range
  onChange: (range: Range) => void
  limits: RangeLimits
}

/** From and to, with the ranges people ask for most one press away. */
export function DateRange({ value, onChange, limits }: DateRangeProps) {
  const t = useT()
  const fault = rangeFault(value, limits)
  const errorOf = (side: 'from' | 'to') =>
    fault?.side === side ? t(fault.key, { months: limits.maxMonths }) : null
  return (
    <div className={styles.range}>
      <div className={styles.quick} role="group" aria-label={t('ui.range.quick')}>
        {QUICK.map(([key, rangeOf]) => {
          const range = rangeOf(limits.last)
          const chosen = range.from === value.from && range.to === value.to
          return (
            <button
              key={key}
              type="button"
              className={styles.chip}
              aria-pressed={chosen}
              onClick={() => onChange(range)}
            >
              {t(key)}
            </button>
          )
        })}
      </div>
      <div className={styles.dates}>
        {(['from', 'to'] as const).map((side) => (
          <DateField
            key={side}
            label={t(`ui.range.${side}`)}
            error={errorOf(side)}
            max={limits.last}
            value={value[side]}
            onChange={(date) => onChange({ ...value, [side]: date })}
            compact
          />
        ))}
      </div>
    </div>
  )
}
