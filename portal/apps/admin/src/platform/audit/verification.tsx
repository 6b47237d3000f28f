import { useFormats, useT } from '@minga/i18n'
import { Button, Card, Notice, Stack } from '@minga/ui'
import { useMutation } from '@tanstack/react-query'
import { carryOut, type Answer } from '../../app/answers'
import { useClient } from '../../app/context'
import { ProblemNotice } from '../../app/problem-notice'
import styles from './audit.module.css'

type Verified = Answer<'/platform/audit-verifications', 'post'>

/** Recomputes the chains of hashes and says whether the trail is as it was written. */
export function Verification() {
  const t = useT()
  const client = useClient()
  const verifying = useMutation({
    mutationFn: () =>
      carryOut(
        client.POST('/platform/audit-verifications', { body: { chain: '' } }),
      ) as Promise<Verified>,
  })
  return (
    <Card
      title={t('admin.audit.chain')}
      action={
        <Button
          size="sm"
          icon="check-circle"
          busy={verifying.isPending}
          onClick={() => verifying.mutate()}
        >
          {t('admin.audit.verify')}
        </Button>
      }
    >
      <Stack gap={3}>
        <p className={styles.soft}>{t('admin.audit.chain_text')}</p>
        <ProblemNotice error={verifying.error} />
        {verifying.data && <Outcome found={verifying.data} />}
      </Stack>
    </Card>
  )
}

function Outcome({ found }: { found: Verified }) {
  const t = useT()
  const formats = useFormats()
  const count = formats.number(String(found.checked))
  if (found.valid)
    return (
      <Notice tone="good">
        {t('admin.audit.whole', { events: count, chains: found.chains.length })}
      </Notice>
    )
  const broken = found.chains.filter((chain) => chain.first_broken !== null)
  return (
    <Notice tone="bad">
      {t('admin.audit.broken')}
      <ul>
        {broken.map((chain) => (
          <li key={chain.chain}>
            <code className={styles.code}>{`${chain.chain} · ${chain.first_broken}`}</code>
          </li>
        ))}
      </ul>
    </Notice>
  )
}
