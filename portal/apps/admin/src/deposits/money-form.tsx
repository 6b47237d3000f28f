import { isProblem } from '@minga/api-client'
import { compareAmounts, isZero, useFormats, useT } from '@minga/i18n'
import {
  Button,
  Card,
  Icon,
  MoneyInput,
  Notice,
  Stack,
  TextField,
  useConfirm,
  useIntention,
} from '@minga/ui'
import { useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { ActionForm } from '../app/action-form'
import type { Settled } from '../app/answers'
import { CodedField } from '../app/coded-field'
import { useProfile } from '../app/context'
import { Facts } from '../app/facts'
import { messagesOf } from '../app/problem-notice'
import { useAccount, type Account, type Receipt } from './accounts'
import { AccountSlot } from './account-slot'
import styles from './desk.module.css'
import { rememberOperation } from './last-operation'
import { usePosting, type MoneyAct } from './posting'
import { ReceiptSheet } from './receipt-sheet'

type MoneyFormProps = { act: MoneyAct; onAgain: () => void }

const FIELDS = ['amount', 'narrative', 'code', 'account_id', 'from_account', 'to_account']

/** Account, amount, confirmation, receipt. */
export function MoneyForm({ act, onAgain }: MoneyFormProps) {
  const t = useT()
  const formats = useFormats()
  const confirm = useConfirm()
  const navigate = useNavigate()
  const { user, tenant } = useProfile()
  const [params] = useSearchParams()
  const asked = useAccount(params.get('account'))
  const [chosen, setAccount] = useState<Account | null | undefined>(undefined)
  const [to, setTo] = useState<Account | null>(null)
  const [amount, setAmount] = useState('')
  const [narrative, setNarrative] = useState('')
  const [code, setCode] = useState('')
  const [tried, setTried] = useState(false)
  const [settled, setSettled] = useState<Settled<Receipt> | null>(null)
  const intention = useIntention()
  const posting = usePosting()
  const account = chosen === undefined ? (asked.data ?? null) : chosen
  const currency = account?.currency ?? tenant.currency
  const messageFor = messagesOf(posting.error)

  /** Another content is another intention; the same one keeps its key while it is tried again. */
  const edited = <T,>(write: (value: T) => void) => {
    return (value: T) => {
      write(value)
      if (posting.isError) {
        posting.reset()
        intention.renew()
      }
    }
  }
  const missingAmount = amount === '' || isZero(amount)
  const short =
    act !== 'deposit' &&
    account !== null &&
    !missingAmount &&
    compareAmounts(amount, account.available.amount) > 0
  const ready = account !== null && !missingAmount && (act !== 'transfer' || to !== null)

  const accept = async () => {
    setTried(true)
    if (!ready || account === null) return
    const written = formats.money({ amount, currency })
    const yes = await confirm({
      title: t(`admin.desk.confirm.${act}`),
      text: (
        <span>
          <span className={styles.big}>{written}</span>
          {`${account.number} · ${account.holder}`}
          {to && (
            <>
              <br />
              <Icon name="transfer" size={16} /> {`${to.number} · ${to.holder}`}
            </>
          )}
        </span>
      ),
      confirm: t(`admin.desk.${act}`),
    })
    if (!yes) return
    posting.mutate(
      {
        key: intention.key,
        asked: { act, account: account.id, to: to?.id ?? '', amount, currency, narrative, code },
      },
      {
        onSuccess: (outcome) => {
          setSettled(outcome)
          if ('done' in outcome)
            rememberOperation({
              user: user.id,
              entry: outcome.done.entry_id,
              title: t(`admin.desk.${act}`),
              amount: written,
              account: account.number,
            })
        },
        onError: (error) => {
          if (isProblem(error) && error.status === 409) intention.renew()
        },
      },
    )
  }

  if (settled && 'done' in settled)
    return <ReceiptSheet act={act} receipt={settled.done} to={to} onAgain={onAgain} />
  if (settled)
    return (
      <Card>
        <Stack gap={3}>
          <Notice>{t('admin.waits.text', { id: settled.waits.id })}</Notice>
          <Button tone="primary" onClick={onAgain}>
            {t('admin.desk.again')}
          </Button>
        </Stack>
      </Card>
    )

  return (
    <div className={styles.columns}>
      <Card>
        <ActionForm
          accept={t('admin.desk.accept')}
          onAccept={() => void accept()}
          onBack={() => void navigate(-1)}
          busy={posting.isPending}
          error={posting.error}
          fields={FIELDS}
        >
          <AccountSlot
            label={t(act === 'transfer' ? 'admin.desk.from' : 'admin.account.account')}
            account={account}
            onChange={edited(setAccount)}
            autoFocus
            error={
              tried && account === null
                ? t('admin.field.required')
                : (messageFor('account_id') ?? messageFor('from_account'))
            }
          />
          {act === 'transfer' && (
            <AccountSlot
              label={t('admin.desk.to')}
              account={to}
              onChange={edited(setTo)}
              error={tried && to === null ? t('admin.field.required') : messageFor('to_account')}
            />
          )}
          <div className={styles.amount}>
            <MoneyInput
              label={t('admin.amount')}
              required
              currency={currency}
              value={amount}
              error={tried && missingAmount ? t('admin.field.required') : messageFor('amount')}
              onChange={edited(setAmount)}
            />
          </div>
          {short && <Notice tone="warn">{t('admin.desk.short')}</Notice>}
          <TextField
            label={t('admin.movements.narrative')}
            optional
            maxLength={140}
            value={narrative}
            error={messageFor('narrative')}
            onChange={(event) => edited(setNarrative)(event.currentTarget.value)}
          />
          {act !== 'transfer' && (
            <details className={styles.more}>
              <summary>{t('admin.desk.more')}</summary>
              <CodedField
                label={t('admin.movements.code')}
                optional
                screen={act === 'deposit' ? 'deposits.post_deposit' : 'deposits.post_withdrawal'}
                field="code"
                value={code}
                error={messageFor('code')}
                onChange={edited(setCode)}
              />
            </details>
          )}
        </ActionForm>
      </Card>
      {account && <AccountSummary account={account} />}
    </div>
  )
}

/** What the account holds now. */
function AccountSummary({ account }: { account: Account }) {
  const t = useT()
  const formats = useFormats()
  return (
    <Card title={account.holder}>
      <span>{t('admin.account.available')}</span>
      <span className={styles.big}>{formats.money(account.available)}</span>
      <Facts
        facts={[
          [t('admin.account.ledger'), formats.money(account.ledger)],
          [t('admin.account.held'), formats.money(account.held)],
          [t('admin.account.plan'), account.plan_name],
          [t('admin.branch'), account.branch],
        ]}
      />
    </Card>
  )
}
