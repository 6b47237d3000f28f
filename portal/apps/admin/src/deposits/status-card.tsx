import { useT } from '@minga/i18n'
import {
  Badge,
  Button,
  Card,
  DataTable,
  DateTimeText,
  Dialog,
  EmptyState,
  SelectField,
  TextAreaField,
  TextField,
  type Column,
} from '@minga/ui'
import { useState } from 'react'
import { useActing } from '../app/acting'
import { ActionForm } from '../app/action-form'
import { Asked } from '../app/asked'
import { useClient } from '../app/context'
import { useMay } from '../app/me'
import { messagesOf } from '../app/problem-notice'
import type { Account } from './accounts'
import { useStatusChanges, type StatusChange } from './servicing'
import { nextOf, useStatusCodes } from './statuses'

/** The account's status, the changes that people made to it and why, and a change by hand. */
export function StatusCard({ account }: { account: Account }) {
  const t = useT()
  const may = useMay()
  const changes = useStatusChanges(account.id)
  const codes = useStatusCodes().data ?? []
  const [changing, setChanging] = useState(false)
  const nameOf = (code: string) => codes.find((one) => one.code === code)?.name ?? code
  const columns: Column<StatusChange>[] = [
    {
      id: 'at',
      header: t('admin.audit.at'),
      value: (change) => change.changed_at,
      cell: (change) => <DateTimeText value={change.changed_at} />,
    },
    { id: 'before', header: t('admin.status.before'), cell: (change) => nameOf(change.before) },
    {
      id: 'after',
      header: t('admin.status.after'),
      cell: (change) => <Badge tone="brand">{nameOf(change.after)}</Badge>,
    },
    { id: 'reason', header: t('admin.reason'), cell: (change) => change.reason },
    {
      id: 'by',
      header: t('admin.status.by'),
      cell: (change) => change.changed_by,
      wideOnly: true,
    },
  ]
  return (
    <Card
      title={t('admin.status.now', { status: nameOf(account.status) })}
      flush
      action={
        may('deposits.change_status') &&
        account.state !== 'closed' && (
          <Button size="sm" icon="edit" onClick={() => setChanging(true)}>
            {t('admin.status.change')}
          </Button>
        )
      }
    >
      <Asked query={changes}>
        {(found) => (
          <DataTable
            caption={t('admin.status.history')}
            columns={columns}
            rows={found}
            rowId={(change) => change.id}
            empty={<EmptyState icon="clock" title={t('admin.status.none')} />}
          />
        )}
      </Asked>
      {changing && <ChangeDialog account={account} onClose={() => setChanging(false)} />}
    </Card>
  )
}

function ChangeDialog({ account, onClose }: { account: Account; onClose: () => void }) {
  const t = useT()
  const client = useClient()
  const codes = useStatusCodes()
  const [status, setStatus] = useState('')
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const offered = nextOf(codes.data ?? [], account.status)
  const asksWhy = offered.find((one) => one.code === status)?.asksWhy ?? false
  const changing = useActing(
    (_: null, intention) =>
      client.POST('/deposits/accounts/{account_id}/status-changes', {
        params: { path: { account_id: account.id } },
        body: { status: status.trim(), reason: reason.trim() },
        headers: { ...intention.headers, 'If-Match': `"${account.version}"` },
      }),
    'admin.status.changed',
    onClose,
  )
  const messageFor = messagesOf(changing.error)
  const lacking = (value: string) =>
    tried && value.trim() === '' ? t('admin.field.required') : undefined
  const accept = () => {
    setTried(true)
    if (status.trim() !== '' && (!asksWhy || reason.trim() !== '')) changing.mutate(null)
  }
  const field = {
    label: t('admin.status.after'),
    required: true,
    value: status,
    error: lacking(status) ?? messageFor('status'),
    onChange: (event: { currentTarget: { value: string } }) => setStatus(event.currentTarget.value),
  }
  return (
    <Dialog title={t('admin.status.change')} onClose={onClose}>
      <ActionForm
        accept={t('admin.status.change')}
        onAccept={accept}
        onBack={onClose}
        busy={changing.isPending}
        error={changing.error}
        fields={['status', 'reason']}
      >
        {codes.data ? (
          <SelectField
            {...field}
            placeholder={t('admin.choose')}
            options={offered.map(({ code, name }) => ({ value: code, label: `${code} · ${name}` }))}
          />
        ) : (
          <TextField {...field} maxLength={40} />
        )}
        <TextAreaField
          label={t('admin.reason')}
          required={asksWhy}
          optional={!asksWhy}
          maxLength={200}
          value={reason}
          error={(asksWhy && lacking(reason)) || messageFor('reason')}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </ActionForm>
    </Dialog>
  )
}
