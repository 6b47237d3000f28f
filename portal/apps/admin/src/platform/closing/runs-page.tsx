import { useFormats, useT } from '@minga/i18n'
import {
  Button,
  Card,
  DataTable,
  DateText,
  DateTimeText,
  EmptyState,
  PageHeader,
  Stack,
  useIntention,
  type Column,
} from '@minga/ui'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { renewing } from '../../app/renewing'
import { Asked } from '../../app/asked'
import { useMay, useMe } from '../../app/me'
import { ProblemNotice } from '../../app/problem-notice'
import { BranchDays } from './branch-days'
import { Dues } from './dues'
import { isWaiting, useOperating, useRuns, type Run } from './closing'
import { clockText, secondsBetween } from './progress'
import { RunState } from './run-state'
import styles from './closing.module.css'
import { StartDialog } from './start-dialog'
import { WaitingBadge, WaitingDays } from './start-of-day'

const MOST_SHOWN = 15

/** The end of day: where each branch stands, the run that is due, and every run there was. */
export default function RunsPage() {
  const t = useT()
  const may = useMay()
  const navigate = useNavigate()
  const runs = useRuns()
  const { start } = useOperating()
  const { key, renew } = useIntention()
  const [asking, setAsking] = useState(false)
  const { business_dates: days } = useMe()
  const due = days.map((day) => day.business_date).sort()[0]
  const current = runs.data?.find((run) => run.state === 'running' || run.state === 'failed')
  const unstarted = runs.data?.some((run) => isWaiting(run) && run.open_date === due) ?? false
  const begin = (businessDate: string) =>
    start.mutate(
      { businessDate, key },
      {
        onSuccess: (run) => void navigate(`/closing/${run.id}`),
        onSettled: (data, error) => {
          renewing(renew)(data, error)
          setAsking(false)
        },
      },
    )
  return (
    <Stack>
      <PageHeader
        title={t('admin.closing.title')}
        subtitle={t('admin.closing.text')}
        actions={
          may('platform.run_closing') &&
          due !== undefined && (
            <Button
              tone="primary"
              icon="moon"
              disabled={current !== undefined || unstarted}
              onClick={() => setAsking(true)}
            >
              {t('admin.closing.start')}
            </Button>
          )
        }
      />
      <ProblemNotice error={start.error} />
      <WaitingDays runs={runs.data ?? []} />
      <BranchDays days={days} />
      <Dues days={days} />
      <Card title={t('admin.closing.runs')} flush>
        <Asked query={runs}>
          {(found) => (
            <RunTable runs={found} onOpen={(run) => void navigate(`/closing/${run.id}`)} />
          )}
        </Asked>
      </Card>
      {asking && due !== undefined && (
        <StartDialog
          businessDate={due}
          branches={days.filter((day) => day.business_date === due)}
          busy={start.isPending}
          onStart={() => begin(due)}
          onClose={() => setAsking(false)}
        />
      )}
    </Stack>
  )
}

function RunTable({ runs, onOpen }: { runs: Run[]; onOpen: (run: Run) => void }) {
  const t = useT()
  const formats = useFormats()
  const [now] = useState(() => Date.now())
  const [most, setMost] = useState(MOST_SHOWN)
  const lasting = (run: Run) => secondsBetween(run.started_at, run.finished_at, now) ?? 0
  const longest = Math.max(1, ...runs.map(lasting))
  const columns: Column<Run>[] = [
    {
      id: 'date',
      header: t('admin.closing.business_date'),
      value: (run) => run.business_date,
      cell: (run) => <DateText value={run.business_date} style="weekday" />,
    },
    {
      id: 'state',
      header: t('admin.closing.state'),
      value: (run) => run.state,
      cell: (run) => (
        <>
          <RunState state={run.state} /> <WaitingBadge run={run} />
        </>
      ),
    },
    {
      id: 'started',
      header: t('admin.closing.started'),
      value: (run) => run.started_at,
      cell: (run) => <DateTimeText value={run.started_at} />,
      wideOnly: true,
    },
    {
      id: 'branches',
      header: t('admin.closing.branches'),
      type: 'number',
      value: (run) => run.branches.length,
    },
    {
      id: 'records',
      header: t('admin.closing.records'),
      type: 'number',
      value: (run) => run.records,
      cell: (run) => formats.number(String(run.records)),
    },
    {
      id: 'duration',
      header: t('admin.closing.duration'),
      type: 'number',
      value: lasting,
      cell: (run) => (
        <span className={styles.duration}>
          <span
            className={styles.durationBar}
            style={{ transform: `scaleX(${lasting(run) / longest})` }}
            aria-hidden="true"
          />
          <span>{clockText(lasting(run), formats.decimalMark)}</span>
        </span>
      ),
    },
  ]
  return (
    <DataTable
      caption={t('admin.closing.runs')}
      columns={columns}
      rows={runs.slice(0, most)}
      rowId={(run) => run.id}
      onOpen={onOpen}
      after={
        runs.length > most && (
          <div className={styles.more}>
            <Button onClick={() => setMost(most + MOST_SHOWN)}>{t('admin.more')}</Button>
          </div>
        )
      }
      empty={
        <EmptyState
          icon="moon"
          title={t('admin.closing.none')}
          description={t('admin.closing.none_text')}
        />
      }
    />
  )
}
