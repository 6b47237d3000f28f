import { useFormats, useT } from '@minga/i18n'
import { Button, DataTable, EmptyState, Money, type Column as TableColumn } from '@minga/ui'
import { useState, type ReactNode } from 'react'
import styles from './reports.module.css'
import type { Column, Result } from './reports'

type Row = { at: number; cells: Record<string, unknown> }
type MoneyText = { amount: string; currency: string }

const isMoney = (value: unknown): value is MoneyText =>
  typeof value === 'object' && value !== null && 'amount' in value && 'currency' in value

const TYPES: Record<string, 'amount' | 'number' | 'date'> = {
  money: 'amount',
  percent: 'amount',
  integer: 'number',
  date: 'date',
  instant: 'date',
}

/** As many rows as a screen is good for; the files have them all. */
const MOST_SHOWN = 100

/** The rows of a report on screen, with totals under the columns that have them. */
export function ResultTable({ result }: { result: Result }) {
  const t = useT()
  const show = useShown()
  const [most, setMost] = useState(MOST_SHOWN)
  const columns = result.columns ?? []
  const rows = (result.rows ?? []).map((cells, at): Row => ({ at, cells }))
  const totals = result.totals ?? {}
  const footer = columns.map(({ name }) => <Total key={name} total={totals[name]} />)
  return (
    <>
      <p className={styles.count}>{t('admin.reports.rows', { count: rows.length })}</p>
      <DataTable
        caption={result.title}
        columns={columns.map((column): TableColumn<Row> => ({
          id: column.name,
          header: column.label,
          type: TYPES[column.type] ?? 'text',
          value: ({ cells }) => sortable(cells[column.name]),
          cell: ({ cells }) => show(column, cells[column.name]),
        }))}
        rows={rows.slice(0, most)}
        rowId={(row) => String(row.at)}
        after={
          rows.length > most && (
            <div className={styles.more}>
              <Button onClick={() => setMost(most + MOST_SHOWN)}>{t('admin.more')}</Button>
            </div>
          )
        }
        empty={<EmptyState icon="document" title={t('admin.reports.empty')} />}
        {...(Object.keys(totals).length > 0 ? { footer } : {})}
      />
    </>
  )
}

function sortable(value: unknown): string | number | null {
  if (isMoney(value)) return value.amount
  return typeof value === 'number'
    ? value
    : value === null || value === undefined
      ? null
      : String(value)
}

function useShown() {
  const t = useT()
  const formats = useFormats()
  return (column: Column, value: unknown): ReactNode => {
    if (value === null || value === undefined || value === '') return ''
    if (isMoney(value)) return <Money value={value} />
    if (typeof value === 'boolean') return t(value ? 'admin.yes' : 'admin.no')
    if (column.type === 'date') return formats.date(String(value))
    if (column.type === 'instant') return formats.dateTime(String(value))
    if (column.type === 'integer') return formats.number(String(value))
    if (column.type === 'percent') return `${formats.number(String(value))} %`
    return String(value)
  }
}

/** A total of a money column has one amount per currency. */
function Total({ total }: { total: unknown }) {
  const formats = useFormats()
  if (total === null || total === undefined) return null
  if (Array.isArray(total))
    return total.filter(isMoney).map((money) => (
      <div key={money.currency}>
        <Money value={money} currency="code" />
      </div>
    ))
  if (isMoney(total)) return <Money value={total} currency="code" />
  return formats.number(String(total))
}
