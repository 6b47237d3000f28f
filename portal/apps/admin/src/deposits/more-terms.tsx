import { useT } from '@minga/i18n'
import { Notice, SelectField, Stack } from '@minga/ui'
import type { ReactNode } from 'react'
import { CodedField } from '../app/coded-field'
import type { TransactionCode } from './codes'
import styles from './desk.module.css'
import type { MoneyAct } from './posting'

type MoreTermsProps = {
  act: MoneyAct
  code: string
  codes: TransactionCode[]
  onCode: (code: string) => void
  error: (field: string) => string | undefined
  /** Where the code allows more, or may. */
  children: ReactNode
}

/** The code an operation is recorded under, told at once where cheques can be taken, and its own terms. */
export function MoreTerms({ act, code, codes, onCode, error, children }: MoreTermsProps) {
  const t = useT()
  const takesCheques = codes.some((one) => one.cheque)
  const cheque = codes.find((one) => one.code === code)?.cheque === true
  const choice = codes.length > 0 && (
    <SelectField
      label={t(takesCheques ? 'admin.desk.means' : 'admin.movements.code')}
      placeholder={t(takesCheques ? 'admin.desk.usual_means' : 'admin.blank')}
      options={codes.map((one) => ({ value: one.code, label: `${one.code} · ${one.name}` }))}
      value={code}
      error={error('code')}
      onChange={(event) => onCode(event.currentTarget.value)}
    />
  )
  return (
    <>
      {takesCheques && choice}
      {cheque && <Notice>{t('admin.desk.cheque_note')}</Notice>}
      {takesCheques && children === null ? null : (
        <details className={styles.more}>
          <summary>{t(takesCheques ? 'admin.desk.more_terms' : 'admin.desk.more')}</summary>
          <Stack gap={3}>
            {takesCheques
              ? null
              : choice || (
                  <CodedField
                    label={t('admin.movements.code')}
                    optional
                    screen={
                      act === 'deposit' ? 'deposits.post_deposit' : 'deposits.post_withdrawal'
                    }
                    field="code"
                    value={code}
                    error={error('code')}
                    onChange={onCode}
                  />
                )}
            {children}
          </Stack>
        </details>
      )}
    </>
  )
}
