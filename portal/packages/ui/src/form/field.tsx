import { useT } from '@minga/i18n'
import { lazy, Suspense, useId, useState, type KeyboardEvent, type ReactNode } from 'react'
import { Icon } from '../icons/icon'
import styles from './field.module.css'

const FieldHelp = lazy(() => import('./field-help'))

/** What the input inside a field must wear to be one with its label, hint and error. */
export type ControlProps = {
  id: string
  required: boolean | undefined
  'aria-invalid': true | undefined
  'aria-describedby': string | undefined
  className: string | undefined
}

export type FieldProps = {
  label: string
  /** A line under the label that is always seen. */
  hint?: ReactNode
  /** Meaning and valid values, opened with F1 or the question mark. */
  help?: ReactNode
  error?: string | null | undefined
  required?: boolean
  /** Says "optional" beside the label. */
  optional?: boolean
}

export type FieldShellProps = FieldProps & { children: (control: ControlProps) => ReactNode }

/** Label, help, hint and error around any input, tied together for assistive technology. */
export function Field({ label, hint, help, error, required, optional, children }: FieldShellProps) {
  const id = useId()
  const t = useT()
  const [helpOpen, setHelpOpen] = useState(false)
  const ids = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(' ')

  const openHelp = (event: KeyboardEvent) => {
    if (event.key !== 'F1' || help === undefined) return
    event.preventDefault()
    event.stopPropagation()
    setHelpOpen(true)
  }

  return (
    <div className={styles.field} onKeyDown={openHelp} role="presentation">
      <div className={styles.top}>
        <label htmlFor={id} className={styles.label}>
          {label}
          {optional && <span className={styles.optional}> {t('ui.field.optional')}</span>}
        </label>
        {help !== undefined && (
          <Suspense>
            <FieldHelp label={label} open={helpOpen} onChange={setHelpOpen}>
              {help}
            </FieldHelp>
          </Suspense>
        )}
      </div>
      {children({
        id,
        required,
        'aria-invalid': error ? true : undefined,
        'aria-describedby': ids || undefined,
        className: styles.control,
      })}
      {hint && (
        <div id={`${id}-hint`} className={styles.hint}>
          {hint}
        </div>
      )}
      <div id={`${id}-error`} className={styles.error} role="alert">
        {error && (
          <>
            <Icon name="alert" size={16} />
            {error}
          </>
        )}
      </div>
    </div>
  )
}
