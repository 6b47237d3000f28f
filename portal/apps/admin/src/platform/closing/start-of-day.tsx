import { useFormats, useT } from '@minga/i18n'
import { Badge, Button, Dialog, Notice, Stack, useIntention, useToast } from '@minga/ui'
import { useState, type ReactNode } from 'react'
import { useNavigate } from 'react-router'
import { ActionForm } from '../../app/action-form'
import { useMay } from '../../app/me'
import { renewing } from '../../app/renewing'
import { isWaiting, useOperating, type Run } from './closing'
import styles from './closing.module.css'

/** That the day which a run opens waits to be started, in a word. */
export function WaitingBadge({ run }: { run: Run }) {
  const t = useT()
  return isWaiting(run) ? <Badge tone="warn">{t('admin.closing.day_waits')}</Badge> : null
}

/** Days that branches stand on and that nobody has started, each with the button that does. */
export function WaitingDays({ runs }: { runs: readonly Run[] }) {
  return (
    <>
      {runs.filter(isWaiting).map((run) => (
        <WaitingDay key={run.id} run={run}>
          <StartDayButton run={run} />
        </WaitingDay>
      ))}
    </>
  )
}

/** What waits with a day that was not started. */
export function WaitingDay({ run, children }: { run: Run; children?: ReactNode }) {
  const t = useT()
  const formats = useFormats()
  return (
    <Notice tone="warn">
      <div className={styles.waiting}>
        <span>
          {t('admin.closing.day_waits_text', { date: formats.date(run.open_date, 'weekday') })}
        </span>
        {children}
      </div>
    </Notice>
  )
}

/** Starts the day that a run opens, once what that does has been read. */
export function StartDayButton({ run }: { run: Run }) {
  const t = useT()
  const formats = useFormats()
  const may = useMay()
  const toast = useToast()
  const navigate = useNavigate()
  const { startDay } = useOperating()
  const { key, renew } = useIntention()
  const [asking, setAsking] = useState(false)
  if (!isWaiting(run) || !may('platform.run_closing')) return null
  const begin = () =>
    startDay.mutate(
      { id: run.id, key },
      {
        onSuccess: () => {
          setAsking(false)
          toast(t('admin.closing.day_starting'))
          void navigate(`/closing/${run.id}`)
        },
        onSettled: renewing(renew),
      },
    )
  return (
    <>
      <Button tone="primary" icon="sun" onClick={() => setAsking(true)}>
        {t('admin.closing.start_day')}
      </Button>
      {asking && (
        <Dialog
          title={t('admin.closing.start_day_title', {
            date: formats.date(run.open_date, 'long'),
          })}
          onClose={() => setAsking(false)}
        >
          <ActionForm
            accept={t('admin.closing.start_day')}
            onAccept={begin}
            onBack={() => setAsking(false)}
            busy={startDay.isPending}
            error={startDay.error}
          >
            <Stack gap={3}>
              <p>{t('admin.closing.start_day_text')}</p>
              <Notice>{t('admin.closing.start_day_note')}</Notice>
            </Stack>
          </ActionForm>
        </Dialog>
      )}
    </>
  )
}
