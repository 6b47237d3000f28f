import { useT } from '@minga/i18n'
import {
  CheckField,
  DateField,
  SelectField,
  TextAreaField,
  TextField,
  type FieldProps,
} from '@minga/ui'
import { dotted, isBody, valueAt, type Json } from './body'
import { DecimalField } from './decimal-field'
import { useDraft } from './draft'
import { FieldHelp } from './field-help'
import type { Choice, Field } from './fields'
import styles from './form.module.css'
import { LanguagesControl, PairsControl } from './keyed-control'
import { PermissionsControl } from './permissions-control'
import { RowsControl } from './rows-control'
import { FieldGrid } from './schema-form'

export type ControlOf<Kind extends Field['kind']> = {
  field: Extract<Field, { kind: Kind }>
  path: (string | number)[]
}

/** Lists of this name hold permissions, whichever kind they are in. */
const PERMISSIONS = 'permissions'

/** The control that a field's kind asks for. */
export function FieldControl({ field, path }: { field: Field; path: (string | number)[] }) {
  switch (field.kind) {
    case 'scalar':
      return <ScalarControl field={field} path={path} />
    case 'choice':
      return <ChoiceControl field={field} path={path} />
    case 'choices':
      return <ChoicesControl field={field} path={path} />
    case 'lines':
      if (field.name === PERMISSIONS) return <PermissionsControl field={field} path={path} />
      return <LinesControl field={field} path={path} />
    case 'group':
      return (
        <fieldset className={styles.group}>
          <legend>{field.label}</legend>
          {field.help && <p className={styles.hint}>{field.help}</p>}
          <FieldGrid fields={field.fields} path={path} />
        </fieldset>
      )
    case 'rows':
      return <RowsControl field={field} path={path} />
    case 'languages':
      return <LanguagesControl field={field} path={path} />
    case 'pairs':
      return <PairsControl field={field} path={path} />
  }
}

/** Label, help and error of a field as the design system's inputs take them. */
export function useFieldProps(field: Field, path: (string | number)[]): FieldProps {
  const { errorAt } = useDraft()
  const error = errorAt(dotted(path))
  return {
    label: field.label,
    error,
    required: field.required,
    ...(field.help === '' && field.unit === null && field.ref === null
      ? {}
      : { help: <FieldHelp field={field} /> }),
  }
}

const textOf = (value: Json | undefined) =>
  value === undefined || value === null ? '' : String(value)

function ScalarControl({ field, path }: ControlOf<'scalar'>) {
  const t = useT()
  const { body, change, currency } = useDraft()
  const props = useFieldProps(field, path)
  const value = valueAt(body, path)
  const write = (text: string) => change(path, text === '' && !field.required ? '' : text)
  const text = { value: textOf(value === undefined ? field.fallback : value), ...props }
  switch (field.scalar) {
    case 'boolean':
      return (
        <CheckField
          label={field.label}
          {...(field.help === '' ? {} : { hint: field.help })}
          checked={value === undefined ? field.fallback === true : value === true}
          onChange={(checked) => change(path, checked)}
        />
      )
    case 'integer':
      return (
        <DecimalField
          {...text}
          whole
          suffix={
            field.unit === null || field.unit === COUNT
              ? undefined
              : t(`admin.unit.${field.unit}`, '')
          }
          onChange={(typed) => change(path, typed === '' ? '' : Number(typed))}
        />
      )
    case 'percent':
      return (
        <DecimalField
          {...text}
          suffix={field.unit === null ? PERCENT : t(`admin.unit.${field.unit}`, PERCENT)}
          onChange={write}
        />
      )
    case 'amount':
      return <DecimalField {...text} suffix={currency} onChange={write} />
    case 'date':
      return <DateField {...text} onChange={write} />
    case 'instant':
      return (
        <TextField
          {...text}
          type="datetime-local"
          value={textOf(value).slice(0, 16)}
          onChange={(e) => write(e.currentTarget.value && `${e.currentTarget.value}:00Z`)}
        />
      )
    case 'words':
      return <TextAreaField {...text} onChange={(e) => write(e.currentTarget.value)} />
    default:
      return <TextField {...text} onChange={(e) => write(e.currentTarget.value)} />
  }
}

const PERCENT = '%'
/** A number of things needs no unit beside it. */
export const COUNT = 'count'

function ChoiceControl({ field, path }: ControlOf<'choice'>) {
  const t = useT()
  const { body, change } = useDraft()
  const props = useFieldProps(field, path)
  const value = valueAt(body, path)
  const choices = withKnown(field.choices, value)
  const options = choices.map((choice) => ({
    value: String(choice.value),
    label: field.ref === null ? choice.label : coded(choice),
  }))
  const blank = field.required && !field.nullable ? t('admin.choose') : t('admin.none')
  const offersBlank = field.nullable || value === undefined || value === ''
  return (
    <SelectField
      {...props}
      options={options}
      {...(offersBlank ? { placeholder: blank } : {})}
      value={value === undefined ? textOf(field.fallback) : textOf(value)}
      onChange={(event) => {
        const chosen = choices.find((choice) => String(choice.value) === event.currentTarget.value)
        change(path, chosen?.value ?? (field.nullable ? null : ''))
      }}
    />
  )
}

const coded = (choice: Choice) =>
  choice.label === choice.value ? choice.label : `${choice.label} · ${String(choice.value)}`

/** A code that is no longer offered stays visible until somebody chooses another. */
function withKnown(choices: Choice[], value: Json | undefined): Choice[] {
  const blank = value === undefined || value === null || value === ''
  if (blank || choices.some((choice) => choice.value === value)) return choices
  return [...choices, { value, label: String(value) }]
}

function ChoicesControl({ field, path }: ControlOf<'choices'>) {
  const { body, change, errorAt } = useDraft()
  const value = valueAt(body, path) ?? field.fallback
  const chosen = Array.isArray(value) ? value : []
  const error = errorAt(dotted(path))
  const toggle = (choice: Choice, on: boolean) => {
    const rest = chosen.filter((one) => one !== choice.value)
    change(path, on ? [...rest, choice.value] : rest)
  }
  const missing = chosen.filter((one) => !field.choices.some((choice) => choice.value === one))
  const choices = [...field.choices, ...missing.map((one) => ({ value: one, label: String(one) }))]
  return (
    <fieldset className={styles.choices} aria-invalid={error ? true : undefined}>
      <legend>{field.label}</legend>
      {field.help && <p className={styles.hint}>{field.help}</p>}
      <div className={styles.choiceList} data-many={choices.length > 8 || undefined}>
        {choices.map((choice) => (
          <CheckField
            key={String(choice.value)}
            label={field.ref === null ? choice.label : coded(choice)}
            checked={chosen.includes(choice.value)}
            onChange={(on) => toggle(choice, on)}
          />
        ))}
      </div>
      {error && <p className={styles.error}>{error}</p>}
    </fieldset>
  )
}

function LinesControl({ field, path }: ControlOf<'lines'>) {
  const t = useT()
  const { body, change } = useDraft()
  const props = useFieldProps(field, path)
  const value = valueAt(body, path) ?? field.fallback
  const lines = Array.isArray(value) ? value.map(String) : isBody(value) ? [] : []
  const take = (text: string) => {
    const rows = text === '' ? [] : text.split('\n')
    change(path, field.scalar === 'integer' ? rows.map((row) => Number(row) || 0) : rows)
  }
  return (
    <TextAreaField
      {...props}
      hint={t('admin.form.one_per_line')}
      rows={Math.min(14, Math.max(3, lines.length + 1))}
      value={lines.join('\n')}
      onChange={(event) => take(event.currentTarget.value)}
    />
  )
}
