import { useT } from '@minga/i18n'
import {
  Badge,
  ButtonLink,
  Card,
  DataTable,
  DateText,
  DateTimeText,
  Money,
  Notice,
  PageHeader,
  Stack,
  type Column,
} from '@minga/ui'
import { Link, useParams } from 'react-router'
import { Asked } from '../app/asked'
import { Facts } from '../app/facts'
import styles from './accounting.module.css'
import { useEntry, type Entry } from './ledger'

type Leg = Entry['legs'][number]

/** A journal entry with its legs, and the way to what it came from. */
export default function EntryPage() {
  const { id = '' } = useParams()
  const entry = useEntry(id)
  return <Asked query={entry}>{(found) => <Shown entry={found} />}</Asked>
}

/** The page of the console that shows what an API path reads. */
function placeOf(path: string): string | null {
  const voucher = /\/accounting\/vouchers\/([^/]+)/.exec(path)
  if (voucher) return `/accounting/vouchers/${voucher[1]}`
  const account = /\/deposits\/accounts\/([^/]+)/.exec(path)
  if (account) return `/deposits/accounts/${account[1]}`
  const run = /\/closing-runs\/([^/]+)/.exec(path)
  return run ? `/closing/${run[1]}` : null
}

function Shown({ entry }: { entry: Entry }) {
  const t = useT()
  const side = (id: 'debit' | 'credit'): Column<Leg> => ({
    id,
    header: t(`admin.side.${id}`),
    type: 'amount',
    cell: (leg) => leg.side === id && <Money value={leg.amount} />,
  })
  const columns: Column<Leg>[] = [
    { id: 'branch', header: t('admin.branch'), cell: (leg) => leg.branch },
    {
      id: 'account',
      header: t('admin.trial.account'),
      cell: (leg) => (
        <Link to={`/accounting/accounts/${leg.account}`}>
          <code className={styles.code}>{leg.account}</code>
        </Link>
      ),
    },
    {
      id: 'role',
      header: t('admin.entry.role'),
      cell: (leg) => [leg.role, leg.product].filter(Boolean).join(' · '),
      wideOnly: true,
    },
    {
      id: 'subledger',
      header: t('admin.entry.subledger'),
      cell: (leg) =>
        leg.account_id.startsWith('dep_') ? (
          <Link to={`/deposits/accounts/${leg.account_id}`}>{t('admin.desk.see_account')}</Link>
        ) : (
          leg.account_id
        ),
    },
    side('debit'),
    side('credit'),
  ]
  const place = entry.source ? placeOf(entry.source.path) : null
  return (
    <Stack>
      <PageHeader
        title={t('admin.entry.title')}
        subtitle={entry.narrative || entry.code}
        back={{ to: '/accounting/trial-balance', label: t('admin.trial.title') }}
        actions={
          place && (
            <ButtonLink to={place} icon="back">
              {t('admin.entry.origin')}
            </ButtonLink>
          )
        }
      />
      <Card>
        <Facts
          columns={2}
          facts={[
            [
              t('admin.movements.entry'),
              <code key="id" className={styles.code}>
                {entry.id}
              </code>,
            ],
            [t('admin.movements.code'), entry.code],
            [t('admin.business_date'), <DateText key="date" value={entry.business_date} />],
            [t('admin.movements.value_date'), <DateText key="value" value={entry.value_date} />],
            [t('admin.movements.posted_at'), <DateTimeText key="at" value={entry.posted_at} />],
            [t('admin.branch'), entry.branch],
            [t('admin.channel'), t(`admin.channel.${entry.channel}`, entry.channel)],
            [t('admin.audit.actor'), entry.actor],
            [t('admin.audit.approver'), entry.approver],
            [t('admin.entry.source'), entry.source_ref],
            [
              t('admin.movements.reverses'),
              entry.reverses && (
                <Link key="reverses" to={`/accounting/entries/${entry.reverses}`}>
                  {entry.reverses}
                </Link>
              ),
            ],
            [
              t('admin.entry.reversed_by'),
              entry.reversed_by && (
                <Link key="by" to={`/accounting/entries/${entry.reversed_by}`}>
                  {entry.reversed_by}
                </Link>
              ),
            ],
          ]}
        />
      </Card>
      <Card
        title={t('admin.entry.legs')}
        flush
        action={entry.reversed_by !== '' && <Badge tone="warn">{t('admin.entry.reversed')}</Badge>}
      >
        <DataTable
          caption={t('admin.entry.legs')}
          columns={columns}
          rows={entry.legs}
          rowId={(leg) =>
            [leg.branch, leg.account, leg.side, leg.role, leg.amount.amount, leg.account_id].join(
              '~',
            )
          }
        />
      </Card>
      {entry.hidden_legs > 0 && (
        <Notice>{t('admin.entry.hidden', { count: entry.hidden_legs })}</Notice>
      )}
    </Stack>
  )
}
