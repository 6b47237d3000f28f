import { useT } from '@minga/i18n'
import {
  ButtonLink,
  Card,
  Money,
  Notice,
  PageHeader,
  PrintHeader,
  Row,
  Stack,
  Stat,
  Stats,
} from '@minga/ui'
import { useParams } from 'react-router'
import { Asked } from '../app/asked'
import { useMay } from '../app/me'
import { Tabs } from '../app/tabs'
import { AddressesTab } from './addresses-tab'
import { DataTab } from './data-tab'
import { NotesTab } from './notes-tab'
import { useProfileOf, type Profile } from './people'
import { PersonState } from './person-state'
import { ProductsTab } from './products-tab'
import { RelationsTab } from './relations-tab'

/** A member seen whole: warnings first, what they have, who they are, where, with whom. */
export default function MemberPage() {
  const { id = '' } = useParams()
  const profile = useProfileOf(id)
  return <Asked query={profile}>{(found) => <Shown profile={found} />}</Asked>
}

function Shown({ profile }: { profile: Profile }) {
  const t = useT()
  const may = useMay()
  const { party, notes, addresses, relations, products } = profile
  const warnings = notes.filter((note) => note.kind === 'warning')
  return (
    <Stack>
      <PrintHeader
        title={party.name}
        lines={[`${party.document_type} ${party.document_number}`, String(party.number)]}
      />
      <PageHeader
        title={party.name}
        subtitle={
          <Row>
            <span>{`${party.document.document_type_name} ${party.document_number}`}</span>
            <span>{t('admin.person.number_short', { number: party.number })}</span>
            <PersonState state={party.state} />
          </Row>
        }
        back={{ to: '/parties', label: t('admin.search.title') }}
        actions={
          may('deposits.open_account') && (
            <ButtonLink to={`/deposits/open?party=${party.id}`} tone="primary" icon="plus">
              {t('admin.open.title')}
            </ButtonLink>
          )
        }
      />
      {warnings.map((note) => (
        <Notice key={note.id} tone="warn">
          {note.text}
        </Notice>
      ))}
      {party.pending_fields.length > 0 && (
        <Notice>{t('admin.person.pending', { count: party.pending_fields.length })}</Notice>
      )}
      <Totals profile={profile} />
      <Tabs
        label={t('admin.person.parts')}
        tabs={[
          {
            id: 'products',
            label: t('admin.person.products'),
            count: products.length,
            content: () => <ProductsTab products={products} />,
          },
          {
            id: 'data',
            label: t('admin.person.data'),
            content: () => <DataTab party={party} />,
          },
          {
            id: 'addresses',
            label: t('admin.person.addresses'),
            count: addresses.length,
            content: () => <AddressesTab party={party} addresses={addresses} />,
          },
          {
            id: 'relations',
            label: t('admin.person.relations'),
            count: relations.length,
            content: () => <RelationsTab party={party} relations={relations} />,
          },
          {
            id: 'notes',
            label: t('admin.person.notes'),
            count: notes.length,
            content: () => <NotesTab party={party} notes={notes} />,
          },
        ]}
      />
    </Stack>
  )
}

function Totals({ profile }: { profile: Profile }) {
  const t = useT()
  if (profile.totals.length === 0) return null
  return (
    <Card>
      <Stack gap={4}>
        {profile.totals.map((total) => (
          <Stats key={total.currency}>
            <Stat
              label={t('admin.person.held')}
              value={<Money value={total.held} />}
              note={total.currency}
            />
            <Stat label={t('admin.person.owed')} value={<Money value={total.owed} />} />
            <Stat label={t('admin.person.contingent')} value={<Money value={total.contingent} />} />
            <Stat
              label={t('admin.person.standing')}
              value={t(`admin.person.standing.${profile.standing}`, profile.standing)}
            />
          </Stats>
        ))}
      </Stack>
    </Card>
  )
}
