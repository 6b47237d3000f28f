import { useT } from '@minga/i18n'
import styles from './chart.module.css'

export type ChartTableProps = {
  title: string
  columns: string[]
  rows: { label: string; cells: string[] }[]
}

/** The figures of a chart as a table, one press away for anyone. */
export function ChartTable({ title, columns, rows }: ChartTableProps) {
  const t = useT()
  return (
    <details className={styles.details}>
      <summary>{t('ui.chart.as_table')}</summary>
      <table className={styles.table}>
        <caption className="visually-hidden">{title}</caption>
        <thead>
          <tr>
            <td />
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.label}>
              <th scope="row">{row.label}</th>
              {row.cells.map((cell, index) => (
                <td key={columns[index]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}
