import { isProblem } from '@minga/api-client'
import { useLanguage, useT } from '@minga/i18n'
import { Card, CheckField, Segments, Stack, useIntention, useToast } from '@minga/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { ActionForm } from '../app/action-form'
import { carryOut } from '../app/answers'
import { useClient, useProfile } from '../app/context'
import { useOwnBranch } from '../app/me'
import { messagesOf } from '../app/problem-notice'
import { OWN } from '../app/queries'
import { BLANK_DRAFT, missingOf, registrationOf, type PersonDraft } from './draft'
import { NAMES, type PersonKind } from './names'
import styles from './parties.module.css'
import { Company, Contact, Identification, Residence, Person, type Part } from './register-parts'
import { MOST_RELATIONS, Relations } from './register-relations'

const KINDS: PersonKind[] = ['natural', 'legal']
const FORMS: PersonDraft['form'][] = ['min_savings', 'full']
const SHOWN = [
  ...NAMES.natural,
  ...NAMES.legal,
  ...[
    'document_type',
    'document_number',
    'document_expires_on',
    'party_type',
    'branch',
    'language',
  ],
  ...['birth_date', 'sex', 'marital_status', 'education', 'profession', 'nationality'],
  ...['legal_nature', 'company_type', 'incorporated_on', 'economic_activity', 'source_of_funds'],
  ...['phones', 'phones.0.phone_number', 'emails', 'emails.0'],
  ...['address_type', 'line_1', 'line_2', 'city', 'province'].map((name) => `addresses.0.${name}`),
  'relations',
  ...Array.from({ length: MOST_RELATIONS }, (_, at) => [
    `relations.${at}.relationship_type`,
    `relations.${at}.party_id`,
  ]).flat(),
]

export function RegisterForm() {
  const t = useT()
  const toast = useToast()
  const navigate = useNavigate()
  const client = useClient()
  const queries = useQueryClient()
  const { tenant } = useProfile()
  const { current } = useLanguage()
  const ownBranch = useOwnBranch()?.branch ?? ''
  const intention = useIntention()
  const [draft, setDraft] = useState<PersonDraft>(() => ({
    ...BLANK_DRAFT,
    kind: 'natural',
    branch: ownBranch,
    language: current,
  }))
  const [tried, setTried] = useState(false)
  const missing = missingOf(draft)
  const registering = useMutation({
    mutationFn: () =>
      carryOut(
        client.POST('/parties/parties', {
          params: { header: { 'Idempotency-Key': intention.key } },
          body: registrationOf(draft, tenant.country),
        }),
      ),
    onSuccess: async (party) => {
      await queries.invalidateQueries({ queryKey: [OWN] })
      toast(t('admin.register.done', { name: party.name }))
      void navigate(`/parties/${party.id}`)
    },
    onError: (error) => {
      if (isProblem(error)) intention.renew()
    },
  })
  const messageFor = messagesOf(registering.error)
  const part: Part = {
    draft,
    write: (change) => setDraft({ ...draft, ...change }),
    errorFor: (field) =>
      tried && missing.includes(field as keyof PersonDraft)
        ? t('admin.field.required')
        : messageFor(field),
  }
  const accept = () => {
    setTried(true)
    if (missing.length === 0) registering.mutate()
  }
  const doubtful = isProblem(registering.error, 'document_check_digit')
  const known = isProblem(registering.error, 'party_exists')
  const complete = draft.form === 'full'
  return (
    <ActionForm
      accept={t('admin.register.accept')}
      onAccept={accept}
      onBack={() => void navigate('/parties')}
      busy={registering.isPending}
      error={registering.error}
      fields={SHOWN}
      aside={
        known && (
          <Link to={`/parties?q=${encodeURIComponent(draft.document_number)}`}>
            {t('admin.register.see_known')}
          </Link>
        )
      }
    >
      <Stack>
        <div className={styles.kinds}>
          <Segments
            label={t('admin.register.kind')}
            value={draft.kind}
            onChange={(kind) => part.write({ kind, party_type: '', document_type: '' })}
            options={KINDS.map((kind) => ({
              value: kind,
              label: t(`admin.register.kind.${kind}`),
              icon: kind === 'legal' ? 'branch' : 'account',
            }))}
          />
          <Segments
            label={t('admin.register.form')}
            value={draft.form}
            onChange={(form) => part.write({ form })}
            options={FORMS.map((form) => ({
              value: form,
              label: t(`admin.register.form.${form}`),
            }))}
          />
        </div>
        <Card title={t('admin.person.identity')}>
          <Identification {...part} />
          {doubtful && (
            <CheckField
              label={t('admin.person.confirm_document')}
              checked={draft.confirm_check_digit}
              onChange={(confirm) => part.write({ confirm_check_digit: confirm })}
            />
          )}
        </Card>
        {draft.kind === 'natural' ? (
          <Card title={t('admin.person.personal')}>
            <Person {...part} complete={complete} />
          </Card>
        ) : (
          <Card title={t('admin.person.incorporation')}>
            <Company {...part} complete={complete} />
          </Card>
        )}
        <Card title={t('admin.person.contact')}>
          <Contact {...part} />
        </Card>
        <Card title={t('admin.register.address')}>
          <Residence {...part} />
        </Card>
        <Relations
          relations={draft.relations}
          onChange={(relations) => part.write({ relations })}
          tried={tried}
          errorFor={messageFor}
        />
      </Stack>
    </ActionForm>
  )
}
