import { useT } from '@minga/i18n'
import type { Change } from './parameters'
import styles from './diff-table.module.css'

type DiffTableProps = { changes: Change[]; before: string; after: string }

/** What changed, field by field, side by side. */
export function DiffTable({ changes, before, after }: DiffTableProps) {
  const t = useT()
  return (
    // What scrolls sideways must be reachable with the keyboard.
    <div className={styles.scroll} role="group" aria-label={t('admin.diff.title')} tabIndex={0}>
      <table className={styles.diff}>
        <caption className="visually-hidden">{t('admin.diff.title')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('admin.diff.field')}</th>
            <th scope="col">{before}</th>
            <th scope="col">{after}</th>
          </tr>
        </thead>
        <tbody>
          {changes.map((change) => (
            <tr key={change.field}>
              <th scope="row">
                {change.label}
                <code>{change.field}</code>
              </th>
              <td data-side="before">
                <Side value={change.before} />
              </td>
              <td data-side="after">
                <Side value={change.after} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Side({ value }: { value: unknown }) {
  const t = useT()
  if (value === null || value === undefined || value === '')
    return <em className={styles.nothing}>{t('admin.diff.nothing')}</em>
  if (typeof value === 'boolean') return t(value ? 'admin.yes' : 'admin.no')
  if (typeof value === 'object') return <pre>{JSON.stringify(value, null, 1)}</pre>
  return String(value)
}
