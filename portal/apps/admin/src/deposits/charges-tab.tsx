import { useT } from '@minga/i18n'
import { Badge, Button, Card, DataTable, DateText, EmptyState, Money, type Column } from '@minga/ui'
import { useState } from 'react'
import { useActing } from '../app/acting'
import { Asked } from '../app/asked'
import { useClient } from '../app/context'
import { useMay } from '../app/me'
import { ReasonDialog } from '../app/reason-dialog'
import type { Account } from './accounts'
import { useCharges, type Charge } from './services'

const TONES: Record<string, 'plain' | 'warn' | 'good'> = { pending: 'warn', collected: 'good' }

/** The charges that wait for their date or for funds, and those nobody pays. */
export function ChargesTab({ account }: { account: Account }) {
  const t = useT()
  const may = useMay()
  const charges = useCharges(account.id)
  const [waiving, setWaiving] = useState<Charge | null>(null)
  const columns: Column<Charge>[] = [
    { id: 'charge', header: t('admin.charges.charge'), value: (charge) => charge.charge },
    {
      id: 'amount',
      header: t('admin.amount'),
      type: 'amount',
      value: (charge) => charge.amount.amount,
      cell: (charge) => <Money value={charge.amount} />,
    },
    {
      id: 'tax',
      header: t('admin.charges.tax'),
      type: 'amount',
      value: (charge) => charge.tax.amount,
      cell: (charge) => <Money value={charge.tax} />,
      wideOnly: true,
    },
    {
      id: 'made',
      header: t('admin.charges.made_on'),
      value: (charge) => charge.made_on,
      cell: (charge) => <DateText value={charge.made_on} />,
    },
    {
      id: 'due',
      header: t('admin.charges.due_from'),
      value: (charge) => charge.due_from,
      cell: (charge) => <DateText value={charge.due_from} />,
    },
    {
      id: 'state',
      header: t('admin.holds.state'),
      value: (charge) => charge.state,
      cell: (charge) => (
        <Badge tone={TONES[charge.state] ?? 'plain'}>
          {t(`admin.charges.state.${charge.state}`, charge.state)}
        </Badge>
      ),
    },
    {
      id: 'reason',
      header: t('admin.reason'),
      cell: (charge) => charge.reason,
      wideOnly: true,
    },
    {
      id: 'act',
      header: t('admin.actions'),
      cell: (charge) =>
        charge.state === 'pending' &&
        may('deposits.waive_charge') && (
          <Button size="sm" onClick={() => setWaiving(charge)}>
            {t('admin.charges.waive')}
          </Button>
        ),
    },
  ]
  return (
    <Card title={t('admin.account.charges')} flush>
      <Asked query={charges}>
        {(found) => (
          <DataTable
            caption={t('admin.account.charges')}
            columns={columns}
            rows={found}
            rowId={(charge) => charge.id}
            empty={
              <EmptyState
                icon="coins"
                title={t('admin.charges.none')}
                description={t('admin.charges.none_text')}
              />
            }
          />
        )}
      </Asked>
      {waiving && (
        <WaiveDialog account={account} charge={waiving} onClose={() => setWaiving(null)} />
      )}
    </Card>
  )
}

type WaiveDialogProps = { account: Account; charge: Charge; onClose: () => void }

function WaiveDialog({ account, charge, onClose }: WaiveDialogProps) {
  const t = useT()
  const client = useClient()
  const waiving = useActing(
    (reason: string, intention) =>
      client.POST('/deposits/accounts/{account_id}/charges/{charge_id}/waivers', {
        params: { path: { account_id: account.id, charge_id: charge.id } },
        body: { reason },
        ...intention,
      }),
    'admin.charges.waived',
    onClose,
  )
  return (
    <ReasonDialog
      title={t('admin.charges.waive_title', { charge: charge.charge })}
      accept={t('admin.charges.waive')}
      tone="danger"
      busy={waiving.isPending}
      error={waiving.error}
      onAccept={(reason) => waiving.mutate(reason)}
      onClose={onClose}
    />
  )
}
