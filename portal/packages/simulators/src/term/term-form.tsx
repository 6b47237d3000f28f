import { useFormats, useT } from '@minga/i18n'
import { DateField, Segments, SelectField, Stack, TextField } from '@minga/ui'
import type { TermProduct } from '../api'
import { percentText } from '../figures'
import { useFaultText } from '../parts/fault-text'
import styles from '../parts/form.module.css'
import { useLeft } from '../parts/left'
import { AmountField, CountField } from '../parts/number-fields'
import { daysAfter, type TermAsk, type TermFaults, type TermField } from './ask'
import { rateFor } from './rate'

type TermFormProps = {
  ask: TermAsk
  product: TermProduct
  today: string
  faults: TermFaults
  onChange: (changes: Partial<TermAsk>) => void
  messageFor: (field: string) => string | undefined
}

/** How much, until when, and how the interest is received. */
export function TermForm({ ask, product, today, faults, onChange, messageFor }: TermFormProps) {
  const t = useT()
  const formats = useFormats()
  const faultText = useFaultText()
  const { leave, told } = useLeft<TermField>()
  const start = ask.openedOn || today
  const byDays = ask.by === 'days'
  const rate =
    byDays && ask.rate === '' ? rateFor(product, ask.amount, Number(ask.days) || 0) : null
  const error = (field: TermField, sent: string, currency?: string) =>
    faultText(told(field, faults[field]), currency) ?? messageFor(sent)
  const limits = { least: product.minimum_days, most: product.maximum_days }
  return (
    <Stack gap={4}>
      <div onBlur={leave('amount')}>
        <AmountField
          label={t('simulator.term.amount')}
          currency={product.currency}
          value={ask.amount}
          least={product.minimum_amount.amount}
          most={product.maximum_amount?.amount ?? null}
          error={error('amount', 'amount', product.currency)}
          onChange={(amount) => onChange({ amount })}
        />
      </div>
      <Segments
        label={t('simulator.term.by')}
        value={ask.by}
        onChange={(by) => onChange({ by })}
        options={[
          { value: 'days', label: t('simulator.term.by_days') },
          { value: 'date', label: t('simulator.term.by_date') },
        ]}
      />
      {byDays ? (
        <div onBlur={leave('days')}>
          <CountField
            label={t('simulator.term.days')}
            value={ask.days}
            {...limits}
            hint={t('simulator.term.days_hint', limits)}
            error={error('days', 'term_days')}
            onChange={(days) => onChange({ days })}
          />
        </div>
      ) : (
        <div onBlur={leave('maturityOn')}>
          <DateField
            label={t('simulator.term.maturity')}
            required
            hint={t('simulator.term.days_hint', limits)}
            value={ask.maturityOn}
            {...(start === ''
              ? {}
              : {
                  min: daysAfter(start, product.minimum_days),
                  max: daysAfter(start, product.maximum_days),
                })}
            error={error('maturityOn', 'maturity_date')}
            onChange={(maturityOn) => onChange({ maturityOn })}
          />
        </div>
      )}
      <div className={styles.pair}>
        {product.payments.length > 1 && (
          <SelectField
            label={t('simulator.term.payment')}
            value={ask.payment}
            error={messageFor('payment')}
            options={product.payments.map((payment) => ({
              value: payment,
              label: t(`simulator.term.payments.${payment}`),
            }))}
            onChange={(event) => onChange({ payment: event.currentTarget.value })}
          />
        )}
        {product.early_cancellation_allowed && (
          <div onBlur={leave('cancelAfter')}>
            <TextField
              label={t('simulator.term.cancel_after')}
              optional
              inputMode="numeric"
              hint={t('simulator.term.cancel_after_hint')}
              value={ask.cancelAfter}
              error={error('cancelAfter', 'cancel_after_days')}
              onChange={(event) => onChange({ cancelAfter: event.currentTarget.value.trim() })}
            />
          </div>
        )}
      </div>
      {rate !== null && (
        <p className={styles.rate}>
          {t(
            product.rate_kind === 'nominal'
              ? 'simulator.term.rate_line'
              : 'simulator.term.rate_line_effective',
            { rate: percentText(formats, rate) },
          )}
        </p>
      )}
    </Stack>
  )
}
