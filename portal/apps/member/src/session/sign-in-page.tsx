import { isProblem } from '@minga/api-client'
import { useLanguage, useT } from '@minga/i18n'
import { Button, ButtonLink, CheckField, Notice, PasswordField, TextField } from '@minga/ui'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { Link } from 'react-router'
import { usePortal, useSessionState } from '../app/context'
import { Welcome } from './welcome'
import styles from './session.module.css'

/** One neutral text for an unknown user and a wrong password; the API's words for the rest. */
function refusalOf(error: unknown, t: (key: string) => string): string | null {
  if (error === null) return null
  if (!isProblem(error)) return t('ui.error.offline_text')
  if (error.status === 401) return t('member.sign_in.refused')
  return error.detail || error.title || t('ui.error.text')
}

export function SignInPage() {
  const t = useT()
  const { current } = useLanguage()
  const { api, tenant, leaveTenant } = usePortal()
  const state = useSessionState(api.session)
  const slogan = tenant.branding.slogan[current]
  const [username, setUsername] = useState('')
  const [password, setPassword] = useState('')
  const [remember, setRemember] = useState(false)
  const [asked, setAsked] = useState(false)
  const signIn = useMutation({
    mutationFn: () =>
      api.session.signIn({ tenant: tenant.code, username: username.trim(), password }, remember),
    onError: () => setPassword(''),
  })
  const missing = (value: string) =>
    asked && value.trim() === '' && !signIn.isError ? t('member.field.required') : null

  const submit = (event: FormEvent) => {
    event.preventDefault()
    signIn.reset()
    setAsked(true)
    if (username.trim() !== '' && password !== '') signIn.mutate()
  }
  const refusal = refusalOf(signIn.error, t)
  const ended = state.status === 'anonymous' && state.reason === 'ended' && !asked
  const left = state.status === 'anonymous' && state.reason === 'signed_out' && !asked

  return (
    <Welcome title={t('member.sign_in.title')} text={t('member.sign_in.text')} slogan={slogan}>
      {ended && <Notice tone="warn">{t('member.sign_in.ended')}</Notice>}
      {left && <Notice tone="good">{t('member.sign_in.signed_out')}</Notice>}
      {refusal && <Notice tone="bad">{refusal}</Notice>}
      <form className={styles.form} onSubmit={submit} noValidate>
        <TextField
          label={t('member.sign_in.username')}
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
          label={t('member.sign_in.password')}
          name="password"
          autoComplete="current-password"
          required
          value={password}
          error={missing(password)}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <CheckField
          label={t('member.sign_in.remember')}
          hint={t('member.sign_in.remember_hint')}
          checked={remember}
          onChange={setRemember}
        />
        <Button type="submit" tone="primary" block busy={signIn.isPending}>
          {t('member.sign_in.submit')}
        </Button>
      </form>
      <ButtonLink to={`/simulate?t=${tenant.code}`} icon="calculator" block>
        {t('member.sign_in.simulate')}
      </ButtonLink>
      <p className={styles.quiet}>{t('member.sign_in.forgotten')}</p>
      <p className={styles.quiet}>
        <Link to="/verify">{t('member.sign_in.verify')}</Link>
      </p>
      <p className={styles.quiet}>
        <button type="button" className={styles.textButton} onClick={leaveTenant}>
          {t('member.sign_in.other_tenant')}
        </button>
      </p>
    </Welcome>
  )
}
