import { useT } from '@minga/i18n'
import { Button, holdsUnreadable } from '@minga/ui'
import { useEffect, useRef, type FormEvent, type ReactNode } from 'react'
import styles from './action-form.module.css'
import { useKeys } from './keys'
import { ProblemNotice } from './problem-notice'

type ActionFormProps = {
  /** What accepting does: "Deposit", "Propose the change". */
  accept: string
  onAccept: () => void
  /** Esc and the second button; without it there is neither. */
  onBack?: (() => void) | undefined
  back?: string
  busy?: boolean
  error?: unknown
  /** Field names that show their own errors, so that the notice need not. */
  fields?: readonly string[]
  tone?: 'primary' | 'danger'
  /** Beside the buttons. */
  aside?: ReactNode
  children: ReactNode
}

const FIELDS =
  'input:not([type="hidden"]):not([tabindex="-1"]):not(:disabled), select:not(:disabled), textarea'

/** Enter goes to the next field and from the last one to the button that accepts. */
function walkWithEnter(form: HTMLFormElement) {
  return (event: KeyboardEvent) => {
    const field = event.target
    if (event.key !== 'Enter' || event.ctrlKey || event.defaultPrevented) return
    const walks = field instanceof HTMLInputElement || field instanceof HTMLSelectElement
    if (!walks || field.closest('[data-own-enter]') !== null) return
    event.preventDefault()
    const fields = [...form.querySelectorAll<HTMLElement>(FIELDS)]
    const next = fields[fields.indexOf(field) + 1]
    const accept = form.querySelector<HTMLElement>('button[type="submit"]')
    ;(next ?? accept)?.focus()
  }
}

/** A form as people who type all day use it: Enter walks, Ctrl+Enter accepts, Esc goes back. */
export function ActionForm(props: ActionFormProps) {
  const { accept, onAccept, onBack, back, busy = false, error, fields, tone, aside } = props
  const t = useT()
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    const element = form.current
    if (element === null) return
    const listener = walkWithEnter(element)
    element.addEventListener('keydown', listener)
    return () => element.removeEventListener('keydown', listener)
  }, [])
  useKeys(
    {
      'Ctrl+Enter': () => form.current?.requestSubmit(),
      ...(onBack ? { Escape: onBack } : {}),
    },
    form,
  )
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (!busy && !holdsUnreadable(event.currentTarget)) onAccept()
  }
  return (
    <form ref={form} className={styles.form} onSubmit={submit} noValidate>
      {props.children}
      <ProblemNotice error={error} fields={fields} />
      <div className={styles.actions}>
        <Button type="submit" tone={tone ?? 'primary'} busy={busy} title={t('admin.key.accept')}>
          {accept}
        </Button>
        {onBack && (
          <Button onClick={onBack} title={t('admin.key.back')}>
            {back ?? t('ui.cancel')}
          </Button>
        )}
        {aside}
      </div>
    </form>
  )
}
