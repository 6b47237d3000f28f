import { compareAmounts, shareOf, sumAmounts, useFormats, useT, type MoneyText } from '@minga/i18n'
import { useState } from 'react'
import { SeriesKey } from './bars'
import { ChartTable } from './chart-table'
import styles from './stack.module.css'

export type StackPoint = { label: string; values: MoneyText[] }
export type StackProps = {
  title: string
  /** One name for each value of every point, the lowest part first. */
  series: string[]
  /** None negative, all of one currency. */
  points: StackPoint[]
  /** `bars` for amounts of a period, `area` for what has grown by a day. */
  shape?: 'bars' | 'area'
  /** Names what one moves along, for assistive technology. */
  along: string
}

const TALL = 100
const WIDE = 0.84

const totalOf = (point: StackPoint) => sumAmounts(point.values.map(({ amount }) => amount))

/**
 * Parts that add up, through time. Whoever moves along it, by finger or arrow keys, reads each point;
 * the table behind it says the same.
 */
export function Stack(props: StackProps) {
  const { title, series, points, shape = 'bars', along } = props
  const t = useT()
  const formats = useFormats()
  const [asked, setAsked] = useState<number | null>(null)
  const last = points.length - 1
  const at = Math.min(asked ?? (shape === 'area' ? last : 0), last)
  const point = points[at]
  const totals = points.map(totalOf)
  const most = totals.reduce((top, total) => (compareAmounts(total, top) > 0 ? total : top), '0')
  if (point === undefined) return null
  const currency = point.values[0]?.currency ?? ''
  const written = (amount: string) => formats.money({ amount, currency })
  const spoken = [
    point.label,
    ...point.values.map((value, i) => `${series[i]}: ${written(value.amount)}`),
  ]
  return (
    <figure className={styles.figure}>
      <figcaption className={styles.caption}>{title}</figcaption>
      <SeriesKey series={series} />
      <div className={styles.plot} data-screen-only>
        <span className={styles.most} aria-hidden="true">
          {written(most)}
        </span>
        <svg
          viewBox={`0 0 ${Math.max(1, shape === 'bars' ? points.length : last)} ${TALL}`}
          preserveAspectRatio="none"
          aria-hidden="true"
        >
          {shape === 'bars' ? (
            <StackBars points={points} most={most} at={at} />
          ) : (
            <StackArea points={points} most={most} at={at} />
          )}
        </svg>
        <input
          type="range"
          className={styles.scrub}
          min={0}
          max={last}
          value={at}
          aria-label={along}
          aria-valuetext={spoken.join('. ')}
          onChange={(event) => setAsked(Number(event.currentTarget.value))}
        />
        <div className={styles.ends} aria-hidden="true">
          <span>{points[0]?.label}</span>
          <span>{points[last]?.label}</span>
        </div>
      </div>
      <dl className={styles.reading} aria-hidden="true" data-screen-only>
        <div>
          <dt>{point.label}</dt>
          <dd>{series.length > 1 ? written(totals[at] ?? '0') : ''}</dd>
        </div>
        {point.values.map((value, index) => (
          <div key={series[index]}>
            <dt>{series[index]}</dt>
            <dd>{written(value.amount)}</dd>
          </div>
        ))}
      </dl>
      <ChartTable
        title={title}
        columns={series.length > 1 ? [...series, t('ui.chart.total')] : series}
        rows={points.map((row, index) => ({
          label: row.label,
          cells: [
            ...row.values.map((value) => written(value.amount)),
            ...(series.length > 1 ? [written(totals[index] ?? '0')] : []),
          ],
        }))}
      />
    </figure>
  )
}

type DrawnProps = { points: StackPoint[]; most: string; at: number }

/** The tops of a point's parts, from the floor up, in the drawing's measure. */
function tops(point: StackPoint, most: string): number[] {
  return point.values.map(
    (_, index) =>
      shareOf(sumAmounts(point.values.slice(0, index + 1).map(({ amount }) => amount)), most) *
      TALL,
  )
}

function StackBars({ points, most, at }: DrawnProps) {
  return points.map((point, index) => {
    const heights = tops(point, most)
    return (
      <g key={index} className={styles.column} data-here={index === at || undefined}>
        {heights.map((top, part) => (
          <rect
            key={part}
            className={styles.part}
            data-series={part + 1}
            x={index + (1 - WIDE) / 2}
            width={WIDE}
            y={TALL - top}
            height={top - (heights[part - 1] ?? 0)}
          />
        ))}
      </g>
    )
  })
}

function StackArea({ points, most, at }: DrawnProps) {
  const heights = points.map((point) => tops(point, most))
  const parts = points[0]?.values.map((_, part) => part) ?? []
  const edge = (part: number) =>
    heights.map((tall, index) => `${index} ${TALL - (part < 0 ? 0 : (tall[part] ?? 0))}`)
  return (
    <>
      {parts.map((part) => (
        <path
          key={part}
          className={styles.part}
          data-series={part + 1}
          d={`M ${edge(part).join(' L ')} L ${edge(part - 1)
            .reverse()
            .join(' L ')} Z`}
        />
      ))}
      <line className={styles.here} x1={at} x2={at} y1={0} y2={TALL} />
    </>
  )
}
