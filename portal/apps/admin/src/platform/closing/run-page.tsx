import { useFormats, useT } from '@minga/i18n'
import {
  Button,
  Card,
  Notice,
  PageHeader,
  PrintHeader,
  ProgressBar,
  Stack,
  Stat,
  Stats,
  useIntention,
  useToast,
} from '@minga/ui'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useParams } from 'react-router'
import { renewing } from '../../app/renewing'
import { Asked } from '../../app/asked'
import { useMay } from '../../app/me'
import { OWN } from '../../app/queries'
import { ReasonDialog } from '../../app/reason-dialog'
import { BranchMatrix } from './branch-matrix'
import { isStopped, isWaiting, useOperating, useRun, type Run } from './closing'
import styles from './closing.module.css'
import { FailedSteps } from './failed-steps'
import { clockText, countsOf, phasesOf, secondsBetween, shareOfRun } from './progress'
import { RunState } from './run-state'
import { StartDayButton, WaitingBadge, WaitingDay } from './start-of-day'
import { StepTable } from './step-table'

/** One run of the end of day, live while it is under way. */
export default function RunPage() {
  const { id = '' } = useParams()
  const run = useRun(id)
  return <Asked query={run}>{(found) => <Shown run={found} />}</Asked>
}

/** The clock of the frame follows the run: its branches move on at the cut-over. */
function useDateOnTop({ state, pieces }: Run) {
  const queries = useQueryClient()
  useEffect(() => {
    void queries.invalidateQueries({ queryKey: [OWN, 'me'] })
  }, [queries, state, pieces])
}

function Shown({ run }: { run: Run }) {
  const t = useT()
  const formats = useFormats()
  useDateOnTop(run)
  const date = formats.date(run.business_date, 'weekday')
  return (
    <Stack>
      <PrintHeader title={t('admin.closing.run')} lines={[date, run.id]} />
      <PageHeader
        title={t('admin.closing.run_title', { date })}
        subtitle={
          <>
            <RunState state={run.state} /> <WaitingBadge run={run} />
          </>
        }
        back={{ to: '/closing', label: t('admin.closing.title') }}
        actions={<Actions run={run} />}
      />
      <Progress run={run} />
      {run.state === 'failed' && <FailedSteps run={run} />}
      {isStopped(run) && <Notice tone="warn">{t('admin.closing.stopped')}</Notice>}
      {isWaiting(run) && <WaitingDay run={run} />}
      {run.lacking > 0 && (
        <Notice tone="warn">{t('admin.closing.lacking', { count: run.lacking })}</Notice>
      )}
      {run.state === 'cancelled' && <Notice tone="warn">{run.error}</Notice>}
      {run.opening_requested_at && (
        <Notice tone="info">
          {t('admin.closing.day_asked_on', { when: formats.dateTime(run.opening_requested_at) })}
        </Notice>
      )}
      {run.resumed_at && (
        <Notice tone="info">
          {t('admin.closing.resumed_on', { when: formats.dateTime(run.resumed_at) })}
          {run.resume_reason && `: ${run.resume_reason}`}
        </Notice>
      )}
      <Card title={t('admin.closing.by_branch')} flush>
        <BranchMatrix run={run} />
      </Card>
      <Card title={t('admin.closing.steps')} flush>
        <StepTable steps={run.steps} />
      </Card>
    </Stack>
  )
}

function Actions({ run }: { run: Run }) {
  const t = useT()
  const may = useMay()
  const toast = useToast()
  const { retry, cancel } = useOperating()
  const { key, renew } = useIntention()
  const [asking, setAsking] = useState<'resume' | 'cancel' | null>(null)
  const close = () => setAsking(null)
  const goesOn = run.state === 'failed' || run.lacking > 0 || isStopped(run)
  if (!goesOn || !may('platform.run_closing'))
    return (
      <>
        <StartDayButton run={run} />
        <Button icon="print" onClick={() => window.print()}>
          {t('ui.export.print')}
        </Button>
      </>
    )
  const again = run.lacking > 0 ? 'admin.closing.make_lacking' : 'admin.closing.retry'
  const resume = (reason: string) =>
    retry.mutate(
      { id: run.id, reason, key },
      {
        onSuccess: () => {
          close()
          toast(t('admin.closing.resumed'))
        },
        onSettled: renewing(renew),
      },
    )
  return (
    <>
      <StartDayButton run={run} />
      <Button tone="primary" icon="refresh" onClick={() => setAsking('resume')}>
        {t(again)}
      </Button>
      {run.state === 'failed' && (
        <Button onClick={() => setAsking('cancel')}>{t('admin.closing.cancel')}</Button>
      )}
      {asking === 'resume' && (
        <ReasonDialog
          title={t('admin.closing.resume_title')}
          text={
            <p>{t(run.lacking > 0 ? 'admin.closing.lacking_note' : 'admin.closing.retry_note')}</p>
          }
          accept={t(again)}
          busy={retry.isPending}
          error={retry.error}
          onAccept={resume}
          onClose={close}
        />
      )}
      {asking === 'cancel' && (
        <ReasonDialog
          title={t('admin.closing.cancel_title')}
          text={<p>{t('admin.closing.cancel_text')}</p>}
          accept={t('admin.closing.cancel')}
          tone="danger"
          busy={cancel.isPending}
          error={cancel.error}
          onAccept={(reason) =>
            cancel.mutate(
              { id: run.id, reason, key },
              { onSuccess: close, onSettled: renewing(renew) },
            )
          }
          onClose={close}
        />
      )}
    </>
  )
}

/** The time now, moving while the run does. */
function useNow(moving: boolean): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (!moving) return
    const timer = window.setInterval(() => setNow(Date.now()), 1000)
    return () => window.clearInterval(timer)
  }, [moving])
  return now
}

function Progress({ run }: { run: Run }) {
  const t = useT()
  const formats = useFormats()
  const now = useNow(run.state === 'running' && !isStopped(run))
  const seconds = secondsBetween(run.started_at, run.finished_at, now) ?? 0
  const counts = countsOf(run.steps.filter((step) => step.step === 'close'))
  const share = shareOfRun(run)
  const tone = run.state === 'failed' ? 'bad' : run.state === 'completed' ? 'good' : 'brand'
  const figure = (count: number) => formats.number(String(count))
  return (
    <Card>
      <Stack gap={4}>
        <div aria-live="polite" className="visually-hidden">
          {t(`admin.closing.state.${run.state}`)}
        </div>
        <ProgressBar
          label={t('admin.closing.whole')}
          done={Math.round(share * 1000)}
          total={1000}
          tone={tone}
        />
        <Stats>
          <Stat
            label={t('admin.closing.elapsed')}
            value={clockText(seconds, formats.decimalMark)}
          />
          <Stat
            label={t('admin.closing.read')}
            value={figure(counts.read)}
            note={t('admin.closing.of_records', { count: figure(run.records) })}
          />
          <Stat label={t('admin.closing.processed')} value={figure(counts.processed)} />
          <Stat label={t('admin.closing.skipped')} value={figure(counts.skipped)} />
          <Stat
            label={t('admin.closing.failed')}
            value={figure(counts.failed)}
            tone={counts.failed > 0 ? 'bad' : 'plain'}
          />
          <Stat label={t('admin.closing.executions')} value={run.executions} />
        </Stats>
        <div className={styles.phases}>
          {phasesOf(run).map(({ phase, state, done, total }) => (
            <div key={phase} className={styles.phase} data-state={state}>
              <ProgressBar
                label={t(`admin.closing.step.${phase}`)}
                done={done}
                total={Math.max(1, total)}
                caption={
                  total === 0
                    ? t('admin.closing.not_yet')
                    : t('admin.closing.done_of', { done, total })
                }
                tone={state === 'failed' ? 'bad' : state === 'completed' ? 'good' : 'brand'}
              />
            </div>
          ))}
        </div>
      </Stack>
    </Card>
  )
}
