import { compareAmounts, isZero, sumAmounts, useFormats, useT, type MoneyText } from '@minga/i18n'
import { Card, Money, Stack, StackChart, Stat, Stats, type StackPoint } from '@minga/ui'
import type { TermRow, TermSimulation } from '../api'
import { percentText } from '../figures'
import { Headline } from '../parts/headline'
import { Notices, type ReaderNotice } from '../parts/notices'
import styles from '../parts/result.module.css'
import { ScheduleTable, type ScheduleColumn } from '../parts/schedule-table'

/** The deposit at a glance: what is earned, withheld and received. */
export function TermSummary({ answer }: { answer: TermSimulation }) {
  const t = useT()
  const formats = useFormats()
  const { totals, withholding } = answer
  const atOnce = compareAmounts(totals.received.amount, totals.maturity_amount.amount) === 0
  return (
    <Stack gap={4}>
      <Headline
        label={t('simulator.term.net')}
        figure={formats.money(totals.net)}
        detail={t(atOnce ? 'simulator.term.at_once' : 'simulator.term.in_all', {
          total: formats.money(totals.received),
          date: formats.date(answer.maturity_date, 'long'),
        })}
      />
      <Card>
        <div className={styles.figures}>
          <Stats>
            <Stat label={t('simulator.term.gross')} value={<Money value={totals.interest} />} />
            <Stat
              label={t('simulator.term.withheld')}
              value={<Money value={totals.withheld} />}
              note={
                isZero(totals.withheld.amount)
                  ? t('simulator.term.not_withheld')
                  : t('simulator.term.withheld_note', {
                      rate: percentText(formats, withholding.percent),
                    })
              }
            />
            <Stat
              label={t('simulator.term.maturity_amount')}
              value={<Money value={totals.maturity_amount} />}
            />
            <Stat
              label={t('simulator.term.maturity')}
              value={formats.date(answer.maturity_date)}
              note={t('simulator.term.days_count', { count: answer.term_days })}
            />
            <Stat
              label={t('simulator.term.nominal')}
              value={percentText(formats, answer.nominal_rate)}
            />
            <Stat
              label={t('simulator.term.effective')}
              value={percentText(formats, answer.effective_rate)}
              note={
                answer.net_yield === null
                  ? undefined
                  : t('simulator.term.net_yield', { rate: percentText(formats, answer.net_yield) })
              }
            />
          </Stats>
        </div>
      </Card>
      <Cancellation answer={answer} />
      <GrowthChart answer={answer} />
    </Stack>
  )
}

function GrowthChart({ answer }: { answer: TermSimulation }) {
  const t = useT()
  const formats = useFormats()
  const taxed = !isZero(answer.totals.withheld.amount)
  const series = [t('simulator.term.growth_net'), ...(taxed ? [t('simulator.term.withheld')] : [])]
  return (
    <Card>
      <StackChart
        shape="area"
        title={t('simulator.term.chart')}
        along={t('simulator.term.chart_along')}
        series={series}
        points={growthPoints(answer, formats.date).map((point) => ({
          ...point,
          values: point.values.slice(0, series.length),
        }))}
      />
    </Card>
  )
}

function Cancellation({ answer }: { answer: TermSimulation }) {
  const t = useT()
  const formats = useFormats()
  const cancelled = answer.early_cancellation
  if (cancelled === null) return null
  return (
    <Card title={t('simulator.term.cancelled', { date: formats.date(cancelled.date) })}>
      <div className={styles.figures}>
        <Stats>
          <Stat
            label={t('simulator.term.cancelled_received')}
            value={<Money value={cancelled.received} />}
            tone="warn"
          />
          <Stat
            label={t('simulator.term.cancelled_interest')}
            value={<Money value={cancelled.interest} />}
          />
          <Stat label={t('simulator.term.penalty')} value={<Money value={cancelled.penalty} />} />
        </Stats>
      </div>
    </Card>
  )
}

/** The deposit in full: its payments and how it is reckoned. */
export function TermDetail({ answer }: { answer: TermSimulation }) {
  const t = useT()
  const formats = useFormats()
  const taxed = !isZero(answer.totals.withheld.amount)
  return (
    <Stack>
      <Card title={t('simulator.term.table')}>
        <TermTable answer={answer} taxed={taxed} />
      </Card>
      <Card title={t('simulator.how')}>
        <div className={styles.words}>
          <p>{answer.formula.words}</p>
          <p>
            <strong>{answer.formula.worked}</strong>
          </p>
          {answer.grace !== null && (
            <p>
              {t('simulator.term.grace', {
                days: answer.grace.days,
                until: formats.date(answer.grace.until),
                rate: percentText(formats, answer.grace.rate_percent),
              })}
            </p>
          )}
        </div>
      </Card>
      <Notices notices={termNotices(answer)} />
    </Stack>
  )
}

export function termNotices(answer: TermSimulation): ReaderNotice[] {
  return answer.notices.map(({ code, text, important }) => ({
    code,
    text,
    tone: important ? 'confirm' : 'info',
  }))
}

function TermTable({ answer, taxed }: { answer: TermSimulation; taxed: boolean }) {
  const t = useT()
  const formats = useFormats()
  const plain = (value: MoneyText) => formats.money(value, { currency: 'none' })
  const { totals } = answer
  const part = (key: 'interest' | 'withheld' | 'net' | 'capital', label: string) => ({
    key,
    label: t(label),
    place: 'part' as const,
    cell: (row: TermRow) => plain(row[key]),
  })
  const columns: ScheduleColumn<TermRow>[] = [
    {
      key: 'date',
      label: t('simulator.term.date'),
      place: 'lead',
      cell: (row) => `${row.number} · ${formats.date(row.date)}`,
    },
    part('interest', 'simulator.term.interest'),
    ...(taxed ? [part('withheld', 'simulator.term.withheld')] : []),
    part('net', 'simulator.term.net_column'),
    part('capital', 'simulator.term.capital'),
    {
      key: 'paid',
      label: t('simulator.term.paid'),
      place: 'sum',
      cell: (row) => plain(row.paid),
    },
  ]
  return (
    <ScheduleTable
      title={t('simulator.term.table')}
      columns={columns}
      rows={answer.rows}
      rowKey={(row) => row.number}
      totals={{
        interest: plain(totals.interest),
        withheld: plain(totals.withheld),
        net: plain(totals.net),
        paid: plain(totals.received),
      }}
    />
  )
}

/** What has been earned by each payment, net and withheld, from nothing on the first day. */
export function growthPoints(
  answer: TermSimulation,
  dateOf: (iso: string) => string,
): StackPoint[] {
  const { currency } = answer.amount
  const value = (amount: string) => ({ amount, currency })
  const nothing = { label: dateOf(answer.opening_date), values: [value('0'), value('0')] }
  const grown = answer.rows.map((row, index) => {
    const past = answer.rows.slice(0, index + 1)
    return {
      label: dateOf(row.date),
      values: [
        value(sumAmounts(past.map(({ net }) => net.amount))),
        value(sumAmounts(past.map(({ withheld }) => withheld.amount))),
      ],
    }
  })
  return [nothing, ...grown]
}
