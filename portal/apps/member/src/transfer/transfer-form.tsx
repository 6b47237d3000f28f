import { isProblem } from '@minga/api-client'
import { isZero, useFormats, useT } from '@minga/i18n'
import { Button, MoneyInput, Notice, SelectField, TextField, type Option } from '@minga/ui'
import { useState, type FormEvent } from 'react'
import { useSearchParams } from 'react-router'
import { maskNumber } from '../position/own'
import type { Asked, TransferAccount } from './own-transfers'
import styles from './transfer.module.css'

type TransferFormProps = {
  accounts: TransferAccount[]
  /** What was asked before, where the member comes back to change it. */
  first: Asked | null
  error: unknown
  busy: boolean
  onEdit: () => void
  onAsk: (asked: Asked) => void
}

const FIELDS = ['from_account', 'to_account', 'amount', 'narrative']
const MOST_CHARACTERS = 140

/** From where, to where, how much and what for. */
export function TransferForm({ accounts, first, error, busy, onEdit, onAsk }: TransferFormProps) {
  const t = useT()
  const formats = useFormats()
  const optionOf = useOptions()
  const [params] = useSearchParams()
  const payers = accounts.filter((account) => account.may_pay)
  const [from, setFrom] = useState(first?.from_account ?? firstOf(payers, params.get('from')))
  const [to, setTo] = useState(first?.to_account ?? '')
  const [amount, setAmount] = useState(first?.amount.amount ?? '')
  const [narrative, setNarrative] = useState(first?.narrative ?? '')
  const [tried, setTried] = useState(false)
  const payer = accounts.find(({ id }) => id === from)
  const currency = (payer ?? accounts[0])?.available.currency ?? ''
  const targets = accounts.filter(
    ({ id, available }) => id !== from && available.currency === currency,
  )
  const target = targets.find(({ id }) => id === to)
  const problem = isProblem(error) ? error : null
  const inForm = problem !== null && FIELDS.some((field) => problem.messageFor(field))
  const missing = (empty: boolean) => (tried && empty ? t('member.field.required') : null)
  const noAmount = amount === '' || isZero(amount)

  const edited = (write: () => void) => {
    write()
    onEdit()
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (busy || payer === undefined || target === undefined || noAmount) return
    onAsk({
      from_account: payer.id,
      to_account: target.id,
      amount: { amount, currency },
      narrative: narrative.trim(),
    })
  }

  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      {error !== null && !inForm && (
        <Notice tone="bad">{problem?.detail || problem?.title || t('ui.error.text')}</Notice>
      )}
      <SelectField
        label={t('member.transfer.from')}
        required
        placeholder={t('member.transfer.choose')}
        options={accounts.map(optionOf.payer)}
        value={from}
        error={problem?.messageFor('from_account') ?? missing(payer === undefined)}
        hint={
          payer && t('member.transfer.available', { available: formats.money(payer.available) })
        }
        onChange={(event) => {
          const { value } = event.currentTarget
          edited(() => setFrom(value))
        }}
      />
      {accounts.some(({ reason }) => reason === 'joint') && (
        <p className={styles.quiet}>{t('member.transfer.joint_text')}</p>
      )}
      <SelectField
        label={t('member.transfer.to')}
        required
        placeholder={t('member.transfer.choose')}
        options={targets.map(optionOf.payee)}
        value={target?.id ?? ''}
        error={problem?.messageFor('to_account') ?? missing(target === undefined)}
        onChange={(event) => {
          const { value } = event.currentTarget
          edited(() => setTo(value))
        }}
      />
      <MoneyInput
        label={t('member.transfer.amount')}
        required
        currency={currency}
        value={amount}
        error={problem?.messageFor('amount') ?? missing(noAmount)}
        onChange={(value) => edited(() => setAmount(value))}
      />
      <TextField
        label={t('member.transfer.note')}
        optional
        maxLength={MOST_CHARACTERS}
        value={narrative}
        error={problem?.messageFor('narrative')}
        onChange={(event) => {
          const { value } = event.currentTarget
          edited(() => setNarrative(value))
        }}
      />
      <div className={styles.buttons}>
        <Button type="submit" tone="primary" busy={busy}>
          {t('member.transfer.continue')}
        </Button>
      </div>
    </form>
  )
}

/** The account that the address names, or the only one there is. */
function firstOf(payers: TransferAccount[], named: string | null): string {
  if (payers.some(({ id }) => id === named)) return named ?? ''
  return payers.length === 1 ? (payers[0]?.id ?? '') : ''
}

/** How an account reads in a list, and whether it can be chosen there. */
function useOptions() {
  const t = useT()
  const formats = useFormats()
  const option = (account: TransferAccount, reason: string): Option => ({
    value: account.id,
    label: t(`member.transfer.option${reason === '' ? '' : `_${reason}`}`, {
      name: account.name,
      number: maskNumber(account.number),
      available: formats.money(account.available),
    }),
    disabled: reason !== '',
  })
  return {
    payer: (account: TransferAccount) => option(account, account.reason),
    payee: (account: TransferAccount) => option(account, account.may_receive ? '' : 'stopped'),
  }
}
