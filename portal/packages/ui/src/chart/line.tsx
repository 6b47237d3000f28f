import { shareOf, useFormats, type MoneyText } from '@minga/i18n'
import { largestOf } from './bars'
import { ChartTable } from './chart-table'
import styles from './chart.module.css'

export type LinePoint = { label: string; value: MoneyText }
export type LineProps = { title: string; name: string; points: LinePoint[]; height?: number }

const WIDTH = 640
const FLOOR = 22
const TOP = 10

/** How one amount moved through time, from zero. The table behind it says the same. */
export function Line({ title, name, points, height = 200 }: LineProps) {
  const formats = useFormats()
  const most = largestOf(points.map((point) => point.value))
  const x = (index: number) => (points.length < 2 ? 0 : (index * WIDTH) / (points.length - 1))
  const y = (value: MoneyText) =>
    height - FLOOR - shareOf(value.amount, most) * (height - FLOOR - TOP)
  const path = points.map((point, index) => `${x(index)} ${y(point.value)}`).join(' L ')
  const ends = [points[0], points.at(-1)]
  return (
    <figure className={styles.figure}>
      <figcaption className={styles.caption}>{title}</figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${height}`} className={styles.plot} aria-hidden="true">
        <path
          d={`M 0 ${height - FLOOR} L ${path} L ${WIDTH} ${height - FLOOR} Z`}
          className={styles.area}
        />
        <path d={`M ${path}`} className={styles.line} />
        {ends.map((point, index) => (
          <text
            key={index}
            x={index * WIDTH}
            y={height - 5}
            className={styles.tick}
            data-end={index === 0 ? 'start' : 'end'}
          >
            {point?.label}
          </text>
        ))}
      </svg>
      <ChartTable
        title={title}
        columns={[name]}
        rows={points.map((point) => ({
          label: point.label,
          cells: [formats.money(point.value)],
        }))}
      />
    </figure>
  )
}
