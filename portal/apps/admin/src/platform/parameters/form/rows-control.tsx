import { useT } from '@minga/i18n'
import { Button, IconButton } from '@minga/ui'
import { dotted, moved, valueAt, type Json } from './body'
import { startOf } from './check'
import { useDraft } from './draft'
import type { ControlOf } from './field-control'
import styles from './form.module.css'
import { FieldGrid } from './schema-form'

/** Rows of a list inside a parameter set: bands, values, holidays. Each can be moved and removed. */
export function RowsControl({ field, path }: ControlOf<'rows'>) {
  const t = useT()
  const { body, change, errorAt } = useDraft()
  const value = valueAt(body, path) ?? field.fallback
  const rows: Json[] = Array.isArray(value) ? value : []
  const error = errorAt(dotted(path))
  const add = () => change(path, [...rows, startOf(field.fields)])
  return (
    <fieldset className={styles.choices} aria-invalid={error ? true : undefined}>
      <legend>{field.label}</legend>
      {field.help && <p className={styles.hint}>{field.help}</p>}
      {rows.length === 0 && <p className={styles.none}>{t('admin.form.no_rows')}</p>}
      <ol className={styles.rows}>
        {rows.map((_, at) => (
          <li key={at} className={styles.row}>
            <span className={styles.rowNumber}>{at + 1}</span>
            <FieldGrid fields={field.fields} path={[...path, at]} />
            <span className={styles.rowTools}>
              <IconButton
                icon="sort-up"
                label={t('admin.form.row_up', { row: at + 1 })}
                disabled={at === 0}
                onClick={() => change(path, moved(rows, at, -1))}
              />
              <IconButton
                icon="sort-down"
                label={t('admin.form.row_down', { row: at + 1 })}
                disabled={at === rows.length - 1}
                onClick={() => change(path, moved(rows, at, 1))}
              />
              <IconButton
                icon="close"
                label={t('admin.form.remove_row', { name: at + 1 })}
                onClick={() => change([...path, at], undefined)}
              />
            </span>
          </li>
        ))}
      </ol>
      {error && <p className={styles.error}>{error}</p>}
      <Button size="sm" icon="plus" onClick={add}>
        {t('admin.form.add_row')}
      </Button>
    </fieldset>
  )
}
