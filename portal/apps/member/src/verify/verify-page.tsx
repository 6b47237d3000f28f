import { isProblem, unwrap, type Model } from '@minga/api-client'
import { useFormats, useT } from '@minga/i18n'
import { Button, Card, Notice, PageHeader, Stack, TextField } from '@minga/ui'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useSearchParams } from 'react-router'
import { usePortal } from '../app/context'
import styles from './verify.module.css'

/** Whoever was given a document checks here that the cooperative made it, and that it says the same. */
export default function VerifyPage() {
  const t = useT()
  const formats = useFormats()
  const { api, tenant } = usePortal()
  const [search] = useSearchParams()
  const [code, setCode] = useState(search.get('code') ?? '')
  const [total, setTotal] = useState('')
  const [asked, setAsked] = useState(false)
  const amount = total.trim() === '' ? '' : formats.parse(total)
  const check = useMutation({
    mutationFn: (said: { code: string; total: string }) =>
      unwrap(
        api.client.GET('/platform/verifications/{code}', {
          params: {
            path: { code: said.code },
            query: { tenant: tenant.code, ...(said.total === '' ? {} : { total: said.total }) },
          },
        }),
      ),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setAsked(true)
    check.reset()
    if (code.trim() !== '' && amount !== null) check.mutate({ code: code.trim(), total: amount })
  }
  return (
    <Stack>
      <PageHeader title={t('member.verify.title')} subtitle={t('member.verify.text')} />
      <div className={styles.narrow}>
        <Card>
          <form className={styles.form} onSubmit={submit} noValidate>
            <TextField
              label={t('member.verify.code')}
              hint={t('member.verify.code_hint')}
              autoCapitalize="characters"
              autoComplete="off"
              spellCheck={false}
              required
              value={code}
              error={asked && code.trim() === '' ? t('member.field.required') : null}
              onChange={(event) => setCode(event.currentTarget.value)}
            />
            <TextField
              label={t('member.verify.total')}
              hint={t('member.verify.total_hint')}
              inputMode="decimal"
              autoComplete="off"
              value={total}
              error={amount === null ? t('member.verify.not_amount') : null}
              onChange={(event) => setTotal(event.currentTarget.value)}
            />
            <Button type="submit" tone="primary" icon="search" busy={check.isPending}>
              {t('member.verify.submit')}
            </Button>
          </form>
        </Card>
        {check.isError && <Refused error={check.error} />}
        {check.data && <Found document={check.data} />}
      </div>
    </Stack>
  )
}

function Refused({ error }: { error: unknown }) {
  const t = useT()
  if (!isProblem(error)) return <Notice tone="bad">{t('ui.error.offline_text')}</Notice>
  return (
    <Notice tone="bad">
      <strong>{error.title}</strong>
      <br />
      {error.remedy || error.detail}
    </Notice>
  )
}

function Found({ document }: { document: Model<'VerificationView'> }) {
  const t = useT()
  const formats = useFormats()
  const { total_matches: matches } = document
  const said = matches === null ? 'not_compared' : matches ? 'matches' : 'differs'
  return (
    <Notice tone={matches === false ? 'bad' : 'good'}>
      <strong>{t('member.verify.found', { institution: document.institution })}</strong>
      <br />
      {t('member.verify.what', {
        title: document.title,
        when: formats.dateTime(document.issued_at),
        until: formats.date(document.valid_until, 'long'),
      })}
      <br />
      {t(`member.verify.${said}`)}
    </Notice>
  )
}
