import { useT } from '@minga/i18n'
import {
  Badge,
  Button,
  Card,
  DataTable,
  DateField,
  DateText,
  Dialog,
  EmptyState,
  Money,
  MoneyInput,
  TextField,
  type Column,
} from '@minga/ui'
import { useState } from 'react'
import { useActing } from '../app/acting'
import { ActionForm } from '../app/action-form'
import { Asked } from '../app/asked'
import { CodedField } from '../app/coded-field'
import { useClient } from '../app/context'
import { useMay } from '../app/me'
import { messagesOf } from '../app/problem-notice'
import { ReasonDialog } from '../app/reason-dialog'
import { useHolds, type Account, type Hold } from './accounts'

/** What of an account is held and why; placing and releasing. */
export function HoldsTab({ account }: { account: Account }) {
  const t = useT()
  const may = useMay()
  const holds = useHolds(account.id)
  const [placing, setPlacing] = useState(false)
  const [releasing, setReleasing] = useState<Hold | null>(null)
  const manages = may('deposits.hold_funds')
  const columns: Column<Hold>[] = [
    { id: 'code', header: t('admin.holds.code'), value: (hold) => hold.code },
    {
      id: 'amount',
      header: t('admin.amount'),
      type: 'amount',
      value: (hold) => hold.amount.amount,
      cell: (hold) => <Money value={hold.amount} />,
    },
    { id: 'reason', header: t('admin.reason'), value: (hold) => hold.reason },
    {
      id: 'placed',
      header: t('admin.holds.placed'),
      value: (hold) => hold.placed_at,
      cell: (hold) => <DateText value={hold.placed_at} />,
    },
    {
      id: 'expires',
      header: t('admin.holds.expires'),
      value: (hold) => hold.expires_on ?? '',
      cell: (hold) => (hold.expires_on ? <DateText value={hold.expires_on} /> : ''),
      wideOnly: true,
    },
    {
      id: 'state',
      header: t('admin.holds.state'),
      value: (hold) => hold.state,
      cell: (hold) => (
        <Badge tone={hold.state === 'active' ? 'warn' : 'plain'}>
          {t(`admin.holds.state.${hold.state}`, hold.state)}
        </Badge>
      ),
    },
    {
      id: 'act',
      header: t('admin.actions'),
      cell: (hold) =>
        manages &&
        hold.state === 'active' && (
          <Button size="sm" onClick={() => setReleasing(hold)}>
            {t('admin.holds.release')}
          </Button>
        ),
    },
  ]
  return (
    <Card
      title={t('admin.account.holds')}
      flush
      action={
        manages && (
          <Button size="sm" icon="lock" onClick={() => setPlacing(true)}>
            {t('admin.holds.place')}
          </Button>
        )
      }
    >
      <Asked query={holds}>
        {(found) => (
          <DataTable
            caption={t('admin.account.holds')}
            columns={columns}
            rows={found}
            rowId={(hold) => hold.id}
            empty={<EmptyState icon="lock" title={t('admin.holds.none')} />}
          />
        )}
      </Asked>
      {placing && <PlaceDialog account={account} onClose={() => setPlacing(false)} />}
      {releasing && (
        <ReleaseDialog account={account} hold={releasing} onClose={() => setReleasing(null)} />
      )}
    </Card>
  )
}

function PlaceDialog({ account, onClose }: { account: Account; onClose: () => void }) {
  const t = useT()
  const client = useClient()
  const [code, setCode] = useState('')
  const [amount, setAmount] = useState('')
  const [reason, setReason] = useState('')
  const [expires, setExpires] = useState('')
  const placing = useActing(
    (_: null, intention) =>
      client.POST('/deposits/accounts/{account_id}/holds', {
        params: { path: { account_id: account.id } },
        body: {
          code,
          amount: amount === '' ? null : { amount, currency: account.currency },
          reason: reason.trim(),
          expires_on: expires === '' ? null : expires,
        },
        ...intention,
      }),
    'admin.holds.placed_toast',
    onClose,
  )
  const messageFor = messagesOf(placing.error)
  return (
    <Dialog title={t('admin.holds.place')} onClose={onClose}>
      <ActionForm
        accept={t('admin.holds.place')}
        onAccept={() => placing.mutate(null)}
        onBack={onClose}
        busy={placing.isPending}
        error={placing.error}
        fields={['code', 'amount', 'reason', 'expires_on']}
      >
        <CodedField
          label={t('admin.holds.code')}
          required
          screen="deposits.place_hold"
          field="code"
          value={code}
          error={messageFor('code')}
          onChange={setCode}
        />
        <MoneyInput
          label={t('admin.amount')}
          hint={t('admin.holds.amount_hint')}
          currency={account.currency}
          value={amount}
          error={messageFor('amount')}
          onChange={setAmount}
        />
        <TextField
          label={t('admin.reason')}
          required
          value={reason}
          error={messageFor('reason')}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <DateField
          label={t('admin.holds.expires')}
          optional
          value={expires}
          error={messageFor('expires_on')}
          onChange={setExpires}
        />
      </ActionForm>
    </Dialog>
  )
}

type ReleaseDialogProps = { account: Account; hold: Hold; onClose: () => void }

function ReleaseDialog({ account, hold, onClose }: ReleaseDialogProps) {
  const t = useT()
  const client = useClient()
  const releasing = useActing(
    (reason: string, intention) =>
      client.POST('/deposits/accounts/{account_id}/holds/{hold_id}/releases', {
        params: { path: { account_id: account.id, hold_id: hold.id } },
        body: { reason },
        ...intention,
      }),
    'admin.holds.released_toast',
    onClose,
  )
  return (
    <ReasonDialog
      title={t('admin.holds.release_title', { code: hold.code })}
      accept={t('admin.holds.release')}
      busy={releasing.isPending}
      error={releasing.error}
      onAccept={(reason) => releasing.mutate(reason)}
      onClose={onClose}
    />
  )
}
