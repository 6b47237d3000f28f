import { useT } from '@minga/i18n'
import { CheckField, SelectField, TextField, type FieldProps } from '@minga/ui'
import { useBranches } from '../../app/me'
import type { Filter, FilterValues } from './reports'

type FilterFieldsProps = {
  filters: readonly Filter[]
  values: FilterValues
  onChange: (values: FilterValues) => void
  errorFor: (name: string) => string | undefined
}

/** What a report is asked for, each filter by its type. */
export function FilterFields({ filters, values, onChange, errorFor }: FilterFieldsProps) {
  return filters.map((filter) => (
    <FilterField
      key={filter.name}
      filter={filter}
      value={values[filter.name] ?? ''}
      error={errorFor(filter.name)}
      onChange={(value) => onChange({ ...values, [filter.name]: value })}
    />
  ))
}

type FilterFieldProps = {
  filter: Filter
  value: string | boolean
  error: string | undefined
  onChange: (value: string | boolean) => void
}

const INPUT_TYPES: Record<string, string> = { date: 'date', integer: 'number' }

function FilterField({ filter, value, error, onChange }: FilterFieldProps) {
  const t = useT()
  const branches = useBranches()
  const field: FieldProps = {
    label: filter.label,
    required: filter.required,
    error,
    ...(filter.help === '' ? {} : { help: filter.help }),
  }
  if (filter.type === 'boolean')
    return <CheckField label={filter.label} checked={value === true} onChange={onChange} />
  const isBranch = filter.name === 'branch' && filter.values.length === 0
  const values = isBranch
    ? (branches.data ?? []).map(({ code, name }) => ({ value: code, label: `${code} · ${name}` }))
    : filter.values
  if (values.length > 0)
    return (
      <SelectField
        {...field}
        options={values}
        placeholder={filter.required ? t('admin.choose') : t('admin.all')}
        value={String(value)}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    )
  return (
    <TextField
      {...field}
      type={INPUT_TYPES[filter.type] ?? 'text'}
      value={String(value)}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
