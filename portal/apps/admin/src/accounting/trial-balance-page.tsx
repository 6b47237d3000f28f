import { isZero, useFormats, useT } from '@minga/i18n'
import {
  Badge,
  Card,
  CheckField,
  DataTable,
  DateField,
  EmptyState,
  ExportMenu,
  Money,
  Notice,
  PageHeader,
  PrintHeader,
  SelectField,
  Stack,
  useToast,
  type Column,
} from '@minga/ui'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { Asked } from '../app/asked'
import { useBranches, useBusinessDate, useMe } from '../app/me'
import { ProblemNotice } from '../app/problem-notice'
import { useRunning } from '../platform/reports/reports'
import styles from './accounting.module.css'
import {
  isQuiet,
  useTrialBalance,
  type BalanceQuery,
  type BalanceRow,
  type TrialBalance,
} from './ledger'

const REPORT = 'trial_balance'
const LEVELS = [1, 2, 3, 4, 5, 6]

/** The report of the same name calls the date `on`. */
function reportFilters({ date, ...rest }: BalanceQuery) {
  return { ...rest, ...(date === undefined ? {} : { on: date }) }
}

/** What every account held, moved and holds: of a branch or of all, to a date, down to a level. */
export default function TrialBalancePage() {
  const t = useT()
  const toast = useToast()
  const today = useBusinessDate()
  const { user } = useMe()
  const branches = useBranches()
  const running = useRunning()
  const [branch, setBranch] = useState('')
  const [typedDate, setDate] = useState('')
  const [level, setLevel] = useState('4')
  const [quiet, setQuiet] = useState(false)
  const [eliminate, setEliminate] = useState(false)
  const date = typedDate || today
  const query: BalanceQuery = {
    date,
    ...(branch === '' ? {} : { branch }),
    ...(level === '' ? {} : { level: Number(level) }),
    ...(eliminate ? { eliminate_interbranch: true } : {}),
  }
  const balance = useTrialBalance(query, date !== '')
  const scoped = (branches.data ?? []).filter(
    ({ code }) => user.branch_scope === 'all' || user.branches.includes(code),
  )
  const take = (format: 'pdf' | 'csv' | 'xlsx') =>
    running.mutate(
      { code: REPORT, filters: reportFilters(query), format },
      { onSuccess: () => toast(t('admin.reports.made')) },
    )
  return (
    <Stack>
      <Printed date={date} branch={branch} />
      <PageHeader
        title={t('admin.trial.title')}
        subtitle={t('admin.trial.text')}
        actions={
          <ExportMenu busy={running.isPending} onExport={take} onPrint={() => window.print()} />
        }
      />
      <ProblemNotice error={running.error} />
      <Card flush>
        <div className={styles.filters} data-screen-only>
          <SelectField
            label={t('admin.branch')}
            placeholder={t('admin.trial.consolidated')}
            options={scoped.map(({ code, name }) => ({ value: code, label: `${code} · ${name}` }))}
            value={branch}
            onChange={(event) => setBranch(event.currentTarget.value)}
          />
          <DateField label={t('admin.trial.date')} max={today} value={date} onChange={setDate} />
          <SelectField
            label={t('admin.trial.level')}
            placeholder={t('admin.trial.all_levels')}
            options={LEVELS.map((one) => ({ value: String(one), label: String(one) }))}
            value={level}
            onChange={(event) => setLevel(event.currentTarget.value)}
          />
          <CheckField label={t('admin.trial.quiet')} checked={quiet} onChange={setQuiet} />
          {branch === '' && (
            <CheckField
              label={t('admin.trial.eliminate')}
              checked={eliminate}
              onChange={setEliminate}
            />
          )}
        </div>
        <Asked query={balance}>
          {(found) => <BalanceTable balance={found} quiet={quiet} branch={branch} />}
        </Asked>
      </Card>
    </Stack>
  )
}

function Printed({ date, branch }: { date: string; branch: string }) {
  const t = useT()
  const formats = useFormats()
  const place = branch === '' ? t('admin.trial.consolidated') : `${t('admin.branch')} ${branch}`
  return (
    <PrintHeader
      title={t('admin.trial.title')}
      lines={[date === '' ? '' : formats.date(date, 'long'), place]}
    />
  )
}

type BalanceTableProps = { balance: TrialBalance; quiet: boolean; branch: string }

function BalanceTable({ balance, quiet, branch }: BalanceTableProps) {
  const t = useT()
  const navigate = useNavigate()
  const rows = balance.items.filter((row) => quiet || !isQuiet(row))
  const { totals } = balance
  const sound = isZero(totals.difference.amount)
  const figure = (id: 'opening' | 'debits' | 'credits' | 'closing'): Column<BalanceRow> => ({
    id,
    header: t(`admin.trial.${id}`),
    type: 'amount',
    sortable: false,
    cell: (row) => (
      <span className={styles.figure} data-level={Math.min(row.level, 4)}>
        <Money value={row[id]} currency="none" />
      </span>
    ),
    wideOnly: id !== 'closing',
  })
  const columns: Column<BalanceRow>[] = [
    {
      id: 'code',
      header: t('admin.trial.account'),
      cell: (row) => (
        <span
          className={styles.account}
          data-level={Math.min(row.level, 4)}
          style={{ paddingLeft: `${(row.level - 1) * 14}px` }}
        >
          <code>{row.code}</code> {row.name}
        </span>
      ),
    },
    figure('opening'),
    figure('debits'),
    figure('credits'),
    figure('closing'),
  ]
  const open = (row: BalanceRow) => {
    const place = branch === '' ? '' : `&branch=${branch}`
    void navigate(`/accounting/accounts/${row.code}?to=${balance.date}${place}`)
  }
  return (
    <>
      <div className={styles.proof}>
        {sound ? (
          <Badge tone="good">{t('admin.trial.sound')}</Badge>
        ) : (
          <Notice tone="bad">
            {t('admin.trial.unsound')} <Money value={totals.difference} />
          </Notice>
        )}
        <span>{t('admin.trial.currency', { currency: balance.currency })}</span>
      </div>
      <DataTable
        caption={t('admin.trial.title')}
        columns={columns}
        rows={rows}
        rowId={(row) => row.code}
        onOpen={open}
        empty={<EmptyState icon="list" title={t('admin.trial.none')} />}
        footer={[
          t('admin.total'),
          <Money key="opening" value={totals.opening} currency="none" />,
          <Money key="debits" value={totals.debits} currency="none" />,
          <Money key="credits" value={totals.credits} currency="none" />,
          <Money key="closing" value={totals.closing} currency="none" />,
        ]}
      />
    </>
  )
}
