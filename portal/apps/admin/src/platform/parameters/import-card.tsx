import { intended } from '@minga/api-client'
import { useT } from '@minga/i18n'
import {
  Badge,
  Button,
  Card,
  DateText,
  EmptyState,
  Notice,
  Row,
  Stack,
  TextAreaField,
  useConfirm,
  useIntention,
  useToast,
} from '@minga/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { carryOut, type Answer } from '../../app/answers'
import { useClient } from '../../app/context'
import { ProblemNotice } from '../../app/problem-notice'
import { OWN } from '../../app/queries'
import { DiffTable } from './diff-table'
import styles from './parameters.module.css'

type Import = Answer<'/platform/parameter-import', 'post'>

/** Brings in a YAML text: first what it would change, then, if wanted, the changes. */
export function ImportCard() {
  const t = useT()
  const toast = useToast()
  const confirm = useConfirm()
  const client = useClient()
  const queries = useQueryClient()
  const file = useRef<HTMLInputElement>(null)
  const { key, renew } = useIntention()
  const [yaml, setYaml] = useState('')

  const send = (dryRun: boolean) =>
    carryOut(
      client.POST('/platform/parameter-import', {
        body: { yaml, dry_run: dryRun },
        ...(dryRun ? {} : intended({ key })),
      }),
    )
  const trying = useMutation({ mutationFn: () => send(true) })
  const applying = useMutation({
    mutationFn: () => send(false),
    onSuccess: async (answer) => {
      await queries.invalidateQueries({ queryKey: [OWN] })
      toast(t('admin.exchange.imported', { count: answer.created + answer.changed }))
      setYaml('')
      trying.reset()
      renew()
    },
  })
  const take = (text: string) => {
    setYaml(text)
    trying.reset()
    applying.reset()
    renew()
  }
  const apply = async (plan: Import) => {
    const count = plan.created + plan.changed
    const yes = await confirm({
      title: t('admin.exchange.apply_title', { count }),
      text: t('admin.exchange.apply_text'),
      confirm: t('admin.exchange.apply'),
    })
    if (yes) applying.mutate()
  }
  const plan = trying.data
  return (
    <Card title={t('admin.exchange.import')}>
      <Stack gap={4}>
        <p>{t('admin.exchange.import_text')}</p>
        <Row>
          <Button icon="document" onClick={() => file.current?.click()}>
            {t('admin.exchange.choose_file')}
          </Button>
          <input
            ref={file}
            type="file"
            accept=".yaml,.yml,text/yaml"
            hidden
            aria-label={t('admin.exchange.choose_file')}
            onChange={(event) => {
              void event.currentTarget.files?.[0]?.text().then(take)
              event.currentTarget.value = ''
            }}
          />
        </Row>
        <div className={styles.yaml}>
          <TextAreaField
            label={t('admin.exchange.yaml')}
            spellCheck={false}
            value={yaml}
            onChange={(event) => take(event.currentTarget.value)}
          />
        </div>
        <ProblemNotice error={trying.error ?? applying.error} />
        <Row>
          <Button
            tone={plan === undefined ? 'primary' : 'secondary'}
            disabled={yaml.trim() === ''}
            busy={trying.isPending}
            onClick={() => trying.mutate()}
          >
            {t('admin.exchange.try')}
          </Button>
          {plan !== undefined && plan.created + plan.changed > 0 && (
            <Button tone="primary" busy={applying.isPending} onClick={() => void apply(plan)}>
              {t('admin.exchange.apply')}
            </Button>
          )}
        </Row>
        {plan !== undefined && <ImportPlan plan={plan} />}
      </Stack>
    </Card>
  )
}

function ImportPlan({ plan }: { plan: Import }) {
  const t = useT()
  if (plan.items.length === 0)
    return <EmptyState icon="check-circle" title={t('admin.exchange.nothing')} />
  return (
    <div>
      <Notice>
        {t('admin.exchange.plan', {
          created: plan.created,
          changed: plan.changed,
          unchanged: plan.unchanged,
        })}
      </Notice>
      {plan.items.map((row) => (
        <details key={`${row.kind}~${row.code}~${row.scope}`} className={styles.importRow}>
          <summary>
            <Badge tone={row.action === 'create' ? 'good' : 'warn'}>
              {t(`admin.exchange.action.${row.action}`)}
            </Badge>
            <code className={styles.code}>
              {row.kind} {row.code}
            </code>
            <DateText value={row.effective_from} />
          </summary>
          {row.changes.length > 0 && (
            <DiffTable
              changes={row.changes}
              before={t('admin.exchange.now')}
              after={t('admin.exchange.then')}
            />
          )}
        </details>
      ))}
    </div>
  )
}
