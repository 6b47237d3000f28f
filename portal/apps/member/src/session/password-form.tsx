import { isProblem } from '@minga/api-client'
import { useT } from '@minga/i18n'
import { Button, Icon, Notice, PasswordField } from '@minga/ui'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { usePortal } from '../app/context'
import styles from './session.module.css'

type PasswordFormProps = { currentLabel: string; onDone: () => void }

/** What makes a password hard to guess. The cooperative's own policy has the last word. */
const RULES: [key: string, kept: (next: string, current: string) => boolean][] = [
  ['member.password.rule_length', (next) => next.length >= 10],
  ['member.password.rule_mixed', (next) => /\p{L}/u.test(next) && /\d/.test(next)],
  ['member.password.rule_different', (next, current) => next !== '' && next !== current],
]

export function PasswordForm({ currentLabel, onDone }: PasswordFormProps) {
  const t = useT()
  const { api } = usePortal()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [repeat, setRepeat] = useState('')
  const [asked, setAsked] = useState(false)
  const change = useMutation({
    mutationFn: () => api.session.changePassword(current, next),
    onSuccess: onDone,
  })
  const problem = isProblem(change.error) ? change.error : null
  const missing = (value: string) => (asked && value === '' ? t('member.field.required') : null)
  const wrongCurrent =
    problem?.code === 'wrong_password' ? t('member.password.wrong_current') : null
  const mismatch = asked && repeat !== next ? t('member.password.mismatch') : null
  const whole = change.isError && !wrongCurrent && !problem?.messageFor('new')

  const submit = (event: FormEvent) => {
    event.preventDefault()
    change.reset()
    setAsked(true)
    if (current !== '' && next !== '' && repeat === next) change.mutate()
  }

  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      {whole && <Notice tone="bad">{problem?.detail || t('ui.error.text')}</Notice>}
      <PasswordField
        label={currentLabel}
        autoComplete="current-password"
        required
        value={current}
        error={wrongCurrent ?? missing(current)}
        onChange={(event) => setCurrent(event.currentTarget.value)}
      />
      <PasswordField
        label={t('member.password.new')}
        autoComplete="new-password"
        required
        value={next}
        error={problem?.messageFor('new') ?? missing(next)}
        onChange={(event) => setNext(event.currentTarget.value)}
      />
      <ul className={styles.rules} aria-label={t('member.password.rules')}>
        {RULES.map(([key, kept]) => (
          <li key={key} data-kept={kept(next, current) || undefined}>
            {kept(next, current) ? (
              <Icon name="check-circle" size={18} />
            ) : (
              <span className={styles.dot} />
            )}
            {t(key)}
          </li>
        ))}
      </ul>
      <PasswordField
        label={t('member.password.repeat')}
        autoComplete="new-password"
        required
        value={repeat}
        error={missing(repeat) ?? mismatch}
        onChange={(event) => setRepeat(event.currentTarget.value)}
      />
      <Button type="submit" tone="primary" busy={change.isPending}>
        {t('member.password.submit')}
      </Button>
    </form>
  )
}
