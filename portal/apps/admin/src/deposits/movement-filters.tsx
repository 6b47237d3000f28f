import { useFormats, useT } from '@minga/i18n'
import { DateRange, MoneyInput, SelectField, TextField, type Range } from '@minga/ui'
import { useBusinessDate } from '../app/me'
import type { MovementSearch } from './accounts'
import styles from './deposits.module.css'
import { useStatementPeriods, type StatementPeriod } from './servicing'

const CHANNELS = ['console', 'portal', 'system']
export const MOST_MONTHS = 24

type FiltersProps = {
  account: string
  currency: string
  period: Range
  search: MovementSearch
  onPeriod: (period: Range) => void
  onSearch: (search: MovementSearch) => void
}

/** Which movements are shown: by dates or by statement, and by code, channel and amount. */
export function MovementFilters(props: FiltersProps) {
  const { account, currency, period, search, onPeriod, onSearch } = props
  const t = useT()
  const today = useBusinessDate()
  const cycles = useStatementPeriods(account).data ?? []
  const nameOf = useCycleName()
  const narrowed = [search.code, search.channel, search.least, search.most].some(Boolean)
  return (
    <div className={styles.filterStack} data-screen-only>
      <div className={styles.filterRow}>
        {cycles.length > 0 && (
          <SelectField
            label={t('admin.movements.period')}
            placeholder={t('admin.movements.by_dates')}
            options={cycles.map((cycle) => ({ value: cycle.cycle, label: nameOf(cycle) }))}
            value={search.cycle}
            onChange={(event) => onSearch({ ...search, cycle: event.currentTarget.value })}
          />
        )}
        {search.cycle === '' && (
          <DateRange
            value={period}
            onChange={onPeriod}
            limits={{ last: today, maxMonths: MOST_MONTHS }}
          />
        )}
      </div>
      <details className={styles.narrow} open={narrowed || undefined}>
        <summary>{t('admin.movements.narrow')}</summary>
        <div className={styles.pair}>
          <TextField
            label={t('admin.movements.code')}
            autoCapitalize="characters"
            spellCheck={false}
            maxLength={30}
            value={search.code}
            onChange={(event) => onSearch({ ...search, code: event.currentTarget.value })}
          />
          <SelectField
            label={t('admin.channel')}
            placeholder={t('admin.all')}
            options={CHANNELS.map((value) => ({
              value,
              label: t(`admin.channel.${value}`, value),
            }))}
            value={search.channel}
            onChange={(event) => onSearch({ ...search, channel: event.currentTarget.value })}
          />
          <MoneyInput
            label={t('admin.movements.least')}
            currency={currency}
            value={search.least}
            onChange={(least) => onSearch({ ...search, least })}
          />
          <MoneyInput
            label={t('admin.movements.most')}
            currency={currency}
            value={search.most}
            onChange={(most) => onSearch({ ...search, most })}
          />
        </div>
      </details>
    </div>
  )
}

/** A statement cycle in words: the one that runs, or the days of one that was issued. */
function useCycleName() {
  const t = useT()
  const formats = useFormats()
  return ({ first, last, issued }: StatementPeriod) =>
    issued
      ? t('admin.movements.statement_of', { from: formats.date(first), to: formats.date(last) })
      : t('admin.movements.current_cycle', { from: formats.date(first) })
}
