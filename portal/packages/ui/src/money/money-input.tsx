import { decimalParts, useFormats, useT, type Formats } from '@minga/i18n'
import { useState } from 'react'
import { Field, type FieldProps } from '../form/field'
import { unreadable } from '../form/unreadable'
import styles from '../form/field.module.css'

export type MoneyInputProps = FieldProps & {
  currency: string
  /** Canonical decimal text (`"1234.50"`), or empty. */
  value: string
  onChange: (amount: string) => void
  disabled?: boolean
  autoFocus?: boolean
  name?: string
}

const written = (formats: Formats, amount: string, currency: string) =>
  amount === '' ? '' : formats.money({ amount, currency }, { currency: 'none' })

/** Why the typed text is no amount of this currency, as a catalogue key; null when it is. */
export function amountFault(formats: Formats, typed: string, currency: string): string | null {
  if (typed.trim() === '') return null
  const canonical = formats.parse(typed)
  if (canonical === null) return 'ui.money.not_a_number'
  const { fraction } = decimalParts(canonical)
  return fraction.length > formats.decimals(currency) ? 'ui.money.excess_decimals' : null
}

/** Takes an amount as people of the tenant write it and hands it on as canonical text. */
export function MoneyInput(props: MoneyInputProps) {
  const { currency, value, onChange, disabled, autoFocus, name, ...field } = props
  const formats = useFormats()
  const t = useT()
  const [typed, setTyped] = useState<string | null>(null)
  const fault = typed === null ? null : amountFault(formats, typed, currency)
  const decimals = formats.decimals(currency)

  const take = (text: string) => {
    setTyped(text)
    const valid = amountFault(formats, text, currency) === null
    onChange(valid ? (formats.parse(text) ?? '') : '')
  }

  return (
    <Field {...field} error={fault === null ? field.error : t(fault, { decimals })}>
      {({ className, ...control }) => (
        <span className={styles.inside} data-before>
          <span className={styles.insideStart}>{currency}</span>
          <input
            {...control}
            {...unreadable(fault !== null)}
            name={name}
            type="text"
            inputMode={decimals === 0 ? 'numeric' : 'decimal'}
            autoComplete="off"
            disabled={disabled}
            // eslint-disable-next-line jsx-a11y/no-autofocus -- first field of a teller's form, asked for by its page
            autoFocus={autoFocus}
            className={`${className} ${styles.amount}`}
            value={typed ?? written(formats, value, currency)}
            onChange={(event) => take(event.currentTarget.value)}
            onBlur={() => fault === null && setTyped(null)}
          />
        </span>
      )}
    </Field>
  )
}
