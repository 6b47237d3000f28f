import { isProblem, unwrap } from '@minga/api-client'
import { useT } from '@minga/i18n'
import { Button, Notice, PasswordField, SelectField, TextField } from '@minga/ui'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useConsole, useSessionState } from '../app/context'
import styles from './access.module.css'
import { Welcome } from './welcome'

/** One neutral text for an unknown user and a wrong password; the API's words for the rest. */
function refusalOf(error: unknown, t: (key: string) => string): string | null {
  if (error === null) return null
  if (!isProblem(error)) return t('ui.error.offline_text')
  if (error.status === 401) return t('admin.sign_in.refused')
  return error.detail || error.title || t('ui.error.text')
}

type SignInPageProps = { tenant: string; onTenant: (code: string) => void }

export function SignInPage({ tenant, onTenant }: SignInPageProps) {
  const t = useT()
  const { api } = useConsole()
  const state = useSessionState(api.session)
  const [username, setUsername] = useState('')
  const [password, setPassword] = useState('')
  const [asked, setAsked] = useState(false)
  const tenants = useQuery({
    queryKey: ['tenants'],
    queryFn: () => unwrap(api.client.GET('/platform/tenants')),
    select: (answer) => answer.items.map(({ code, name }) => ({ value: code, label: name })),
  })
  const options = tenants.data ?? []
  const chosen = tenant === '' && options.length === 1 ? (options[0]?.value ?? '') : tenant
  const signIn = useMutation({
    mutationFn: () =>
      api.session.signIn({ tenant: chosen, username: username.trim(), password }, false),
    onError: () => setPassword(''),
  })
  const missing = (value: string) =>
    asked && value.trim() === '' && !signIn.isError ? t('admin.field.required') : null

  const submit = (event: FormEvent) => {
    event.preventDefault()
    signIn.reset()
    setAsked(true)
    if (chosen !== '' && username.trim() !== '' && password !== '') signIn.mutate()
  }
  const refusal = refusalOf(signIn.error, t)
  const reason = state.status === 'anonymous' && !asked ? state.reason : 'none'

  return (
    <Welcome title={t('admin.sign_in.title')} text={t('admin.sign_in.text')}>
      {reason === 'ended' && <Notice tone="warn">{t('admin.sign_in.ended')}</Notice>}
      {reason === 'signed_out' && <Notice tone="good">{t('admin.sign_in.signed_out')}</Notice>}
      {tenants.isError && <Notice tone="warn">{t('ui.error.offline_text')}</Notice>}
      {refusal && <Notice tone="bad">{refusal}</Notice>}
      <form className={styles.form} onSubmit={submit} noValidate>
        <SelectField
          label={t('admin.sign_in.tenant')}
          name="tenant"
          required
          placeholder={t('admin.choose')}
          options={options}
          value={chosen}
          error={missing(chosen)}
          onChange={(event) => onTenant(event.currentTarget.value)}
        />
        <TextField
          label={t('admin.sign_in.username')}
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          value={username}
          error={missing(username)}
          onChange={(event) => setUsername(event.currentTarget.value)}
        />
        <PasswordField
          label={t('admin.sign_in.password')}
          name="password"
          autoComplete="current-password"
          required
          value={password}
          error={missing(password)}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" tone="primary" block busy={signIn.isPending}>
          {t('admin.sign_in.submit')}
        </Button>
      </form>
      <p className={styles.quiet}>{t('admin.sign_in.forgotten')}</p>
    </Welcome>
  )
}
