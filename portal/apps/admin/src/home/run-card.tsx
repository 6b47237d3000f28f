import { useFormats, useT } from '@minga/i18n'
import { ButtonLink, Card, EmptyState, ProgressBar, Stack } from '@minga/ui'
import { Asked } from '../app/asked'
import { Facts } from '../app/facts'
import { useRun, useRuns, type Run } from '../platform/closing/closing'
import { clockText, secondsBetween, shareOfRun } from '../platform/closing/progress'
import { RunState } from '../platform/closing/run-state'

/** The last run of the end of day, live while it is under way. */
export function RunCard() {
  const t = useT()
  const runs = useRuns()
  return (
    <Card
      title={t('admin.home.closing')}
      action={
        <ButtonLink to="/closing" size="sm" tone="quiet">
          {t('admin.home.all_runs')}
        </ButtonLink>
      }
    >
      <Asked query={runs}>
        {(found) =>
          found[0] === undefined ? (
            <EmptyState icon="moon" title={t('admin.closing.none')} />
          ) : (
            <Latest run={found[0]} />
          )
        }
      </Asked>
    </Card>
  )
}

function Latest({ run: listed }: { run: Run }) {
  const t = useT()
  const formats = useFormats()
  const live = useRun(listed.id)
  const run = live.data ?? listed
  const seconds = secondsBetween(run.started_at, run.finished_at, Date.parse(run.started_at)) ?? 0
  return (
    <Stack gap={3}>
      {run.state === 'running' && (
        <ProgressBar
          label={t('admin.closing.whole')}
          done={Math.round(shareOfRun(run) * 100)}
          total={100}
        />
      )}
      <Facts
        facts={[
          [t('admin.closing.business_date'), formats.date(run.business_date, 'weekday')],
          [t('admin.closing.state'), <RunState key="state" state={run.state} />],
          [t('admin.closing.started'), formats.dateTime(run.started_at)],
          [
            t('admin.closing.duration'),
            run.finished_at ? clockText(seconds, formats.decimalMark) : '',
          ],
          [t('admin.closing.records'), formats.number(String(run.records))],
        ]}
      />
      <ButtonLink to={`/closing/${run.id}`} size="sm">
        {t('admin.home.see_run')}
      </ButtonLink>
    </Stack>
  )
}
