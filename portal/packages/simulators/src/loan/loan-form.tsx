import { compareAmounts, useFormats, useT } from '@minga/i18n'
import { CheckField, DateField, SelectField, Stack } from '@minga/ui'
import type { LoanProduct } from '../api'
import { percentText } from '../figures'
import { OWN_TERMS } from '../own-terms'
import { useFaultText } from '../parts/fault-text'
import { useLeft } from '../parts/left'
import { AmountField, CountField } from '../parts/number-fields'
import styles from '../parts/form.module.css'
import {
  firstDueBetween,
  frequencyKey,
  frequencyOf,
  needsBirthDate,
  type LoanAsk,
  type LoanFaults,
  type LoanField,
} from './ask'

type LoanFormProps = {
  ask: LoanAsk
  product: LoanProduct
  businessDate: string
  faults: LoanFaults
  onChange: (changes: Partial<LoanAsk>) => void
  /** What the bank said of a field. */
  messageFor: (field: string) => string | undefined
}

/** How much, for how long, how often and with which insurances. */
export function LoanForm(props: LoanFormProps) {
  const { ask, product, businessDate, faults, onChange, messageFor } = props
  const t = useT()
  const formats = useFormats()
  const faultText = useFaultText()
  const { leave, told } = useLeft<LoanField>()
  const frequency = frequencyOf(product, ask.frequency)
  const { instalments_min: least, instalments_max: most } = frequency
  const own = product.code === OWN_TERMS
  const monthly = frequency.unit === 'months' && frequency.every === 1
  const [firstDay, lastDay] = firstDueBetween(product, ask.disbursedOn || businessDate)
  const chosen = product.methods.find(({ code }) => code === ask.method)
  const error = (field: LoanField, sent: string, currency?: string) =>
    faultText(told(field, faults[field]), currency) ?? messageFor(sent)
  return (
    <Stack gap={4}>
      <div onBlur={leave('amount')}>
        <AmountField
          label={t('simulator.loan.amount')}
          currency={product.currency}
          value={ask.amount}
          least={product.amount_min.amount}
          most={own ? null : product.amount_max.amount}
          error={error('amount', 'principal', product.currency)}
          onChange={(amount) => onChange({ amount })}
        />
      </div>
      <div onBlur={leave('count')}>
        <CountField
          label={t(monthly ? 'simulator.loan.months' : 'simulator.loan.instalments')}
          value={ask.count}
          least={least}
          most={most}
          hint={t(monthly ? 'simulator.loan.months_hint' : 'simulator.loan.instalments_hint', {
            least,
            most,
          })}
          error={error('count', 'instalments')}
          onChange={(count) => onChange({ count })}
        />
      </div>
      <div className={styles.pair}>
        {product.frequencies.length > 1 && (
          <SelectField
            label={t('simulator.loan.frequency')}
            value={frequencyKey(frequency)}
            error={messageFor('frequency')}
            options={product.frequencies.map((each) => ({
              value: frequencyKey(each),
              label: each.label,
            }))}
            onChange={(event) => onChange({ frequency: event.currentTarget.value })}
          />
        )}
        {product.methods.length > 1 && (
          <SelectField
            label={t('simulator.loan.method')}
            hint={chosen?.words}
            value={ask.method}
            error={messageFor('method')}
            options={product.methods.map(({ code, name }) => ({ value: code, label: name }))}
            onChange={(event) => onChange({ method: event.currentTarget.value })}
          />
        )}
        <div onBlur={leave('firstDueOn')}>
          <DateField
            label={t('simulator.loan.first_due')}
            optional
            hint={t('simulator.loan.first_due_hint')}
            value={ask.firstDueOn}
            min={firstDay}
            max={lastDay}
            error={error('firstDueOn', 'first_due_on')}
            onChange={(firstDueOn) => onChange({ firstDueOn })}
          />
        </div>
      </div>
      <Options product={product} ask={ask} onChange={onChange} />
      {needsBirthDate(ask, product) && (
        <div onBlur={leave('birthDate')}>
          <DateField
            label={t('simulator.loan.birth_date')}
            required
            hint={t('simulator.loan.birth_date_hint')}
            value={ask.birthDate}
            max={businessDate}
            error={error('birthDate', 'insured')}
            onChange={(birthDate) => onChange({ birthDate })}
          />
        </div>
      )}
      {!own && (
        <p className={styles.rate}>
          {t('simulator.loan.rate_line', {
            nominal: percentText(formats, rateAt(product, ask.amount)),
          })}
        </p>
      )}
    </Stack>
  )
}

type OptionsProps = Pick<LoanFormProps, 'product' | 'ask' | 'onChange'>

function Options({ product, ask, onChange }: OptionsProps) {
  const t = useT()
  const optional = product.options.filter((option) => option.optional)
  if (optional.length === 0) return null
  return (
    <fieldset className={styles.group}>
      <legend>{t('simulator.loan.options')}</legend>
      {optional.map((option) => (
        <CheckField
          key={option.code}
          label={option.name}
          checked={ask.options.includes(option.code)}
          onChange={(wanted) =>
            onChange({
              options: wanted
                ? [...ask.options, option.code]
                : ask.options.filter((code) => code !== option.code),
            })
          }
        />
      ))}
    </fieldset>
  )
}

/** The published nominal rate of an amount: of its tier, or the first. */
function rateAt(product: LoanProduct, amount: string): string {
  const tier = product.tiers.find(
    ({ from_amount: from, to_amount: to }) =>
      amount !== '' &&
      compareAmounts(amount, from.amount) >= 0 &&
      (!to || compareAmounts(amount, to.amount) <= 0),
  )
  return tier?.nominal ?? product.nominal
}
