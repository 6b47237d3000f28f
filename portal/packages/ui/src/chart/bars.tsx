import { shareOf, toMillionths, useFormats, type MoneyText } from '@minga/i18n'
import { ChartTable } from './chart-table'
import styles from './chart.module.css'

export type BarGroup = { label: string; values: MoneyText[] }
export type BarsProps = {
  title: string
  /** One name for each value of every group. */
  series: string[]
  groups: BarGroup[]
  height?: number
}

const WIDTH = 640
const FLOOR = 22

export const largestOf = (values: MoneyText[]) =>
  values.reduce(
    (most, { amount }) => (toMillionths(amount) > toMillionths(most) ? amount : most),
    '0',
  )

/** Amounts side by side, by group. The table behind it says the same. */
export function Bars({ title, series, groups, height = 220 }: BarsProps) {
  const formats = useFormats()
  const most = largestOf(groups.flatMap((group) => group.values))
  const step = WIDTH / Math.max(1, groups.length)
  const width = Math.min(34, (step * 0.66) / Math.max(1, series.length))
  return (
    <figure className={styles.figure}>
      <figcaption className={styles.caption}>{title}</figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${height}`} className={styles.plot} aria-hidden="true">
        <line x1="0" x2={WIDTH} y1={height - FLOOR} y2={height - FLOOR} className={styles.axis} />
        {groups.map((group, at) => (
          <g key={group.label} transform={`translate(${at * step + step / 2} 0)`}>
            {group.values.map((value, index) => {
              const tall = shareOf(value.amount, most) * (height - FLOOR - 8)
              return (
                <rect
                  key={series[index]}
                  className={styles.bar}
                  data-series={(index % 6) + 1}
                  x={(index - group.values.length / 2) * width + 1.5}
                  y={height - FLOOR - tall}
                  width={width - 3}
                  height={Math.max(tall, 1)}
                  rx="4"
                />
              )
            })}
            <text y={height - 5} className={styles.tick}>
              {group.label}
            </text>
          </g>
        ))}
      </svg>
      {series.length > 1 && <SeriesKey series={series} />}
      <ChartTable
        title={title}
        columns={series}
        rows={groups.map((group) => ({
          label: group.label,
          cells: group.values.map((value) => formats.money(value)),
        }))}
      />
    </figure>
  )
}

export function SeriesKey({ series }: { series: string[] }) {
  return (
    <ul className={styles.keys}>
      {series.map((name, index) => (
        <li key={name}>
          <span className={styles.key} data-series={(index % 6) + 1} />
          {name}
        </li>
      ))}
    </ul>
  )
}
