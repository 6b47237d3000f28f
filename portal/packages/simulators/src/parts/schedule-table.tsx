import { useT } from '@minga/i18n'
import { Button } from '@minga/ui'
import { useState, type ReactNode } from 'react'
import styles from './schedule.module.css'

export type ScheduleColumn<Row> = {
  key: string
  label: string
  cell: (row: Row) => ReactNode
  /** Where it stands on a phone: `lead` and `sum` head each row, the others come under them. */
  place: 'lead' | 'sum' | 'part'
}
type ScheduleTableProps<Row> = {
  title: string
  columns: ScheduleColumn<Row>[]
  rows: Row[]
  rowKey: (row: Row) => number
  /** Cells of a line before the first payment, by column: what is withheld at the start. */
  start?: Record<string, ReactNode> | undefined
  /** Cells of the last line, by column. */
  totals: Record<string, ReactNode>
}

/** As many rows as are seen at first; a printed sheet has them all. */
const FIRST_ROWS = 12

/** A table of payments: columns on a desk, a short card for each payment on a phone. */
export function ScheduleTable<Row>(props: ScheduleTableProps<Row>) {
  const { title, columns, rows, rowKey, start, totals } = props
  const t = useT()
  const [whole, setWhole] = useState(false)
  const folds = rows.length > FIRST_ROWS + 2
  return (
    <div className={styles.frame}>
      <table className={styles.table}>
        <caption className="visually-hidden">{title}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.key} scope="col" data-place={column.place}>
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {start && (
            <tr>
              {columns.map(({ key, label, place }) => (
                <td
                  key={key}
                  data-place={place}
                  data-label={label}
                  data-blank={start[key] === undefined || undefined}
                >
                  {start[key]}
                </td>
              ))}
            </tr>
          )}
          {rows.map((row, index) => (
            <tr
              key={rowKey(row)}
              data-folded={(folds && !whole && index >= FIRST_ROWS) || undefined}
            >
              {columns.map((column) => (
                <td key={column.key} data-place={column.place} data-label={column.label}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            {columns.map((column, index) =>
              index === 0 ? (
                <th key={column.key} scope="row" data-place={column.place}>
                  {t('simulator.table.total')}
                </th>
              ) : (
                <td
                  key={column.key}
                  data-place={column.place}
                  data-label={column.label}
                  data-blank={totals[column.key] === undefined || undefined}
                >
                  {totals[column.key]}
                </td>
              ),
            )}
          </tr>
        </tfoot>
      </table>
      {folds && (
        <div className={styles.more} data-screen-only>
          <Button aria-expanded={whole} onClick={() => setWhole(!whole)}>
            {t(whole ? 'simulator.table.fewer' : 'simulator.table.all', { count: rows.length })}
          </Button>
        </div>
      )}
    </div>
  )
}
