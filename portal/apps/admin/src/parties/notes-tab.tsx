import { useT } from '@minga/i18n'
import {
  Badge,
  Button,
  Card,
  DateField,
  DateText,
  DateTimeText,
  Dialog,
  EmptyState,
  SelectField,
  TextAreaField,
  useToast,
} from '@minga/ui'
import { useState } from 'react'
import { ActionForm } from '../app/action-form'
import { useMay } from '../app/me'
import { messagesOf } from '../app/problem-notice'
import { useMaintaining } from './maintenance'
import styles from './parties.module.css'
import type { Note, Party } from './people'

const KINDS = ['service', 'warning', 'courtesy'] as const
type NoteKind = (typeof KINDS)[number]
const TONES: Record<string, 'warn' | 'brand' | 'plain'> = { warning: 'warn', courtesy: 'brand' }

/** What staff should know of a member; warnings also stand at the head of the page. */
export function NotesTab({ party, notes }: { party: Party; notes: Note[] }) {
  const t = useT()
  const may = useMay()
  const [adding, setAdding] = useState(false)
  return (
    <Card
      title={t('admin.person.notes')}
      action={
        may('parties.maintain') && (
          <Button size="sm" icon="plus" onClick={() => setAdding(true)}>
            {t('admin.note.add')}
          </Button>
        )
      }
    >
      {notes.length === 0 ? (
        <EmptyState icon="document" title={t('admin.note.none')} />
      ) : (
        <ul className={styles.lines}>
          {notes.map((note) => (
            <li key={note.id}>
              <span className={styles.lineWords}>
                <strong>{note.text}</strong>
                <small>
                  {note.written_by} · <DateTimeText value={note.written_at} />
                  {note.expires_on && (
                    <>
                      {' · '}
                      {t('admin.note.until')} <DateText value={note.expires_on} />
                    </>
                  )}
                </small>
              </span>
              <Badge tone={TONES[note.kind] ?? 'plain'}>
                {t(`admin.note.kind.${note.kind}`, note.kind)}
              </Badge>
            </li>
          ))}
        </ul>
      )}
      {adding && <NoteDialog party={party} onClose={() => setAdding(false)} />}
    </Card>
  )
}

function NoteDialog({ party, onClose }: { party: Party; onClose: () => void }) {
  const t = useT()
  const toast = useToast()
  const [kind, setKind] = useState<NoteKind>('service')
  const [text, setText] = useState('')
  const [expires, setExpires] = useState('')
  const maintaining = useMaintaining(party.id)
  const messageFor = messagesOf(maintaining.error)
  const accept = () =>
    maintaining.mutate(
      {
        act: 'note',
        body: { kind, text: text.trim(), expires_on: expires === '' ? null : expires },
      },
      {
        onSuccess: () => {
          toast(t('admin.note.added'))
          onClose()
        },
      },
    )
  return (
    <Dialog title={t('admin.note.add')} onClose={onClose}>
      <ActionForm
        accept={t('admin.save')}
        onAccept={accept}
        onBack={onClose}
        busy={maintaining.isPending}
        error={maintaining.error}
        fields={['text', 'kind', 'expires_on']}
      >
        <SelectField
          label={t('admin.note.kind')}
          options={KINDS.map((one) => ({ value: one, label: t(`admin.note.kind.${one}`) }))}
          value={kind}
          onChange={(event) => setKind(event.currentTarget.value as NoteKind)}
        />
        <TextAreaField
          label={t('admin.note.text')}
          required
          data-autofocus
          maxLength={1000}
          value={text}
          error={messageFor('text')}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <DateField
          label={t('admin.note.expires')}
          optional
          value={expires}
          error={messageFor('expires_on')}
          onChange={setExpires}
        />
      </ActionForm>
    </Dialog>
  )
}
