import { useFormats, useT } from '@minga/i18n'
import { Button, DateField, Dialog, SelectField, TextField } from '@minga/ui'
import { useState } from 'react'
import { useActing } from '../app/acting'
import { ActionForm } from '../app/action-form'
import { useClient } from '../app/context'
import { trimmed } from '../app/exact'
import { useBusinessDate } from '../app/me'
import { messagesOf } from '../app/problem-notice'
import {
  draftOf,
  partOf,
  useAccountRoles,
  type AccountParties,
  type PartDraft,
  type RoleFacts,
} from './account-parties'
import { PersonSlot, type PersonLine } from './person-slot'
import styles from './parties.module.css'

const MOST_PARTIES = 40
const PARTS = ['party_id', 'role', 'ownership_pct', 'mailing_line']
const FIELDS = [
  'effective_from',
  ...Array.from({ length: MOST_PARTIES }, (_, at) =>
    PARTS.map((part) => `parties.${at}.${part}`),
  ).flat(),
]

type DialogProps = { parties: AccountParties; onClose: () => void }

/** Says who is tied to an account from a date on; whoever is taken out ends and stays as history. */
export function AccountPartiesDialog({ parties, onClose }: DialogProps) {
  const t = useT()
  const client = useClient()
  const today = useBusinessDate()
  const roles = useAccountRoles()
  const [lines, setLines] = useState(parties.items.map(draftOf))
  const [from, setFrom] = useState('')
  const [adding, setAdding] = useState(false)
  const [tried, setTried] = useState(false)
  const saving = useActing(
    (_: null, intention) =>
      client.PUT('/parties/accounts/{account_id}/parties', {
        params: { path: { account_id: parties.account_id } },
        body: { parties: lines.map(partOf), effective_from: from || null },
        headers: { ...intention.headers, 'If-Match': `"${parties.version}"` },
      }),
    'admin.account_parties.saved',
    onClose,
  )
  const messageFor = messagesOf(saving.error)
  const change = (next: PartDraft[]) => {
    setLines(next)
    if (saving.isError) saving.reset()
  }
  const add = (person: PersonLine | null) => {
    setAdding(false)
    if (person)
      change([...lines, { party: person.id, name: person.name, role: '', share: '', line: '' }])
  }
  const accept = () => {
    setTried(true)
    if (lines.every(({ role }) => role !== '')) saving.mutate(null)
  }
  return (
    <Dialog title={t('admin.account_parties.change')} onClose={onClose} size="xl">
      <ActionForm
        accept={t('admin.save')}
        onAccept={accept}
        onBack={onClose}
        busy={saving.isPending}
        error={saving.error}
        fields={FIELDS}
      >
        <p>{t('admin.account_parties.shares_note')}</p>
        {lines.map((line, at) => (
          <PartLine
            key={`${line.party} ${at}`}
            line={line}
            roles={roles}
            tried={tried}
            messageFor={(part) => messageFor(`parties.${at}.${part}`)}
            onChange={(next) => change(lines.map((one, index) => (index === at ? next : one)))}
            onDrop={() => change(lines.filter((_, index) => index !== at))}
          />
        ))}
        {adding ? (
          <PersonSlot
            label={t('admin.account_parties.party')}
            person={null}
            onChange={add}
            autoFocus
          />
        ) : (
          lines.length < MOST_PARTIES && (
            <div>
              <Button size="sm" icon="plus" onClick={() => setAdding(true)}>
                {t('admin.account_parties.add')}
              </Button>
            </div>
          )
        )}
        <DateField
          label={t('admin.account_parties.from')}
          hint={t('admin.account_parties.from_hint')}
          optional
          max={today}
          value={from}
          error={messageFor('effective_from')}
          onChange={setFrom}
        />
      </ActionForm>
    </Dialog>
  )
}

type LineProps = {
  line: PartDraft
  roles: RoleFacts[]
  tried: boolean
  messageFor: (part: string) => string | undefined
  onChange: (line: PartDraft) => void
  onDrop: () => void
}

function PartLine({ line, roles, tried, messageFor, onChange, onDrop }: LineProps) {
  const t = useT()
  const formats = useFormats()
  const role = roles.find(({ code }) => code === line.role)
  const missing = tried && line.role === '' ? t('admin.field.required') : undefined
  const known = roles.map(({ code, name }) => ({ value: code, label: name }))
  const options =
    line.role === '' || role ? known : [...known, { value: line.role, label: line.role }]
  const [share, setShare] = useState(line.share && formats.number(trimmed(line.share)))
  return (
    <fieldset className={styles.part}>
      <legend>{line.name}</legend>
      <SelectField
        label={t('admin.account_parties.role')}
        required
        placeholder={t('admin.choose')}
        options={options}
        value={line.role}
        error={missing ?? messageFor('role') ?? messageFor('party_id')}
        onChange={(event) => onChange({ ...line, role: event.currentTarget.value })}
      />
      {(role?.divides ?? true) && (
        <TextField
          label={t('admin.account_parties.percent')}
          inputMode="decimal"
          autoComplete="off"
          value={share}
          error={messageFor('ownership_pct')}
          onChange={(event) => {
            const typed = event.currentTarget.value
            setShare(typed)
            onChange({ ...line, share: formats.parse(typed) ?? typed.trim() })
          }}
        />
      )}
      {(role?.prints ?? true) && (
        <SelectField
          label={t('admin.account_parties.line')}
          placeholder={t('admin.blank')}
          options={['1', '2', '3'].map((value) => ({ value, label: value }))}
          value={line.line}
          error={messageFor('mailing_line')}
          onChange={(event) => onChange({ ...line, line: event.currentTarget.value })}
        />
      )}
      <Button size="sm" tone="quiet" onClick={onDrop}>
        {t('admin.account_parties.drop')}
      </Button>
    </fieldset>
  )
}
