import { compareAmounts, useFormats, useT } from '@minga/i18n'
import { Notice, SelectField, Stack } from '@minga/ui'
import type { ReactNode } from 'react'
import { ofCheque, type CaptureForm } from './codes'
import styles from './desk.module.css'

type MoreTermsProps = {
  /** The codes that may be used on the account now. */
  forms: CaptureForm[]
  code: string
  onCode: (code: string) => void
  amount: string
  currency: string
  error: (field: string) => string | undefined
  /** Fields that are seldom needed. */
  children: ReactNode
}

/** The code that an operation is recorded under, chosen at once where there are several, and its own terms. */
export function MoreTerms(props: MoreTermsProps) {
  const { forms, code, onCode, amount, currency, error, children } = props
  const t = useT()
  const formats = useFormats()
  const chosen = forms.find((one) => one.code === code) ?? (forms.length === 1 ? forms[0] : null)
  const limit = chosen?.approval_over ?? null
  const approved = limit !== null && amount !== '' && compareAmounts(amount, limit) > 0
  return (
    <>
      {forms.length > 1 && (
        <SelectField
          label={t(forms.some(ofCheque) ? 'admin.desk.means' : 'admin.movements.code')}
          placeholder={t(forms.some(ofCheque) ? 'admin.desk.usual_means' : 'admin.desk.usual_code')}
          options={forms.map((one) => ({ value: one.code, label: `${one.code} · ${one.name}` }))}
          value={code}
          error={error('code')}
          onChange={(event) => onCode(event.currentTarget.value)}
        />
      )}
      {chosen && ofCheque(chosen) && <Notice>{t('admin.desk.cheque_note')}</Notice>}
      {approved && (
        <Notice>
          {t('admin.desk.approval_over', { limit: formats.money({ amount: limit, currency }) })}
        </Notice>
      )}
      {children && (
        <details className={styles.more}>
          <summary>{t('admin.desk.more_terms')}</summary>
          <Stack gap={3}>{children}</Stack>
        </details>
      )}
    </>
  )
}
