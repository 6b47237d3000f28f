import { useT } from '@minga/i18n'
import {
  useState,
  type ComponentProps,
  type InputHTMLAttributes,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
} from 'react'
import { Icon, type IconName } from '../icons/icon'
import { IconButton } from './button'
import { Field, type FieldProps } from './field'
import styles from './field.module.css'

type Own<Attributes> = FieldProps & Omit<Attributes, keyof FieldProps | 'children' | 'className'>

/** Parts a field's own properties from those that go to the input. */
function parted<Props extends FieldProps>(props: Props) {
  const { label, hint, help, error, required, optional, ...rest } = props
  return { field: { label, hint, help, error, required, optional } as FieldProps, rest }
}

export type TextFieldProps = Own<InputHTMLAttributes<HTMLInputElement>> & {
  icon?: IconName
  ref?: ComponentProps<'input'>['ref']
}

export function TextField({ icon, ...props }: TextFieldProps) {
  const { field, rest } = parted(props)
  return (
    <Field {...field}>
      {(control) => (
        <span className={icon && styles.inside} data-before={icon && true}>
          {icon && (
            <span className={styles.insideStart}>
              <Icon name={icon} />
            </span>
          )}
          <input type="text" {...rest} {...control} />
        </span>
      )}
    </Field>
  )
}

/** A password that can be shown while it is typed. */
export function PasswordField(props: TextFieldProps) {
  const t = useT()
  const [shown, setShown] = useState(false)
  const { field, rest } = parted(props)
  return (
    <Field {...field}>
      {(control) => (
        <span className={styles.inside}>
          <input
            {...rest}
            {...control}
            type={shown ? 'text' : 'password'}
            autoCapitalize="none"
            spellCheck={false}
          />
          <span className={styles.insideEnd}>
            <IconButton
              icon={shown ? 'eye-off' : 'eye'}
              label={t(shown ? 'ui.password.hide' : 'ui.password.show')}
              aria-pressed={shown}
              onClick={() => setShown(!shown)}
            />
          </span>
        </span>
      )}
    </Field>
  )
}

export type Option = { value: string; label: string; disabled?: boolean }
export type SelectFieldProps = Own<SelectHTMLAttributes<HTMLSelectElement>> & {
  options: Option[]
  /** The first, empty choice. */
  placeholder?: string
}

/** The platform's own list: the best picker on a phone and known to every keyboard. */
export function SelectField({ options, placeholder, ...props }: SelectFieldProps) {
  const { field, rest } = parted(props)
  return (
    <Field {...field}>
      {(control) => (
        <select {...rest} {...control}>
          {placeholder !== undefined && <option value="">{placeholder}</option>}
          {options.map((option) => (
            <option key={option.value} value={option.value} disabled={option.disabled}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

export function TextAreaField(props: Own<TextareaHTMLAttributes<HTMLTextAreaElement>>) {
  const { field, rest } = parted(props)
  return <Field {...field}>{(control) => <textarea rows={3} {...rest} {...control} />}</Field>
}

export type CheckFieldProps = {
  label: string
  hint?: string
  checked: boolean
  onChange: (checked: boolean) => void
  disabled?: boolean
}

export function CheckField({ label, hint, checked, onChange, disabled }: CheckFieldProps) {
  return (
    <label className={styles.check}>
      <input
        type="checkbox"
        className={styles.checkBox}
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <span className={styles.checkText}>
        {label}
        {hint && <small>{hint}</small>}
      </span>
    </label>
  )
}
