import { useT } from '@minga/i18n'
import {
  Badge,
  Card,
  DataTable,
  DateText,
  EmptyState,
  SelectField,
  Stack,
  type Column,
} from '@minga/ui'
import { useState } from 'react'
import { Asked } from '../../app/asked'
import { DiffTable } from './diff-table'
import styles from './parameters.module.css'
import { useDiff, type Pair, type Version } from './parameters'
import { StateBadge, Unverified } from './state-badge'

type VersionsTabProps = { kind: string; code: string; scope: string; versions: Version[] }

/** The history of a set, and any two of its versions side by side. */
export function VersionsTab({ kind, code, scope, versions }: VersionsTabProps) {
  const t = useT()
  const newest = versions[0]?.version ?? 1
  const before = versions[1]?.version ?? newest
  const [pair, setPair] = useState<Pair>({ from: before, to: newest })
  const columns: Column<Version>[] = [
    {
      id: 'version',
      header: t('admin.parameters.version'),
      type: 'number',
      value: (v) => v.version,
    },
    {
      id: 'from',
      header: t('admin.parameters.from'),
      value: (v) => v.effective_from,
      cell: (v) => <DateText value={v.effective_from} />,
    },
    {
      id: 'state',
      header: t('admin.parameters.state'),
      cell: (v) => (
        <span className={styles.badges}>
          <StateBadge state={v.state} />
          {v.retired && <Badge>{t('admin.version.ends')}</Badge>}
          <Unverified version={v} />
        </span>
      ),
    },
    { id: 'by', header: t('admin.parameters.made_by'), value: (v) => v.created_by, wideOnly: true },
    { id: 'reason', header: t('admin.parameters.reason'), value: (v) => v.reason ?? '' },
  ]
  return (
    <Stack>
      <Card flush>
        <DataTable
          caption={t('admin.parameters.versions')}
          columns={columns}
          rows={versions}
          rowId={(version) => version.id}
        />
      </Card>
      {versions.length > 1 && (
        <Card title={t('admin.diff.title')}>
          <div className={styles.pair}>
            <VersionChoice
              label={t('admin.diff.from')}
              versions={versions}
              value={pair.from}
              onChange={(from) => setPair({ ...pair, from })}
            />
            <VersionChoice
              label={t('admin.diff.to')}
              versions={versions}
              value={pair.to}
              onChange={(to) => setPair({ ...pair, to })}
            />
          </div>
          <Comparison kind={kind} code={code} scope={scope} pair={pair} />
        </Card>
      )}
    </Stack>
  )
}

type VersionChoiceProps = {
  label: string
  versions: Version[]
  value: number
  onChange: (version: number) => void
}

function VersionChoice({ label, versions, value, onChange }: VersionChoiceProps) {
  const t = useT()
  return (
    <SelectField
      label={label}
      value={String(value)}
      options={versions.map((version) => ({
        value: String(version.version),
        label: t('admin.diff.version', { version: version.version, from: version.effective_from }),
      }))}
      onChange={(event) => onChange(Number(event.currentTarget.value))}
    />
  )
}

type ComparisonProps = { kind: string; code: string; scope: string; pair: Pair }

function Comparison({ kind, code, scope, pair }: ComparisonProps) {
  const t = useT()
  const diff = useDiff(kind, code, scope, pair)
  return (
    <Asked query={diff}>
      {({ changes }) =>
        changes.length === 0 ? (
          <EmptyState icon="check-circle" title={t('admin.diff.same')} />
        ) : (
          <DiffTable
            changes={changes}
            before={t('admin.diff.number', { version: pair.from })}
            after={t('admin.diff.number', { version: pair.to })}
          />
        )
      }
    </Asked>
  )
}
