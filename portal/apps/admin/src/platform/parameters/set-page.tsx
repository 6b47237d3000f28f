import { useT } from '@minga/i18n'
import {
  ButtonLink,
  Card,
  DateText,
  DateTimeText,
  EmptyState,
  Notice,
  PageHeader,
  Stack,
} from '@minga/ui'
import { useParams, useSearchParams } from 'react-router'
import { Asked } from '../../app/asked'
import { useProfile } from '../../app/context'
import { Facts } from '../../app/facts'
import { useMay } from '../../app/me'
import { Tabs } from '../../app/tabs'
import { Decision } from '../approvals/decision'
import { DescribedBody } from './form/described'
import type { Body } from './form/body'
import { useKindSchema, useVersions, standing, type Version } from './parameters'
import { ScopeName } from './sets-page'
import { StateBadge, Unverified } from './state-badge'
import { VersionsTab } from './versions-tab'

/** One parameter set: its terms, its versions, and what waits for a second person. */
export default function SetPage() {
  const { kind = '', code = '' } = useParams()
  const [params] = useSearchParams()
  const scope = params.get('scope') ?? 'tenant'
  const versions = useVersions(kind, code, scope)
  return (
    <Asked query={versions}>
      {(found) => <Shown kind={kind} code={code} scope={scope} versions={found} />}
    </Asked>
  )
}

type ShownProps = { kind: string; code: string; scope: string; versions: Version[] }

function Shown({ kind, code, scope, versions }: ShownProps) {
  const t = useT()
  const may = useMay()
  const form = useKindSchema(kind)
  const shown = standing(versions)
  if (shown === undefined) return <EmptyState title={t('admin.parameters.none')} />
  const waiting = versions.filter((version) => version.state === 'pending_approval')
  const single = form.data?.schema.singleton === true
  const back = single
    ? { to: '/parameters', label: t('admin.parameters.title') }
    : { to: `/parameters/${kind}`, label: form.data?.schema.title ?? kind }
  const edit = `/parameters/${kind}/${code}/edit?scope=${encodeURIComponent(scope)}`
  return (
    <Stack>
      <PageHeader
        title={single ? (form.data?.schema.title ?? shown.label) : shown.label}
        subtitle={
          single ? form.data?.schema.description : `${code} · ${form.data?.schema.title ?? kind}`
        }
        back={back}
        actions={
          may('platform.propose_parameters') && (
            <ButtonLink to={edit} tone="primary" icon="edit">
              {t('admin.parameters.change')}
            </ButtonLink>
          )
        }
      />
      {waiting.map((version) => (
        <Waiting key={version.id} version={version} />
      ))}
      <Tabs
        label={t('admin.parameters.parts')}
        tabs={[
          {
            id: 'terms',
            label: t('admin.parameters.terms'),
            content: () => <Terms version={shown} kind={kind} />,
          },
          {
            id: 'versions',
            label: t('admin.parameters.versions'),
            count: versions.length,
            content: () => (
              <VersionsTab kind={kind} code={code} scope={scope} versions={versions} />
            ),
          },
        ]}
      />
    </Stack>
  )
}

function Waiting({ version }: { version: Version }) {
  const t = useT()
  const { user } = useProfile()
  const own = version.created_by === user.id
  return (
    <Notice tone="warn">
      <Stack gap={3}>
        <span>
          {t('admin.parameters.waiting', { version: version.version })}{' '}
          <DateText value={version.effective_from} style="long" />
          {own && ` · ${t('admin.parameters.own_waits')}`}
        </span>
        {!own && <Decision id={version.id} needs="platform.approve_parameters" />}
      </Stack>
    </Notice>
  )
}

function Terms({ version, kind }: { version: Version; kind: string }) {
  const t = useT()
  const form = useKindSchema(kind)
  const { tenant } = useProfile()
  const currency = String(version.body.currency ?? tenant.currency)
  return (
    <Stack>
      <Card>
        <Facts
          columns={2}
          facts={[
            [t('admin.parameters.state'), <StateBadge key="state" state={version.state} />],
            [t('admin.parameters.version'), version.version],
            [t('admin.parameters.from'), <DateText key="from" value={version.effective_from} />],
            [t('admin.parameters.scope'), <ScopeName key="scope" scope={version.scope} />],
            [
              t('admin.parameters.made_by'),
              <Who key="by" who={version.created_by} at={version.created_at} />,
            ],
            [
              t('admin.parameters.approved_by'),
              version.approved_by && version.approved_at && (
                <Who key="approved" who={version.approved_by} at={version.approved_at} />
              ),
            ],
            [t('admin.parameters.reason'), version.reason],
            [t('admin.parameters.origin'), version.origin],
          ]}
        />
        {version.unverified && <Unverified version={version} whole />}
      </Card>
      <Asked query={form}>
        {({ fields }) => (
          <Card title={t('admin.parameters.terms')}>
            <DescribedBody fields={fields} body={version.body as Body} currency={currency} />
          </Card>
        )}
      </Asked>
    </Stack>
  )
}

function Who({ who, at }: { who: string; at: string }) {
  return (
    <>
      {who} · <DateTimeText value={at} />
    </>
  )
}
