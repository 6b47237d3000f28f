import { useFormats, useT } from '@minga/i18n'
import {
  Button,
  Card,
  DataTable,
  DateRange,
  DateText,
  EmptyState,
  ExportMenu,
  Money,
  PageHeader,
  PrintHeader,
  SelectField,
  Stack,
  Stat,
  Stats,
  rangeFault,
  startOfMonth,
  useToast,
  type Column,
} from '@minga/ui'
import { useState } from 'react'
import { useNavigate, useParams, useSearchParams } from 'react-router'
import { Asked } from '../app/asked'
import { useBranches, useBusinessDate } from '../app/me'
import { ProblemNotice } from '../app/problem-notice'
import { useRunning } from '../platform/reports/reports'
import styles from './accounting.module.css'
import { useLedgerAccount, useLedgerMovements, type LedgerMovement } from './ledger'

const REPORT = 'account_movements'
const MOST_MONTHS = 13

/** The ledger of one account: its movements between two dates, each leading to its entry. */
export default function LedgerPage() {
  const t = useT()
  const formats = useFormats()
  const toast = useToast()
  const { code = '' } = useParams()
  const [params] = useSearchParams()
  const today = useBusinessDate()
  const branches = useBranches()
  const running = useRunning()
  const account = useLedgerAccount(code)
  const [branch, setBranch] = useState(params.get('branch') ?? '')
  const [chosen, setPeriod] = useState({ from: '', to: params.get('to') ?? '' })
  const last = chosen.to || today
  const period = chosen.from === '' ? { from: startOfMonth(last), to: last } : chosen
  const valid = rangeFault(period, { last: today, maxMonths: MOST_MONTHS }) === null
  const query = { account: code, ...period, ...(branch === '' ? {} : { branch }) }
  const movements = useLedgerMovements(query, valid)
  const asReport = {
    account: code,
    since: period.from,
    until: period.to,
    ...(branch === '' ? {} : { branch }),
  }
  const take = (format: 'pdf' | 'csv' | 'xlsx') =>
    running.mutate(
      { code: REPORT, filters: asReport, format },
      { onSuccess: () => toast(t('admin.reports.made')) },
    )
  const title = account.data ? `${code} ${account.data.name}` : code
  return (
    <Stack>
      <PrintHeader
        title={title}
        lines={[valid ? `${formats.date(period.from)} – ${formats.date(period.to)}` : '']}
      />
      <PageHeader
        title={title}
        back={{ to: '/accounting/trial-balance', label: t('admin.trial.title') }}
        actions={
          <ExportMenu busy={running.isPending} onExport={take} onPrint={() => window.print()} />
        }
      />
      <ProblemNotice error={running.error} />
      <Card flush>
        <div className={styles.filters} data-screen-only>
          <DateRange
            value={period}
            onChange={setPeriod}
            limits={{ last: today, maxMonths: MOST_MONTHS }}
          />
          <SelectField
            label={t('admin.branch')}
            placeholder={t('admin.trial.consolidated')}
            options={(branches.data ?? []).map((one) => ({
              value: one.code,
              label: `${one.code} · ${one.name}`,
            }))}
            value={branch}
            onChange={(event) => setBranch(event.currentTarget.value)}
          />
        </div>
        <Asked query={movements}>
          {({ pages }) => {
            const first = pages[0]
            return (
              <>
                {first && (
                  <div className={styles.sums}>
                    <Stats>
                      {(['opening', 'debits', 'credits', 'closing'] as const).map((id) => (
                        <Stat
                          key={id}
                          label={t(`admin.trial.${id}`)}
                          value={<Money value={first[id]} />}
                        />
                      ))}
                    </Stats>
                  </div>
                )}
                <MovementTable movements={pages.flatMap((page) => page.items)} />
              </>
            )
          }}
        </Asked>
        {movements.hasNextPage && (
          <div className={styles.more} data-screen-only>
            <Button
              busy={movements.isFetchingNextPage}
              onClick={() => void movements.fetchNextPage()}
            >
              {t('admin.more')}
            </Button>
          </div>
        )}
      </Card>
    </Stack>
  )
}

function MovementTable({ movements }: { movements: LedgerMovement[] }) {
  const t = useT()
  const navigate = useNavigate()
  const side = (id: 'debit' | 'credit'): Column<LedgerMovement> => ({
    id,
    header: t(`admin.side.${id}`),
    type: 'amount',
    cell: (movement) => {
      const money = movement[id]
      return money && <Money value={money} currency="none" />
    },
  })
  const columns: Column<LedgerMovement>[] = [
    {
      id: 'date',
      header: t('admin.movements.date'),
      cell: (movement) => <DateText value={movement.business_date} />,
    },
    { id: 'branch', header: t('admin.branch'), cell: (movement) => movement.branch },
    {
      id: 'narrative',
      header: t('admin.movements.description'),
      cell: (movement) => (
        <span className={styles.words}>
          <span>{movement.narrative || movement.code}</span>
          <small>{`${movement.code} · ${movement.actor}`}</small>
        </span>
      ),
    },
    side('debit'),
    side('credit'),
    {
      id: 'balance',
      header: t('admin.movements.balance'),
      type: 'amount',
      cell: (movement) => <Money value={movement.balance} currency="none" />,
    },
  ]
  return (
    <DataTable
      caption={t('admin.ledger.movements')}
      columns={columns}
      rows={movements}
      rowId={(movement) =>
        [movement.entry_id, movement.branch, movement.balance.amount, movement.posted_at].join('~')
      }
      onOpen={(movement) => void navigate(`/accounting/entries/${movement.entry_id}`)}
      empty={<EmptyState icon="list" title={t('admin.ledger.none')} />}
    />
  )
}
