import { useT } from '@minga/i18n'
import { TextField } from '@minga/ui'
import { useMemo, useState } from 'react'
import { plainText } from '../../../app/plain-text'
import { withValue, type Body } from './body'
import { DraftContext, type Draft } from './draft'
import { FieldControl } from './field-control'
import type { Field } from './fields'
import styles from './form.module.css'

type SchemaFormProps = {
  fields: readonly Field[]
  body: Body
  onChange: (body: Body) => void
  errorAt: (path: string) => string | undefined
  currency: string
}

/** So many fields that looking for one by name is faster than reading them all. */
const MANY = 14

/** A form made from a kind's own description: what must be given first, then what may be. */
export function SchemaForm({ fields, body, onChange, errorAt, currency }: SchemaFormProps) {
  const t = useT()
  const [sought, setSought] = useState('')
  const draft = useMemo<Draft>(
    () => ({
      body,
      currency,
      errorAt,
      change: (path, value) => onChange(withValue(body, path, value) as Body),
    }),
    [body, currency, errorAt, onChange],
  )
  const wanted = plainText(sought)
  const found = fields.filter((field) => plainText(`${field.label} ${field.name}`).includes(wanted))
  const parts = [
    { title: 'admin.form.required', fields: found.filter((field) => field.required) },
    { title: 'admin.form.optional', fields: found.filter((field) => !field.required) },
  ].filter((part) => part.fields.length > 0)
  return (
    <DraftContext value={draft}>
      <div className={styles.form}>
        {fields.length > MANY && (
          <div className={styles.seek} data-own-enter>
            <TextField
              label={t('admin.form.seek')}
              icon="search"
              value={sought}
              onChange={(event) => setSought(event.currentTarget.value)}
            />
          </div>
        )}
        {parts.map((part) => (
          <section key={part.title} className={styles.part} aria-label={t(part.title)}>
            {parts.length > 1 && <h3 className={styles.heading}>{t(part.title)}</h3>}
            <FieldGrid fields={part.fields} path={[]} />
          </section>
        ))}
        {found.length === 0 && <p className={styles.none}>{t('admin.form.none_found')}</p>}
      </div>
    </DraftContext>
  )
}

/** Fields side by side, as many as fit; those that need the room take the whole width. */
export function FieldGrid({
  fields,
  path,
}: {
  fields: readonly Field[]
  path: (string | number)[]
}) {
  return (
    <div className={styles.grid}>
      {fields.map((field) => (
        <div key={field.name} data-wide={isWide(field) || undefined}>
          <FieldControl field={field} path={[...path, field.name]} />
        </div>
      ))}
    </div>
  )
}

const WIDE = new Set<Field['kind']>(['group', 'rows', 'pairs', 'languages'])
const isWide = (field: Field) => WIDE.has(field.kind) || field.name === 'permissions'
