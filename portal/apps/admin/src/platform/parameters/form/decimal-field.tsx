import { useFormats, useT } from '@minga/i18n'
import { Field, unreadable, type FieldProps } from '@minga/ui'
import { useState } from 'react'
import styles from './form.module.css'

type DecimalFieldProps = FieldProps & {
  /** Canonical decimal text, or empty. */
  value: string
  onChange: (value: string) => void
  /** Shown at the end of the field: "%", "USD". */
  suffix?: string | undefined
  whole?: boolean
  disabled?: boolean
}

/** A number as the cooperative writes it; handed on as canonical text, never as a float. */
export function DecimalField(props: DecimalFieldProps) {
  const { value, onChange, suffix, whole = false, disabled, ...field } = props
  const formats = useFormats()
  const t = useT()
  const [typed, setTyped] = useState<string | null>(null)
  const canonical = typed === null ? value : readDecimal(typed)
  const wrong = canonical === null || (whole && canonical.includes('.'))
  const shown = typed ?? (value === '' ? '' : formats.number(value))

  function readDecimal(text: string): string | null {
    return text.trim() === '' ? '' : formats.parse(text)
  }
  const take = (text: string) => {
    setTyped(text)
    const read = readDecimal(text)
    if (read !== null && !(whole && read.includes('.'))) onChange(read)
  }
  return (
    <Field {...field} error={wrong ? t('admin.field.not_a_number') : field.error}>
      {({ className, ...control }) => (
        <span className={styles.suffixed} data-suffix={suffix ? true : undefined}>
          <input
            {...control}
            {...unreadable(wrong)}
            type="text"
            inputMode={whole ? 'numeric' : 'decimal'}
            autoComplete="off"
            disabled={disabled}
            className={className}
            value={shown}
            onChange={(event) => take(event.currentTarget.value)}
            onBlur={() => !wrong && setTyped(null)}
          />
          {suffix && <span className={styles.suffix}>{suffix}</span>}
        </span>
      )}
    </Field>
  )
}
