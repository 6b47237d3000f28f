import { useFormats, useT } from '@minga/i18n'
import { nameOfLanguage } from '@minga/ui'
import type { ReactNode } from 'react'
import { Facts, type Fact } from '../../../app/facts'
import { isBody, type Body, type Json } from './body'
import type { Field } from './fields'
import styles from './form.module.css'

type DescribedBodyProps = { fields: readonly Field[]; body: Body; currency: string }

const COMPACT = new Set<Field['kind']>(['scalar', 'choice', 'choices'])

/** A parameter set to be read: figures in the reader's way of writing, codes with their names. */
export function DescribedBody({ fields, body, currency }: DescribedBodyProps) {
  const describe = useDescribe(currency)
  const given = fields.filter((field) => !isNothing(body[field.name]))
  const short = given.filter((field) => COMPACT.has(field.kind))
  const long = given.filter((field) => !COMPACT.has(field.kind))
  const facts = short.map((field): Fact => [field.label, describe(field, body[field.name])])
  return (
    <div className={styles.form}>
      {facts.length > 0 && <Facts facts={facts} columns={2} />}
      {long.map((field) => (
        <section key={field.name} aria-label={field.label}>
          <h3 className={styles.heading}>{field.label}</h3>
          <Long field={field} value={body[field.name]} currency={currency} />
        </section>
      ))}
    </div>
  )
}

const isNothing = (value: Json | undefined) =>
  value === undefined ||
  value === null ||
  value === '' ||
  (Array.isArray(value) && value.length === 0) ||
  (isBody(value) && Object.values(value).every((inner) => inner === null || inner === ''))

/** One value in words: `describe(field, value)`. */
export function useDescribe(currency: string) {
  const t = useT()
  const formats = useFormats()
  const named = (field: Field, value: Json): string => {
    const choices = field.kind === 'choice' || field.kind === 'choices' ? field.choices : []
    const label = choices.find((choice) => choice.value === value)?.label
    if (label === undefined) return String(value)
    return field.ref === null || label === value ? label : `${label} (${String(value)})`
  }
  return (field: Field, value: Json | undefined): string => {
    if (value === undefined || value === null) return ''
    if (typeof value === 'boolean') return t(value ? 'admin.yes' : 'admin.no')
    if (Array.isArray(value)) return value.map((one) => named(field, one)).join(', ')
    if (field.kind !== 'scalar') return named(field, value)
    const text = String(value)
    const isNumber = /^-?\d+(\.\d+)?$/.test(text)
    if (field.scalar === 'percent' && isNumber)
      return `${formats.number(text)} ${field.unit === null ? '%' : t(`admin.unit.${field.unit}`, '%')}`
    if (field.scalar === 'amount' && isNumber) return formats.money({ amount: text, currency })
    if (field.scalar === 'date') return formats.date(text)
    if (field.scalar === 'instant') return formats.dateTime(text)
    if (field.scalar === 'integer' && field.unit !== null && field.unit !== 'count')
      return `${formats.number(text)} ${t(`admin.unit.${field.unit}`, '')}`.trim()
    return text
  }
}

type LongProps = { field: Field; value: Json | undefined; currency: string }

function Long({ field, value, currency }: LongProps): ReactNode {
  if (field.kind === 'rows' && Array.isArray(value))
    return <RowsTable field={field} rows={value} currency={currency} />
  if (field.kind === 'group' && isBody(value))
    return <DescribedBody fields={field.fields} body={value} currency={currency} />
  if (field.kind === 'lines' && Array.isArray(value))
    return (
      <ul className={styles.lines}>
        {value.map((line) => (
          <li key={String(line)}>
            <code>{String(line)}</code>
          </li>
        ))}
      </ul>
    )
  if (!isBody(value)) return String(value ?? '')
  const naming = field.kind === 'languages' ? nameOfLanguage : (name: string) => name
  const facts = Object.entries(value).map(([name, text]): Fact => [naming(name), String(text)])
  return <Facts facts={facts} columns={2} />
}

type RowsTableProps = { field: Extract<Field, { kind: 'rows' }>; rows: Json[]; currency: string }

function RowsTable({ field, rows, currency }: RowsTableProps) {
  const describe = useDescribe(currency)
  const { locale } = useFormats()
  const bodies = rows.filter(isBody)
  const used = field.fields.filter((inner) => bodies.some((row) => !isNothing(row[inner.name])))
  const cell = (inner: Field, value: Json | undefined): string => {
    if (inner.kind === 'languages' && isBody(value)) {
      const own = value[locale.slice(0, 2)] ?? Object.values(value)[0]
      return String(own ?? '')
    }
    if (isBody(value) || inner.kind === 'rows') return JSON.stringify(value)
    return describe(inner, value)
  }
  return (
    // What scrolls sideways must be reachable with the keyboard.
    <div className={styles.tableScroll} role="group" aria-label={field.label} tabIndex={0}>
      <table className={styles.table}>
        <caption className="visually-hidden">{field.label}</caption>
        <thead>
          <tr>
            {used.map((inner) => (
              <th key={inner.name} scope="col">
                {inner.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {bodies.map((row, at) => (
            <tr key={at}>
              {used.map((inner) => (
                <td key={inner.name}>{cell(inner, row[inner.name])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
