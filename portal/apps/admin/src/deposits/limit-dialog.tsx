import { useT } from '@minga/i18n'
import { Button, DateField, Dialog, MoneyInput, TextField, addMonths } from '@minga/ui'
import { useState } from 'react'
import { ActionForm } from '../app/action-form'
import { useActing } from '../app/acting'
import { useClient } from '../app/context'
import { useBusinessDate } from '../app/me'
import { messagesOf } from '../app/problem-notice'
import type { Account } from './accounts'
import styles from './deposits.module.css'

type RateStep = { days: string; rate: string }

const FIELDS = [
  'amount',
  'valid_from',
  'valid_until',
  'reason',
  'collateral_type',
  'collateral_ref',
]
const MOST_STEPS = 10
const USUAL_MONTHS = 12

/** A decimal as the API takes it, typed with a point or a comma. */
const decimal = (text: string) => text.trim().replace(',', '.')

/** Grants an account an overdraft limit of its own: how much, until when, at which rates. */
export function LimitDialog({ account, onClose }: { account: Account; onClose: () => void }) {
  const t = useT()
  const client = useClient()
  const today = useBusinessDate()
  const [amount, setAmount] = useState('')
  const [from, setFrom] = useState(today)
  const [until, setUntil] = useState(addMonths(today, USUAL_MONTHS))
  const [steps, setSteps] = useState<RateStep[]>([{ days: '', rate: '' }])
  const [reason, setReason] = useState('')
  const [collateral, setCollateral] = useState('')
  const granting = useActing(
    (_: null, intention) =>
      client.POST('/deposits/accounts/{account_id}/overdraft-limits', {
        params: { path: { account_id: account.id } },
        body: {
          amount: { amount, currency: account.currency },
          valid_from: from,
          valid_until: until,
          rate_steps: steps.map(({ days, rate }, at) => ({
            days: at === steps.length - 1 ? null : Number(days),
            rate: decimal(rate),
          })),
          reason: reason.trim(),
          collateral_type: '',
          collateral_ref: collateral.trim(),
        },
        ...intention,
      }),
    'admin.overdraft.granted',
    onClose,
  )
  const messageFor = messagesOf(granting.error)
  return (
    <Dialog title={t('admin.overdraft.grant')} onClose={onClose}>
      <ActionForm
        accept={t('admin.overdraft.grant')}
        onAccept={() => granting.mutate(null)}
        onBack={onClose}
        busy={granting.isPending}
        error={granting.error}
        fields={FIELDS}
      >
        <MoneyInput
          label={t('admin.amount')}
          required
          currency={account.currency}
          value={amount}
          error={messageFor('amount')}
          onChange={setAmount}
        />
        <div className={styles.pair}>
          <DateField
            label={t('admin.overdraft.valid_from')}
            required
            min={today}
            value={from}
            error={messageFor('valid_from')}
            onChange={setFrom}
          />
          <DateField
            label={t('admin.overdraft.valid_until')}
            required
            min={from}
            value={until}
            error={messageFor('valid_until')}
            onChange={setUntil}
          />
        </div>
        <RateSteps steps={steps} onChange={setSteps} />
        <TextField
          label={t('admin.overdraft.collateral')}
          optional
          maxLength={60}
          value={collateral}
          error={messageFor('collateral_ref')}
          onChange={(event) => setCollateral(event.currentTarget.value)}
        />
        <TextField
          label={t('admin.reason')}
          required
          maxLength={200}
          value={reason}
          error={messageFor('reason')}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </ActionForm>
    </Dialog>
  )
}

type RateStepsProps = { steps: RateStep[]; onChange: (steps: RateStep[]) => void }

/** Rates by days overdrawn; the last one holds for all days that follow. */
function RateSteps({ steps, onChange }: RateStepsProps) {
  const t = useT()
  const last = steps.length - 1
  const change = (at: number, part: Partial<RateStep>) =>
    onChange(steps.map((step, index) => (index === at ? { ...step, ...part } : step)))
  return (
    <fieldset className={styles.steps}>
      <legend>{t('admin.overdraft.rates')}</legend>
      {steps.map((step, at) => (
        <div key={at} className={styles.pair}>
          {at === last ? null : (
            <TextField
              label={t('admin.overdraft.step_days', { number: at + 1 })}
              required
              inputMode="numeric"
              value={step.days}
              onChange={(event) => change(at, { days: event.currentTarget.value })}
            />
          )}
          <TextField
            label={t(
              at === last && last > 0
                ? 'admin.overdraft.rate_after'
                : 'admin.overdraft.rate_yearly',
            )}
            required
            inputMode="decimal"
            value={step.rate}
            onChange={(event) => change(at, { rate: event.currentTarget.value })}
          />
        </div>
      ))}
      <div>
        {steps.length < MOST_STEPS && (
          <Button
            size="sm"
            tone="quiet"
            icon="plus"
            onClick={() => onChange([...steps, { days: '', rate: '' }])}
          >
            {t('admin.overdraft.add_step')}
          </Button>
        )}
        {last > 0 && (
          <Button size="sm" tone="quiet" onClick={() => onChange(steps.slice(0, -1))}>
            {t('admin.overdraft.drop_step')}
          </Button>
        )}
      </div>
    </fieldset>
  )
}
