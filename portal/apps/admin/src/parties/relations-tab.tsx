import { useT } from '@minga/i18n'
import {
  Badge,
  Button,
  Card,
  DateText,
  Dialog,
  EmptyState,
  Icon,
  TextField,
  useConfirm,
  useToast,
} from '@minga/ui'
import { useState } from 'react'
import { Link } from 'react-router'
import { ActionForm } from '../app/action-form'
import { CodedField } from '../app/coded-field'
import { useMay } from '../app/me'
import { messagesOf, ProblemNotice } from '../app/problem-notice'
import { useMaintaining } from './maintenance'
import styles from './parties.module.css'
import type { Party, Relation } from './people'
import { PersonSlot, type PersonLine } from './person-slot'

type RelationsTabProps = { party: Party; relations: Relation[] }

/** Who a member is of whom. */
export function RelationsTab({ party, relations }: RelationsTabProps) {
  const t = useT()
  const may = useMay()
  const toast = useToast()
  const confirm = useConfirm()
  const [adding, setAdding] = useState(false)
  const ending = useMaintaining(party.id)
  const maintains = may('parties.maintain')
  const end = async (relation: Relation) => {
    const yes = await confirm({
      title: t('admin.relation.end_title'),
      text: `${relation.label} ${relation.name}`,
      confirm: t('admin.relation.end'),
      tone: 'danger',
    })
    if (!yes) return
    ending.mutate(
      { act: 'unrelate', relation: relation.id },
      { onSuccess: () => toast(t('admin.relation.ended')) },
    )
  }
  return (
    <Card
      title={t('admin.person.relations')}
      action={
        maintains && (
          <Button size="sm" icon="plus" onClick={() => setAdding(true)}>
            {t('admin.relation.add')}
          </Button>
        )
      }
    >
      <ProblemNotice error={ending.error} />
      {relations.length === 0 ? (
        <EmptyState icon="people" title={t('admin.relation.none')} />
      ) : (
        <ul className={styles.lines}>
          {relations.map((relation) => (
            <li key={relation.id}>
              <Icon name="people" size={20} />
              <span className={styles.lineWords}>
                <strong>
                  {relation.label} <Link to={`/parties/${relation.party_id}`}>{relation.name}</Link>
                </strong>
                <small>
                  {t('admin.relation.since')} <DateText value={relation.since} />
                  {relation.note && ` · ${relation.note}`}
                </small>
              </span>
              {relation.depth > 1 && (
                <Badge>{t('admin.relation.steps', { count: relation.depth })}</Badge>
              )}
              {relation.ended_on && <Badge tone="warn">{t('admin.relation.over')}</Badge>}
              {maintains && relation.depth === 1 && !relation.ended_on && (
                <Button size="sm" tone="quiet" onClick={() => void end(relation)}>
                  {t('admin.relation.end')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {adding && <RelationDialog party={party} onClose={() => setAdding(false)} />}
    </Card>
  )
}

function RelationDialog({ party, onClose }: { party: Party; onClose: () => void }) {
  const t = useT()
  const toast = useToast()
  const [type, setType] = useState('')
  const [other, setOther] = useState<PersonLine | null>(null)
  const [note, setNote] = useState('')
  const [tried, setTried] = useState(false)
  const maintaining = useMaintaining(party.id)
  const messageFor = messagesOf(maintaining.error)
  const accept = () => {
    setTried(true)
    if (other === null || type === '') return
    maintaining.mutate(
      {
        act: 'relation',
        body: { relationship_type: type, party_id: other.id, note: note.trim() },
      },
      {
        onSuccess: () => {
          toast(t('admin.relation.added'))
          onClose()
        },
      },
    )
  }
  const missing = t('admin.field.required')
  return (
    <Dialog title={t('admin.relation.add')} onClose={onClose} size="lg">
      <ActionForm
        accept={t('admin.save')}
        onAccept={accept}
        onBack={onClose}
        busy={maintaining.isPending}
        error={maintaining.error}
        fields={['relationship_type', 'party_id', 'note']}
      >
        <p>{t('admin.relation.reads', { name: party.name })}</p>
        <CodedField
          label={t('admin.relation.type')}
          required
          screen="parties.relate_parties"
          field="relationship_type"
          value={type}
          error={tried && type === '' ? missing : messageFor('relationship_type')}
          onChange={setType}
        />
        <PersonSlot
          label={t('admin.relation.with')}
          person={other}
          onChange={setOther}
          error={tried && other === null ? missing : messageFor('party_id')}
        />
        <TextField
          label={t('admin.relation.note')}
          optional
          value={note}
          error={messageFor('note')}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
      </ActionForm>
    </Dialog>
  )
}
