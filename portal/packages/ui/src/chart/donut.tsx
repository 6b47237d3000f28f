import { shareOf, sumAmounts, useFormats, type MoneyText } from '@minga/i18n'
import { Money } from '../money/money'
import styles from './chart.module.css'

export type Slice = { id: string; label: string; value: MoneyText }
export type DonutProps = {
  /** Says what is divided, for those who cannot see it. */
  title: string
  /** Of one currency; none negative. */
  slices: Slice[]
  /** Under the total in the middle. */
  centre?: string
}

const RADIUS = 54
const ROUND = 2 * Math.PI * RADIUS
const GAP = 3

/** Parts of a whole, with a list that says the same in words and figures. */
export function Donut({ title, slices, centre }: DonutProps) {
  const formats = useFormats()
  const total = sumAmounts(slices.map((slice) => slice.value.amount))
  const shares = slices.map((slice) => shareOf(slice.value.amount, total))
  const starts = shares.map((_, index) => shares.slice(0, index).reduce((sum, s) => sum + s, 0))
  const currency = slices[0]?.value.currency ?? ''
  return (
    <figure className={styles.donut}>
      <figcaption className="visually-hidden">{title}</figcaption>
      <div className={styles.ring}>
        <svg viewBox="0 0 140 140" aria-hidden="true">
          <circle cx="70" cy="70" r={RADIUS} className={styles.ringGround} />
          {slices.map((slice, index) => {
            const share = shares[index] ?? 0
            const length = Math.max(0, share * ROUND - (slices.length > 1 ? GAP : 0))
            return (
              <circle
                key={slice.id}
                cx="70"
                cy="70"
                r={RADIUS}
                className={styles.arc}
                data-series={(index % 6) + 1}
                strokeDasharray={`${length} ${ROUND - length}`}
                strokeDashoffset={-(starts[index] ?? 0) * ROUND}
              />
            )
          })}
        </svg>
        <div className={styles.centre}>
          <strong>
            <Money value={{ amount: total, currency }} />
          </strong>
          {centre && <span>{centre}</span>}
        </div>
      </div>
      <ul className={styles.legend}>
        {slices.map((slice, index) => (
          <li key={slice.id}>
            <span className={styles.key} data-series={(index % 6) + 1} />
            <span className={styles.legendLabel}>{slice.label}</span>
            <span className={styles.legendShare}>{formats.percent(shares[index] ?? 0)}</span>
            <Money value={slice.value} />
          </li>
        ))}
      </ul>
    </figure>
  )
}
