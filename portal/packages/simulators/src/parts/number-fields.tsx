import { useFormats, useT } from '@minga/i18n'
import { MoneyInput, Slider, TextField } from '@minga/ui'
import { amountAt, positionOf, stepsBetween } from '../figures'

type AmountFieldProps = {
  label: string
  currency: string
  value: string
  least: string
  /** Null where there is no largest amount: then there is no slider either. */
  most: string | null
  error: string | undefined
  onChange: (amount: string) => void
}

/** An amount, typed exactly or moved roughly. */
export function AmountField(props: AmountFieldProps) {
  const { label, currency, value, least, most, error, onChange } = props
  const t = useT()
  const formats = useFormats()
  const whole = (amount: string) => formats.money({ amount, currency })
  const hint =
    most === null
      ? t('simulator.limits.from', { least: whole(least) })
      : t('simulator.limits.between', { least: whole(least), most: whole(most) })
  return (
    <div>
      <MoneyInput
        label={label}
        currency={currency}
        required
        hint={hint}
        value={value}
        error={error}
        onChange={onChange}
      />
      {most !== null && (
        <Slider
          label={t('simulator.move', { field: label })}
          text={value === '' ? t('simulator.blank') : whole(value)}
          steps={stepsBetween(least, most)}
          position={positionOf(value === '' ? least : value, least, most)}
          onChange={(position) => onChange(amountAt(position, least, most))}
        />
      )}
    </div>
  )
}

type CountFieldProps = {
  label: string
  value: string
  least: number
  most: number
  hint: string
  error: string | undefined
  onChange: (count: string) => void
}

/** A whole number, typed exactly or moved roughly. */
export function CountField({ label, value, least, most, hint, error, onChange }: CountFieldProps) {
  const t = useT()
  const count = /^\d{1,6}$/.test(value) ? Number(value) : least
  return (
    <div>
      <TextField
        label={label}
        required
        inputMode="numeric"
        autoComplete="off"
        hint={hint}
        value={value}
        error={error}
        onChange={(event) => onChange(event.currentTarget.value.trim())}
      />
      <Slider
        label={t('simulator.move', { field: label })}
        text={value || t('simulator.blank')}
        steps={most - least}
        position={Math.min(Math.max(count, least), most) - least}
        onChange={(position) => onChange(String(least + position))}
      />
    </div>
  )
}
