import { useT } from '@minga/i18n'
import { Button, Card, Notice, Stack, useIntention, useToast } from '@minga/ui'
import { useState } from 'react'
import { renewing } from '../../app/renewing'
import { useMay } from '../../app/me'
import { ReasonDialog } from '../../app/reason-dialog'
import { useOperating, useRemedy, type Run, type Step } from './closing'
import styles from './closing.module.css'

/** What stopped the run, what can be done about it, and, where the bank allows it, leaving a step out. */
export function FailedSteps({ run }: { run: Run }) {
  const t = useT()
  const failed = run.steps.filter((step) => step.state === 'failed')
  return (
    <Card title={t('admin.closing.what_failed')}>
      <Stack gap={4}>
        {failed.length === 0 && <Failure error={run.error} place={t('admin.closing.run')} />}
        {failed.map((step) => (
          <FailedStep key={`${step.step}~${step.part}`} run={run} step={step} />
        ))}
        <p className={styles.soft}>{t('admin.closing.retry_note')}</p>
      </Stack>
    </Card>
  )
}

function Failure({ error, place }: { error: string; place: string }) {
  const t = useT()
  const { data } = useRemedy(error)
  return (
    <Notice tone="bad">
      <strong>{place}</strong>
      {data?.title && <span>{`: ${data.title}`}</span>}
      <p>{data?.remedy ?? t('admin.closing.remedy')}</p>
      <code className={styles.error}>{error}</code>
    </Notice>
  )
}

function FailedStep({ run, step }: { run: Run; step: Step }) {
  const t = useT()
  const may = useMay()
  const toast = useToast()
  const { skip } = useOperating()
  const { key, renew } = useIntention()
  const [asking, setAsking] = useState(false)
  const place = `${t(`admin.closing.step.${step.step}`, step.step)} ${step.part}`
  const leaveOut = (reason: string) =>
    skip.mutate(
      { id: run.id, step: step.step, part: step.part, reason, key },
      {
        onSuccess: () => {
          setAsking(false)
          toast(t('admin.closing.left_out'))
        },
        onSettled: renewing(renew),
      },
    )
  return (
    <div className={styles.failedStep}>
      <Failure error={step.error} place={place} />
      {may('platform.skip_closing_step') && (
        <Button size="sm" onClick={() => setAsking(true)}>
          {t('admin.closing.skip')}
        </Button>
      )}
      {asking && (
        <ReasonDialog
          title={t('admin.closing.skip_title', { step: place })}
          text={<p>{t('admin.closing.skip_text')}</p>}
          accept={t('admin.closing.skip')}
          tone="danger"
          busy={skip.isPending}
          error={skip.error}
          onAccept={leaveOut}
          onClose={() => setAsking(false)}
        />
      )}
    </div>
  )
}
