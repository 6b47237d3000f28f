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
  Notice,
  TextAreaField,
  type Column,
} from '@minga/ui'
import { useState } from 'react'
import { useActing } from '../app/acting'
import { ActionForm } from '../app/action-form'
import { Asked } from '../app/asked'
import { useClient } from '../app/context'
import { useBusinessDate, useMay } from '../app/me'
import { messagesOf } from '../app/problem-notice'
import { ReasonDialog } from '../app/reason-dialog'
import type { Account } from './accounts'
import styles from './deposits.module.css'
import { useCautions, warnsOn, type KeptCaution } from './servicing'

/** What whoever opens an account has to know first; nothing where there is nothing to know. */
export function CautionBanner({ account }: { account: Account }) {
  const t = useT()
  const today = useBusinessDate()
  const warning = (useCautions(account.id).data ?? []).filter((one) => warnsOn(one, today))
  if (warning.length === 0) return null
  return (
    <Notice tone="warn">
      <strong>{t('admin.cautions.title')}</strong>
      <ul className={styles.warnings}>
        {warning.map(({ id, text }) => (
          <li key={id}>{text}</li>
        ))}
      </ul>
    </Notice>
  )
}

/** The cautions of an account: what they say, by whom, until when; placing and removing. */
export function CautionsCard({ account }: { account: Account }) {
  const t = useT()
  const may = useMay()
  const today = useBusinessDate()
  const cautions = useCautions(account.id)
  const [placing, setPlacing] = useState(false)
  const [removing, setRemoving] = useState<KeptCaution | null>(null)
  const manages = may('deposits.manage_cautions') && account.state !== 'closed'
  const stateOf = (caution: KeptCaution) =>
    caution.state === 'active' && !warnsOn(caution, today) ? 'over' : caution.state
  const columns: Column<KeptCaution>[] = [
    { id: 'text', header: t('admin.cautions.text'), cell: (caution) => caution.text },
    {
      id: 'placed',
      header: t('admin.holds.placed'),
      value: (caution) => caution.placed_at,
      cell: (caution) => <DateText value={caution.placed_at} />,
    },
    {
      id: 'expires',
      header: t('admin.cautions.expires'),
      value: (caution) => caution.expires_on ?? '',
      cell: (caution) => caution.expires_on && <DateText value={caution.expires_on} />,
    },
    {
      id: 'state',
      header: t('admin.holds.state'),
      value: stateOf,
      cell: (caution) => (
        <Badge tone={stateOf(caution) === 'active' ? 'warn' : 'plain'}>
          {t(`admin.cautions.state.${stateOf(caution)}`, caution.state)}
        </Badge>
      ),
    },
    { id: 'why', header: t('admin.cautions.removal'), cell: (caution) => caution.removal_reason },
    {
      id: 'act',
      header: t('admin.actions'),
      cell: (caution) =>
        manages &&
        caution.state === 'active' && (
          <Button size="sm" onClick={() => setRemoving(caution)}>
            {t('admin.cautions.remove')}
          </Button>
        ),
    },
  ]
  return (
    <Card
      title={t('admin.cautions.title')}
      flush
      action={
        manages && (
          <Button size="sm" icon="plus" onClick={() => setPlacing(true)}>
            {t('admin.cautions.place')}
          </Button>
        )
      }
    >
      <Asked query={cautions}>
        {(found) => (
          <DataTable
            caption={t('admin.cautions.title')}
            columns={columns}
            rows={found}
            rowId={(caution) => caution.id}
            empty={
              <EmptyState
                icon="info"
                title={t('admin.cautions.none')}
                description={t('admin.cautions.none_text')}
              />
            }
          />
        )}
      </Asked>
      {placing && <PlaceDialog account={account} onClose={() => setPlacing(false)} />}
      {removing && (
        <RemoveDialog account={account} caution={removing} onClose={() => setRemoving(null)} />
      )}
    </Card>
  )
}

const SHORTEST_TEXT = 3

function PlaceDialog({ account, onClose }: { account: Account; onClose: () => void }) {
  const t = useT()
  const client = useClient()
  const today = useBusinessDate()
  const [text, setText] = useState('')
  const [expires, setExpires] = useState('')
  const [tried, setTried] = useState(false)
  const missing = text.trim().length < SHORTEST_TEXT
  const placing = useActing(
    (_: null, intention) =>
      client.POST('/deposits/accounts/{account_id}/cautions', {
        params: { path: { account_id: account.id } },
        body: { text: text.trim(), expires_on: expires || null },
        ...intention,
      }),
    'admin.cautions.placed',
    onClose,
  )
  const messageFor = messagesOf(placing.error)
  const accept = () => {
    setTried(true)
    if (!missing) placing.mutate(null)
  }
  return (
    <Dialog title={t('admin.cautions.place')} onClose={onClose}>
      <ActionForm
        accept={t('admin.cautions.place')}
        onAccept={accept}
        onBack={onClose}
        busy={placing.isPending}
        error={placing.error}
        fields={['text', 'expires_on']}
      >
        <TextAreaField
          label={t('admin.cautions.text')}
          hint={t('admin.cautions.text_hint')}
          required
          data-autofocus
          maxLength={300}
          value={text}
          error={tried && missing ? t('admin.cautions.text_missing') : messageFor('text')}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <DateField
          label={t('admin.cautions.expires')}
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

type RemoveProps = { account: Account; caution: KeptCaution; onClose: () => void }

function RemoveDialog({ account, caution, onClose }: RemoveProps) {
  const t = useT()
  const client = useClient()
  const removing = useActing(
    (reason: string, intention) =>
      client.POST('/deposits/accounts/{account_id}/cautions/{caution_id}/removals', {
        params: { path: { account_id: account.id, caution_id: caution.id } },
        body: { reason },
        ...intention,
      }),
    'admin.cautions.removed',
    onClose,
  )
  return (
    <ReasonDialog
      title={t('admin.cautions.remove_title')}
      text={<p>{caution.text}</p>}
      accept={t('admin.cautions.remove')}
      busy={removing.isPending}
      error={removing.error}
      onAccept={(reason) => removing.mutate(reason)}
      onClose={onClose}
    />
  )
}
