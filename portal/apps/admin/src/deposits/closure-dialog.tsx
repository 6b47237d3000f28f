import { isZero, useFormats, useT } from '@minga/i18n'
import { Dialog, Notice, Segments, TextAreaField } from '@minga/ui'
import { useState } from 'react'
import { ActionForm } from '../app/action-form'
import { useActing } from '../app/acting'
import type { Answer } from '../app/answers'
import { Asked } from '../app/asked'
import { useClient } from '../app/context'
import { Facts } from '../app/facts'
import { messagesOf } from '../app/problem-notice'
import { AccountSlot } from './account-slot'
import type { Account } from './accounts'
import { useClosureQuote } from './services'

type Quote = Answer<'/deposits/accounts/{account_id}/closure-quote'>
type Means = 'cash' | 'transfer'
type ClosureDialogProps = { account: Account; onClose: () => void }

/** What closing an account comes to today; then it is paid out, in cash or to another account. */
export function ClosureDialog({ account, onClose }: ClosureDialogProps) {
  const t = useT()
  const quote = useClosureQuote(account.id)
  return (
    <Dialog title={t('admin.closure.title')} onClose={onClose}>
      <Asked query={quote}>
        {(found) =>
          found.obstacles.length > 0 ? (
            <Obstacles quote={found} />
          ) : (
            <Payout account={account} quote={found} onClose={onClose} />
          )
        }
      </Asked>
    </Dialog>
  )
}

function Obstacles({ quote }: { quote: Quote }) {
  const t = useT()
  return (
    <>
      <Sums quote={quote} />
      <Notice tone="warn">
        {t('admin.closure.obstacles')}
        <ul>
          {quote.obstacles.map((name) => (
            <li key={name}>{t(`admin.closure.obstacle.${name}`, name)}</li>
          ))}
        </ul>
      </Notice>
    </>
  )
}

function Sums({ quote }: { quote: Quote }) {
  const t = useT()
  const formats = useFormats()
  return (
    <>
      <p>{t('admin.closure.on', { date: formats.date(quote.business_date, 'long') })}</p>
      <Facts
        facts={[
          [t('admin.closure.ledger'), formats.money(quote.ledger)],
          [t('admin.closure.interest'), formats.money(quote.interest)],
          [t('admin.closure.tax'), formats.money(quote.tax)],
          ...quote.charges.flatMap(({ charge, amount, tax, waiting }): [string, string][] => [
            [
              t(waiting ? 'admin.closure.charge_waiting' : 'admin.closure.charge', { charge }),
              formats.money(amount),
            ],
            ...(isZero(tax.amount)
              ? []
              : [[t('admin.desk.charge_tax', { charge }), formats.money(tax)] as [string, string]]),
          ]),
          [t('admin.closure.payout'), <strong key="payout">{formats.money(quote.payout)}</strong>],
        ]}
      />
    </>
  )
}

type PayoutProps = ClosureDialogProps & { quote: Quote }

function Payout({ account, quote, onClose }: PayoutProps) {
  const t = useT()
  const client = useClient()
  const [means, setMeans] = useState<Means>('cash')
  const [to, setTo] = useState<Account | null>(null)
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const closing = useActing(
    (_: null, intention) =>
      client.POST('/deposits/accounts/{account_id}/closures', {
        params: {
          path: { account_id: account.id },
          header: { 'Idempotency-Key': intention.headers['Idempotency-Key'] ?? '' },
        },
        body: { reason: reason.trim(), to_account: means === 'transfer' ? (to?.id ?? '') : '' },
      }),
    'admin.closure.done',
    onClose,
  )
  const messageFor = messagesOf(closing.error)
  const noReason = reason.trim().length < 3
  const noAccount = means === 'transfer' && to === null
  const accept = () => {
    setTried(true)
    if (!noReason && !noAccount) closing.mutate(null)
  }
  return (
    <ActionForm
      accept={t('admin.closure.accept')}
      tone="danger"
      onAccept={accept}
      onBack={onClose}
      busy={closing.isPending}
      error={closing.error}
      fields={['reason', 'to_account']}
    >
      <Sums quote={quote} />
      <Segments<Means>
        label={t('admin.closure.how')}
        options={[
          { value: 'cash', label: t('admin.closure.cash') },
          { value: 'transfer', label: t('admin.closure.transfer') },
        ]}
        value={means}
        onChange={setMeans}
      />
      {means === 'transfer' && (
        <AccountSlot
          label={t('admin.desk.to')}
          account={to}
          onChange={setTo}
          error={tried && noAccount ? t('admin.field.required') : messageFor('to_account')}
        />
      )}
      <TextAreaField
        label={t('admin.reason')}
        required
        maxLength={140}
        value={reason}
        error={tried && noReason ? t('admin.field.reason_missing') : messageFor('reason')}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </ActionForm>
  )
}
