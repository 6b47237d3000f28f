import { useT } from '@minga/i18n'
import {
  ButtonLink,
  Card,
  DataTable,
  DateText,
  PageHeader,
  Stack,
  TextField,
  type Column,
} from '@minga/ui'
import { useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import { Asked } from '../../app/asked'
import { useMay } from '../../app/me'
import { useLater } from '../../app/use-later'
import styles from './parameters.module.css'
import { useKindSchema, useSets, type Version } from './parameters'
import { StateBadge, Unverified } from './state-badge'

/** The sets of a kind, each by the version in force. */
export default function SetsPage() {
  const t = useT()
  const { kind = '' } = useParams()
  const may = useMay()
  const [sought, setSought] = useState('')
  const sets = useSets(kind, useLater(sought))
  const form = useKindSchema(kind)
  const title = form.data?.schema.title ?? kind
  return (
    <Stack>
      <PageHeader
        title={title}
        subtitle={form.data?.schema.description}
        back={{ to: '/parameters', label: t('admin.parameters.title') }}
        actions={
          may('platform.propose_parameters') &&
          !form.data?.schema.singleton && (
            <ButtonLink to={`/parameters/${kind}/new`} tone="primary" icon="plus">
              {t('admin.parameters.new')}
            </ButtonLink>
          )
        }
      />
      <Card flush>
        <div className={styles.tableTop}>
          <TextField
            label={t('admin.parameters.seek_set')}
            type="search"
            icon="search"
            value={sought}
            onChange={(event) => setSought(event.currentTarget.value)}
          />
        </div>
        <Asked query={sets}>
          {(answer) => <SetTable title={title} kind={kind} sets={answer.items} />}
        </Asked>
      </Card>
    </Stack>
  )
}

function SetTable({ title, kind, sets }: { title: string; kind: string; sets: Version[] }) {
  const t = useT()
  const navigate = useNavigate()
  const columns: Column<Version>[] = [
    {
      id: 'code',
      header: t('admin.parameters.code'),
      value: (set) => set.code,
      cell: (set) => <code className={styles.code}>{set.code}</code>,
    },
    { id: 'label', header: t('admin.parameters.name'), value: (set) => set.label },
    {
      id: 'scope',
      header: t('admin.parameters.scope'),
      value: (set) => set.scope,
      cell: (set) => <ScopeName scope={set.scope} />,
      wideOnly: true,
    },
    {
      id: 'from',
      header: t('admin.parameters.from'),
      value: (set) => set.effective_from,
      cell: (set) => <DateText value={set.effective_from} />,
    },
    {
      id: 'version',
      header: t('admin.parameters.version'),
      type: 'number',
      value: (set) => set.version,
      wideOnly: true,
    },
    {
      id: 'state',
      header: t('admin.parameters.state'),
      value: (set) => set.state,
      cell: (set) => (
        <span className={styles.badges}>
          <StateBadge state={set.state} />
          <Unverified version={set} />
        </span>
      ),
    },
  ]
  return (
    <DataTable
      caption={title}
      columns={columns}
      rows={sets}
      rowId={(set) => `${set.code}~${set.scope}`}
      onOpen={(set) =>
        void navigate(`/parameters/${kind}/${set.code}?scope=${encodeURIComponent(set.scope)}`)
      }
    />
  )
}

export function ScopeName({ scope }: { scope: string }) {
  const t = useT()
  const branch = scope.startsWith('branch:') ? scope.slice('branch:'.length) : null
  return branch === null
    ? t('admin.parameters.scope_tenant')
    : t('admin.parameters.scope_branch', { branch })
}
