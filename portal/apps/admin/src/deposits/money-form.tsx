import { isProblem } from '@minga/api-client'
import { compareAmounts, isZero, useFormats, useT } from '@minga/i18n'
import {
  addDays,
  Button,
  ButtonLink,
  Card,
  DateField,
  Icon,
  MoneyInput,
  Notice,
  Row,
  Stack,
  TextField,
  useConfirm,
  useIntention,
} from '@minga/ui'
import { useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { ActionForm } from '../app/action-form'
import type { Settled } from '../app/answers'
import { useProfile } from '../app/context'
import { Facts } from '../app/facts'
import { useBusinessDate } from '../app/me'
import { messagesOf } from '../app/problem-notice'
import { useAccount, type Account, type Receipt } from './accounts'
import { AccountSlot } from './account-slot'
import { CautionNotice } from './caution-notice'
import { dated, formsOf, useCaptureForms } from './codes'
import styles from './desk.module.css'
import { rememberOperation } from './last-operation'
import { MoreTerms } from './more-terms'
import { usePosting, useScheduling, type Instruction, type MoneyAct } from './posting'
import { ReceiptSheet } from './receipt-sheet'

type MoneyFormProps = { act: MoneyAct; onAgain: () => void }

const FIELDS = [
  'amount',
  'narrative',
  'code',
  'value_date',
  'date',
  'account_id',
  'from_account',
  'to_account',
  'acknowledged_cautions',
]

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
  const [valueDate, setValueDate] = useState('')
  const [date, setDate] = useState('')
  const [tried, setTried] = useState(false)
  const [settled, setSettled] = useState<Settled<Receipt> | null>(null)
  const intention = useIntention()
  const posting = usePosting()
  const scheduling = useScheduling()
  const [read, setRead] = useState<string[]>([])
  const today = useBusinessDate()
  const account = chosen === undefined ? (asked.data ?? null) : chosen
  const currency = account?.currency ?? tenant.currency
  const capture = useCaptureForms(account?.id)
  const forms = formsOf(capture.data, act)
  const known = forms.find((one) => one.code === code)
  const mayDate = known ? dated(known) : dated(...forms)
  const ofOther = useCaptureForms(to?.id).data?.cautions ?? []
  const cautions = [...(capture.data?.cautions ?? []), ...ofOther]
  const unread = cautions.some(({ id }) => !read.includes(id))
  const error = posting.error ?? scheduling.error
  const messageFor = messagesOf(error)

  /** Another content is another intention; the same one keeps its key while it is tried again. */
  const edited = <T,>(write: (value: T) => void) => {
    return (value: T) => {
      write(value)
      if (error !== null) {
        posting.reset()
        scheduling.reset()
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
  const ready = account !== null && !missingAmount && !unread && (act !== 'transfer' || to !== null)

  const accept = async () => {
    setTried(true)
    if (!ready || account === null) return
    const written = formats.money({ amount, currency })
    const yes = await confirm({
      title: t(date === '' ? `admin.desk.confirm.${act}` : 'admin.desk.confirm.schedule'),
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
          {date !== '' && (
            <>
              <br />
              <Icon name="calendar" size={16} /> {formats.date(date, 'long')}
            </>
          )}
        </span>
      ),
      confirm: t(date === '' ? `admin.desk.${act}` : 'admin.desk.schedule'),
    })
    if (!yes) return
    const asked: Instruction = {
      act,
      account: account.id,
      to: to?.id ?? '',
      amount,
      currency,
      narrative,
      code: known?.code ?? '',
      valueDate: mayDate ? valueDate : '',
      acknowledged: cautions.map(({ id }) => id),
    }
    if (date !== '') return scheduling.mutate({ asked, date, key: intention.key })
    posting.mutate(
      { key: intention.key, asked },
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
  if (scheduling.data && account)
    return <Scheduled date={scheduling.data.date} account={account} onAgain={onAgain} />
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
          busy={posting.isPending || scheduling.isPending}
          error={error}
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
          <CautionNotice
            cautions={cautions}
            read={read}
            onRead={edited(setRead)}
            error={
              tried && unread ? t('admin.cautions.unread') : messageFor('acknowledged_cautions')
            }
          />
          {capture.data && forms.length === 0 && (
            <Notice tone="warn">{t('admin.desk.none_allowed')}</Notice>
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
          {act === 'transfer' && (
            <DateField
              label={t('admin.desk.on_date')}
              hint={t('admin.desk.on_date_hint')}
              optional
              min={addDays(today, 1)}
              value={date}
              error={messageFor('date')}
              onChange={edited(setDate)}
            />
          )}
          <MoreTerms
            forms={forms}
            code={code}
            onCode={edited(setCode)}
            amount={amount}
            currency={currency}
            error={messageFor}
          >
            {mayDate && (
              <DateField
                label={t('admin.movements.value_date')}
                hint={t('admin.desk.value_date_hint')}
                optional
                max={today}
                value={valueDate}
                error={messageFor('value_date')}
                onChange={edited(setValueDate)}
              />
            )}
          </MoreTerms>
        </ActionForm>
      </Card>
      {account && <AccountSummary account={account} />}
    </div>
  )
}

type ScheduledProps = { date: string; account: Account; onAgain: () => void }

/** What was ordered for a later day. */
function Scheduled({ date, account, onAgain }: ScheduledProps) {
  const t = useT()
  const formats = useFormats()
  return (
    <Card>
      <Stack gap={3}>
        <Notice tone="good">
          {t('admin.desk.scheduled', { date: formats.date(date, 'long') })}
        </Notice>
        <Row>
          <Button tone="primary" onClick={onAgain}>
            {t('admin.desk.again')}
          </Button>
          <ButtonLink to={`/deposits/accounts/${account.id}?tab=scheduled`} tone="quiet">
            {t('admin.desk.see_scheduled')}
          </ButtonLink>
        </Row>
      </Stack>
    </Card>
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
