import { isZero, useFormats, useT } from '@minga/i18n'
import {
  Badge,
  Button,
  Card,
  DataTable,
  DateText,
  EmptyState,
  Money,
  Notice,
  Stack,
  Stat,
  Stats,
  type Column,
} from '@minga/ui'
import { useState } from 'react'
import { useActing } from '../app/acting'
import { Asked } from '../app/asked'
import { useClient } from '../app/context'
import { trimmed } from '../app/exact'
import { useMay } from '../app/me'
import { ReasonDialog } from '../app/reason-dialog'
import type { Account } from './accounts'
import { LimitDialog } from './limit-dialog'
import styles from './deposits.module.css'
import { termOf, useOverdraft, type Overdraft, type OverdraftLimit } from './services'

/** Whether overdrafts are any matter of an account's: by its terms, its limits, or what it owes. */
export function hasOverdraft(account: Account): boolean {
  const groups = ['od_group_ordinary', 'od_group_float'].map((field) => termOf(account, field))
  return groups.some(Boolean) || account.ledger.amount.startsWith('-')
}

/** What an account may owe and does, layer by layer, and the limits of its own. */
export function OverdraftTab({ account }: { account: Account }) {
  const overdraft = useOverdraft(account.id)
  return (
    <Asked query={overdraft}>
      {(found) => (
        <Stack>
          <Position account={account} overdraft={found.overdraft} />
          <Limits account={account} limits={found.items} />
        </Stack>
      )}
    </Asked>
  )
}

function Position({ account, overdraft }: { account: Account; overdraft: Overdraft }) {
  const t = useT()
  const formats = useFormats()
  const owes = !isZero(overdraft.overdrawn.amount)
  return (
    <Card title={t('admin.overdraft.position')} flush>
      <div className={styles.body}>
        <Stats>
          <Stat
            label={t('admin.overdraft.overdrawn')}
            value={<Money value={overdraft.overdrawn} />}
            tone={owes ? 'bad' : 'plain'}
            {...(overdraft.since
              ? { note: t('admin.overdraft.since', { date: formats.date(overdraft.since) }) }
              : {})}
          />
          <Stat label={t('admin.overdraft.limit')} value={<Money value={overdraft.limit} />} />
          <Stat
            label={t('admin.overdraft.spendable')}
            value={<Money value={overdraft.spendable} />}
          />
          <Stat
            label={t('admin.overdraft.interest')}
            value={`${formats.number(trimmed(overdraft.accrued_interest))} ${account.currency}`}
            note={t('admin.overdraft.interest_note')}
          />
          {overdraft.bucket !== null && (
            <Stat
              label={t('admin.overdraft.bucket')}
              value={overdraft.bucket}
              note={t('admin.overdraft.days', { count: overdraft.days })}
            />
          )}
        </Stats>
        {overdraft.suspended_on && (
          <Notice tone="warn">
            {t('admin.overdraft.suspended', { date: formats.date(overdraft.suspended_on) })}
          </Notice>
        )}
      </div>
      <Slices overdraft={overdraft} />
    </Card>
  )
}

function Slices({ overdraft }: { overdraft: Overdraft }) {
  const t = useT()
  const formats = useFormats()
  type Slice = Overdraft['slices'][number]
  const amount = (id: 'limit' | 'used' | 'free'): Column<Slice> => ({
    id,
    header: t(`admin.overdraft.slice.${id}`),
    type: 'amount',
    value: (slice) => slice[id].amount,
    cell: (slice) => <Money value={slice[id]} />,
  })
  const columns: Column<Slice>[] = [
    {
      id: 'source',
      header: t('admin.overdraft.slice'),
      cell: (slice) =>
        [t(`admin.overdraft.source.${slice.source}`, slice.source), slice.code]
          .filter(Boolean)
          .join(' · '),
    },
    amount('limit'),
    amount('used'),
    amount('free'),
    {
      id: 'rate',
      header: t('admin.overdraft.rate'),
      type: 'number',
      cell: (slice) => `${formats.number(trimmed(slice.rate))} %`,
    },
  ]
  return (
    <DataTable
      caption={t('admin.overdraft.position')}
      columns={columns}
      rows={overdraft.slices}
      rowId={(slice) => `${slice.source}~${slice.code}`}
      empty={<EmptyState icon="coins" title={t('admin.overdraft.none')} />}
    />
  )
}

function Limits({ account, limits }: { account: Account; limits: OverdraftLimit[] }) {
  const t = useT()
  const may = useMay()
  const [granting, setGranting] = useState(false)
  const [ending, setEnding] = useState<OverdraftLimit | null>(null)
  const manages = may('deposits.set_overdraft_limits') && account.state !== 'closed'
  const columns: Column<OverdraftLimit>[] = [
    {
      id: 'amount',
      header: t('admin.amount'),
      type: 'amount',
      value: (limit) => limit.amount.amount,
      cell: (limit) => <Money value={limit.amount} />,
    },
    {
      id: 'from',
      header: t('admin.overdraft.valid_from'),
      value: (limit) => limit.valid_from,
      cell: (limit) => <DateText value={limit.valid_from} />,
    },
    {
      id: 'until',
      header: t('admin.overdraft.valid_until'),
      value: (limit) => limit.valid_until,
      cell: (limit) => <DateText value={limit.valid_until} />,
    },
    { id: 'rates', header: t('admin.overdraft.rates'), cell: (limit) => <Rates limit={limit} /> },
    {
      id: 'reason',
      header: t('admin.reason'),
      cell: (limit) => [limit.reason, limit.end_reason].filter(Boolean).join(' · '),
      wideOnly: true,
    },
    {
      id: 'state',
      header: t('admin.holds.state'),
      value: (limit) => limit.state,
      cell: (limit) => (
        <Badge tone={limit.state === 'active' ? 'good' : 'plain'}>
          {t(`admin.overdraft.state.${limit.state}`, limit.state)}
        </Badge>
      ),
    },
    {
      id: 'act',
      header: t('admin.actions'),
      cell: (limit) =>
        manages &&
        limit.state === 'active' && (
          <Button size="sm" onClick={() => setEnding(limit)}>
            {t('admin.overdraft.end')}
          </Button>
        ),
    },
  ]
  return (
    <Card
      title={t('admin.overdraft.limits')}
      flush
      action={
        manages && (
          <Button size="sm" icon="plus" onClick={() => setGranting(true)}>
            {t('admin.overdraft.grant')}
          </Button>
        )
      }
    >
      <DataTable
        caption={t('admin.overdraft.limits')}
        columns={columns}
        rows={limits}
        rowId={(limit) => limit.id}
        empty={<EmptyState icon="coins" title={t('admin.overdraft.no_limits')} />}
      />
      {granting && <LimitDialog account={account} onClose={() => setGranting(false)} />}
      {ending && <EndDialog account={account} limit={ending} onClose={() => setEnding(null)} />}
    </Card>
  )
}

/** `30 d: 18 %, 24 %`: the rate of so many days, and that of all that follow. */
function Rates({ limit }: { limit: OverdraftLimit }) {
  const t = useT()
  const formats = useFormats()
  return limit.rate_steps
    .map(({ days, rate }) => {
      const yearly = `${formats.number(trimmed(rate))} %`
      return days === null ? yearly : t('admin.overdraft.step', { days, rate: yearly })
    })
    .join(', ')
}

type EndDialogProps = { account: Account; limit: OverdraftLimit; onClose: () => void }

function EndDialog({ account, limit, onClose }: EndDialogProps) {
  const t = useT()
  const formats = useFormats()
  const client = useClient()
  const ending = useActing(
    (reason: string, intention) =>
      client.POST('/deposits/accounts/{account_id}/overdraft-limits/{limit_id}/cancellations', {
        params: { path: { account_id: account.id, limit_id: limit.id } },
        body: { reason },
        ...intention,
      }),
    'admin.overdraft.ended',
    onClose,
  )
  return (
    <ReasonDialog
      title={t('admin.overdraft.end_title', { amount: formats.money(limit.amount) })}
      text={<p>{t('admin.overdraft.end_text')}</p>}
      accept={t('admin.overdraft.end')}
      tone="danger"
      busy={ending.isPending}
      error={ending.error}
      onAccept={(reason) => ending.mutate(reason)}
      onClose={onClose}
    />
  )
}
