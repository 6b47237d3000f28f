import { useT } from '@minga/i18n'
import { DateField, Dialog, SelectField, TextField } from '@minga/ui'
import { useState } from 'react'
import { ActionForm } from '../app/action-form'
import { useActing } from '../app/acting'
import { useClient } from '../app/context'
import { useBusinessDate } from '../app/me'
import { messagesOf } from '../app/problem-notice'
import type { Account } from './accounts'
import styles from './deposits.module.css'

type DialogProps = { account: Account; onClose: () => void }
type Kind = 'stopped' | 'lost' | 'stolen' | 'returned_to_bank'

const KINDS: readonly Kind[] = ['stopped', 'lost', 'stolen', 'returned_to_bank']

type RangeProps = {
  first: string
  last: string
  onFirst: (typed: string) => void
  onLast: (typed: string) => void
  messageFor: (field: string) => string | undefined
}

/** The first and the last number of some cheques. */
function NumberRange({ first, last, onFirst, onLast, messageFor }: RangeProps) {
  const t = useT()
  return (
    <div className={styles.pair}>
      <TextField
        label={t('admin.cheques.first')}
        required
        inputMode="numeric"
        value={first}
        error={messageFor('first')}
        onChange={(event) => onFirst(event.currentTarget.value)}
      />
      <TextField
        label={t('admin.cheques.last')}
        required
        inputMode="numeric"
        value={last}
        error={messageFor('last')}
        onChange={(event) => onLast(event.currentTarget.value)}
      />
    </div>
  )
}

/** Gives an account a book by its first and last number. */
export function BookDialog({ account, onClose }: DialogProps) {
  const t = useT()
  const client = useClient()
  const [first, setFirst] = useState('')
  const [last, setLast] = useState('')
  const issuing = useActing(
    (_: null, intention) =>
      client.POST('/deposits/accounts/{account_id}/cheque-books', {
        params: { path: { account_id: account.id } },
        body: { first: Number(first), last: Number(last) },
        ...intention,
      }),
    'admin.cheques.issued',
    onClose,
  )
  return (
    <Dialog title={t('admin.cheques.issue')} onClose={onClose}>
      <ActionForm
        accept={t('admin.cheques.issue')}
        onAccept={() => issuing.mutate(null)}
        onBack={onClose}
        busy={issuing.isPending}
        error={issuing.error}
        fields={['first', 'last']}
      >
        <NumberRange
          first={first}
          last={last}
          onFirst={setFirst}
          onLast={setLast}
          messageFor={messagesOf(issuing.error)}
        />
      </ActionForm>
    </Dialog>
  )
}

/** Says that cheques must not be paid: stopped, lost, stolen, or given back unused. */
export function StopDialog({ account, onClose }: DialogProps) {
  const t = useT()
  const client = useClient()
  const today = useBusinessDate()
  const [first, setFirst] = useState('')
  const [last, setLast] = useState('')
  const [kind, setKind] = useState<Kind>('stopped')
  const [reason, setReason] = useState('')
  const [expires, setExpires] = useState('')
  const stopping = useActing(
    (_: null, intention) =>
      client.POST('/deposits/accounts/{account_id}/stop-payments', {
        params: { path: { account_id: account.id } },
        body: {
          first: Number(first),
          last: Number(last || first),
          kind,
          reason: reason.trim(),
          expires_on: expires === '' ? null : expires,
          amount: null,
          payee: '',
        },
        ...intention,
      }),
    'admin.cheques.stopped',
    onClose,
  )
  const messageFor = messagesOf(stopping.error)
  return (
    <Dialog title={t('admin.cheques.stop')} onClose={onClose}>
      <ActionForm
        accept={t('admin.cheques.stop')}
        onAccept={() => stopping.mutate(null)}
        onBack={onClose}
        busy={stopping.isPending}
        error={stopping.error}
        fields={['first', 'last', 'kind', 'reason', 'expires_on']}
      >
        <NumberRange
          first={first}
          last={last}
          onFirst={setFirst}
          onLast={setLast}
          messageFor={messageFor}
        />
        <SelectField
          label={t('admin.cheques.stop_kind')}
          required
          options={KINDS.map((one) => ({ value: one, label: t(`admin.cheques.state.${one}`) }))}
          value={kind}
          error={messageFor('kind')}
          onChange={(event) =>
            setKind(KINDS.find((one) => one === event.currentTarget.value) ?? 'stopped')
          }
        />
        <TextField
          label={t('admin.reason')}
          required
          maxLength={200}
          value={reason}
          error={messageFor('reason')}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <DateField
          label={t('admin.cheques.expires')}
          hint={t('admin.cheques.expires_hint')}
          optional
          min={today}
          value={expires}
          error={messageFor('expires_on')}
          onChange={setExpires}
        />
      </ActionForm>
    </Dialog>
  )
}
