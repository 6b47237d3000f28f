import { useFormats, useT } from '@minga/i18n'
import { useRef, useState } from 'react'
import { Field, type FieldProps } from '../form/field'
import { Icon } from '../icons/icon'
import styles from '../form/field.module.css'

export type DateFieldProps = FieldProps & {
  /** `YYYY-MM-DD`, or empty. */
  value: string
  onChange: (iso: string) => void
  min?: string
  max?: string
  disabled?: boolean
  compact?: boolean
}

/** A date whose day can be no month, to show the order with. */
const EXAMPLE = '2026-12-31'

/** `31/12/2026` as `dd/mm/aaaa`: `letters` are those of day, month and year. */
function patternOf(example: string, letters: string): string {
  const [day = 'd', month = 'm', year = 'y'] = letters
  const digits: Record<string, string> = { '31': day, '12': month, '2026': year }
  return example.replace(/\d+/g, (part) => (digits[part] ?? part).repeat(part.length))
}

/**
 * A calendar date, typed in the tenant's order or picked from the device's own calendar. The
 * device's field alone would show it in the browser's order instead.
 */
export function DateField(props: DateFieldProps) {
  const { value, onChange, min, max, disabled, compact, ...field } = props
  const formats = useFormats()
  const t = useT()
  const picker = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState<string | null>(null)
  const wrong = typed !== null && typed.trim() !== '' && formats.parseDate(typed) === null
  const pattern = patternOf(formats.date(EXAMPLE), t('ui.date.letters'))
  const [left, setLeft] = useState(false)

  const take = (text: string) => {
    setTyped(text)
    setLeft(false)
    const iso = formats.parseDate(text)
    if (iso !== null || text.trim() === '') onChange(iso ?? '')
  }
  const leave = () => {
    setLeft(true)
    if (wrong) onChange('')
    else setTyped(null)
  }

  return (
    <Field
      {...field}
      error={wrong && left ? t('ui.date.invalid', { example: formats.date(EXAMPLE) }) : field.error}
    >
      {({ className, ...control }) => (
        <span className={styles.inside}>
          <input
            {...control}
            type="text"
            inputMode="numeric"
            autoComplete="off"
            disabled={disabled}
            className={`${className} ${styles.date}`}
            data-compact={compact || undefined}
            placeholder={pattern}
            value={typed ?? (value === '' ? '' : formats.date(value))}
            onChange={(event) => take(event.currentTarget.value)}
            onBlur={leave}
          />
          <span className={styles.pickerIcon}>
            <Icon name="calendar" />
          </span>
          <input
            ref={picker}
            type="date"
            tabIndex={-1}
            aria-hidden="true"
            className={styles.picker}
            disabled={disabled}
            min={min}
            max={max}
            value={value}
            onClick={() => picker.current?.showPicker?.()}
            onChange={(event) => {
              setTyped(null)
              onChange(event.currentTarget.value)
            }}
          />
        </span>
      )}
    </Field>
  )
}
