import { useFormats, useT } from '@minga/i18n'
import {
  Card,
  DataTable,
  DateRange,
  DateText,
  EmptyState,
  Line,
  Money,
  Stack,
  rangeFault,
  startOfMonth,
  type Column,
} from '@minga/ui'
import { useState } from 'react'
import { Asked } from '../app/asked'
import { useBusinessDate } from '../app/me'
import { useInterest, type Account } from './accounts'
import styles from './deposits.module.css'

const MOST_MONTHS = 12

/** The interest of an account day by day, exactly as it accrues. */
export function InterestTab({ account }: { account: Account }) {
  const t = useT()
  const formats = useFormats()
  const today = useBusinessDate()
  const [chosen, setPeriod] = useState({ from: '', to: '' })
  const period = chosen.to === '' ? { from: startOfMonth(today), to: today } : chosen
  const limits = { last: today, maxMonths: MOST_MONTHS }
  const interest = useInterest(account.id, period, rangeFault(period, limits) === null)
  type Day = NonNullable<typeof interest.data>[number]
  const columns: Column<Day>[] = [
    {
      id: 'date',
      header: t('admin.movements.date'),
      value: (day) => day.day,
      cell: (day) => <DateText value={day.day} />,
    },
    {
      id: 'balance',
      header: t('admin.movements.balance'),
      type: 'amount',
      value: (day) => day.balance.amount,
      cell: (day) => <Money value={day.balance} />,
    },
    {
      id: 'interest',
      header: t('admin.interest.day'),
      type: 'amount',
      value: (day) => day.interest,
      cell: (day) => formats.number(day.interest),
    },
    {
      id: 'cumulative',
      header: t('admin.interest.cumulative'),
      type: 'amount',
      value: (day) => day.cumulative,
      cell: (day) => formats.number(day.cumulative),
    },
  ]
  return (
    <Card flush>
      <div className={styles.filters} data-screen-only>
        <DateRange value={period} onChange={setPeriod} limits={limits} />
      </div>
      <Asked query={interest}>
        {(days) => (
          <Stack>
            {days.length > 1 && (
              <div className={styles.chart} data-screen-only>
                <Line
                  title={t('admin.interest.balances')}
                  name={t('admin.movements.balance')}
                  points={days.map((day) => ({
                    label: formats.date(day.day),
                    value: day.balance,
                  }))}
                />
              </div>
            )}
            <DataTable
              caption={t('admin.account.interest')}
              columns={columns}
              rows={days}
              rowId={(day) => day.day}
              empty={<EmptyState icon="savings" title={t('admin.interest.none')} />}
            />
          </Stack>
        )}
      </Asked>
    </Card>
  )
}
