import { useT } from '@minga/i18n'
import { SelectField, TextField, type FieldProps, type Option } from '@minga/ui'
import { TopicHelp } from './topic-help'
import { useCodeTable, useFieldTopic } from './values'

type CodedFieldProps = FieldProps & {
  value: string
  onChange: (value: string) => void
  /** Operation whose field it is; its help topic gives meaning and values (F1). */
  screen: string
  field: string
  /** Code table with the values, where the topic names none. */
  table?: string
  disabled?: boolean
}

/** A code of a list: picked from the values that hold now, or typed where no list is known. */
export function CodedField(props: CodedFieldProps) {
  const { value, onChange, screen, field, table = '', disabled, ...shown } = props
  const t = useT()
  const topic = useFieldTopic(screen, field)
  const codes = useCodeTable(table)
  const values: Option[] = (table === '' ? topic.data?.values : codes.data) ?? []
  const own = t(`admin.field_help.${field}`, '')
  const help = topic.data && (
    <TopicHelp
      help={topic.data.help || own}
      values={values.length > 0 ? values : topic.data.values}
    />
  )
  const common = { ...shown, disabled, ...(help ? { help } : {}) }
  if (values.length === 0)
    return (
      <TextField
        {...common}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    )
  return (
    <SelectField
      {...common}
      placeholder={shown.required ? t('admin.choose') : t('admin.blank')}
      options={withKnown(values, value)}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

const withKnown = (values: Option[], value: string): Option[] =>
  value === '' || values.some((one) => one.value === value)
    ? values
    : [...values, { value, label: value }]
