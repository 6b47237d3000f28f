import { isProblem } from '@minga/api-client'
import { useT } from '@minga/i18n'
import { CheckField, Dialog, SelectField, TextField, useToast } from '@minga/ui'
import { useState } from 'react'
import { ActionForm } from '../app/action-form'
import { CodedField } from '../app/coded-field'
import { messagesOf } from '../app/problem-notice'
import { useMaintaining, type IdentityChange } from './maintenance'
import { NAMES, namesOf, type NameField } from './names'
import type { Party } from './people'

type IdentityDialogProps = { party: Party; onClose: () => void }

const STATES = ['active', 'inactive', 'blocked', 'deceased', 'closed'] as const
const FIELDS = [
  'document_type',
  'document_number',
  'reason',
  'state',
  ...NAMES.natural,
  ...NAMES.legal,
]

/** Changes who a member is: document, names, state. The reason is kept with what was before. */
export function IdentityDialog({ party, onClose }: IdentityDialogProps) {
  const t = useT()
  const toast = useToast()
  const kind = party.kind === 'legal' ? 'legal' : 'natural'
  const [type, setType] = useState(party.document_type)
  const [number, setNumber] = useState(party.document_number)
  const [names, setNames] = useState(() => namesOf(party))
  const [state, setState] = useState(party.state)
  const [reason, setReason] = useState('')
  const [evidence, setEvidence] = useState('')
  const [confirmed, setConfirmed] = useState(false)
  const maintaining = useMaintaining(party.id)
  const messageFor = messagesOf(maintaining.error)
  const doubtful = isProblem(maintaining.error, 'document_check_digit')

  const accept = () => {
    const before = namesOf(party)
    const renamed = NAMES[kind].filter((name) => names[name] !== before[name])
    const changedState = STATES.find((one) => one === state && one !== party.state)
    const body: IdentityChange = {
      reason: reason.trim(),
      evidence: evidence.trim(),
      confirm_check_digit: confirmed,
      ...(type === party.document_type ? {} : { document_type: type }),
      ...(number === party.document_number ? {} : { document_number: number.trim() }),
      ...Object.fromEntries(renamed.map((name) => [name, names[name]])),
      ...(changedState === undefined ? {} : { state: changedState }),
    }
    maintaining.mutate(
      { act: 'identity', body, version: party.version },
      {
        onSuccess: () => {
          toast(t('admin.saved'))
          onClose()
        },
      },
    )
  }
  const rename = (name: NameField) => (event: { currentTarget: { value: string } }) =>
    setNames({ ...names, [name]: event.currentTarget.value })
  return (
    <Dialog title={t('admin.person.change_identity')} onClose={onClose} size="lg">
      <ActionForm
        accept={t('admin.save')}
        onAccept={accept}
        onBack={onClose}
        busy={maintaining.isPending}
        error={maintaining.error}
        fields={FIELDS}
      >
        <CodedField
          label={t('admin.person.document_type')}
          required
          screen="parties.register_party"
          field="document_type"
          value={type}
          error={messageFor('document_type')}
          onChange={setType}
        />
        <TextField
          label={t('admin.person.document')}
          required
          value={number}
          error={messageFor('document_number')}
          onChange={(event) => setNumber(event.currentTarget.value)}
        />
        {doubtful && (
          <CheckField
            label={t('admin.person.confirm_document')}
            checked={confirmed}
            onChange={setConfirmed}
          />
        )}
        {NAMES[kind].map((name) => (
          <TextField
            key={name}
            label={t(`admin.person.${name}`)}
            value={names[name]}
            error={messageFor(name)}
            onChange={rename(name)}
          />
        ))}
        <SelectField
          label={t('admin.person.state')}
          options={STATES.map((one) => ({ value: one, label: t(`admin.person.state.${one}`) }))}
          value={state}
          error={messageFor('state')}
          onChange={(event) => setState(event.currentTarget.value)}
        />
        <TextField
          label={t('admin.reason')}
          required
          value={reason}
          error={messageFor('reason')}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <TextField
          label={t('admin.person.evidence')}
          optional
          value={evidence}
          onChange={(event) => setEvidence(event.currentTarget.value)}
        />
      </ActionForm>
    </Dialog>
  )
}
