import { compareAmounts, isZero, useFormats, useT, type MoneyText } from '@minga/i18n'
import { Card, Money, Stack, StackChart, Stat, Stats, type StackPoint } from '@minga/ui'
import { sumAmounts } from '@minga/i18n'
import type { LoanProduct, LoanRow, LoanSimulation } from '../api'
import { percentText } from '../figures'
import { Headline } from '../parts/headline'
import { Notices, type ReaderNotice } from '../parts/notices'
import { ScheduleTable, type ScheduleColumn } from '../parts/schedule-table'
import styles from '../parts/result.module.css'

type LoanResultProps = { answer: LoanSimulation; product: LoanProduct | undefined }

/** The loan at a glance: what is paid each time and what it costs. */
export function LoanSummary({ answer }: { answer: LoanSimulation }) {
  const t = useT()
  const formats = useFormats()
  const { totals, rate, total_cost: cost, disbursement } = answer
  const level =
    compareAmounts(answer.first_instalment.amount, answer.regular_instalment.amount) === 0
  const varies = !level || gapOf(answer)
  return (
    <Stack gap={4}>
      <Headline
        label={t(varies ? 'simulator.loan.first_instalment' : 'simulator.loan.instalment')}
        figure={formats.money(varies ? answer.first_instalment : answer.regular_instalment)}
        detail={
          varies
            ? t('simulator.loan.last_instalment', {
                count: answer.instalments,
                frequency: answer.frequency.toLocaleLowerCase(formats.language),
                last: formats.money(answer.last_instalment),
              })
            : t('simulator.loan.instalment_detail', {
                count: answer.instalments,
                frequency: answer.frequency.toLocaleLowerCase(formats.language),
              })
        }
      />
      <Card>
        <div className={styles.figures}>
          <Stats>
            <Stat
              label={t('simulator.loan.total_interest')}
              value={<Money value={totals.interest} />}
            />
            <Stat
              label={t('simulator.loan.total_cost')}
              value={<Money value={totals.cost} />}
              note={t('simulator.loan.total_cost_note')}
            />
            <Stat
              label={t('simulator.loan.annual_cost')}
              value={cost.annual === null ? t('simulator.none') : percentText(formats, cost.annual)}
              note={t('simulator.loan.annual_cost_note')}
            />
            <Stat
              label={t('simulator.loan.total_paid')}
              value={<Money value={totals.paid} />}
              note={t('simulator.loan.dates', {
                first: formats.date(answer.first_due_on),
                last: formats.date(answer.last_due_on),
              })}
            />
            <Stat
              label={t('simulator.loan.nominal')}
              value={percentText(formats, rate.nominal)}
              note={t('simulator.loan.effective', { rate: percentText(formats, rate.effective) })}
            />
            <Stat
              label={t('simulator.loan.received')}
              value={<Money value={disbursement.net} />}
              note={
                compareAmounts(disbursement.net.amount, disbursement.drawn.amount) === 0
                  ? formats.date(answer.disbursed_on)
                  : t('simulator.loan.withheld', {
                      items: disbursement.items.map(({ name }) => name).join(', '),
                    })
              }
            />
          </Stats>
        </div>
      </Card>
      <LoanChart answer={answer} />
    </Stack>
  )
}

function LoanChart({ answer }: { answer: LoanSimulation }) {
  const t = useT()
  const formats = useFormats()
  const points = loanPoints(answer.rows, (row) => formats.date(row.due_on))
  const extras = hasExtras(answer)
  const series = [
    t('simulator.loan.principal'),
    t('simulator.loan.interest'),
    ...(extras ? [t('simulator.loan.extras')] : []),
  ]
  const yearly = points.length < answer.rows.length
  return (
    <Card>
      <StackChart
        title={t(yearly ? 'simulator.loan.chart_yearly' : 'simulator.loan.chart')}
        along={t('simulator.loan.chart_along')}
        series={series}
        points={
          extras ? points : points.map((point) => ({ ...point, values: point.values.slice(0, 2) }))
        }
      />
    </Card>
  )
}

/** Whether the last instalment differs by more than what rounding leaves. */
function gapOf(answer: LoanSimulation): boolean {
  const middle = answer.rows.slice(1, -1)
  return middle.some(
    (row) => compareAmounts(row.instalment.amount, answer.first_instalment.amount) !== 0,
  )
}

/** The loan in full: its table and how it is reckoned. */
export function LoanDetail({ answer, product }: LoanResultProps) {
  const t = useT()
  return (
    <Stack>
      <Card title={t('simulator.loan.table')}>
        <LoanTable answer={answer} />
      </Card>
      <Card title={t('simulator.how')}>
        <div className={styles.words}>
          <p>
            <strong>{answer.formula.name}.</strong> {answer.formula.words}
          </p>
          <p>{answer.formula.day_count_words}.</p>
          <Requirements answer={answer} product={product} />
        </div>
      </Card>
      <Notices notices={loanNotices(answer)} />
    </Stack>
  )
}

function Requirements({ answer, product }: LoanResultProps) {
  const t = useT()
  const needed = (product?.requirements ?? []).filter(
    ({ from_amount: from }) => compareAmounts(answer.principal.amount, from.amount) >= 0,
  )
  if (needed.length === 0) return null
  return (
    <>
      <h3>{t('simulator.loan.requirements')}</h3>
      <ul>
        {needed.map(({ text }) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </>
  )
}

export function loanNotices(answer: LoanSimulation): ReaderNotice[] {
  const tones: Record<string, ReaderNotice['tone']> = { warning: 'warn', confirm: 'confirm' }
  return answer.notices.map(({ code, severity, text }) => ({
    code,
    text,
    tone: tones[severity] ?? 'info',
  }))
}

const hasExtras = ({ totals }: LoanSimulation) =>
  !isZero(totals.charges.amount) || !isZero(totals.insurance.amount)

/** What is kept from the money on the day it is paid out: it counts in the totals, and in no instalment. */
export function withheldAtStart({ disbursement, currency }: LoanSimulation) {
  const { interest, charges, insurance, drawn } = disbursement
  const amount = sumAmounts([interest, charges, insurance].map((each) => each.amount))
  return isZero(amount)
    ? undefined
    : { interest, charges, insurance, instalment: { amount, currency }, balance: drawn }
}

function LoanTable({ answer }: { answer: LoanSimulation }) {
  const t = useT()
  const formats = useFormats()
  const plain = (value: MoneyText) => formats.money(value, { currency: 'none' })
  const { totals } = answer
  const withheld = withheldAtStart(answer)
  const charged = !isZero(totals.charges.amount)
  const insured = !isZero(totals.insurance.amount)
  const part = (key: 'principal' | 'interest' | 'charges' | 'insurance' | 'balance') => ({
    key,
    label: t(`simulator.loan.${key}`),
    place: 'part' as const,
    cell: (row: LoanRow) => plain(row[key]),
  })
  const columns: ScheduleColumn<LoanRow>[] = [
    {
      key: 'due',
      label: t('simulator.loan.due'),
      place: 'lead',
      cell: (row) => `${row.number} · ${formats.date(row.due_on)}`,
    },
    part('principal'),
    part('interest'),
    ...(charged ? [part('charges')] : []),
    ...(insured ? [part('insurance')] : []),
    {
      key: 'instalment',
      label: t('simulator.loan.instalment_column'),
      place: 'sum',
      cell: (row) => plain(row.instalment),
    },
    part('balance'),
  ]
  return (
    <ScheduleTable
      title={t('simulator.loan.table')}
      columns={columns}
      rows={answer.rows}
      rowKey={(row) => row.number}
      start={
        withheld && {
          due: `${t('simulator.loan.disbursement')} · ${formats.date(answer.disbursed_on)}`,
          interest: plain(withheld.interest),
          charges: plain(withheld.charges),
          insurance: plain(withheld.insurance),
          instalment: plain(withheld.instalment),
          balance: plain(withheld.balance),
        }
      }
      totals={{
        principal: plain(totals.principal),
        interest: plain(totals.interest),
        charges: plain(totals.charges),
        insurance: plain(totals.insurance),
        instalment: plain(totals.paid),
      }}
    />
  )
}

/** More columns than this are read better by year. */
const MOST_POINTS = 72

/** Principal, interest, and charges with insurance of each instalment, or of each year of a long loan. */
export function loanPoints(rows: LoanRow[], labelOf: (row: LoanRow) => string): StackPoint[] {
  const point = (label: string, group: LoanRow[]): StackPoint => {
    const currency = group[0]?.principal.currency ?? ''
    const sum = (pick: (row: LoanRow) => MoneyText[]) => ({
      amount: sumAmounts(group.flatMap(pick).map(({ amount }) => amount)),
      currency,
    })
    return {
      label,
      values: [
        sum((row) => [row.principal]),
        sum((row) => [row.interest]),
        sum((row) => [row.charges, row.insurance]),
      ].map((value) => (compareAmounts(value.amount, '0') < 0 ? { ...value, amount: '0' } : value)),
    }
  }
  if (rows.length <= MOST_POINTS) return rows.map((row) => point(labelOf(row), [row]))
  const years = new Map<string, LoanRow[]>()
  for (const row of rows) {
    const year = row.due_on.slice(0, 4)
    years.set(year, [...(years.get(year) ?? []), row])
  }
  return [...years].map(([year, group]) => point(year, group))
}
