import { unwrap } from '@minga/api-client'
import { useT } from '@minga/i18n'
import { Button, Card, CheckField, Row, Stack, useToast } from '@minga/ui'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Asked } from '../../app/asked'
import { useClient } from '../../app/context'
import { ProblemNotice } from '../../app/problem-notice'
import { saveText } from '../../app/save-text'
import styles from './parameters.module.css'
import { useKinds } from './parameters'

/** Downloads the sets in force as YAML, of the chosen kinds or of all. */
export function ExportCard() {
  const t = useT()
  const toast = useToast()
  const client = useClient()
  const kinds = useKinds()
  const [chosen, setChosen] = useState<string[]>([])
  const exporting = useMutation({
    mutationFn: () =>
      unwrap(
        client.GET('/platform/parameter-export', {
          params: { query: { kinds: chosen.join(',') } },
        }),
      ),
    onSuccess: ({ filename, yaml, sets }) => {
      saveText(filename, yaml, 'application/yaml')
      toast(t('admin.exchange.exported', { count: sets }))
    },
  })
  const toggle = (kind: string, on: boolean) =>
    setChosen(on ? [...chosen, kind] : chosen.filter((one) => one !== kind))
  return (
    <Card title={t('admin.exchange.export')}>
      <Stack gap={4}>
        <p>{t('admin.exchange.export_text')}</p>
        <Asked query={kinds}>
          {(found) => (
            <div className={styles.kindChoice}>
              {found
                .filter((kind) => kind.count > 0)
                .map((kind) => (
                  <CheckField
                    key={kind.kind}
                    label={kind.label}
                    checked={chosen.includes(kind.kind)}
                    onChange={(on) => toggle(kind.kind, on)}
                  />
                ))}
            </div>
          )}
        </Asked>
        <ProblemNotice error={exporting.error} />
        <Row>
          <Button
            tone="primary"
            icon="download"
            busy={exporting.isPending}
            onClick={() => exporting.mutate()}
          >
            {chosen.length === 0
              ? t('admin.exchange.export_all')
              : t('admin.exchange.export_some', { count: chosen.length })}
          </Button>
        </Row>
      </Stack>
    </Card>
  )
}
