import { useFormats, useT } from '@minga/i18n'
import { Button, Card, Columns, Stack, nameOfLanguage } from '@minga/ui'
import { useState } from 'react'
import { Facts, type Fact } from '../app/facts'
import { useMay } from '../app/me'
import { useCodeTable } from '../app/values'
import { ContactDialog } from './contact-dialog'
import { IdentityDialog } from './identity-dialog'
import type { Party } from './people'

/** A code with its name, from the table that has it. */
function useNames(...tables: string[]) {
  const [one = '', two = '', three = '', four = ''] = tables
  const found = [useCodeTable(one), useCodeTable(two), useCodeTable(three), useCodeTable(four)]
  return (table: string, code: string | null | undefined) => {
    const options = found[tables.indexOf(table)]?.data ?? []
    return options.find((option) => option.value === code)?.label ?? code ?? ''
  }
}

/** Who a member is: identity, contact, personal or company data, finances. */
export function DataTab({ party }: { party: Party }) {
  const t = useT()
  const may = useMay()
  const [changing, setChanging] = useState<'contact' | 'identity' | null>(null)
  const close = () => setChanging(null)
  return (
    <Stack>
      <Columns least={340}>
        <Card
          title={t('admin.person.identity')}
          action={
            may('parties.change_id') && (
              <Button size="sm" icon="edit" onClick={() => setChanging('identity')}>
                {t('admin.change')}
              </Button>
            )
          }
        >
          <Identity party={party} />
        </Card>
        <Card
          title={t('admin.person.contact')}
          action={
            may('parties.maintain') && (
              <Button size="sm" icon="edit" onClick={() => setChanging('contact')}>
                {t('admin.change')}
              </Button>
            )
          }
        >
          <Contact party={party} />
        </Card>
        {party.personal && (
          <Card title={t('admin.person.personal')}>
            <Personal personal={party.personal} />
          </Card>
        )}
        {party.incorporation && (
          <Card title={t('admin.person.incorporation')}>
            <Incorporation incorporation={party.incorporation} />
          </Card>
        )}
        {party.finances && (
          <Card title={t('admin.person.finances')}>
            <Finances finances={party.finances} />
          </Card>
        )}
      </Columns>
      {changing === 'contact' && <ContactDialog party={party} onClose={close} />}
      {changing === 'identity' && <IdentityDialog party={party} onClose={close} />}
    </Stack>
  )
}

function Identity({ party }: { party: Party }) {
  const t = useT()
  const formats = useFormats()
  const { document } = party
  const day = (iso: string | null | undefined) => (iso ? formats.date(iso) : '')
  return (
    <Facts
      facts={[
        [t('admin.person.document_type'), document.document_type_name],
        [t('admin.person.document'), document.document_number],
        [t('admin.person.issued_on'), day(document.document_issued_on)],
        [t('admin.person.expires_on'), day(document.document_expires_on)],
        [t('admin.person.type'), party.party_type_name],
        [t('admin.person.trade_name'), party.trade_name],
        [t('admin.branch'), `${party.branch} · ${party.branch_name}`],
        [t('admin.person.registered'), day(party.registered_on)],
        [t('admin.person.state_reason'), party.state_reason],
        [t('admin.users.level'), party.confidentiality_level || ''],
        ...party.former_documents.map((former): Fact => [
          t('admin.person.former', { until: formats.date(former.changed_on) }),
          `${former.document_type} ${former.document_number}`,
        ]),
      ]}
    />
  )
}

function Contact({ party }: { party: Party }) {
  const t = useT()
  return (
    <Facts
      facts={[
        ...party.phones.map((phone): Fact => [
          t(`admin.person.phone.${phone.kind}`, phone.kind),
          phone.phone_number,
        ]),
        ...party.emails.map((email): Fact => [t('admin.users.email'), email]),
        [t('ui.language.label'), party.language && nameOfLanguage(party.language)],
        [
          t('admin.person.channel'),
          party.preferred_channel && t(`admin.person.channel.${party.preferred_channel}`),
        ],
        [t('admin.person.officer'), party.officer],
      ]}
    />
  )
}

function Personal({ personal }: { personal: NonNullable<Party['personal']> }) {
  const t = useT()
  const formats = useFormats()
  const nameOf = useNames('sex', 'marital_status', 'education', 'profession')
  const age = personal.age === null ? '' : t('admin.person.years', { count: personal.age })
  const born = personal.birth_date ? `${formats.date(personal.birth_date)} · ${age}` : ''
  return (
    <Facts
      facts={[
        [t('admin.person.born'), born],
        [t('admin.person.sex'), nameOf('sex', personal.sex)],
        [t('admin.person.marital_status'), nameOf('marital_status', personal.marital_status)],
        [t('admin.person.education'), nameOf('education', personal.education)],
        [t('admin.person.profession'), nameOf('profession', personal.profession)],
        [t('admin.person.employer'), personal.employer],
        [t('admin.person.dependants'), personal.dependants],
        [t('admin.person.nationality'), personal.nationality],
      ]}
    />
  )
}

function Incorporation({ incorporation }: { incorporation: NonNullable<Party['incorporation']> }) {
  const t = useT()
  const formats = useFormats()
  const nameOf = useNames('legal_nature', 'company_type')
  const { incorporated_on: on } = incorporation
  return (
    <Facts
      facts={[
        [t('admin.person.legal_nature'), nameOf('legal_nature', incorporation.legal_nature)],
        [t('admin.person.company_type'), nameOf('company_type', incorporation.company_type)],
        [t('admin.person.incorporated_on'), on ? formats.date(on) : ''],
      ]}
    />
  )
}

const FIGURES = ['income', 'expenses', 'free_income', 'assets', 'liabilities', 'net_worth'] as const

function Finances({ finances }: { finances: NonNullable<Party['finances']> }) {
  const t = useT()
  const formats = useFormats()
  return (
    <Facts
      facts={[
        ...FIGURES.map((name): Fact => {
          const money = finances[name]
          return [t(`admin.person.${name}`), money ? formats.money(money) : '']
        }),
        [t('admin.person.as_of'), formats.date(finances.as_of)],
      ]}
    />
  )
}
