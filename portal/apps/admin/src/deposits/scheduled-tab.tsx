import { useT } from '@minga/i18n'
import {
  Badge,
  Button,
  Card,
  DataTable,
  DateText,
  Dialog,
  EmptyState,
  Money,
  Stack,
  type Column,
} from '@minga/ui'
import { useState } from 'react'
import { Link } from 'react-router'
import { ActionForm } from '../app/action-form'
import { useActing } from '../app/acting'
import { Asked } from '../app/asked'
import { useClient } from '../app/context'
import { useMay } from '../app/me'
import { useProblemWords } from '../platform/closing/closing'
import { useAccount, type Account } from './accounts'
import { useScheduled, type Scheduled } from './services'

const TONES: Record<string, 'plain' | 'brand' | 'good' | 'bad'> = {
  scheduled: 'brand',
  executed: 'good',
  failed: 'bad',
}

/** The transfers ordered from an account for later days, and what became of them. */
export function ScheduledTab({ account }: { account: Account }) {
  const t = useT()
  const may = useMay()
  const scheduled = useScheduled(account.id)
  const [leaving, setLeaving] = useState<Scheduled | null>(null)
  const columns: Column<Scheduled>[] = [
    {
      id: 'date',
      header: t('admin.scheduled.date'),
      value: (order) => order.date,
      cell: (order) => <DateText value={order.date} />,
    },
    {
      id: 'to',
      header: t('admin.scheduled.to'),
      cell: (order) => <Payee id={order.to_account} />,
    },
    {
      id: 'amount',
      header: t('admin.amount'),
      type: 'amount',
      value: (order) => order.amount.amount,
      cell: (order) => <Money value={order.amount} />,
    },
    {
      id: 'narrative',
      header: t('admin.movements.narrative'),
      cell: (order) => order.narrative,
      wideOnly: true,
    },
    {
      id: 'state',
      header: t('admin.holds.state'),
      value: (order) => order.state,
      cell: (order) => <State order={order} />,
    },
    {
      id: 'act',
      header: t('admin.actions'),
      cell: (order) =>
        order.state === 'scheduled' &&
        may('deposits.post_transfer') && (
          <Button size="sm" onClick={() => setLeaving(order)}>
            {t('admin.scheduled.cancel')}
          </Button>
        ),
    },
  ]
  return (
    <Card title={t('admin.account.scheduled')} flush>
      <Asked query={scheduled}>
        {(found) => (
          <DataTable
            caption={t('admin.account.scheduled')}
            columns={columns}
            rows={found}
            rowId={(order) => order.id}
            empty={
              <EmptyState
                icon="transfer"
                title={t('admin.scheduled.none')}
                description={t('admin.scheduled.none_text')}
              />
            }
          />
        )}
      </Asked>
      {leaving && <CancelDialog order={leaving} onClose={() => setLeaving(null)} />}
    </Card>
  )
}

/** The account that is paid, by its number where the caller may see it. */
function Payee({ id }: { id: string }) {
  const { data } = useAccount(id)
  return <Link to={`/deposits/accounts/${id}`}>{data?.number ?? id}</Link>
}

function State({ order }: { order: Scheduled }) {
  const t = useT()
  const { data } = useProblemWords(order.problem === '' ? null : order.problem)
  return (
    <Stack gap={2}>
      <span>
        <Badge tone={TONES[order.state] ?? 'plain'}>
          {t(`admin.scheduled.state.${order.state}`, order.state)}
        </Badge>
      </span>
      {order.problem !== '' && <small>{data?.title ?? order.problem}</small>}
    </Stack>
  )
}

function CancelDialog({ order, onClose }: { order: Scheduled; onClose: () => void }) {
  const t = useT()
  const client = useClient()
  const cancelling = useActing(
    (_: null, intention) =>
      client.DELETE('/deposits/scheduled-transfers/{transfer_id}', {
        params: { path: { transfer_id: order.id } },
        ...intention,
      }),
    'admin.scheduled.cancelled',
    onClose,
  )
  return (
    <Dialog title={t('admin.scheduled.cancel_title')} onClose={onClose}>
      <ActionForm
        accept={t('admin.scheduled.cancel')}
        tone="danger"
        onAccept={() => cancelling.mutate(null)}
        onBack={onClose}
        back={t('admin.no')}
        busy={cancelling.isPending}
        error={cancelling.error}
      >
        <p>
          <Money value={order.amount} /> · <DateText value={order.date} style="long" />
        </p>
      </ActionForm>
    </Dialog>
  )
}
